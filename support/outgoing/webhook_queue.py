"""Which events are due to which endpoint, whose turn it is to send them, and what came of a try.

An endpoint is one worker's at a time, by a lease that lapses if the worker dies. A lease is its own proof: only who
knows until when it lasts can renew it.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.outbox import OutboxEvent, WebhookDelivery, WebhookEndpoint

PAUSES = (10, 60, 300, 1800, 7200, 21600, 43200, 86400)  # seconds before each further try; after the last it is dead
JITTER = 0.1  # a pause is longer by up to so much, so that what failed together does not come back together
LEASE = timedelta(seconds=60)
REST = timedelta(seconds=10)  # an endpoint that failed is left alone for so long
BATCH = 100


async def waiting(session: AsyncSession, at: datetime) -> Sequence[str]:
    """The ids of the endpoints that have something due and are nobody's."""
    due = exists().where(WebhookDelivery.endpoint_id == WebhookEndpoint.id, WebhookDelivery.due_at <= at)
    return (await session.scalars(select(WebhookEndpoint.id).where(due, _free(at)))).all()


async def take(session: AsyncSession, endpoint_id: str, at: datetime) -> datetime | None:
    """Lease the endpoint; until when, or None if it is another's, rests, or has been removed."""
    return await _set_lease(session, endpoint_id, _free(at), at + LEASE)


async def renew(session: AsyncSession, endpoint_id: str, lease: datetime, at: datetime) -> datetime | None:
    """The lease from now on, or None if it has lapsed and another took it, or the endpoint has been removed."""
    return await _set_lease(session, endpoint_id, WebhookEndpoint.leased_until == lease, at + LEASE)


async def release(session: AsyncSession, endpoint_id: str, lease: datetime, *, rest_until: datetime | None) -> None:
    """Give the endpoint up; nobody sends to it before `rest_until`."""
    await _set_lease(session, endpoint_id, WebhookEndpoint.leased_until == lease, rest_until)


async def due(
    session: AsyncSession, endpoint_id: str, at: datetime
) -> list[tuple[WebhookDelivery, OutboxEvent]]:
    """What is to be sent to the endpoint now, in the order of the events' numbers, so many at most."""
    rows = await session.execute(
        select(WebhookDelivery, OutboxEvent).join(OutboxEvent, OutboxEvent.number == WebhookDelivery.event_number)
        .where(WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.due_at <= at)
        .order_by(WebhookDelivery.event_number).limit(BATCH)
    )
    return [(delivery, event) for delivery, event in rows]


async def enter_outcome(
    session: AsyncSession, delivery_id: str, *, taken: bool, status: int | None, error: str | None, at: datetime
) -> WebhookDelivery | None:
    """Keep what came of a try; None if it was delivered or given up meanwhile."""
    delivery = await session.scalar(
        select(WebhookDelivery).where(WebhookDelivery.id == delivery_id, WebhookDelivery.due_at.is_not(None))
        .with_for_update()
    )
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.last_status, delivery.last_error = status, error
    if taken:
        delivery.due_at, delivery.delivered_at = None, at
    elif delivery.attempts > len(PAUSES):
        delivery.due_at, delivery.dead_at = None, at
    else:
        longer = 1 + JITTER * random.random()  # noqa: S311 - nobody gains by guessing it
        delivery.due_at = at + timedelta(seconds=PAUSES[delivery.attempts - 1] * longer)
    await session.flush()
    return delivery


def _free(at: datetime) -> ColumnElement[bool]:
    return or_(WebhookEndpoint.leased_until.is_(None), WebhookEndpoint.leased_until <= at)


async def _set_lease(
    session: AsyncSession, endpoint_id: str, still: ColumnElement[bool], until: datetime | None
) -> datetime | None:
    changed = await session.scalar(
        update(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.removed_at.is_(None), still)
        .values(leased_until=until).returning(WebhookEndpoint.id)
        .execution_options(synchronize_session=False)
    )
    return until if changed else None
