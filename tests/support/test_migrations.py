"""The migrations make exactly what the models say, up and down, on both databases."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Inspector, inspect, text

from support.database import Database
from support.models import Base
from support.settings import PROJECT


def _config(url: str) -> Config:
    config = Config(attributes={"url": url})
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    return config


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'migrated.db'}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


async def _empty(url: str) -> None:
    database = Database(url)
    if not database.is_sqlite:
        async with database.engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    await database.close()


async def test_up_gives_the_models_tables_and_down_takes_them_away(url: str) -> None:
    import asyncio

    await _empty(url)
    await asyncio.to_thread(command.upgrade, _config(url), "head")
    database = Database(url)

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    def tables(connection: Connection) -> set[str]:
        inspector: Inspector = inspect(connection)
        return set(inspector.get_table_names())

    async with database.engine.connect() as connection:
        assert await connection.run_sync(compare) == []
        assert await connection.run_sync(tables) >= set(Base.metadata.tables)
    await database.close()
    await asyncio.to_thread(command.downgrade, _config(url), "base")
    database = Database(url)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(tables) == {"alembic_version"}
    await database.close()
    await asyncio.to_thread(command.upgrade, _config(url), "head")
