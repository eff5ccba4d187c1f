"""What a customer's orders come to, added up in the database: by currency, and when they bought.

Money is minor units of the row's currency. A customer may have thousands of orders, so all of them are read once, in
one stretch of an index; money moved later and returns are found from the customer's payment methods, which alone can
have a part in them.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    distinct,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.base import UtcDateTime, Uuid
from support.models.orders import Order, OrderStatus
from support.models.payments import Payment, PaymentKind, PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.people.churn import Purchasing


def _written(value: StrEnum) -> ColumnElement[Any]:
    """In the statement's own text: as a parameter it would make PostgreSQL plan anew for every customer."""
    return literal_column(f"'{value.value}'")


def _is(*statuses: OrderStatus) -> ColumnElement[bool]:
    return or_(*(Order.status == _written(status) for status in statuses))


_CANCELLED, _RETURNED = _is(OrderStatus.CANCELLED), _is(OrderStatus.RETURNED)
_BACK = _is(OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED)
_KEPT = _is(OrderStatus.DELIVERED, OrderStatus.EXCHANGE_REQUESTED)
_WEEK = timedelta(weeks=1)
_CUSTOMER, _AT = bindparam("customer", type_=Uuid), bindparam("at", type_=UtcDateTime)
_PLACED = and_(Order.customer_id == _CUSTOMER, Order.placed_at <= _AT)


@dataclass(frozen=True)
class Sums:
    """The orders of one currency, and of the `arrived` ones how many came `back`; `net` is what they brought."""

    currency: str
    orders: int
    cancelled: int
    net: int
    arrived: int
    back: int


@dataclass(frozen=True)
class Bought:
    """What the orders come to `by_currency`; on how many `days` (UTC) they were placed, the `first` and the `last`.

    Of cancelled ones no day counts; without others there is no first.
    """

    by_currency: tuple[Sums, ...] = ()
    days: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def purchasing(self, at: datetime) -> Purchasing | None:
        """When they bought; orders of one day are one purchase. None for somebody who never has."""
        if self.first is None or self.last is None:
            return None
        repeats = self.days - 1
        return Purchasing(repeats, (self.last - self.first) / _WEEK if repeats else 0.0, (at - self.first) / _WEEK)


async def bought(session: AsyncSession, customer_id: str, at: datetime) -> Bought:
    """The customer's orders placed up to `at`; cancelled ones count as `cancelled` alone.

    An order brings what it costs now or, if money moved since it was paid, what was paid for it less what was refunded;
    a returned one nothing where no refund is on record.
    """
    asked = {"customer": customer_id, "at": at}
    everything = await session.execute(_EVERYTHING[session.get_bind().dialect.name], asked)
    currency, in_others, days, first, last, *figures = everything.one()
    if currency is None:
        return Bought()
    # Sorted by currency they take twice as long, and most customers have but one
    found = [Sums(currency, *figures)] if not in_others else [
        Sums(*row) for row in await session.execute(_BY_CURRENCY, asked)
    ]
    since = {row.currency: row for row in await session.execute(_SINCE, asked)}
    return Bought(tuple(_with(one, since.get(one.currency)) for one in found), days, first, last)


def _with(one: Sums, since: Any) -> Sums:
    # PostgreSQL's sums are decimals
    if since is None:
        return replace(one, net=int(one.net))
    return replace(one, net=int(one.net) + int(since.moved), back=one.back + since.back)


def _figures() -> tuple[ColumnElement[int], ...]:
    """Those of `Sums`, but for the currency."""
    cancelled, kept, back = (func.count().filter(which) for which in (_CANCELLED, _KEPT, _BACK))
    return func.count() - cancelled, cancelled, func.sum(_cost()), kept + back, back


def _cost() -> ColumnElement[int]:
    return case((or_(_CANCELLED, _RETURNED), 0), else_=Order.total_minor)


def _everything(day: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """(one of the currencies, how many orders are in others, days, first, last, figures)"""
    currency = select(Order.currency).where(_PLACED).limit(literal_column("1")).correlate(None).scalar_subquery()
    in_others = func.count().filter(Order.currency != currency)
    days = func.count(distinct(day)).filter(~_CANCELLED)
    # Each found at one end of the index
    ends = (select(end(Order.placed_at)).where(_PLACED, ~_CANCELLED).correlate(None) for end in (func.min, func.max))
    return select(currency, in_others, days, *(end.scalar_subquery() for end in ends), *_figures()).where(_PLACED)


def _by_currency() -> Select[*tuple[Any, ...]]:
    return select(Order.currency, *_figures()).where(_PLACED).group_by(Order.currency).order_by(Order.currency)


def _since() -> Select[str, int, int]:
    """(currency, what refunds and later payments make of the orders' cost, how many more came back), a row a currency.

    Those came back that a return was asked for whose status does not say so, as after one in part.
    """
    payments = select(Payment.order_id).join(PaymentMethod, PaymentMethod.id == Payment.method_id).where(
        PaymentMethod.customer_id == _CUSTOMER
    )
    refunds = payments.where(Payment.kind == _written(PaymentKind.REFUND))
    later = payments.where(Payment.kind == _written(PaymentKind.PAYMENT), Payment.request_id.is_not(None))
    parts = union_all(
        select(
            Payment.order_id,
            case((Payment.kind == _written(PaymentKind.PAYMENT), Payment.amount_minor)).label("paid"),
            case((Payment.kind == _written(PaymentKind.REFUND), Payment.amount_minor)).label("refunded"),
            null().label("asked"),
        ).where(Payment.order_id.in_(union_all(refunds, later))),
        select(Return.order_id, null(), null(), literal_column("1"))
        .join(PaymentMethod, PaymentMethod.id == Return.method_id).where(
            PaymentMethod.customer_id == _CUSTOMER, Return.kind == _written(ReturnKind.RETURN),
            Return.status != _written(ReturnStatus.CANCELLED),
        ),
    ).subquery()
    one = select(
        parts.c.order_id, func.sum(parts.c.paid).label("paid"), func.sum(parts.c.refunded).label("refunded"),
        func.count(parts.c.asked).label("asked"),
    ).group_by(parts.c.order_id).subquery()
    # A swap changes the order's total and refunds the difference: the total less refunds would count it twice
    kept = func.coalesce(one.c.paid, Order.total_minor) - func.coalesce(one.c.refunded, 0)
    net = case((and_(_RETURNED, one.c.refunded.is_(None)), 0), else_=kept)
    return (
        select(
            Order.currency, func.sum(net - _cost()).label("moved"),
            func.count().filter(_KEPT, one.c.asked > 0).label("back"),
        )
        .join(one, one.c.order_id == Order.id)
        .where(~_CANCELLED, Order.placed_at <= _AT).group_by(Order.currency)
    )


# Made once: to build them costs more than to run them for most customers
_BY_CURRENCY, _SINCE = _by_currency(), _since()
_EVERYTHING = {
    "sqlite": _everything(func.substr(Order.placed_at, 1, 10)),  # kept as text, the date first
    # Not by the name of UTC, which PostgreSQL would look up for every row
    "postgresql": _everything(func.date(func.timezone(literal_column("INTERVAL '0'"), Order.placed_at))),
}
