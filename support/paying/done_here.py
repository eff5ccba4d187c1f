"""What was done for a customer in one conversation, and the money that each of it moves. Money is minor units."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.orders import Order
from support.models.service_requests import ServiceRequest
from support.service_requests import done

CANCELLED, SWAPPED, RETURNED, EXCHANGED = "cancel_order", "swap_lines", "request_return", "request_exchange"
_OFF = "call_off_return"


@dataclass(frozen=True, slots=True)
class Settled:
    """A change and what it brings the customer, less than zero if they pay; `kind` is that of the service request.

    `by` is how much of that goes to or comes from each payment method, by what the method is called.
    """

    kind: str
    order_number: str
    amount_minor: int
    currency: str
    by: Mapping[str, int]


@use_case("look up", needs=Level.VERIFIED)
async def settled_here(session: AsyncSession, speaker: Speaker) -> tuple[Settled, ...]:
    """What was cancelled, changed, returned and exchanged in this conversation and what each brings, oldest first.

    What was called off again is left out.
    """
    if speaker.conversation_id is None:
        return ()
    rows = await session.execute(
        select(ServiceRequest, Order).join(Order, Order.id == ServiceRequest.order_id)
        .where(
            ServiceRequest.customer_id == speaker.customer,
            ServiceRequest.conversation_id == speaker.conversation_id,
            ServiceRequest.kind.in_((CANCELLED, SWAPPED, RETURNED, EXCHANGED, _OFF)),
        )
        .order_by(ServiceRequest.at, Order.number, ServiceRequest.reference)
    )
    every = [(done(request), order) for request, order in rows]
    off = {one.details["return"] for one, _ in every if one.kind == _OFF}
    found = []
    for one, order in every:
        if one.kind == _OFF or one.details.get("return", "") in off:
            continue
        by: dict[str, int] = {}
        if one.kind in (RETURNED, EXCHANGED):
            by[one.details["method"]] = one.details["amount_minor"]
        else:
            for movement in one.movements:
                by[movement.method] = by.get(movement.method, 0) + movement.amount_minor
        found.append(Settled(one.kind, order.number, sum(by.values()), order.currency, by))
    return tuple(found)
