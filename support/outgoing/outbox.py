"""What the shop's back end is to hear of, written in the transaction that made the change; docs/webhooks.md."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.database import Database
from support.models.outbox import OutboxEvent, WebhookDelivery, WebhookEndpoint

KEPT = timedelta(days=30)
BATCH = 500


async def publish(session: AsyncSession, name: str, body: dict[str, Any], *, at: datetime) -> OutboxEvent:
    """Enter an event for every endpoint that there is now; `body` names things by the shop's own ids."""
    event = OutboxEvent(name=name, body=body, at=at)
    session.add(event)
    await session.flush()
    endpoints = await session.scalars(select(WebhookEndpoint.id).where(WebhookEndpoint.removed_at.is_(None)))
    session.add_all(
        WebhookDelivery(event_number=event.number, endpoint_id=endpoint, due_at=at) for endpoint in endpoints
    )
    await session.flush()
    return event


async def forget_old(database: Database, at: datetime) -> int:
    """Delete the events that are older than `KEPT` and due to nobody any more; answers how many.

    What it has done is committed as it goes, a few hundred events a transaction.
    """
    still_due = exists().where(WebhookDelivery.event_number == OutboxEvent.number, WebhookDelivery.due_at.is_not(None))
    old = select(OutboxEvent.number).where(OutboxEvent.at < at - KEPT, ~still_due).limit(BATCH)
    forgotten = 0
    while True:
        async with database.write() as session:
            numbers = (await session.scalars(old)).all()
            await session.execute(delete(WebhookDelivery).where(WebhookDelivery.event_number.in_(numbers)))
            await session.execute(delete(OutboxEvent).where(OutboxEvent.number.in_(numbers)))
        forgotten += len(numbers)
        if len(numbers) < BATCH:
            return forgotten
