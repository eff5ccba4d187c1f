"""What is under way for a customer: returns and exchanges, cases, subscriptions. Money is minor units."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.care import case_log
from support.models.base import Uuid
from support.models.cases import Case, CaseKind
from support.models.orders import Order
from support.models.payments import PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.models.subscriptions import Subscription, SubscriptionStatus

_CUSTOMER = bindparam("customer", type_=Uuid)


@dataclass(frozen=True)
class OpenReturn:
    """A return or exchange under way; `amount_minor` goes to the customer (negative: comes from them)."""

    reference: str
    kind: ReturnKind
    order_number: str
    requested_at: datetime
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class OpenCase:
    """A case that somebody has to see to by `due_at`, if that was said."""

    id: str
    reference: str
    kind: CaseKind
    text: str
    opened_at: datetime
    due_at: datetime | None


@dataclass(frozen=True)
class RunningSubscription:
    """A subscription that is active or paused, or cancelled and not over yet; money is minor units of its currency."""

    id: str
    name: str
    status: SubscriptionStatus
    price_minor: int
    currency: str
    every_months: int
    renews_on: date | None
    paused_until: date | None
    ends_on: date | None


async def returns(session: AsyncSession, customer_id: str) -> tuple[OpenReturn, ...]:
    """The customer's returns and exchanges under way, the newest first."""
    rows = await session.execute(_OPEN_RETURNS, {"customer": customer_id})
    return tuple(OpenReturn(*row) for row in rows)


async def cases(session: AsyncSession, customer_id: str) -> tuple[OpenCase, ...]:
    """The customer's open cases, the newest first."""
    rows = await session.execute(_OPEN_CASES, {"customer": customer_id})
    return tuple(OpenCase(*row) for row in rows)


async def subscriptions(session: AsyncSession, customer_id: str, today: date) -> tuple[RunningSubscription, ...]:
    """The customer's subscriptions that run on `today`, the next to renew first."""
    rows = await session.execute(_RUNNING, {"customer": customer_id, "today": today})
    return tuple(RunningSubscription(*row) for row in rows)


def _open_returns() -> Select[str, ReturnKind, str, datetime, int, str]:
    return (
        select(
            Return.reference, Return.kind, Order.number, Return.requested_at, Return.amount_minor, Return.currency
        )
        .join(Order, Order.id == Return.order_id)
        # By the customer's payment methods they are found without going through all orders
        .join(PaymentMethod, PaymentMethod.id == Return.method_id)
        .where(
            PaymentMethod.customer_id == _CUSTOMER, Order.customer_id == _CUSTOMER,
            Return.status == ReturnStatus.REQUESTED,
        )
        .order_by(Return.requested_at.desc(), Return.reference)
    )


def _open_cases() -> Select[str, str, CaseKind, str, datetime, datetime | None]:
    return (
        select(Case.id, Case.reference, Case.kind, Case.text, Case.opened_at, Case.due_at)
        .where(Case.customer_id == _CUSTOMER, case_log.is_open())
        .order_by(Case.opened_at.desc(), Case.reference)
    )


def _running() -> Select[str, str, SubscriptionStatus, int, str, int, date | None, date | None, date | None]:
    one = Subscription
    still_on = one.ends_on >= bindparam("today", type_=Date)
    return (
        select(
            one.id, one.name, one.status, one.price_minor, one.currency, one.every_months, one.renews_on,
            one.paused_until, one.ends_on,
        )
        .where(
            one.customer_id == _CUSTOMER, or_(one.status != SubscriptionStatus.CANCELLED, still_on),
        )
        .order_by(one.renews_on, one.name, one.reference)
    )


# Made once: to build them costs more than to run them
_OPEN_RETURNS, _OPEN_CASES, _RUNNING = _open_returns(), _open_cases(), _running()
