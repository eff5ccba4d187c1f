"""The end of a return or exchange: the parcel has arrived and the money moves, or it is called off."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support import service_requests
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind, PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.models.service_requests import ServiceRequest
from support.ordering import order_status, stock_moves
from support.ordering.orders_at_hand import lock_order
from support.paying import gift_cards, payments
from support.paying.refunds import expected_on
from support.points import order_points
from support.policy.business import Business
from support.refusals import GiftCardTooLow, NeedsPerson, ReturnClosed
from support.returning import return_rows
from support.returning.return_policy import COMING_BACK, at_most_paid, delivered_at, last_day
from support.service_requests import Asked, Done, Movement


@use_case("do", needs=Level.SIGNED_IN)
async def complete(
    session: AsyncSession, speaker: Speaker, return_reference: str, *, key: str, business: Business, at: datetime
) -> Done:
    """Settle a return or exchange whose lines have arrived, which only the shop or an agent can say.

    Its amount is given back (no more than is left of what was paid) or taken, and the points go that the goods had
    earned (of an exchange: what the new ones are cheaper by). The order is then returned if every piece of it came
    back for its money, else delivered. The details hold the amount, the day the money is expected on (None if none
    goes to the customer) and the points taken.
    Raises NeedsPerson (a customer), NotFound, ReturnClosed, GiftCardTooLow (what it had promised is no longer on it),
    IdReused, IdInvalid.
    """
    if speaker.actor == "customer":
        raise NeedsPerson
    asked = Asked(speaker, "complete_return", key, {"return": return_reference}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    found, order = await _open(session, speaker, return_reference)
    # The shop may have given some of the money back itself since it was asked for
    minor = await at_most_paid(session, order, found.amount_minor)
    method = found.method
    # Its own promise is among those taken off, so what is left tells whether the card still covers it
    if minor < 0 and method.kind is MethodKind.GIFT_CARD and await gift_cards.available(session, method) < 0:
        raise GiftCardTooLow

    request = await service_requests.enter(session, asked, order_id=order.id)
    found.status, found.completed_at, found.amount_minor = ReturnStatus.COMPLETED, at, minor
    await session.flush()
    movements = await _settled(session, found, order, method, request, at)
    points = await order_points.take_back(
        session, order, _goods_given_up(found), key=f"request:{request.id}:points", at=at
    )
    everything = found.kind is ReturnKind.RETURN and _all_came_back(found, order)
    await _leave(session, order, OrderStatus.RETURNED if everything else OrderStatus.DELIVERED, speaker, at)
    expected = expected_on(method, at, business=business).isoformat() if minor > 0 else None
    details = _details(found, order) | {"expected_on": expected, "points_taken_back": points}
    body = await return_rows.body(session, found, order, method) | {"points_taken_back": points}
    return await service_requests.finish(
        session, request, details=details, movements=movements, body=body,
        event="return.completed" if found.kind is ReturnKind.RETURN else "exchange.completed",
    )


@use_case("do", needs=Level.SIGNED_IN)
async def call_off(
    session: AsyncSession, speaker: Speaker, return_reference: str, *, key: str, business: Business, at: datetime
) -> Done:
    """Call off a return or exchange whose lines have not arrived; the order is a delivered one again.

    What an exchange had set aside can be sold again. The order may be returned anew until the last day of its own
    window, `until` in the details.
    Raises NotFound, ReturnClosed, IdReused, IdInvalid.
    """
    asked = Asked(speaker, "call_off_return", key, {"return": return_reference}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    found, order = await _open(session, speaker, return_reference)
    aside: Counter[str] = Counter()
    for line in found.lines:
        if line.new_variant_id is not None:
            aside[line.new_variant_id] += line.quantity
    variants = await stock_moves.lock_variants(session, aside)

    request = await service_requests.enter(session, asked, order_id=order.id)
    found.status, found.completed_at = ReturnStatus.CANCELLED, at
    stock_moves.put_back(variants, aside)
    await _leave(session, order, OrderStatus.DELIVERED, speaker, at, delivered=await _delivered_before(session, found))
    until = await last_day(session, order, await delivered_at(session, order), business=business, at=at)
    details = _details(found, order) | {"until": until.isoformat()}
    body = await return_rows.body(session, found, order, found.method)
    return await service_requests.finish(session, request, details=details, event="return.called_off", body=body)


async def _open(session: AsyncSession, speaker: Speaker, reference: object) -> tuple[Return, Order]:
    """The customer's return that has yet to arrive, and its order, locked. Raises NotFound, ReturnClosed."""
    if not isinstance(reference, str) or not reference.isprintable():
        raise NotFound
    found = await session.scalar(
        select(Return).join(Order, Order.id == Return.order_id)
        .where(Order.customer_id == speaker.customer, Return.reference == reference.strip().upper())
        .options(selectinload(Return.lines), selectinload(Return.method))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    order = await lock_order(session, speaker, found.order_id, selectinload(Order.lines))
    if found.status is not ReturnStatus.REQUESTED:
        raise ReturnClosed
    return found, order


async def _settled(
    session: AsyncSession, found: Return, order: Order, method: PaymentMethod, request: ServiceRequest, at: datetime
) -> Sequence[Movement]:
    minor = found.amount_minor
    if minor > 0:
        return [await payments.refund(session, order, method, minor, request=request, at=at)]
    if minor < 0:
        return [await payments.pay(
            session, order, method, -minor, request=request, at=at, promised_at=found.requested_at
        )]
    return []


async def _leave(
    session: AsyncSession, order: Order, to: OrderStatus, speaker: Speaker, at: datetime, *,
    delivered: datetime | None = None,
) -> None:
    """Bring the order out of its waiting for a parcel; where the shop has done so already, it stays as it is."""
    if order.status in COMING_BACK:
        await order_status.move(session, order, to, actor=speaker.actor, at=at)
        order.status_since = delivered or at
        await session.flush()


async def _delivered_before(session: AsyncSession, found: Return) -> datetime | None:
    """When the order was delivered, as the request noted it; None for a return that came without one."""
    request = await session.get(ServiceRequest, found.request_id) if found.request_id else None
    noted = request.details.get("delivered_at") if request else None
    return datetime.fromisoformat(noted) if noted else None


def _goods_given_up(found: Return) -> int:
    """What the goods that came back cost, less what went out for them; minor units, not below zero."""
    old = sum(line.quantity * line.unit_price_minor for line in found.lines)
    return max(0, old - sum(line.quantity * (line.new_unit_price_minor or 0) for line in found.lines))


def _all_came_back(found: Return, order: Order) -> bool:
    back = {line.order_line_id: line.quantity for line in found.lines}
    return all(back.get(line.id, 0) >= line.quantity for line in order.lines)


def _details(found: Return, order: Order) -> dict[str, Any]:
    return {
        "return": found.reference, "kind": found.kind, "order": order.number, "order_status": order.status,
        "amount_minor": found.amount_minor, "currency": found.currency,
    }
