import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from support.errors import IdReused
from support.models.payments import Payment
from support.models.service_requests import ServiceRequest
from support.models.subscriptions import SubscriptionStatus
from support.refusals import AmountChanged, QuantityInvalid, SubscriptionEnded, SubscriptionRefused
from support.subscribing import subscription_changes, subscriptions
from support.subscribing.subscription_dates import Standing
from tests.support.paid_orders import told
from tests.support.shop_rows import NOW, create_customer, speaker_of
from tests.support.subscribing.subscribed import TODAY, create_subscription, state


class TestPause:
    async def test_renewals_move_by_whole_months_and_the_shop_hears_of_it(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer)
        plan = await subscriptions.plan_pause(session, speaker_of(customer), row.id, 2, business=rules, at=NOW)
        assert (plan.still_renews_on, plan.paused_until, plan.moves) == (None, date(2027, 2, 15), date(2026, 12, 15))
        assert state(row) == (SubscriptionStatus.ACTIVE, date(2026, 12, 15), None, None, None)
        done = await subscription_changes.pause(session, speaker_of(customer), row.id, 2, key="k", business=rules, at=NOW)
        assert state(row) == (SubscriptionStatus.PAUSED, date(2027, 2, 15), date(2027, 2, 15), None, None)
        assert (done.kind, done.details["paused_until"], done.movements) == ("pause_subscription", "2027-02-15", ())
        assert await told(session) == [("subscription.paused", {
            "reference": done.reference, "customer": customer.reference, "by": "customer", "subscription": "SUB-1",
            "status": "paused", "renews_on": "2027-02-15", "paused_until": "2027-02-15", "ends_on": None,
        })]

    async def test_from_the_end_of_january_it_goes_to_the_end_of_february_and_back_to_the_31st(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, started_on=date(2026, 1, 31), renews_on=date(2027, 1, 31))
        await subscription_changes.pause(session, speaker_of(customer), row.id, 1, key="k", business=rules, at=NOW)
        assert row.renews_on == date(2027, 2, 28)
        after = await subscriptions.list_subscriptions(
            session, speaker_of(customer), business=rules, at=datetime(2027, 3, 1, tzinfo=UTC)
        )
        assert (after[0].standing, after[0].next_renewal) == (Standing.ACTIVE, date(2027, 3, 31))

    async def test_a_renewal_nearer_than_the_notice_still_comes(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, renews_on=TODAY + timedelta(days=1), started_on=date(2026, 1, 22))
        done = await subscription_changes.pause(session, speaker_of(customer), row.id, 1, key="k", business=rules, at=NOW)
        assert state(row)[:3] == (SubscriptionStatus.PAUSED, date(2026, 11, 22), date(2027, 1, 22))
        assert done.details["moves"] == "2026-12-22"
        shown = {}
        for at in (NOW, NOW + timedelta(days=2), datetime(2027, 1, 23, tzinfo=UTC)):
            (found,) = await subscriptions.list_subscriptions(session, speaker_of(customer), business=rules, at=at)
            shown[at.date()] = (found.standing, found.next_renewal)
        assert list(shown.values()) == [
            (Standing.PAUSED, date(2026, 11, 22)), (Standing.PAUSED, date(2027, 1, 22)),
            (Standing.ACTIVE, date(2027, 2, 22)),
        ]

    async def test_one_as_near_as_the_notice_is_moved(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, renews_on=TODAY + timedelta(days=2))
        plan = await subscriptions.plan_pause(session, speaker_of(customer), row.id, 1, business=rules, at=NOW)
        assert (plan.still_renews_on, plan.paused_until) == (None, date(2026, 12, 23))

    @pytest.mark.parametrize("months", [0, -1, 4, 1.0, True, "2", None, 10**9])
    async def test_months_that_the_shop_does_not_allow_are_refused(self, session, rules, months):
        customer = await create_customer(session)
        row = await create_subscription(session, customer)
        before = state(row)
        with pytest.raises(QuantityInvalid):
            await subscription_changes.pause(session, speaker_of(customer), row.id, months, key="k", business=rules, at=NOW)
        assert state(row) == before
        assert await session.scalar(select(func.count()).select_from(ServiceRequest)) == 0

    @pytest.mark.parametrize(("columns", "refusal"), [
        ({"status": SubscriptionStatus.PAUSED, "paused_until": date(2027, 1, 15)}, SubscriptionRefused),
        ({"renews_on": None}, SubscriptionRefused),
        ({"ends_on": date(2026, 12, 20)}, SubscriptionRefused),
        ({"status": SubscriptionStatus.CANCELLED, "ends_on": date(2026, 12, 14)}, SubscriptionEnded),
        ({"ends_on": date(2026, 11, 20)}, SubscriptionEnded),
    ])
    async def test_what_cannot_be_paused_stays_as_it_is(self, session, rules, columns, refusal):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, **columns)
        before = state(row)
        with pytest.raises(refusal):
            await subscription_changes.pause(session, speaker_of(customer), row.id, 1, key="k", business=rules, at=NOW)
        assert state(row) == before
        assert await told(session) == []


