"""What Rasa keeps of conversations, in a database of its own: a cache that we only ever delete from."""

from collections.abc import Sequence
from itertools import batched

from sqlalchemy import Connection, column, delete, inspect, make_url, table

from support.database import Database
from support.people import erasure

BATCH = 500
_TRACKERS = table("rasa_trackers", column("sender_id"))  # engine/tracker_store.py makes it
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


async def forget(url: str, conversation_ids: Sequence[str]) -> None:
    """Delete the trackers of these conversations; `url` is the database as Rasa's environment writes it."""
    if not conversation_ids:
        return
    known = make_url(url)
    database = Database(known.set(drivername=_DRIVERS[known.get_backend_name()]).render_as_string(hide_password=False))
    try:
        async with database.engine.begin() as connection:
            if not await connection.run_sync(_are_there):
                return
            for some in batched(conversation_ids, BATCH, strict=False):
                await connection.execute(delete(_TRACKERS).where(_TRACKERS.c.sender_id.in_(some)))
        await erasure.scrub(database)
    finally:
        await database.close()


def _are_there(connection: Connection) -> bool:
    return inspect(connection).has_table(_TRACKERS.name)
