from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from support.models.conversations import Level
from support.models.loyalty import EntryKind
from support.points import loyalty
from support.refusals import IdentityTooLow
from tests.support.shop_rows import NOW, create_account, create_customer, earn, speaker_of, spend

LATER = NOW + timedelta(days=300)


def days(count: int) -> timedelta:
    return timedelta(days=count)


class TestOverview:
    async def test_what_is_left_in_the_lots_is_the_balance(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            account = await create_account(session, customer)
            first = await earn(session, account, 100, at=NOW - days(300), expires_at=NOW + days(12))
            second = await earn(session, account, 100, at=NOW - days(10), expires_at=LATER)
            await spend(session, account, (first, 60), (second, 5), at=NOW - days(1))
            found = await loyalty.standing(session, customer.id, NOW, business=rules)
            assert found.balance == 135
            assert found.expiries == (
                loyalty.Expiry(date(2026, 12, 3), 40), loyalty.Expiry(date(2027, 9, 17), 95),
            )
            assert found.earned_in_year == 200

    async def test_somebody_without_an_account_has_nothing_in_the_lowest_tier(self, database, rules):
        async with database.write() as session:
            found = await loyalty.standing(session, (await create_customer(session)).id, NOW, business=rules)
            assert (found.balance, found.expiries, found.earned_in_year) == (0, (), 0)
            assert (found.tier.name, found.next_tier.name, found.missing) == ("Seedling", "Oak", 1000)

    async def test_points_past_their_date_count_no_more_even_before_that_is_entered(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            account = await create_account(session, customer)
            await earn(session, account, 100, at=NOW - days(365), expires_at=NOW)
            assert (await loyalty.standing(session, customer.id, NOW - days(1), business=rules)).balance == 100
            assert (await loyalty.standing(session, customer.id, NOW, business=rules)).balance == 0

    async def test_lots_of_one_day_lapse_together(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            account = await create_account(session, customer)
            for hour in (1, 9):
                await earn(session, account, 10, at=NOW, expires_at=datetime(2027, 3, 1, hour, tzinfo=UTC))
            found = await loyalty.standing(session, customer.id, NOW, business=rules)
            assert found.expiries == (loyalty.Expiry(date(2027, 3, 1), 20),)

    async def test_the_tier_comes_from_twelve_months_of_earning_whatever_was_spent(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            account = await create_account(session, customer)
            await earn(session, account, 500, at=NOW - days(365), expires_at=LATER)  # a moment too long ago
            lot = await earn(session, account, 999, at=NOW - days(364), expires_at=LATER)
            await spend(session, account, (lot, 900), at=NOW)
            found = await loyalty.standing(session, customer.id, NOW, business=rules)
            assert (found.earned_in_year, found.tier.name, found.missing) == (999, "Seedling", 1)
            await earn(session, account, 1, at=NOW, expires_at=LATER)
            found = await loyalty.standing(session, customer.id, NOW, business=rules)
            assert (found.tier.name, found.next_tier, found.missing) == ("Oak", None, None)

    async def test_reversed_earnings_and_goodwill_do_not_raise_the_tier(self, database, rules):
        async with database.write() as session:
            customer = await create_customer(session)
            account = await create_account(session, customer)
            lot = await earn(session, account, 800, at=NOW - days(9), expires_at=LATER)
            await earn(session, account, 150, at=NOW - days(8), expires_at=LATER)
            await earn(session, account, 300, at=NOW - days(7), expires_at=LATER, kind=EntryKind.ADJUST)
            await spend(session, account, (lot, 800), at=NOW, kind=EntryKind.REVERSE, reverses=lot.entry_id)
            found = await loyalty.standing(session, customer.id, NOW, business=rules)
            assert (found.balance, found.earned_in_year, found.tier.name) == (450, 150, "Seedling")

    async def test_accounts_do_not_mix(self, database, rules):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            for customer, points in ((mine, 10), (theirs, 2000)):
                account = await create_account(session, customer)
                await earn(session, account, points, at=NOW - days(1), expires_at=LATER)
            found = await loyalty.standing(session, mine.id, NOW, business=rules)
            assert (found.balance, found.tier.name) == (10, "Seedling")


class TestOverviewOfASpeaker:
    async def test_it_is_the_standing_of_the_customer_who_speaks(self, database, rules):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            for customer, points in ((mine, 10), (theirs, 2000)):
                await earn(session, await create_account(session, customer), points, at=NOW, expires_at=LATER)
            found = await loyalty.overview(session, speaker_of(mine, Level.VERIFIED), business=rules, at=NOW)
            assert (found.balance, found.tier.name) == (10, "Seedling")
            assert found == await loyalty.standing(session, mine.id, NOW, business=rules)

    @pytest.mark.parametrize("level", [Level.VISITOR, Level.ORDER_HOLDER])
    async def test_it_takes_a_verified_customer(self, session, rules, level):
        with pytest.raises(IdentityTooLow):
            await loyalty.overview(session, speaker_of(await create_customer(session), level), business=rules, at=NOW)


class TestExpiry:
    @pytest.mark.parametrize(
        ("earned", "lapses"),
        [
            (datetime(2026, 5, 10, 12, tzinfo=UTC), datetime(2027, 5, 10, 23, tzinfo=UTC)),
            (datetime(2026, 12, 10, 12, tzinfo=UTC), datetime(2027, 12, 11, 0, tzinfo=UTC)),
            (datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2029, 3, 1, 0, tzinfo=UTC)),
            (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), datetime(2027, 8, 1, 23, tzinfo=UTC)),
        ],
    )
    def test_points_last_to_the_end_of_a_day_in_the_shops_zone(self, rules, earned, lapses):
        assert loyalty.expiry_of(earned, rules) == lapses


class TestLedger:
    @pytest.mark.parametrize("table", ["ledger_entries", "lots", "draws"])
    @pytest.mark.parametrize("change", ["UPDATE {} SET points = points + 1", "DELETE FROM {}"])
    async def test_the_database_itself_refuses_changes(self, database, table, change):
        async with database.write() as session:
            account = await create_account(session, await create_customer(session))
            lot = await earn(session, account, 100, at=NOW, expires_at=LATER)
            await spend(session, account, (lot, 40), at=NOW)
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.write() as session:
                await session.execute(text(change.format(table)))
        async with database.read() as session:
            assert await session.scalar(text("SELECT SUM(points) FROM ledger_entries")) == 60
