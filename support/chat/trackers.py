"""What Rasa keeps of conversations, in a database of its own: a cache in which we never write."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import batched
from typing import Any

from sqlalchemy import Connection, column, delete, inspect, make_url, select, table

from support.database import Database
from support.people import erasure

BATCH = 500
_TRACKERS = table("rasa_trackers", column("sender_id"), column("events"))  # engine/tracker_store.py makes it
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


async def forget(url: str, conversation_ids: Sequence[str]) -> None:
    """Delete the trackers of these conversations; `url` is the database as Rasa's environment writes it."""
    if not conversation_ids:
        return
    async with _opened(url) as database:
        async with database.engine.begin() as connection:
            if not await connection.run_sync(_are_there):
                return
            for some in batched(conversation_ids, BATCH, strict=False):
                await connection.execute(delete(_TRACKERS).where(_TRACKERS.c.sender_id.in_(some)))
        await erasure.scrub(database)


async def events_of(url: str, conversation_ids: Sequence[str]) -> dict[str, list[Any]]:
    """{conversation: the events that Rasa keeps of it}, as it writes them, of those that it knows."""
    found: dict[str, list[Any]] = {}
    if not conversation_ids:
        return found
    async with _opened(url) as database, database.engine.connect() as connection:
        if not await connection.run_sync(_are_there):
            return found
        for some in batched(conversation_ids, BATCH, strict=False):
            rows = await connection.execute(select(_TRACKERS).where(_TRACKERS.c.sender_id.in_(some)))
            found |= {sender_id: json.loads(events) for sender_id, events in rows}
    return dict(sorted(found.items()))


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    known = make_url(url)
    database = Database(known.set(drivername=_DRIVERS[known.get_backend_name()]).render_as_string(hide_password=False))
    try:
        yield database
    finally:
        await database.close()


def _are_there(connection: Connection) -> bool:
    return inspect(connection).has_table(_TRACKERS.name)
