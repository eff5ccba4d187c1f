"""A customer at a glance for the agent's side panel: who they are, where they stand, what is under way."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, Select, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.care import case_log
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.base import Uuid
from support.models.cases import Case, CaseKind
from support.models.conversations import Level
from support.models.customers import Address, Customer
from support.models.orders import Order, OrderLine, OrderStatus
from support.models.payments import PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnStatus
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.people import customer_value, timeline
from support.people.customer_value import CustomerValue
from support.people.timeline import TimelineItem
from support.points import loyalty, vouchers
from support.points.vouchers import VoucherCode
from support.policy.business import Business

_CUSTOMER = bindparam("customer", type_=Uuid)
ORDERS = 5
TIMELINE = 10


@dataclass(frozen=True)
class Profile:
    """Who they are; `country` (ISO 3166 alpha-2) and `town` are of the default address, None if there is none."""

    id: str
    reference: str
    name: str
    email: str
    phone: str | None
    locale: str
    since: datetime
    town: str | None
    country: str | None


@dataclass(frozen=True)
class RecentOrder:
    """An order in a line; `pieces` counts everything in it, money is minor units of its currency."""

    id: str
    number: str
    status: OrderStatus
    placed_at: datetime
    total_minor: int
    currency: str
    pieces: int


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


@dataclass(frozen=True)
class Customer360:
    """All of it; `orders` are the newest five of `orders_count`, `timeline` the last ten things that happened."""

    profile: Profile
    standing: loyalty.Overview
    value: CustomerValue
    orders: tuple[RecentOrder, ...]
    orders_count: int
    returns: tuple[OpenReturn, ...]
    cases: tuple[OpenCase, ...]
    vouchers: tuple[VoucherCode, ...]
    subscriptions: tuple[RunningSubscription, ...]
    timeline: tuple[TimelineItem, ...]


@use_case("look up", needs=Level.SIGNED_IN)
async def side_panel(session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime) -> Customer360:
    """A customer at a glance: profile, points, value, newest orders, what is open, vouchers, subscriptions, timeline.

    Vouchers are those that can be used. For agents and the shop; raises NotFound for customers themselves, and for an
    unknown customer.
    """
    customer_value.check_not_customer(speaker)
    customer_id = speaker.customer
    profile = await _profile(session, customer_id)
    value = await customer_value.value(session, customer_id, business=business, at=at)
    whose = {"customer": customer_id}
    today = {"today": at.astimezone(business.shop.zone).date()}
    codes = await vouchers.of_customer(session, customer_id, business=business, at=at)
    return Customer360(
        profile=profile,
        standing=await loyalty.standing(session, customer_id, at, business=business),
        value=value,
        orders=tuple(RecentOrder(*row) for row in await session.execute(_NEWEST_ORDERS, whose)),
        orders_count=value.orders + value.cancelled,
        returns=tuple(OpenReturn(*row) for row in await session.execute(_OPEN_RETURNS, whose)),
        cases=tuple(OpenCase(*row) for row in await session.execute(_OPEN_CASES, whose)),
        vouchers=tuple(code for code in codes if code.usable(at)),
        subscriptions=tuple(RunningSubscription(*row) for row in await session.execute(_RUNNING, whose | today)),
        timeline=await timeline.of_customer(session, customer_id, limit=TIMELINE),
    )


async def _profile(session: AsyncSession, customer_id: str) -> Profile:
    row = (await session.execute(
        select(Customer, Address.town, Address.country)
        .outerjoin(Address, (Address.customer_id == Customer.id) & Address.saved & Address.is_default)
        .where(Customer.id == customer_id).limit(1)
    )).one_or_none()
    if row is None:
        raise NotFound
    one, town, country = row
    return Profile(
        one.id, one.reference, one.name, one.email, one.phone, one.locale, one.created_at, town, country
    )


def _newest_orders() -> Select[str, str, OrderStatus, datetime, int, str, int]:
    pieces = select(func.coalesce(func.sum(OrderLine.quantity), 0)).where(OrderLine.order_id == Order.id)
    return (
        select(
            Order.id, Order.number, Order.status, Order.placed_at, Order.total_minor, Order.currency,
            pieces.scalar_subquery(),
        )
        .where(Order.customer_id == _CUSTOMER)
        .order_by(Order.placed_at.desc(), Order.number.desc()).limit(ORDERS)
    )


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
_NEWEST_ORDERS, _OPEN_RETURNS = _newest_orders(), _open_returns()
_OPEN_CASES, _RUNNING = _open_cases(), _running()
