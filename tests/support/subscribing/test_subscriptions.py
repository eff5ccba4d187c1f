from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.errors import IdReused, NotFound
from support.models.conversations import Level
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.refusals import IdentityTooLow
from support.subscribing import subscription_changes, subscription_dates, subscriptions
from support.subscribing.subscription_dates import Standing
from tests.support.paid_orders import told
from tests.support.shop_rows import NOW, create_customer, speaker_of
from tests.support.subscribing.subscribed import TODAY, create_subscription, state


def a_row(**columns):
    return Subscription(**({"every_months": 1, "status": SubscriptionStatus.ACTIVE, "started_on": date(2026, 1, 31),
                            "renews_on": None, "paused_until": None, "ends_on": None} | columns))


class TestDates:
    @pytest.mark.parametrize(("day", "months", "anchor", "expected"), [
        (date(2027, 1, 31), 1, 31, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, 31, date(2028, 2, 29)),
        (date(2027, 2, 28), 1, 31, date(2027, 3, 31)),
        (date(2026, 12, 15), 1, 15, date(2027, 1, 15)),
        (date(2026, 11, 30), 15, 30, date(2028, 2, 29)),
    ])
    def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(self, day, months, anchor, expected):
        assert subscription_dates.later(day, months, anchor) == expected

    @given(
        start=st.dates(date(2000, 1, 1), date(2090, 1, 1)), every=st.integers(1, 24), times=st.integers(0, 40),
    )
    def test_renewals_never_drift_from_the_day_they_began_on(self, start, every, times):
        row = a_row(started_on=start, every_months=every)
        day = start
        for _ in range(times):
            day = subscription_dates.renewal_after(row, day)
        months = start.month - 1 + every * times
        year, month = start.year + months // 12, months % 12 + 1
        assert day == date(year, month, min(start.day, monthrange(year, month)[1]))

    def test_a_renewal_that_the_shop_moved_keeps_its_own_day(self):
        row = a_row(started_on=date(2026, 1, 31))
        assert subscription_dates.renewal_after(row, date(2026, 5, 20)) == date(2026, 6, 20)

    @pytest.mark.parametrize(("ends_on", "periods", "expected"), [
        (date(2027, 1, 30), 1, date(2027, 2, 27)),  # the eve of a renewal stays one
        (date(2027, 2, 27), 1, date(2027, 3, 30)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),  # the day itself
        (date(2027, 2, 28), 1, date(2027, 3, 31)),
        (date(2027, 1, 10), 2, date(2027, 3, 10)),  # a day of its own
    ])
    def test_an_end_moves_by_whole_periods(self, ends_on, periods, expected):
        assert subscription_dates.extended_end(a_row(), ends_on, periods) == expected


