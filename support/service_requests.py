"""Every change that is made for a customer: once a key, with a reference, and told to the shop.

A use case that changes something does so in this order: `made_before` (which locks the customer's row until whoever
called commits, so that the changes of one customer come one after the other), its own checks, `enter`, the changes,
`finish`. Where further rows are locked, the order is customer, order, variants by id, points account.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import IdInvalid, IdReused, NotFound
from support.identity import Speaker
from support.models.customers import Customer
from support.models.service_requests import ServiceRequest
from support.outgoing import event_bodies, outbox
from support.text import canonical, digest, new_reference

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that somebody asks for; `content` is all that tells it from another, as JSON takes it.

    Raises IdInvalid for a key that is none.
    """

    speaker: Speaker
    kind: str
    key: str
    content: dict[str, Any]
    at: datetime

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= LONGEST_KEY or not self.key.isprintable():
            raise IdInvalid(f"A key has 1 to {LONGEST_KEY} printable characters.")

    @property
    def fingerprint(self) -> str:
        return digest(self.kind, canonical(self.content))


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that goes to the customer (negative: comes from them) by a payment method; minor units."""

    method_id: str
    method: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was carried out, and what the customer may call it by; the same whenever it is asked for again."""

    id: str
    reference: str
    kind: str
    at: datetime
    order_id: str | None
    movements: tuple[Movement, ...]
    details: dict[str, Any]


async def made_before(session: AsyncSession, asked: Asked) -> Done | None:
    """What came of this very request before; the customer is locked. Raises IdReused, NotFound."""
    customer_id = asked.speaker.customer
    theirs = select(Customer.id).where(Customer.id == customer_id, Customer.erased_at.is_(None))
    if await session.scalar(theirs.with_for_update()) is None:
        raise NotFound
    found = await session.scalar(
        select(ServiceRequest).where(
            ServiceRequest.customer_id == customer_id, ServiceRequest.idempotency_key == asked.key
        )
    )
    if found is None:
        return None
    if found.fingerprint != asked.fingerprint:
        raise IdReused
    return done(found)


async def enter(session: AsyncSession, asked: Asked, *, order_id: str | None = None) -> ServiceRequest:
    """The row that the changes to come belong to; its details are filled in by `finish`."""
    speaker = asked.speaker
    request = ServiceRequest(
        reference=await _unused_reference(session), customer_id=speaker.customer, idempotency_key=asked.key,
        kind=asked.kind, fingerprint=asked.fingerprint, order_id=order_id, details={}, actor=speaker.actor,
        actor_id=speaker.actor_id, conversation_id=speaker.conversation_id, at=asked.at,
    )
    session.add(request)
    await session.flush()
    return request


async def finish(
    session: AsyncSession, request: ServiceRequest, *, details: dict[str, Any],
    movements: Sequence[Movement] = (), event: str | None = None, body: dict[str, Any] | None = None,
) -> Done:
    """Keep what came of it, and tell the shop as `event` with `body` (in the shop's own ids) and the money it moved."""
    request.details = details | {"movements": [asdict(movement) for movement in movements]}
    await session.flush()
    if event is not None:
        customer = await session.get_one(Customer, request.customer_id)
        said = {"reference": request.reference, "customer": customer.reference, "by": request.actor}
        moved = await event_bodies.payments(session, request.id)
        money = {"payments": moved} if moved else {}
        await outbox.publish(session, event, said | (body or {}) | money, at=request.at)
    return done(request)


def done(request: ServiceRequest) -> Done:
    """The outcome that the row tells of."""
    details = dict(request.details)
    movements = tuple(Movement(**movement) for movement in details.pop("movements", ()))
    return Done(
        request.id, request.reference, request.kind, request.at, request.order_id, movements, details
    )


async def _unused_reference(session: AsyncSession) -> str:
    while True:
        reference = new_reference("R")
        if await session.scalar(select(ServiceRequest.id).where(ServiceRequest.reference == reference)) is None:
            return reference
