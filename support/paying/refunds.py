"""Money on its way back to a customer, and what has yet to arrive for it. Money is minor units."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.elements import ColumnElement

from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.orders import Order, OrderLine
from support.models.payments import MethodKind, Payment, PaymentKind, PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus
from support.ordering.orders_at_hand import find_order
from support.paying.payment_methods import label
from support.policy.business import Business
from support.policy.working_days import working_day_after


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes to the customer: there since `settled_at`, or expected on the day `expected_on`.

    `overdue`: that day is over and it is not there.
    """

    order_id: str
    order_number: str
    amount_minor: int
    currency: str
    method: str
    at: datetime
    settled_at: datetime | None
    expected_on: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class ToArrive:
    """A return or exchange whose lines have yet to arrive, and what it will bring: never less than zero."""

    reference: str
    kind: ReturnKind
    order_id: str
    order_number: str
    amount_minor: int
    currency: str
    method: str
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class Refunds:
    """Newest first, both; `refund_days` are working days from the arrival of the lines to the money."""

    refunds: tuple[Refund, ...]
    to_arrive: tuple[ToArrive, ...]
    refund_days: int


@dataclass(frozen=True, slots=True)
class ReturnLineSeen:
    """Pieces that come back, and what goes out for them (None: their money). `line_id` is the order's line."""

    line_id: str
    product: str
    options: dict[str, Any]
    quantity: int
    unit_price_minor: int
    new_options: dict[str, Any] | None
    new_unit_price_minor: int | None


@dataclass(frozen=True, slots=True)
class ReturnSeen:
    """A return or exchange; `amount_minor` goes to the customer, or comes from them if it is less than zero.

    `ended_at` is when it was settled or called off, None while it has yet to arrive.
    """

    reference: str
    kind: ReturnKind
    status: ReturnStatus
    order_id: str
    order_number: str
    lines: tuple[ReturnLineSeen, ...]
    amount_minor: int
    currency: str
    method: str
    reason: str | None
    requested_at: datetime
    ended_at: datetime | None


@use_case("look up", needs=Level.ORDER_HOLDER)
async def refunds_of(
    session: AsyncSession, speaker: Speaker, order_id: str | None = None, *, business: Business, at: datetime
) -> Refunds:
    """Every refund of the customer or of one order, settled or on its way, and the returns that will bring one.

    An order holder sees those of their order. Raises NotFound.
    """
    theirs = await _theirs(session, speaker, order_id)
    rows = await session.execute(
        select(Payment, Order).join(Order, Order.id == Payment.order_id)
        .where(*theirs, Payment.kind == PaymentKind.REFUND).options(selectinload(Payment.method))
        .order_by(Payment.at.desc(), Payment.id)
    )
    refunds = tuple(_refund(payment, order, business, at) for payment, order in rows)
    waiting = tuple(
        ToArrive(
            found.reference, found.kind, order.id, order.number, found.amount_minor, found.currency,
            label(found.method), found.requested_at,
        )
        for found, order in await _returns(session, theirs)
        if found.status is ReturnStatus.REQUESTED and found.amount_minor >= 0
    )
    return Refunds(refunds, waiting, business.returns.refund_days)


@use_case("look up", needs=Level.ORDER_HOLDER)
async def returns_of(
    session: AsyncSession, speaker: Speaker, order_id: str | None = None
) -> tuple[ReturnSeen, ...]:
    """Every return and exchange of the customer or of one order, newest first, those that were called off too.

    An order holder sees those of their order. Raises NotFound.
    """
    found = await _returns(session, await _theirs(session, speaker, order_id))
    named = {line.order_line_id for one, _ in found for line in one.lines}
    lines = {line.id: line for line in await session.scalars(select(OrderLine).where(OrderLine.id.in_(named)))}
    return tuple(
        ReturnSeen(
            one.reference, one.kind, one.status, order.id, order.number,
            tuple(_line(line, lines[line.order_line_id]) for line in one.lines),
            one.amount_minor, one.currency, label(one.method), one.reason, one.requested_at, one.completed_at,
        )
        for one, order in found
    )


def expected_on(method: PaymentMethod, at: datetime, *, business: Business) -> date:
    """The day by which money given back at `at` is there: a gift card has it at once."""
    if method.kind is MethodKind.GIFT_CARD:
        return at.astimezone(business.shop.zone).date()
    return working_day_after(at, business.returns.refund_days, business=business)


async def _theirs(session: AsyncSession, speaker: Speaker, order_id: str | None) -> list[ColumnElement[bool]]:
    """What holds for the orders that the speaker may see, or for the one of them that is named. Raises NotFound."""
    if order_id is not None:
        return [Order.id == (await find_order(session, speaker, order_id)).id]
    theirs = [Order.customer_id == speaker.customer]
    return [*theirs, Order.id == speaker.order_id] if speaker.level is Level.ORDER_HOLDER else theirs


async def _returns(session: AsyncSession, theirs: list[ColumnElement[bool]]) -> list[tuple[Return, Order]]:
    rows = await session.execute(
        select(Return, Order).join(Order, Order.id == Return.order_id).where(*theirs)
        .options(selectinload(Return.lines), selectinload(Return.method))
        .order_by(Return.requested_at.desc(), Return.reference).execution_options(populate_existing=True)
    )
    return [(found, order) for found, order in rows]


def _refund(payment: Payment, order: Order, business: Business, at: datetime) -> Refund:
    expected = expected_on(payment.method, payment.at, business=business)
    overdue = payment.settled_at is None and at.astimezone(business.shop.zone).date() > expected
    return Refund(
        order.id, order.number, payment.amount_minor, payment.currency, label(payment.method), payment.at,
        payment.settled_at, expected, overdue,
    )


def _line(line: ReturnLine, bought: OrderLine) -> ReturnLineSeen:
    return ReturnLineSeen(
        bought.id, bought.product_name, bought.options, line.quantity, line.unit_price_minor, line.new_options,
        line.new_unit_price_minor,
    )
