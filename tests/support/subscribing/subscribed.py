"""Subscriptions as tests begin with them, and as they are compared."""

from datetime import date

from support.models.subscriptions import Subscription, SubscriptionStatus
from tests.support.shop_rows import NOW

TODAY = NOW.date()  # 21 November 2026


async def create_subscription(session, customer, **columns):
    plain = {
        "reference": "SUB-1", "name": "Coffee", "price_minor": 1250, "currency": "EUR", "every_months": 1,
        "status": SubscriptionStatus.ACTIVE, "started_on": date(2026, 1, 15), "renews_on": date(2026, 12, 15),
    }
    row = Subscription(customer_id=customer.id, **(plain | columns))
    session.add(row)
    await session.flush()
    return row


def state(row):
    return (row.status, row.renews_on, row.paused_until, row.ends_on, row.cancelled_at)
