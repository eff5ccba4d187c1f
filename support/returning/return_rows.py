"""The rows of a return or exchange as it is asked for, and how the shop hears of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.catalogue import Variant
from support.models.orders import Order, OrderLine, OrderStatus
from support.models.payments import PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus
from support.models.service_requests import ServiceRequest
from support.ordering import order_status
from support.outgoing.event_bodies import amount
from support.text import new_reference

_ASKED = {ReturnKind.RETURN: OrderStatus.RETURN_REQUESTED, ReturnKind.EXCHANGE: OrderStatus.EXCHANGE_REQUESTED}


async def enter(
    session: AsyncSession, request: ServiceRequest, order: Order, kind: ReturnKind, lines: Iterable[ReturnLine], *,
    method: PaymentMethod, amount_minor: int, reason: str | None, at: datetime,
) -> Return:
    """Enter it with its lines and bring the order into the status that says so; the order is locked."""
    made = Return(
        reference=await _unused_reference(session), order_id=order.id, request_id=request.id, kind=kind,
        status=ReturnStatus.REQUESTED, reason=reason, method_id=method.id, amount_minor=amount_minor,
        currency=order.currency, requested_at=at,
    )
    session.add(made)
    await session.flush()
    for position, line in enumerate(lines, 1):
        line.return_id, line.position = made.id, position
        session.add(line)
    await order_status.move(session, order, _ASKED[kind], actor=request.actor, at=at, reason=reason)
    return made


async def body(session: AsyncSession, made: Return, order: Order, method: PaymentMethod) -> dict[str, Any]:
    """What the shop hears: `amount` goes to the customer by `payment_method`, with a minus it comes from them."""
    lines = (await session.scalars(
        select(ReturnLine).where(ReturnLine.return_id == made.id).order_by(ReturnLine.position)
    )).all()
    bought = {
        line.id: line
        for line in await session.scalars(select(OrderLine).where(OrderLine.order_id == order.id))
    }
    skus = await _skus(session, {line.variant_id for line in bought.values()} | {line.new_variant_id for line in lines})
    return {
        "return": made.reference, "kind": made.kind, "order": order.number, "reason": made.reason,
        "lines": [_line(line, bought[line.order_line_id], skus, made.currency) for line in lines],
        "payment_method": method.reference, "amount": amount(made.amount_minor, made.currency),
    }


def _line(line: ReturnLine, bought: OrderLine, skus: Mapping[str, str], currency: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "position": bought.position, "line": bought.reference, "sku": skus[bought.variant_id],
        "quantity": line.quantity, "unit_price": amount(line.unit_price_minor, currency),
    }
    if line.new_variant_id is not None and line.new_unit_price_minor is not None:
        said |= {
            "new_sku": skus[line.new_variant_id], "new_unit_price": amount(line.new_unit_price_minor, currency),
        }
    return said


async def skus_of(session: AsyncSession, order: Order) -> dict[str, str]:
    """{variant id: the shop's own id of it} for what was ordered; the order's lines are loaded."""
    return await _skus(session, {line.variant_id for line in order.lines})


async def _skus(session: AsyncSession, variant_ids: Collection[str | None]) -> dict[str, str]:
    rows = await session.execute(select(Variant.id, Variant.sku).where(Variant.id.in_(variant_ids)))
    return dict(rows.all())


async def _unused_reference(session: AsyncSession) -> str:
    while True:
        reference = new_reference("RT")
        if await session.scalar(select(Return.id).where(Return.reference == reference)) is None:
            return reference
