"""What the shop was told, as tests compare it."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.outbox import OutboxEvent
from support.models.service_requests import ServiceRequest


async def told(session: AsyncSession) -> list[tuple[str, dict[str, Any]]]:
    """(name, body) of every event in the outbox, oldest first, without what all of them say."""
    rows = await session.scalars(select(OutboxEvent).order_by(OutboxEvent.number))
    shared = ("reference", "customer", "by")
    return [(row.name, {name: said for name, said in row.body.items() if name not in shared}) for row in rows]


async def requests_made(session: AsyncSession) -> int:
    """How many changes were entered."""
    return await session.scalar(select(func.count()).select_from(ServiceRequest)) or 0
