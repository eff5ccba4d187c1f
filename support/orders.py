"""A customer's orders: the list, one of them by any way of naming it, and where its parcels are.

Every query starts from the customer, so another customer's order is as unknown as one that never was.
Money is integer minor units.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support.customers import id_of
from support.errors import NotFound
from support.models.shop import Customer, Order, OrderLine, OrderStatus, Shipment

FEWEST_DIGITS = 2  # of the end of a number that still names an order
OPEN = tuple(status for status in OrderStatus if status.open)


@dataclass(frozen=True)
class Line:
    """A line as bought; `options` is such as {"colour": "brass"}."""

    product: str
    options: dict[str, Any]
    quantity: int
    unit_price_minor: int

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_price_minor


@dataclass(frozen=True)
class OrderSummary:
    """An order at a glance; `pieces` counts everything in it."""

    id: str
    number: str
    status: OrderStatus
    status_since: datetime
    placed_at: datetime
    currency: str
    total_minor: int
    lines: tuple[Line, ...]

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True)
class OrderList:
    """The newest orders before a point in time, and how many older ones there are."""

    orders: tuple[OrderSummary, ...]
    older: int


@dataclass(frozen=True)
class Parcel:
    """A shipment and the last that its carrier said of it."""

    carrier: str
    tracking_number: str
    tracking_url: str
    shipped_at: datetime
    expected_on: date
    delivered_at: datetime | None
    last_event: str
    last_place: str | None
    last_event_at: datetime

    def late_by(self, today: date) -> int:
        """Whole days past the day it was expected on; 0 if it is delivered or not late."""
        return 0 if self.delivered_at else max(0, (today - self.expected_on).days)


@dataclass(frozen=True)
class Tracking:
    """An order with its parcels, first sent first, and the town they go to."""

    order: OrderSummary
    parcels: tuple[Parcel, ...]
    town: str | None


async def list_orders(
    session: AsyncSession, customer: Customer | str, *, limit: int = 5, before: datetime | None = None
) -> OrderList:
    """The customer's newest orders, at most `limit`, placed before `before` if that is given."""
    theirs = [Order.customer_id == id_of(customer)]
    if before is not None:
        theirs.append(Order.placed_at < before)
    query = select(Order).where(*theirs).order_by(Order.placed_at.desc(), Order.number.desc()).limit(limit)
    found = await session.scalars(query.options(selectinload(Order.lines)))
    orders = tuple(summary(order) for order in found)
    count = await session.scalar(select(func.count()).select_from(Order).where(*theirs)) or 0
    return OrderList(orders, count - len(orders))


async def open_orders(session: AsyncSession, customer: Customer | str) -> tuple[OrderSummary, ...]:
    """The customer's orders that are still on their way, newest first."""
    query = select(Order).where(Order.customer_id == id_of(customer), Order.status.in_(OPEN))
    found = await session.scalars(query.order_by(Order.placed_at.desc()).options(selectinload(Order.lines)))
    return tuple(summary(order) for order in found)


async def find_order(
    session: AsyncSession, customer: Customer | str, reference: str
) -> tuple[OrderSummary, ...]:
    """The customer's orders that `reference` may name, newest first: one, or the candidates to ask about.

    A reference is the full number, the number without its prefix, or its last digits; case, spaces, dashes
    and signs do not count. Raises NotFound for an unknown order and for somebody else's alike.
    """
    rows = await session.execute(select(Order.id, Order.number).where(Order.customer_id == id_of(customer)))
    ids = _named({number: order_id for order_id, number in rows}, reference)
    if not ids:
        raise NotFound
    query = select(Order).where(Order.customer_id == id_of(customer), Order.id.in_(ids))
    found = await session.scalars(query.order_by(Order.placed_at.desc()).options(selectinload(Order.lines)))
    return tuple(summary(order) for order in found)


async def tracking(session: AsyncSession, customer: Customer | str, order_id: str) -> Tracking:
    """Where the customer's order is. Raises NotFound."""
    query = select(Order).where(Order.customer_id == id_of(customer), Order.id == order_id)
    order = await session.scalar(
        query.options(selectinload(Order.lines), selectinload(Order.shipments), selectinload(Order.address))
    )
    if order is None:
        raise NotFound
    parcels = tuple(_parcel(shipment) for shipment in order.shipments)
    return Tracking(summary(order), parcels, order.address.town if order.address else None)


def _named(numbers: dict[str, str], reference: str) -> list[str]:
    """The ids of the numbers that fit best: the whole number before its digits before its last digits."""
    wanted = _plain(reference)
    digits = re.sub(r"^(ORDER)?(NUMBER|NO|NR)?", "", wanted)
    for fits in (
        lambda number: number == wanted,
        lambda number: _digits(number) == digits,
        lambda number: len(digits) >= FEWEST_DIGITS and digits.isdecimal() and number.endswith(digits),
    ):
        if ids := [order_id for number, order_id in numbers.items() if fits(_plain(number))]:
            return ids
    return []


def _plain(reference: str) -> str:
    return "".join(sign for sign in reference.upper() if sign.isalnum())


def _digits(number: str) -> str:
    return number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def summary(order: Order) -> OrderSummary:
    """The order at a glance; its lines must be loaded."""
    return OrderSummary(
        order.id, order.number, order.status, order.status_since, order.placed_at, order.currency,
        order.total_minor, tuple(_line(line) for line in order.lines),
    )


def _line(line: OrderLine) -> Line:
    return Line(line.product_name, line.options, line.quantity, line.unit_price_minor)


def _parcel(shipment: Shipment) -> Parcel:
    return Parcel(
        shipment.carrier, shipment.tracking_number, shipment.tracking_url, shipment.shipped_at,
        shipment.expected_on, shipment.delivered_at, shipment.last_event, shipment.last_place,
        shipment.last_event_at,
    )
