"""Swapping lines of a pending order for other variants of the same products, the difference paid or given back."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support import service_requests
from support.agreements import check_agreed
from support.identity import Speaker, use_case
from support.models.catalogue import Variant
from support.models.conversations import Level
from support.models.orders import Order, OrderStatus
from support.ordering import stock_moves
from support.ordering.orders_at_hand import find_order, lock_order
from support.ordering.swap_plans import (
    Swap,
    SwappedLine,
    SwapPlan,
    check_paid,
    checked,
    methods_for,
    pieces_of,
    reckon,
    settling_method,
    variants_of,
)
from support.outgoing.event_bodies import amount
from support.paying import payments
from support.paying.payment_methods import label
from support.policy.business import Business
from support.refusals import LinesAlreadySwapped, OrderNotChangeable
from support.service_requests import Asked, Done, Movement

__all__ = ["Swap", "SwapPlan", "SwappedLine", "plan_swap", "swap"]


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_swap(
    session: AsyncSession, speaker: Speaker, order_id: str, swaps: Sequence[Swap], method_id: str | None = None, *,
    business: Business, at: datetime,  # noqa: ARG001 - every use case takes both
) -> SwapPlan:
    """What swapping lines of a pending order would cost or bring, at the variants' prices of now.

    Without a method it tells the difference and the methods to choose from; a method that is named is checked as
    `swap` does. Raises what `swap` raises, less AmountChanged and what concerns the key.
    """
    wanted = checked(swaps)
    order = await find_order(session, speaker, order_id, selectinload(Order.lines))
    _check_open(speaker, order)
    found = await session.scalars(select(Variant).where(Variant.id.in_(variants_of(order, wanted))))
    plan = reckon(order, wanted, {variant.id: variant for variant in found})
    difference = plan.difference_minor
    await check_paid(session, order, difference)
    plan = replace(plan, methods=await methods_for(session, speaker, order, difference, at=at))
    if method_id is None:
        return plan
    method = await settling_method(session, speaker, order, method_id, difference, at=at)
    if method is None:
        return plan
    return replace(plan, movements=(Movement(method.id, label(method), -difference, order.currency),))


@use_case("do", needs=Level.SIGNED_IN)
async def swap(
    session: AsyncSession, speaker: Speaker, order_id: str, swaps: Sequence[Swap], method_id: str | None = None, *,
    key: str, agreed_minor: int | None = None, business: Business, at: datetime,  # noqa: ARG001
) -> Done:
    """Swap whole lines of a pending order for other variants of the same products: all of them, or none.

    A customer may do it once an order, an agent again. The new price is the variant's of now; what the lines cost more
    is paid by the named method (a gift card must cover it), what they cost less goes to it: any method of theirs, a
    gift card in the order's currency, or one that has paid and was removed since. Without a difference no method is
    needed. `agreed_minor` is the plan's `difference_minor`, minor units of the order's currency. The details hold the
    lines before and after.
    Raises NotFound (order, line, variant or method), OrderNotChangeable, LinesAlreadySwapped, LinesInvalid (none, or
    one twice), OtherProduct, SameVariant, CurrencyDiffers, OutOfStock, MethodNotAllowed (also if none is named but one
    is needed), GiftCardTooLow, NeedsPerson (more would go back than was paid), AmountChanged, IdReused, IdInvalid.
    """
    wanted = checked(swaps)
    asked = Asked(speaker, "swap_lines", key, {"order": order_id, "swaps": wanted, "method": method_id}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order = await lock_order(session, speaker, order_id, selectinload(Order.lines))
    _check_open(speaker, order)
    variants = await stock_moves.lock_variants(session, variants_of(order, wanted))
    plan = reckon(order, wanted, variants)
    await check_paid(session, order, plan.difference_minor)
    method = await settling_method(session, speaker, order, method_id, plan.difference_minor, at=at)
    check_agreed(agreed_minor, plan.difference_minor)

    request = await service_requests.enter(session, asked, order_id=order.id)
    stock_moves.take(variants, pieces_of(plan.lines))
    _change(order, plan, at)
    movements: list[Movement] = []
    if method is not None:
        settle = payments.pay if plan.difference_minor > 0 else payments.refund
        movements.append(await settle(session, order, method, abs(plan.difference_minor), request=request, at=at))
    return await service_requests.finish(
        session, request, details=_details(plan), movements=movements, event="order.lines_changed",
        body=_body(plan),
    )


def _check_open(speaker: Speaker, order: Order) -> None:
    if order.status is not OrderStatus.PENDING:
        raise OrderNotChangeable
    if order.lines_swapped_at is not None and speaker.actor != "agent":
        raise LinesAlreadySwapped


def _change(order: Order, plan: SwapPlan, at: datetime) -> None:
    lines = {line.id: line for line in order.lines}
    for new in plan.lines:
        line = lines[new.line_id]
        line.variant_id, line.options = new.new_variant_id, dict(new.new_options)
        line.unit_price_minor = new.new_unit_price_minor
    order.goods_minor += plan.difference_minor
    order.total_minor = plan.total_minor
    order.lines_swapped_at = at


def _details(plan: SwapPlan) -> dict[str, Any]:
    return {
        "order": plan.order_number, "lines": [asdict(line) for line in plan.lines],
        "difference_minor": plan.difference_minor, "total_minor": plan.total_minor, "currency": plan.currency,
    }


def _body(plan: SwapPlan) -> dict[str, Any]:
    """`difference` is what the order costs more than before, with a minus what it costs less."""
    return {
        "order": plan.order_number,
        "lines": [
            {
                "position": line.position, "line": line.reference, "quantity": line.quantity, "old_sku": line.old_sku,
                "new_sku": line.new_sku, "unit_price": amount(line.new_unit_price_minor, plan.currency),
            }
            for line in plan.lines
        ],
        "difference": amount(plan.difference_minor, plan.currency),
        "total": amount(plan.total_minor, plan.currency),
    }
