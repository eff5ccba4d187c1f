"""Subscriptions that customers have as they begin to talk, and what has become of them."""

from datetime import date

from support.models.subscriptions import Subscription
from tests.support.subscribing.subscribed import create_subscription


async def subscribe(database, customer, **columns) -> Subscription:
    async with database.write() as session:
        return await create_subscription(session, customer, **columns)


async def tea_of(database, customer, **columns) -> Subscription:
    """20.00 every three months, next on 1 January."""
    plain = {"reference": "SUB-2", "name": "Green tea box", "price_minor": 2000, "every_months": 3,
             "renews_on": date(2027, 1, 1), "started_on": date(2026, 1, 1)}
    return await subscribe(database, customer, **(plain | columns))


async def now(database, row: Subscription) -> Subscription:
    async with database.read() as session:
        return await session.get_one(Subscription, row.id)
