"""Cancelling an order that the shop has not begun to process: the money goes back where it came from."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support import service_requests
from support.agreements import check_agreed
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.orders import Order, OrderStatus
from support.models.payments import PaymentMethod
from support.ordering import order_status, stock_moves
from support.ordering.orders_at_hand import find_order, lock_order
from support.paying import payments
from support.paying.payment_methods import label
from support.points import order_points
from support.policy.business import Business
from support.reasons import chosen, folded
from support.refusals import NeedsPerson, OrderNotCancellable
from support.service_requests import Asked, Done, Movement


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What cancelling an order would do: each movement is money back to the customer; minor units of `currency`."""

    order_id: str
    order_number: str
    currency: str
    refund_minor: int
    movements: tuple[Movement, ...]


@use_case("look up", needs=Level.VERIFIED)
async def plan_cancellation(
    session: AsyncSession, speaker: Speaker, order_id: str, *,
    business: Business, at: datetime,  # noqa: ARG001 - every use case takes both
) -> Cancellation:
    """What would come back, and by which payment methods, if the order were cancelled now.

    Raises NotFound, OrderNotCancellable (it is no longer pending), NeedsPerson (more than a customer may get back
    without one).
    """
    order = await find_order(session, speaker, order_id)
    return _plan(speaker, order, await payments.paid_with(session, order), business)


@use_case("do", needs=Level.VERIFIED)
async def cancel(
    session: AsyncSession, speaker: Speaker, order_id: str, *, reason: str, key: str, agreed_minor: int | None = None,
    business: Business, at: datetime,
) -> Done:
    """Cancel a pending order: every payment method gets back what it paid, the stock and the points go back too.

    `reason` is one of `orders.cancel_reasons` of business.yml, in any case; `agreed_minor` the `refund_minor` that the
    customer agreed to, in minor units. The details name the order, the reason, the refund and the points taken back.
    Raises NotFound, ReasonUnknown, OrderNotCancellable, NeedsPerson, AmountChanged, IdReused, IdInvalid.
    """
    asked = Asked(speaker, "cancel_order", key, {"order": order_id, "reason": folded(reason)}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order = await lock_order(session, speaker, order_id, selectinload(Order.lines))
    said = chosen(reason, business.orders.cancel_reasons)
    paid = await payments.paid_with(session, order)
    plan = _plan(speaker, order, paid, business)
    check_agreed(agreed_minor, plan.refund_minor)

    request = await service_requests.enter(session, asked, order_id=order.id)
    ordered: Counter[str] = Counter()
    for line in order.lines:
        ordered[line.variant_id] += line.quantity
    variants = await stock_moves.lock_variants(session, ordered)
    stock_moves.put_back(variants, ordered)
    movements = [
        await payments.refund(session, order, method, minor, request=request, at=at) for method, minor in paid.items()
    ]
    points = await order_points.take_back(
        session, order, order.goods_minor, key=f"request:{request.id}:points", at=at
    )
    await order_status.move(session, order, OrderStatus.CANCELLED, actor=speaker.actor, at=at, reason=said)
    details: dict[str, Any] = {
        "order": order.number, "reason": said, "refund_minor": plan.refund_minor, "currency": order.currency,
        "points_taken_back": points,
    }
    body = {
        "order": order.number, "reason": said, "points_taken_back": points,
        "lines": [{"sku": variants[id].sku, "quantity": quantity} for id, quantity in ordered.items()],
    }
    return await service_requests.finish(
        session, request, details=details, movements=movements, event="order.cancelled", body=body
    )


def _plan(speaker: Speaker, order: Order, paid: dict[PaymentMethod, int], business: Business) -> Cancellation:
    if order.status is not OrderStatus.PENDING:
        raise OrderNotCancellable
    refund = sum(paid.values())
    most = business.returns.most_without_person
    if most is not None and refund > most and speaker.actor == "customer":
        raise NeedsPerson
    movements = tuple(Movement(method.id, label(method), minor, order.currency) for method, minor in paid.items())
    return Cancellation(order.id, order.number, order.currency, refund, movements)