class TestListSubscriptions:
    async def test_what_each_is_today_comes_from_its_dates(self, session, rules):
        customer = await create_customer(session)
        paused, active, cancelled = SubscriptionStatus.PAUSED, SubscriptionStatus.ACTIVE, SubscriptionStatus.CANCELLED
        expected = {
            "a": ({}, Standing.ACTIVE, date(2026, 12, 15)),
            "b": ({"renews_on": date(2026, 9, 15)}, Standing.ACTIVE, date(2026, 12, 15)),
            "c": ({"renews_on": TODAY}, Standing.ACTIVE, TODAY),
            "d": ({"status": paused, "paused_until": date(2027, 1, 15), "renews_on": date(2027, 1, 15)},
                  Standing.PAUSED, date(2027, 1, 15)),
            "e": ({"status": paused, "paused_until": TODAY, "renews_on": TODAY}, Standing.ACTIVE, TODAY),
            "f": ({"status": paused}, Standing.PAUSED, date(2026, 12, 15)),
            "g": ({"status": cancelled, "ends_on": TODAY, "renews_on": None}, Standing.ENDING, None),
            "h": ({"status": cancelled, "ends_on": TODAY - timedelta(days=1)}, Standing.ENDED, None),
            "i": ({"status": cancelled}, Standing.ENDED, None),
            "j": ({"status": active, "ends_on": TODAY - timedelta(days=1)}, Standing.ENDED, None),
            "k": ({"ends_on": date(2026, 12, 15)}, Standing.ACTIVE, None),
            "l": ({"ends_on": date(2026, 12, 16)}, Standing.ACTIVE, date(2026, 12, 15)),
            # A pause that begins after the next renewal, which has come and gone
            "m": ({"status": paused, "paused_until": date(2027, 2, 15), "renews_on": date(2026, 11, 15)},
                  Standing.PAUSED, date(2027, 2, 15)),
        }
        for name, (columns, _, _) in expected.items():
            await create_subscription(session, customer, reference=name, name=name, **columns)
        found = await subscriptions.list_subscriptions(session, speaker_of(customer, Level.VERIFIED), business=rules, at=NOW)
        assert {one.name: (one.standing, one.next_renewal) for one in found} == {
            name: (standing, renewal) for name, (_, standing, renewal) in expected.items()
        }
        assert [one.name for one in found] == list("abcdefgklm" "hij")
        assert found[0].price_minor == 1250
        assert {one.name for one in found if one.paused_until} == {"d", "m"}

    async def test_today_is_the_shops_date(self, session, rules):
        customer = await create_customer(session)
        await create_subscription(session, customer, ends_on=date(2026, 7, 1))
        for at, standing in [
            (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), Standing.ACTIVE),
            (datetime(2026, 7, 1, 23, 1, tzinfo=UTC), Standing.ENDED),  # past midnight in Dublin
        ]:
            (found,) = await subscriptions.list_subscriptions(session, speaker_of(customer), business=rules, at=at)
            assert found.standing is standing

    async def test_anothers_are_not_there_and_a_code_is_needed(self, session, rules):
        mine, theirs = await create_customer(session), await create_customer(session)
        await create_subscription(session, theirs)
        assert await subscriptions.list_subscriptions(session, speaker_of(mine), business=rules, at=NOW) == ()
        with pytest.raises(IdentityTooLow):
            await subscriptions.list_subscriptions(session, speaker_of(mine, Level.ORDER_HOLDER), business=rules, at=NOW)


class TestRepeats:
    async def test_the_same_key_answers_the_same_and_changes_nothing_twice(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer, ends_on=date(2027, 6, 14))
        speaker, ask = speaker_of(customer), {"business": rules, "at": NOW}

        async def in_turn(attempt):
            done, left = await attempt(), state(row)
            assert (await attempt(), state(row)) == (done, left)

        await in_turn(lambda: subscription_changes.pause(session, speaker, row.id, 2, key="1", **ask))
        await in_turn(lambda: subscription_changes.resume(session, speaker, row.id, key="2", **ask))
        await in_turn(lambda: subscription_changes.extend(session, speaker, row.id, 1, key="3", **ask))
        assert (row.ends_on, len(await told(session))) == (date(2027, 7, 14), 3)
        with pytest.raises(IdReused):
            await subscription_changes.extend(session, speaker, row.id, 2, key="3", **ask)


class TestWhoseTheyAre:
    @pytest.mark.parametrize("named", ["theirs", "unknown", "not-a-uuid", ""])
    async def test_anothers_and_unknown_ones_are_equally_unknown(self, session, rules, named):
        mine, other = await create_customer(session), await create_customer(session)
        theirs = await create_subscription(session, other, ends_on=date(2027, 1, 14))
        named = {"theirs": theirs.id, "unknown": mine.id}.get(named, named)
        ask = {"key": "k", "business": rules, "at": NOW}
        for attempt in (
            subscription_changes.pause(session, speaker_of(mine), named, 1, **ask),
            subscription_changes.resume(session, speaker_of(mine), named, **ask),
            subscription_changes.cancel(session, speaker_of(mine), named, **ask),
            subscription_changes.extend(session, speaker_of(mine), named, 1, **ask),
        ):
            with pytest.raises(NotFound):
                await attempt
        assert theirs.status is SubscriptionStatus.ACTIVE

    async def test_a_code_is_enough_to_look_and_not_to_change(self, session, rules):
        customer = await create_customer(session)
        row = await create_subscription(session, customer)
        verified = speaker_of(customer, Level.VERIFIED)
        assert await subscriptions.plan_cancel(session, verified, row.id, business=rules, at=NOW)
        with pytest.raises(IdentityTooLow) as refusal:
            await subscription_changes.cancel(session, verified, row.id, key="k", business=rules, at=NOW)
        assert refusal.value.needed is Level.SIGNED_IN
