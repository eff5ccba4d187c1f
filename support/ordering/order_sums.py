"""What a customer's orders come to, added up in the database: a row a currency, and when they bought.

Money is minor units of the row's currency. A customer may have thousands of orders, so all of them are read in one
stretch of an index; money moved later and returns are found from the customer's payment methods, which alone can
have a part in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.base import UtcDateTime, Uuid
from support.models.orders import Order, OrderStatus
from support.models.payments import Payment, PaymentKind, PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.people.churn import Purchasing

_BACK = (OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED)
_ARRIVED = (OrderStatus.DELIVERED, OrderStatus.EXCHANGE_REQUESTED, *_BACK)
_COUNTS = Order.status != OrderStatus.CANCELLED
_RETURNED = Order.status == OrderStatus.RETURNED
_WEEK = timedelta(weeks=1)
_CUSTOMER, _AT = bindparam("customer", type_=Uuid), bindparam("at", type_=UtcDateTime)
_PLACED = and_(Order.customer_id == _CUSTOMER, Order.placed_at <= _AT)


@dataclass(frozen=True)
class Sums:
    """The orders of one currency, and of the `arrived` ones how many came `back`; `net` is what they brought.

    `first` and `last` are when orders were placed, the cancelled ones apart; None if there are no others.
    """

    currency: str
    orders: int
    cancelled: int
    net: int
    arrived: int
    back: int
    first: datetime | None
    last: datetime | None


async def sums(session: AsyncSession, customer_id: str, at: datetime) -> tuple[Sums, ...]:
    """The customer's orders placed up to `at`, by currency; cancelled ones count as `cancelled` alone.

    An order brings what it costs now or, if money moved since it was paid, what was paid for it less what was refunded;
    a returned one nothing where no refund is on record.
    """
    asked = {"customer": customer_id, "at": at}
    found = [Sums(**row._mapping) for row in await session.execute(_AT_THEIR_COST, asked)]
    moved = {currency: int(minor) for currency, minor in await session.execute(_MOVED_SINCE, asked)}
    called = {row[0]: row[1] for row in await session.execute(_CALLED_BACK, asked)}
    # PostgreSQL's sums are decimals
    return tuple(
        replace(
            one, net=int(one.net) + moved.get(one.currency, 0), back=one.back + called.get(one.currency, 0)
        )
        for one in found
    )


async def purchasing(
    session: AsyncSession, customer_id: str, found: Sequence[Sums], at: datetime
) -> Purchasing | None:
    """When they bought; orders of one day (UTC) are one purchase. None for somebody who never has."""
    first = min((one.first for one in found if one.first), default=None)
    last = max((one.last for one in found if one.last), default=None)
    if first is None or last is None:
        return None
    days = _DAYS[session.get_bind().dialect.name]
    repeats = (await session.execute(days, {"customer": customer_id, "at": at})).scalar_one() - 1
    return Purchasing(repeats, (last - first) / _WEEK if repeats else 0.0, (at - first) / _WEEK)


def _at_their_cost() -> Select[str, int, int, int, int, int, datetime | None, datetime | None]:
    return (
        select(
            Order.currency,
            func.count(case((_COUNTS, 1))).label("orders"),
            func.count(case((~_COUNTS, 1))).label("cancelled"),
            func.sum(_cost()).label("net"),
            func.count(case((Order.status.in_(_ARRIVED), 1))).label("arrived"),
            func.count(case((Order.status.in_(_BACK), 1))).label("back"),
            func.min(case((_COUNTS, Order.placed_at))).label("first"),
            func.max(case((_COUNTS, Order.placed_at))).label("last"),
        )
        .where(_PLACED).group_by(Order.currency).order_by(Order.currency)
    )


def _cost() -> ColumnElement[int]:
    return case((or_(~_COUNTS, _RETURNED), 0), else_=Order.total_minor)


def _moved_since() -> Select[str, int]:
    """{currency: what refunds and later payments make of the orders' cost}."""
    moves = (
        select(Payment.order_id).join(PaymentMethod, PaymentMethod.id == Payment.method_id)
        .where(PaymentMethod.customer_id == _CUSTOMER)
        .where(or_(Payment.kind == PaymentKind.REFUND, Payment.request_id.is_not(None)))
    )
    sums = (
        select(
            Payment.order_id,
            func.sum(case((Payment.kind == PaymentKind.PAYMENT, Payment.amount_minor))).label("paid"),
            func.sum(case((Payment.kind == PaymentKind.REFUND, Payment.amount_minor))).label("refunded"),
        )
        .where(Payment.order_id.in_(moves)).group_by(Payment.order_id).subquery()
    )
    # A swap changes the order's total and refunds the difference: the total less refunds would count it twice
    kept = func.coalesce(sums.c.paid, Order.total_minor) - func.coalesce(sums.c.refunded, 0)
    net = case((and_(_RETURNED, sums.c.refunded.is_(None)), 0), else_=kept)
    return (
        select(Order.currency, func.sum(net - _cost())).join(sums, sums.c.order_id == Order.id)
        .where(_COUNTS, Order.placed_at <= _AT).group_by(Order.currency)
    )


def _called_back() -> Select[str, int]:
    """{currency: how many orders a return was asked for whose status does not say so}, as after one in part."""
    asked = (
        select(Return.order_id).join(PaymentMethod, PaymentMethod.id == Return.method_id)
        .where(
            PaymentMethod.customer_id == _CUSTOMER, Return.kind == ReturnKind.RETURN,
            Return.status != ReturnStatus.CANCELLED,
        )
        .distinct().subquery()
    )
    elsewhere = [status for status in _ARRIVED if status not in _BACK]
    return (
        select(Order.currency, func.count()).join(asked, asked.c.order_id == Order.id)
        .where(Order.status.in_(elsewhere), Order.placed_at <= _AT).group_by(Order.currency)
    )


def _days(day: ColumnElement[Any]) -> Select[int]:
    return select(func.count(distinct(day))).where(_PLACED, _COUNTS)


# Made once: to build them costs more than to run them for most customers
_AT_THEIR_COST, _MOVED_SINCE, _CALLED_BACK = _at_their_cost(), _moved_since(), _called_back()
_DAYS = {
    "sqlite": _days(func.date(Order.placed_at)),
    "postgresql": _days(func.date(func.timezone("UTC", Order.placed_at))),
}