class TestResume:
    async def test_the_renewal_that_was_moved_comes_after_all(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, every_months=6)
        await subscription_changes.pause(session, speaker_of(customer), row.id, 3, key="1", business=rules, at=NOW)
        plan = await subscriptions.plan_resume(session, speaker_of(customer), row.id, business=rules, at=NOW)
        assert (plan.renews_on, plan.price_minor) == (date(2026, 12, 15), 1250)
        done = await subscription_changes.resume(session, speaker_of(customer), row.id, key="2", business=rules, at=NOW)
        assert state(row) == (SubscriptionStatus.ACTIVE, date(2026, 12, 15), None, None, None)
        assert done.details["renews_on"] == "2026-12-15"
        assert [name for name, _ in await told(session)] == ["subscription.paused", "subscription.resumed"]

    async def test_once_that_has_passed_it_comes_on_the_same_day_of_the_next_month(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer)
        await subscription_changes.pause(session, speaker_of(customer), row.id, 3, key="1", business=rules, at=NOW)
        at = datetime(2026, 12, 14, 12, tzinfo=UTC)  # nearer to the 15th than the notice
        await subscription_changes.resume(session, speaker_of(customer), row.id, key="2", business=rules, at=at)
        assert row.renews_on == date(2027, 1, 15)

    async def test_a_renewal_that_comes_before_the_pause_begins_stays(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, renews_on=TODAY + timedelta(days=1), started_on=date(2026, 1, 22))
        await subscription_changes.pause(session, speaker_of(customer), row.id, 1, key="1", business=rules, at=NOW)
        await subscription_changes.resume(session, speaker_of(customer), row.id, key="2", business=rules, at=NOW)
        assert state(row)[:3] == (SubscriptionStatus.ACTIVE, date(2026, 11, 22), None)

    async def test_a_pause_made_by_the_shop_leaves_the_renewal_that_it_planned(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(
            session, customer, status=SubscriptionStatus.PAUSED, paused_until=date(2027, 1, 15), renews_on=date(2027, 1, 15)
        )
        await subscription_changes.resume(session, speaker_of(customer), row.id, key="k", business=rules, at=NOW)
        assert state(row)[:3] == (SubscriptionStatus.ACTIVE, date(2027, 1, 15), None)

    async def test_another_subscriptions_pause_is_not_taken_for_this_ones(self, session, rules):
        customer = await create_customer(session)
        first = await create_subscription(session, customer)
        other = await create_subscription(session, customer, reference="SUB-2", status=SubscriptionStatus.PAUSED,
                                          paused_until=date(2027, 1, 15), renews_on=date(2027, 1, 15))
        await subscription_changes.pause(session, speaker_of(customer), first.id, 1, key="1", business=rules, at=NOW)
        await subscription_changes.resume(session, speaker_of(customer), other.id, key="2", business=rules, at=NOW)
        assert other.renews_on == date(2027, 1, 15)

    @pytest.mark.parametrize(("columns", "refusal"), [
        ({}, SubscriptionRefused),
        ({"status": SubscriptionStatus.PAUSED, "paused_until": TODAY}, SubscriptionRefused),
        ({"status": SubscriptionStatus.PAUSED, "renews_on": None}, SubscriptionRefused),
        ({"status": SubscriptionStatus.CANCELLED, "ends_on": TODAY}, SubscriptionEnded),
    ])
    async def test_what_is_not_paused_cannot_be_resumed(self, session, rules, columns, refusal):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, **columns)
        before = state(row)
        with pytest.raises(refusal):
            await subscription_changes.resume(session, speaker_of(customer), row.id, key="k", business=rules, at=NOW)
        assert state(row) == before


