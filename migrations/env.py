"""Alembic's way to the database; the URL comes from whoever calls, or from the settings."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection

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


async def run() -> None:
    database = Database(context.config.attributes.get("url") or Settings().sql_url)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await database.close()


asyncio.run(run())
