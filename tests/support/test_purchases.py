from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.ordering import purchases
from support.periods import last_days, read_period
from support.refusals import IdentityTooLow
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of

TODAY = date(2026, 11, 21)
DUBLIN = ZoneInfo("Europe/Dublin")
WORDS = (
    "last", "this", "the", "past", "2", "12", "31", "2025", "9999", "month", "months", "year", "may", "february",
    "week", "days", "winter", "to", "since", "and", "in",
)
LONG_AGO = NOW - timedelta(days=1000)


class TestBought:
    async def test_products_and_totals_add_up(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-1", lines=(("Mug", 2, 1550), ("Lamp", 1, 8900)), shipping=495)
            await create_order(session, customer, "HF-2", lines=(("Mug", 1, 1600),), shipping=495)
            found = await purchases.bought(session, speaker_of(customer), LONG_AGO, NOW + timedelta(days=1))
            assert [(one.product, one.quantity, one.total_minor) for one in found.products] == [
                ("Lamp", 1, 8900), ("Mug", 3, 4700),
            ]
            assert found.totals == {"EUR": 14590}
            assert found.pieces == 4

    async def test_cancelled_orders_were_not_bought_and_returned_ones_were(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-1", status=OrderStatus.CANCELLED)
            await create_order(session, customer, "HF-2", status=OrderStatus.RETURNED)
            found = await purchases.bought(session, speaker_of(customer), LONG_AGO, NOW + timedelta(days=1))
            assert [order.number for order in found.orders] == ["HF-2"]

    async def test_currencies_are_not_added_up(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-1", currency="EUR")
            await create_order(session, customer, "HF-2", currency="GBP")
            found = await purchases.bought(session, speaker_of(customer), LONG_AGO, NOW + timedelta(days=1))
            assert found.totals == {"EUR": 1500, "GBP": 1500}
            assert len(found.products) == 2

    async def test_a_period_begins_and_ends_at_the_shops_midnight(self, database):
        since, until = read_period("July", TODAY).instants(DUBLIN)
        assert (since, until) == (datetime(2026, 6, 30, 23, tzinfo=UTC), datetime(2026, 7, 31, 23, tzinfo=UTC))
        async with database.write() as session:
            customer, other = await create_customer(session), await create_customer(session)
            moments = {
                "before": since - timedelta(seconds=1), "first": since,
                "last": until - timedelta(seconds=1), "after": until,
            }
            for number, moment in moments.items():
                await create_order(session, customer, number, placed_at=moment)
            await create_order(session, other, "foreign", placed_at=since)
            found = await purchases.bought(session, speaker_of(customer), since, until)
            assert [order.number for order in found.orders] == ["last", "first"]

    async def test_nothing_bought_is_nothing(self, database):
        async with database.write() as session:
            found = await purchases.bought(session, speaker_of(await create_customer(session)), LONG_AGO, NOW)
            assert (found.orders, found.products, found.totals, found.pieces) == ((), (), {}, 0)


    async def test_it_takes_more_than_an_order_number_to_see_all_that_was_bought(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, "HF-1")
            for speaker in (Speaker(Level.VISITOR), Speaker(Level.ORDER_HOLDER, customer.id, order.id)):
                with pytest.raises(IdentityTooLow) as refused:
                    await purchases.bought(session, speaker, LONG_AGO, NOW + timedelta(days=1))
                assert refused.value.needed is Level.VERIFIED
            verified = speaker_of(customer, Level.VERIFIED)
            found = await purchases.bought(session, verified, LONG_AGO, NOW + timedelta(days=1))
            assert [order.number for order in found.orders] == ["HF-1"]


class TestReadPeriod:
    @pytest.mark.parametrize(
        ("text", "since", "until", "label"),
        [
            ("May", "2026-05-01", "2026-06-01", "in May 2026"),
            ("in december", "2025-12-01", "2026-01-01", "in December 2025"),
            ("Nov", "2026-11-01", "2026-12-01", "in November 2026"),
            ("febuary", "2026-02-01", "2026-03-01", "in February 2026"),
            ("May last year", "2025-05-01", "2025-06-01", "in May 2025"),
            ("May 2024", "2024-05-01", "2024-06-01", "in May 2024"),
            ("2025", "2025-01-01", "2026-01-01", "in 2025"),
            ("this year", "2026-01-01", "2027-01-01", "this year"),
            ("last year", "2025-01-01", "2026-01-01", "last year"),
            ("the last year", "2025-11-21", "2026-11-22", "in the last year"),
            ("last month", "2026-10-01", "2026-11-01", "last month"),
            ("the past month", "2026-10-21", "2026-11-22", "in the last month"),
            ("last 3 months", "2026-08-21", "2026-11-22", "in the last 3 months"),
            ("the last two weeks", "2026-11-08", "2026-11-22", "in the last 2 weeks"),
            ("last 90 days", "2026-08-24", "2026-11-22", "in the last 90 days"),
            ("last week", "2026-11-09", "2026-11-16", "last week"),
            ("last quarter", "2026-07-01", "2026-10-01", "last quarter"),
            ("yesterday", "2026-11-20", "2026-11-21", "yesterday"),
            ("last friday", "2026-11-20", "2026-11-21", "on Friday 20 November"),
            ("saturday", "2026-11-14", "2026-11-15", "on Saturday 14 November"),
            ("12 May", "2026-05-12", "2026-05-13", "on 12 May"),
            ("December 24th", "2025-12-24", "2025-12-25", "on 24 December 2025"),
            ("2026-05-12", "2026-05-12", "2026-05-13", "on 12 May"),
            ("since March", "2026-03-01", "2026-11-22", "since 1 March"),
            ("from May to July", "2026-05-01", "2026-08-01", "from 1 May to 31 July"),
            ("between May and July", "2026-05-01", "2026-08-01", "from 1 May to 31 July"),
            ("summer", "2026-06-01", "2026-09-01", "in summer 2026"),
            ("winter", "2025-12-01", "2026-03-01", "in winter 2025/26"),
            ("Christmas", "2025-12-01", "2026-01-01", "around Christmas 2025"),
            ("lately", "2026-08-24", "2026-11-22", "in the last 90 days"),
            ("so far", "2000-01-01", "2026-11-22", "so far"),
        ],
    )
    def test_the_ways_customers_put_it(self, text, since, until, label):
        period = read_period(text, TODAY)
        assert (period.since.isoformat(), period.until.isoformat(), period.label) == (since, until, label)

    @pytest.mark.parametrize(
        "text",
        ["", "blue", "next month", "January 2030", "31 February", "2026-13-40", "0 days", "99999999999 days",
         "since " * 50, "a to " * 50, "the other day", "٢٠٢٥"],
    )
    def test_what_names_no_time_or_one_ahead_is_none(self, text):
        assert read_period(text, TODAY) is None

    def test_a_month_back_from_a_long_one_ends_on_its_last_day(self):
        assert read_period("a month", date(2026, 3, 31)).since == date(2026, 2, 28)

    def test_last_days_count_today(self):
        assert (last_days(1, TODAY).since, last_days(1, TODAY).until) == (TODAY, date(2026, 11, 22))
        assert last_days(90, TODAY) == read_period("the last 90 days", TODAY)

    @given(
        some.text(
            alphabet="abcdefghijklmnopqrstuvwxyz 0123456789-/", max_size=30
        ) | some.lists(
            some.sampled_from(WORDS), max_size=6,
        ).map(" ".join),
        some.dates(date(2020, 1, 1), date(2040, 12, 31)),
    )
    def test_whatever_is_read_has_begun_and_ends_after_it_begins(self, text, today):
        period = read_period(text, today)
        assert period is None or (period.since <= today and period.since < period.until)
