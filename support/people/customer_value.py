"""What a customer is worth to the shop, and how they are doing with it: docs/customer-value.md gives each formula.

Money is minor units of the shop's currency; what was paid in others stands apart, never added up with it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from support.care import case_log
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.base import Uuid
from support.models.cases import Case
from support.models.conversations import Level
from support.models.customers import Customer, Interaction
from support.models.rewards import Referral
from support.ordering import order_sums
from support.people.churn import WEEKS_IN_YEAR, alive, expected_purchases
from support.policy.business import Business

YEAR = timedelta(days=365.25)


@dataclass(frozen=True)
class Spend:
    """What was spent in one currency, net of refunds: minor units of it."""

    currency: str
    orders: int
    spend_minor: int


@dataclass(frozen=True)
class CustomerValue:
    """`orders` leaves out the `cancelled` ones; `spend_minor` (lifetime value so far) is net of refunds.

    `average_minor` is the spend an order. `churn_risk` is from 0 to 1; `expected_purchases` and `expected_minor` are
    for the twelve months to come. `rating` is the mean of `ratings` from 1 to 5. `returns_share` is the share of the
    orders delivered that came back, in whole or in part, from 0 to 1. None where there is nothing to reckon from.
    """

    orders: int
    cancelled: int
    currency: str
    spend_minor: int
    average_minor: int | None
    other_currencies: tuple[Spend, ...]
    orders_a_year: float
    first_order_at: datetime | None
    last_order_at: datetime | None
    days_since_last_order: int | None
    churn_risk: float | None
    expected_purchases: float
    expected_minor: int
    friends_joined: int
    friends_rewarded: int
    rating: float | None
    ratings: int
    open_cases: int
    returns_share: float | None


@use_case("look up", needs=Level.SIGNED_IN)
async def for_agents(session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime) -> CustomerValue:
    """What a customer is worth to the shop: orders, spend, how often, whether they will come again, how they are doing.

    For agents and the shop; raises NotFound for customers themselves, and for an unknown customer.
    """
    check_not_customer(speaker)
    if await session.get(Customer, speaker.customer) is None:
        raise NotFound
    return await value(session, speaker.customer, business=business, at=at)


def check_not_customer(speaker: Speaker) -> None:
    """Raises NotFound: what we think of a customer is not for them."""
    if speaker.actor == "customer":
        raise NotFound


async def value(
    session: AsyncSession, customer_id: str, *, business: Business, at: datetime, open_cases: int | None = None
) -> CustomerValue:
    """The same for whoever may know; of a customer without orders there is little to say.

    `open_cases` is how many there are, for who has read them already.
    """
    bought = await order_sums.bought(session, customer_id, at)
    found, purchasing = bought.by_currency, bought.purchasing(at)
    spent = tuple(Spend(one.currency, one.orders, one.net) for one in found if one.orders)
    here = next((one for one in spent if one.currency == business.shop.currency), Spend(business.shop.currency, 0, 0))
    orders, arrived = sum(one.orders for one in found), sum(one.arrived for one in found)
    first, last = bought.first, bought.last
    to_come = expected_purchases(purchasing, business.value, WEEKS_IN_YEAR) if purchasing else 0.0
    a_purchase = here.spend_minor / bought.days if purchasing else 0.0
    return CustomerValue(
        orders=orders, cancelled=sum(one.cancelled for one in found), currency=here.currency,
        spend_minor=here.spend_minor,
        average_minor=round(here.spend_minor / here.orders) if here.orders else None,
        other_currencies=tuple(one for one in spent if one.currency != here.currency),
        orders_a_year=orders / max(1.0, (at - first) / YEAR) if first else 0.0,
        first_order_at=first, last_order_at=last,
        days_since_last_order=_days_between(last, at, business) if last else None,
        churn_risk=1 - alive(purchasing, business.value) if purchasing else None,
        expected_purchases=to_come,
        expected_minor=max(0, round(to_come * a_purchase)),
        returns_share=sum(one.back for one in found) / arrived if arrived else None,
        open_cases=await _open_cases(session, customer_id) if open_cases is None else open_cases,
        **await _beside_orders(session, customer_id),
    )


def _days_between(earlier: datetime, later: datetime, business: Business) -> int:
    """Days of the shop's calendar."""
    dates: list[date] = [one.astimezone(business.shop.zone).date() for one in (earlier, later)]
    return (dates[1] - dates[0]).days


async def _open_cases(session: AsyncSession, customer_id: str) -> int:
    count = select(func.count()).where(Case.customer_id == customer_id, case_log.is_open())
    return int((await session.execute(count)).scalar_one())


async def _beside_orders(session: AsyncSession, customer_id: str) -> dict[str, Any]:
    found = dict((await session.execute(_BESIDE_ORDERS, {"customer": customer_id})).one()._mapping)
    return found | {"rating": float(found["rating"]) if found["ratings"] else None}


def _friends_and_ratings() -> Select[Any]:
    customer = bindparam("customer", type_=Uuid)
    friends = select(
        func.count().label("friends_joined"), func.count(Referral.rewarded_at).label("friends_rewarded")
    ).where(Referral.customer_id == customer).subquery()
    rated = select(
        func.avg(Interaction.rating).label("rating"), func.count(Interaction.rating).label("ratings")
    ).where(Interaction.customer_id == customer).subquery()
    return select(friends, rated).select_from(friends.join(rated, true()))


_BESIDE_ORDERS = _friends_and_ratings()
