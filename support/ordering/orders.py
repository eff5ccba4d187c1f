"""A customer's orders: the list, one of them by any way of naming it, where its parcels are, and all there is of it.

Every query starts from the speaker's customer, so another customer's order is as unknown as one that never was.
An order holder has one order, and no others.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.catalogue import Variant
from support.models.conversations import Level
from support.models.orders import Order, OrderStatus, OrderTransition
from support.models.payments import Payment
from support.ordering import order_numbers, orders_at_hand
from support.ordering.order_views import Line, OrderDetail, OrderSummary, Parcel, Tracking, detail, on_its_way, summary
from support.pages import checked_limit

__all__ = [
    "Line", "OrderDetail", "OrderList", "OrderSummary", "Parcel", "Tracking", "find_order", "list_orders", "one",
    "open_orders", "seen_by", "summary", "tracking",
]

OPEN = tuple(status for status in OrderStatus if status.open)
_NEWEST_FIRST = (Order.placed_at.desc(), Order.number.desc())


@dataclass(frozen=True)
class OrderList:
    """The newest orders before a certain one, and how many older ones there are."""

    orders: tuple[OrderSummary, ...]
    older: int


def seen_by(speaker: Speaker) -> ColumnElement[bool]:
    """Which orders the speaker may see: their own; for an order holder, of these the one."""
    theirs = Order.customer_id == speaker.customer
    return and_(theirs, Order.id == speaker.order_id) if speaker.level is Level.ORDER_HOLDER else theirs


@use_case("look up", needs=Level.ORDER_HOLDER)
async def list_orders(
    session: AsyncSession, speaker: Speaker, *, limit: int = 5, before: str | None = None
) -> OrderList:
    """The customer's newest orders, or those before a certain one.

    At most `limit` of them; `before` is the id of an order. Raises InvalidInput (a limit that is none), NotFound.
    """
    theirs = [seen_by(speaker)]
    checked_limit(limit)
    if before is not None:
        mark = await orders_at_hand.find_order(session, speaker, before)
        # Orders that came in by a file may all have been placed at midnight
        earlier_number = and_(Order.placed_at == mark.placed_at, Order.number < mark.number)
        theirs.append(or_(Order.placed_at < mark.placed_at, earlier_number))
    found = await _summaries(session, select(Order).where(*theirs).limit(limit))
    count = await session.scalar(select(func.count()).select_from(Order).where(*theirs)) or 0
    return OrderList(found, count - len(found))


@use_case("look up", needs=Level.ORDER_HOLDER)
async def open_orders(session: AsyncSession, speaker: Speaker) -> tuple[OrderSummary, ...]:
    """The customer's orders that are still on their way, newest first."""
    return await _summaries(session, select(Order).where(seen_by(speaker), Order.status.in_(OPEN)))


@use_case("look up", needs=Level.ORDER_HOLDER)
async def find_order(session: AsyncSession, speaker: Speaker, reference: str) -> tuple[OrderSummary, ...]:
    """The customer's orders that a number as customers write it may name.

    One, or the candidates to ask about, newest first. `support/ordering/order_numbers.py` says what fits what. Raises
    NotFound for an unknown order and for somebody else's alike.
    """
    rows = await session.execute(select(Order.id, Order.number).where(seen_by(speaker)))
    ids = order_numbers.fitting(dict(rows.all()), reference)
    if not ids:
        raise NotFound
    return await _summaries(session, select(Order).where(seen_by(speaker), Order.id.in_(ids)))


@use_case("look up", needs=Level.ORDER_HOLDER)
async def tracking(session: AsyncSession, speaker: Speaker, order_id: str) -> Tracking:
    """Where the customer's order is: its status, its parcels and what their carriers said last. Raises NotFound."""
    return on_its_way(await orders_at_hand.find_order(
        session, speaker, order_id, selectinload(Order.lines), selectinload(Order.shipments),
        selectinload(Order.address),
    ))


@use_case("look up", needs=Level.ORDER_HOLDER)
async def one(session: AsyncSession, speaker: Speaker, order_id: str) -> OrderDetail:
    """All there is to tell of one of the customer's orders: lines, amounts, address, payments, parcels, history.

    Raises NotFound.
    """
    order = await orders_at_hand.find_order(
        session, speaker, order_id, selectinload(Order.lines), selectinload(Order.shipments),
        selectinload(Order.address), selectinload(Order.payments).selectinload(Payment.method),
    )
    variants = {line.variant_id for line in order.lines}
    known = await session.execute(select(Variant.id, Variant.sku, Variant.product_id).where(Variant.id.in_(variants)))
    steps = await session.scalars(
        select(OrderTransition).where(OrderTransition.order_id == order.id).order_by(OrderTransition.number)
    )
    return detail(order, {id: (sku, product_id) for id, sku, product_id in known}, list(steps))


async def _summaries(session: AsyncSession, query: Select[Order]) -> tuple[OrderSummary, ...]:
    found = await session.scalars(query.order_by(*_NEWEST_FIRST).options(selectinload(Order.lines)))
    return tuple(summary(order) for order in found)
