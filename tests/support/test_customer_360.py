from datetime import date, timedelta

import pytest

from support.errors import NotFound
from support.identity import Speaker
from support.models.cases import CaseEventKind
from support.models.orders import OrderStatus
from support.models.returns import ReturnStatus
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.people import customer_360, customer_value
from support.points import loyalty, redemptions
from tests.support.loyalty_rows import create_member
from tests.support.shop_rows import (
    NOW,
    create_address,
    create_customer,
    create_method,
    create_order,
    speaker_of,
)
from tests.support.test_customer_value import create_case, create_return
from tests.support.test_vouchers import create_voucher

DAY = timedelta(days=1)


async def create_subscription(session, customer, name, status=SubscriptionStatus.ACTIVE, *, ends_on=None, renews_on=None):
    session.add(Subscription(
        customer_id=customer.id, reference=name, name=name, price_minor=1200, currency="EUR", every_months=1,
        status=status, started_on=date(2026, 1, 1), ends_on=ends_on, renews_on=renews_on,
    ))
    await session.flush()


@pytest.fixture
def seen(session, rules):
    async def read(customer):
        speaker = Speaker.agent_for(customer.id, agent_id="a")
        return await customer_360.side_panel(session, speaker, business=rules, at=NOW)

    return read


class TestSidePanel:
    async def test_who_they_are(self, session, seen):
        customer = await create_customer(session)
        customer.phone = "+353 20 1"
        await create_address(session, customer, is_default=False, postcode="other")
        found = (await seen(customer)).profile
        assert (found.town, found.country) == (None, None)
        await create_address(session, customer)
        found = (await seen(customer)).profile
        assert (found.id, found.reference, found.name, found.email) == (
            customer.id, customer.reference, "Aoife Brennan", "aoife@example.com",
        )
        assert (found.phone, found.locale, found.since) == ("+353 20 1", "en_IE", customer.created_at)
        assert (found.town, found.country) == ("Kinsale", "IE")

    async def test_standing_and_value_are_those_that_others_read(self, session, seen, rules):
        customer = await create_member(session, 1000)
        await create_order(session, customer)
        found = await seen(customer)
        assert found.standing == await loyalty.standing(session, customer.id, NOW, business=rules)
        assert found.value == await customer_value.value(session, customer.id, business=rules, at=NOW)
        assert (found.standing.tier.name, found.value.spend_minor) == ("Oak", 1500)

    async def test_the_newest_five_orders_and_how_many_there_are(self, session, seen):
        customer = await create_customer(session)
        for number in range(7):
            await create_order(
                session, customer, f"HF-{number}", placed_at=NOW - number * DAY, lines=(("Mug", 2, 500), ("Tray", 1, 700)),
                status=OrderStatus.CANCELLED if number == 6 else OrderStatus.DELIVERED,
            )
        found = await seen(customer)
        assert found.orders_count == 7
        assert [order.number for order in found.orders] == ["HF-0", "HF-1", "HF-2", "HF-3", "HF-4"]
        newest = found.orders[0]
        assert (newest.status, newest.placed_at, newest.total_minor, newest.currency, newest.pieces) == (
            "delivered", NOW, 1700, "EUR", 3,
        )

    async def test_what_is_open_and_nothing_else(self, session, seen):
        customer = await create_customer(session)
        card = await create_method(session, customer)
        for number, status in enumerate(ReturnStatus):
            await create_return(session, await create_order(session, customer, f"HF-{number}"), card, status=status)
        await create_case(session, customer, CaseEventKind.OPENED, number=1)
        await create_case(session, customer, CaseEventKind.OPENED, CaseEventKind.CLOSED, number=2)
        found = await seen(customer)
        assert [(one.reference, one.kind, one.order_number, one.amount_minor) for one in found.returns] == [
            ("RT-HF-0", "return", "HF-0", 100)
        ]
        assert [(one.reference, one.kind, one.text) for one in found.cases] == [("C-1", "late", "Where is it?")]
        assert found.value.open_cases == 1

    async def test_vouchers_that_can_be_used_and_subscriptions_that_run(self, session, seen, rules):
        customer = await create_member(session, 100)
        done = await redemptions.redeem_points(
            session, speaker_of(customer), 100, key="k", business=rules, at=NOW - DAY
        )
        await create_voucher(session, customer, days=-1)
        ended, goes_on = NOW.date() - DAY, NOW.date()
        await create_subscription(session, customer, "Beans", renews_on=date(2026, 12, 1))
        await create_subscription(session, customer, "Tea", SubscriptionStatus.PAUSED, renews_on=date(2026, 12, 2))
        await create_subscription(session, customer, "Old", SubscriptionStatus.CANCELLED, ends_on=ended)
        await create_subscription(
            session, customer, "Last", SubscriptionStatus.CANCELLED, ends_on=goes_on, renews_on=date(2026, 12, 3)
        )
        found = await seen(customer)
        assert [code.code for code in found.vouchers] == [done.details["code"]]
        assert [(one.name, one.status, one.price_minor, one.ends_on) for one in found.subscriptions] == [
            ("Beans", "active", 1200, None), ("Tea", "paused", 1200, None), ("Last", "cancelled", 1200, goes_on),
        ]

    async def test_the_last_ten_things_that_happened(self, session, seen):
        customer = await create_customer(session)
        for number in range(12):
            await create_order(session, customer, f"HF-{number}", placed_at=NOW - number * DAY)
        assert [item.reference for item in (await seen(customer)).timeline] == [f"HF-{n}" for n in range(10)]

    async def test_it_is_not_for_customers_and_not_about_strangers(self, session, seen, rules):
        customer = await create_customer(session)
        with pytest.raises(NotFound):
            await customer_360.side_panel(session, speaker_of(customer), business=rules, at=NOW)
        for customer_id in ("00000000-0000-4000-8000-000000000000", "x"):
            with pytest.raises(NotFound):
                await customer_360.side_panel(session, Speaker.shop_for(customer_id), business=rules, at=NOW)
