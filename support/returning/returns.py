"""Returning lines of a delivered order: what it will bring, and the request. The money moves when they have arrived."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support import service_requests
from support.agreements import check_agreed
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.orders import Order
from support.models.payments import PaymentMethod
from support.models.returns import ReturnKind, ReturnLine
from support.ordering.orders_at_hand import find_order, lock_order
from support.paying.payment_methods import label
from support.policy.business import Business
from support.reasons import chosen, folded
from support.returning import return_methods, return_rows
from support.returning.return_plans import ComingBackPlan
from support.returning.return_policy import at_most_paid, check_may_come_back, check_worth
from support.returning.returned_lines import ComingBack, ReturnedLine, checked, pieces
from support.service_requests import Asked, Done
from support.shares import part_of

__all__ = ["ReturnPlan", "ReturnedLine", "plan_return", "request_return"]


@dataclass(frozen=True, slots=True)
class ReturnPlan(ComingBackPlan[ComingBack]):
    """What a return will bring: `goods_minor` less `discount_minor`, their share of the order's, and `cost_minor`.

    `amount_minor` is that, but no more than is left of what was paid. `refund_days` are working days from the arrival.
    """

    goods_minor: int
    discount_minor: int
    cost_minor: int
    refund_days: int


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_return(
    session: AsyncSession, speaker: Speaker, order_id: str, lines: Sequence[ReturnedLine], *,
    method_id: str | None = None, reason: str | None = None, business: Business, at: datetime,
) -> ReturnPlan:
    """What returning lines of a delivered order would bring, and by which payment method.

    Without a method the plan tells the amount and the choices, so that the customer can be asked for one. Raises what
    `request_return` raises, less AmountChanged and what concerns the key.
    """
    wanted = checked(lines, ReturnedLine)
    order = await find_order(session, speaker, order_id, selectinload(Order.lines))
    await check_may_come_back(session, speaker, order, business=business, at=at)
    method = await return_methods.taker(session, speaker, order, method_id) if method_id is not None else None
    return await _plan(session, speaker, order, wanted, method, reason, business)


@use_case("do", needs=Level.SIGNED_IN)
async def request_return(
    session: AsyncSession, speaker: Speaker, order_id: str, lines: Sequence[ReturnedLine], *, method_id: str,
    reason: str | None, key: str, agreed_minor: int | None = None, business: Business, at: datetime,
) -> Done:
    """Take down that lines of a delivered order come back; their money is given back once they have arrived.

    Once an order, within the return window of the customer's tier after the delivery; an agent may go beyond the
    window and the limits. The money goes to a method that has paid for the order or to a gift card of theirs in its
    currency. `reason` is one of `returns.reasons` of business.yml, in any case, or None; `agreed_minor` the plan's
    `amount_minor`. The details hold the return's own reference, which goes on the parcel, lines and amount.
    Raises NotFound (order, line or method), NotDelivered, AlreadyReturned, ReturnWindowClosed, LinesInvalid,
    QuantityInvalid, ReasonUnknown, MethodNotAllowed, NeedsPerson, AmountChanged, IdReused, IdInvalid.
    """
    wanted = checked(lines, ReturnedLine)
    content = {
        "order": order_id, "lines": [asdict(line) for line in wanted], "method": method_id,
        "reason": None if reason is None else folded(reason),
    }
    asked = Asked(speaker, "request_return", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order = await lock_order(session, speaker, order_id, selectinload(Order.lines))
    delivered = await check_may_come_back(session, speaker, order, business=business, at=at)
    method = await return_methods.taker(session, speaker, order, method_id)
    plan = await _plan(session, speaker, order, wanted, method, reason, business)
    check_agreed(agreed_minor, plan.amount_minor)

    request = await service_requests.enter(session, asked, order_id=order.id)
    rows = [
        ReturnLine(order_line_id=line.line_id, quantity=line.quantity, unit_price_minor=line.unit_price_minor)
        for line in plan.lines
    ]
    entered = await return_rows.enter(
        session, request, order, ReturnKind.RETURN, rows, method=method, amount_minor=plan.amount_minor,
        reason=plan.reason, at=at,
    )
    body = await return_rows.body(session, entered, order, method)
    details: dict[str, Any] = {
        "return": entered.reference, "order": order.number, "lines": [asdict(line) for line in plan.lines],
        "amount_minor": plan.amount_minor, "currency": plan.currency, "method": plan.method, "reason": plan.reason,
        "delivered_at": delivered.isoformat(),
    }
    return await service_requests.finish(session, request, details=details, event="return.requested", body=body)


async def _plan(
    session: AsyncSession, speaker: Speaker, order: Order, wanted: Sequence[ReturnedLine],
    method: PaymentMethod | None, reason: str | None, business: Business,
) -> ReturnPlan:
    skus = await return_rows.skus_of(session, order)
    lines = tuple(
        ComingBack(
            line.id, line.position, line.reference, skus[line.variant_id], line.product_name, line.options, quantity,
            line.unit_price_minor,
        )
        for line, quantity, _ in pieces(order, wanted)
    )
    said = None if reason is None else chosen(reason, business.returns.reasons)
    goods = sum(line.goods_minor for line in lines)
    discount = part_of(order.discount_minor, goods, order.goods_minor)
    cost = business.returns.return_cost
    brings = await at_most_paid(session, order, max(0, goods - discount - cost))
    check_worth(speaker, brings, business)
    return ReturnPlan(
        order.id, order.number, order.currency, lines, brings,
        method.id if method else None, label(method) if method else None,
        return_methods.choices(await return_methods.takers(session, speaker, order)), said,
        goods, discount, cost, business.returns.refund_days,
    )
