"""A customer at a glance for the agent's side panel: who they are, where they stand, what is under way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, bindparam, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.base import Uuid
from support.models.conversations import Level
from support.models.customers import Address, Customer
from support.models.orders import Order, OrderLine, OrderStatus
from support.people import customer_value, timeline, under_way
from support.people.customer_value import CustomerValue
from support.people.timeline import TimelineItem
from support.people.under_way import OpenCase, OpenReturn, RunningSubscription
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
    cases = await under_way.cases(session, customer_id)
    value = await customer_value.value(session, customer_id, business=business, at=at, open_cases=len(cases))
    today = at.astimezone(business.shop.zone).date()
    return Customer360(
        profile=profile,
        standing=await loyalty.standing(session, customer_id, at, business=business),
        value=value,
        orders=await _orders(session, customer_id),
        orders_count=value.orders + value.cancelled,
        returns=await under_way.returns(session, customer_id),
        cases=cases,
        vouchers=await vouchers.usable_ones(session, customer_id, business=business, at=at),
        subscriptions=await under_way.subscriptions(session, customer_id, today),
        timeline=await timeline.of_customer(session, customer_id, limit=TIMELINE),
    )


async def _profile(session: AsyncSession, customer_id: str) -> Profile:
    row = (await session.execute(_PROFILE, {"customer": customer_id})).first()
    if row is None:
        raise NotFound
    one, town, country = row
    return Profile(
        one.id, one.reference, one.name, one.email, one.phone, one.locale, one.created_at, town, country
    )


async def _orders(session: AsyncSession, customer_id: str) -> tuple[RecentOrder, ...]:
    rows = await session.execute(_NEWEST_ORDERS, {"customer": customer_id})
    return tuple(RecentOrder(*row) for row in rows)


def _newest_orders() -> Select[str, str, OrderStatus, datetime, int, str, int]:
    pieces = select(func.coalesce(func.sum(OrderLine.quantity), 0)).where(OrderLine.order_id == Order.id)
    return (
        select(
            Order.id, Order.number, Order.status, Order.placed_at, Order.total_minor, Order.currency,
            pieces.scalar_subquery(),
        )
        .where(Order.customer_id == _CUSTOMER)
        .order_by(Order.placed_at.desc(), Order.number.desc()).limit(literal_column(str(ORDERS)))
    )


# Made once: to build them costs more than to run them
_PROFILE = (
    select(Customer, Address.town, Address.country)
    .outerjoin(Address, and_(Address.customer_id == Customer.id, Address.saved, Address.is_default))
    .where(Customer.id == _CUSTOMER)
)
_NEWEST_ORDERS = _newest_orders()
