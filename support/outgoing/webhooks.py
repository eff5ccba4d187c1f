"""The endpoints that hear of our changes, what they get, and what never reached them; docs/webhooks.md."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.models.outbox import OutboxEvent, WebhookDelivery, WebhookEndpoint
from support.outgoing.outbound import Outbound

REMOVED = "endpoint_removed"


@dataclass(frozen=True, slots=True)
class Signed:
    """What is posted: the body's bytes, and the headers that let the receiver check them."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that an endpoint never took; `last_status` is None where no answer came at all."""

    id: str
    event_name: str
    event_number: int
    url: str
    dead_at: datetime
    last_status: int | None
    last_error: str | None


async def add(session: AsyncSession, url: str, *, outbound: Outbound, at: datetime) -> WebhookEndpoint:
    """A new endpoint, or a removed one with a new secret; it gets the events from now on.

    Raises UrlRefused. One that is there already stays as it is.
    """
    outbound.check(url)
    found = await session.scalar(select(WebhookEndpoint).where(WebhookEndpoint.url == url))
    if found is not None and found.removed_at is None:
        return found
    endpoint = found or WebhookEndpoint(url=url)
    endpoint.secret, endpoint.created_at = f"whsec_{secrets.token_urlsafe(32)}", at
    endpoint.removed_at = endpoint.leased_until = None
    session.add(endpoint)
    await session.flush()
    return endpoint


async def endpoints(session: AsyncSession) -> Sequence[WebhookEndpoint]:
    """Those that get events, the oldest first."""
    query = select(WebhookEndpoint).where(WebhookEndpoint.removed_at.is_(None))
    return (await session.scalars(query.order_by(WebhookEndpoint.created_at, WebhookEndpoint.id))).all()


async def remove(session: AsyncSession, endpoint_id: str, *, at: datetime) -> WebhookEndpoint:
    """Send it nothing more; what it has yet to get is a dead letter. Raises NotFound."""
    endpoint = await session.scalar(
        select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.removed_at.is_(None))
    )
    if endpoint is None:
        raise NotFound("There is no such endpoint.")
    endpoint.removed_at = at
    await session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint.id, WebhookDelivery.due_at.is_not(None))
        .values(due_at=None, dead_at=at, last_error=REMOVED)
    )
    return endpoint


async def dead_letters(session: AsyncSession, *, limit: int = 1000) -> list[DeadLetter]:
    """What was given up, the latest event first."""
    rows = await session.execute(
        select(WebhookDelivery, OutboxEvent, WebhookEndpoint)
        .join(OutboxEvent, OutboxEvent.number == WebhookDelivery.event_number)
        .join(WebhookEndpoint, WebhookEndpoint.id == WebhookDelivery.endpoint_id)
        .where(WebhookDelivery.dead_at.is_not(None))
        .order_by(OutboxEvent.number.desc(), WebhookDelivery.id).limit(limit)
    )
    return [
        DeadLetter(
            delivery.id, event.name, event.number, endpoint.url, delivery.dead_at, delivery.last_status,
            delivery.last_error,
        )
        for delivery, event, endpoint in rows if delivery.dead_at is not None
    ]


async def retry(session: AsyncSession, delivery_id: str | None = None, *, at: datetime) -> int:
    """Send dead letters again, one or all, with all their tries anew; answers how many.

    Those of removed endpoints stay. Raises NotFound for one that is none.
    """
    there = select(WebhookEndpoint.id).where(WebhookEndpoint.removed_at.is_(None))
    only = [] if delivery_id is None else [WebhookDelivery.id == delivery_id]
    revived = await session.scalars(
        update(WebhookDelivery)
        .where(WebhookDelivery.dead_at.is_not(None), WebhookDelivery.endpoint_id.in_(there), *only)
        .values(dead_at=None, attempts=0, due_at=at).returning(WebhookDelivery.id)
        .execution_options(synchronize_session=False)
    )
    count = len(revived.all())
    if delivery_id is not None and not count:
        raise NotFound("There is no such dead letter, or its endpoint has been removed.")
    return count


def signed(event: OutboxEvent, secret: str, *, at: datetime) -> Signed:
    """The event as it goes over the wire in an attempt at `at`."""
    body = json.dumps(
        {"id": event.id, "name": event.name, "at": event.at.isoformat(), "number": event.number, "body": event.body},
        separators=(",", ":"),
    ).encode()
    timestamp = str(int(at.timestamp()))
    return Signed(body, {
        "Content-Type": "application/json", "User-Agent": "Rapport", "Rapport-Event-Id": event.id,
        "Rapport-Timestamp": timestamp, "Rapport-Signature": f"v1={signature(secret, timestamp, body)}",
    })


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 in hex over the timestamp, a dot and the raw body; the key is the whole secret, prefix and all."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
