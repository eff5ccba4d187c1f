"""One at a time among those who name the same thing, also where there is no row yet that could be locked."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def hold(session: AsyncSession, *names: str) -> None:
    """Wait until no other transaction holds these names, and hold them until this one ends."""
    if session.get_bind().dialect.name != "postgresql":
        return  # SQLite lets one writer in at a time anyway
    number = int.from_bytes(hashlib.sha256("\x1f".join(names).encode()).digest()[:8], signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(number)))