class TestCancel:
    async def test_it_ends_on_the_eve_of_its_next_renewal(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer)
        plan = await subscriptions.plan_cancel(session, speaker_of(customer), row.id, business=rules, at=NOW)
        assert (plan.ends_on, plan.last_renewal, plan.refund_minor) == (date(2026, 12, 14), None, 0)
        done = await subscription_changes.cancel(session, speaker_of(customer), row.id, key="k", business=rules, at=NOW)
        assert state(row) == (SubscriptionStatus.CANCELLED, None, None, date(2026, 12, 14), NOW)
        assert (done.details["ends_on"], done.details["refund_minor"], done.movements) == ("2026-12-14", 0, ())
        assert (await told(session))[0][1]["ends_on"] == "2026-12-14"
        (found,) = await subscriptions.list_subscriptions(session, speaker_of(customer), business=rules, at=NOW)
        assert (found.standing, found.next_renewal) == (Standing.ENDING, None)

    async def test_a_renewal_nearer_than_the_notice_comes_once_more(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, renews_on=TODAY + timedelta(days=1), started_on=date(2026, 1, 22))
        await subscription_changes.cancel(session, speaker_of(customer), row.id, key="k", business=rules, at=NOW)
        assert state(row) == (SubscriptionStatus.CANCELLED, date(2026, 11, 22), None, date(2026, 12, 21), NOW)
        (found,) = await subscriptions.list_subscriptions(session, speaker_of(customer), business=rules, at=NOW)
        assert (found.standing, found.next_renewal) == (Standing.ENDING, date(2026, 11, 22))

    @pytest.mark.parametrize(("columns", "ends_on"), [
        ({"renews_on": None}, TODAY),
        ({"renews_on": None, "ends_on": date(2027, 3, 1)}, date(2027, 3, 1)),
        ({"renews_on": TODAY + timedelta(days=1), "ends_on": date(2026, 12, 1)}, date(2026, 12, 1)),
        ({"renews_on": date(2027, 5, 15), "ends_on": date(2027, 3, 1)}, date(2027, 3, 1)),
    ])
    async def test_it_never_runs_longer_than_it_would_have(self, session, rules, columns, ends_on):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, **columns)
        await subscription_changes.cancel(session, speaker_of(customer), row.id, key="k", business=rules, at=NOW)
        assert row.ends_on == ends_on

    async def test_twice_is_refused_but_the_same_key_answers_the_same(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer)
        ask = {"business": rules, "at": NOW}
        done = await subscription_changes.cancel(session, speaker_of(customer), row.id, key="k", **ask)
        assert await subscription_changes.cancel(session, speaker_of(customer), row.id, key="k", **ask) == done
        with pytest.raises(SubscriptionEnded):
            await subscription_changes.cancel(session, speaker_of(customer), row.id, key="other", **ask)
        with pytest.raises(IdReused):
            await subscription_changes.pause(session, speaker_of(customer), row.id, 1, key="k", **ask)
        assert len(await told(session)) == 1

    async def test_two_at_once_cancel_it_once(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            row = await create_subscription(session, customer)

        async def one(key):
            async with database.write() as session:
                await subscription_changes.cancel(session, speaker_of(customer), row.id, key=key, business=rules, at=NOW)

        outcomes = await asyncio.gather(one("a"), one("b"), return_exceptions=True)
        assert sorted(type(outcome) for outcome in outcomes if outcome is not None) == [SubscriptionEnded]
        async with database.read() as session:
            assert len(await told(session)) == 1


class TestExtend:
    async def test_it_ends_whole_periods_later_and_no_money_moves_yet(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, every_months=3, ends_on=date(2027, 1, 14), quantity=2)
        plan = await subscriptions.plan_extend(session, speaker_of(customer), row.id, 4, business=rules, at=NOW)
        assert (plan.ends_on, plan.amount_minor, plan.currency) == (date(2028, 1, 14), 5000, "EUR")
        done = await subscription_changes.extend(
            session, speaker_of(customer), row.id, 4, agreed_minor=5000, key="k", business=rules, at=NOW
        )
        assert (row.ends_on, done.details["amount_minor"], done.movements) == (date(2028, 1, 14), 5000, ())
        assert await session.scalar(select(func.count()).select_from(Payment)) == 0
        ((name, body),) = await told(session)
        assert name == "subscription.extended"
        assert (body["price"], body["periods"]) == ({"amount": "50.00", "currency": "EUR"}, 4)

    async def test_another_amount_than_agreed_changes_nothing(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, ends_on=date(2027, 1, 14))
        with pytest.raises(AmountChanged):
            await subscription_changes.extend(
                session, speaker_of(customer), row.id, 1, agreed_minor=1249, key="k", business=rules, at=NOW
            )
        assert row.ends_on == date(2027, 1, 14)
        assert await told(session) == []

    @pytest.mark.parametrize("periods", [0, -3, 13, 2.5, False, "1"])
    async def test_periods_that_are_none_are_refused(self, session, rules, periods):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, ends_on=date(2027, 1, 14))
        with pytest.raises(QuantityInvalid):
            await subscription_changes.extend(session, speaker_of(customer), row.id, periods, key="k", business=rules, at=NOW)
        assert row.ends_on == date(2027, 1, 14)

    @pytest.mark.parametrize(("columns", "refusal"), [
        ({}, SubscriptionRefused),
        ({"ends_on": date(2026, 11, 20)}, SubscriptionEnded),
        ({"ends_on": date(2026, 12, 14), "status": SubscriptionStatus.CANCELLED}, SubscriptionEnded),
    ])
    async def test_only_one_with_an_end_that_still_runs_can_be_extended(self, session, rules, columns, refusal):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, **columns)
        before = state(row)
        with pytest.raises(refusal):
            await subscription_changes.extend(session, speaker_of(customer), row.id, 1, key="k", business=rules, at=NOW)
        assert state(row) == before
