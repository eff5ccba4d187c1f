"""Alembic's way to the database; the URL comes from whoever calls, or from the settings."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, event, text

from support.database import Database
from support.models import Base
from support.models.base import UtcDateTime
from support.settings import Settings


def _as_plain(kind: str, thing: Any, _context: Any) -> str | bool:
    # A migration must read the same when the model's own types have long changed
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcDateTime) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, compare_type=True, render_item=_as_plain,
        render_as_batch=connection.dialect.name == "sqlite", transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise RuntimeError("the migration would leave rows that point to nothing")


def _let_tables_be_replaced(connection: Any, _record: Any) -> None:
    # SQLite changes a column by making the table anew; what points to the old one must not mind meanwhile
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


async def run() -> None:
    database = Database(context.config.attributes.get("url") or Settings().sql_url)
    if database.is_sqlite:
        event.listen(database.engine.sync_engine, "connect", _let_tables_be_replaced)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await database.close()


asyncio.run(run())
