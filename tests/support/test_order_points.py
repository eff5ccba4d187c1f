import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from support.errors import IdReused
from support.models.loyalty import EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.points import ledger, loyalty, order_points
from support.points.lots import open_lots
from support.shares import part_of
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_account, create_customer, create_order

LATER = NOW + timedelta(days=300)


async def entries_of(session, order):
    """(kind, points) of the order's entries, the oldest first."""
    query = select(LedgerEntry).where(LedgerEntry.order_id == order.id).order_by(LedgerEntry.at, LedgerEntry.points)
    return [(entry.kind, entry.points) for entry in await session.scalars(query)]


async def balance_of(session, order):
    """The points that can be spent, which must be the sum of the entries."""
    account = await session.scalar(select(LoyaltyAccount).where(LoyaltyAccount.customer_id == order.customer_id))
    held = sum(lot.left for lot in await open_lots(session, account.id, NOW))
    entered = await session.scalar(
        select(func.sum(LedgerEntry.points)).where(LedgerEntry.account_id == account.id)
    )
    assert held == entered
    return held


async def earned_in_year(session, order, rules):
    return (await loyalty.standing(session, order.customer_id, NOW, business=rules)).earned_in_year


async def create_earning(session, rules, *lines, discount=0):
    """A delivered order of (name, quantity, unit price) whose points have been earned."""
    order = await create_order(session, await create_customer(session), lines=lines)
    order.discount_minor, order.total_minor = discount, order.total_minor - discount
    await order_points.earn(session, order, business=rules, at=NOW)
    return order


class TestEarn:
    async def test_each_whole_unit_of_the_goods_less_the_discount_brings_points(self, session, tmp_path):
        rules = load_rules(tmp_path, ("points_per_unit: 1", "points_per_unit: 3"))
        order = await create_order(session, await create_customer(session), lines=(("Mug", 2, 1499),), shipping=495)
        order.discount_minor, order.total_minor = 100, order.total_minor - 100
        assert await order_points.earn(session, order, business=rules, at=NOW) == 84  # of 28.98
        assert await entries_of(session, order) == [(EntryKind.EARN, 84)]
        lot = await session.scalar(select(Lot))
        assert (lot.points, lot.expires_at) == (84, datetime(2027, 11, 22, tzinfo=UTC))
        account = await session.scalar(select(LoyaltyAccount))
        assert (account.customer_id, account.opened_at) == (order.customer_id, NOW)

    async def test_an_account_that_is_there_is_used(self, session, rules):
        customer = await create_customer(session)
        account = await create_account(session, customer)
        await order_points.earn(session, await create_order(session, customer), business=rules, at=NOW)
        entry = await session.scalar(select(LedgerEntry))
        assert (entry.account_id, entry.points, entry.reason[:5]) == (account.id, 15, "Order")

    async def test_a_currency_without_decimals_counts_its_own_units(self, session, rules):
        order = await create_order(session, await create_customer(session), lines=(("Mug", 1, 1500),), currency="JPY")
        assert await order_points.earn(session, order, business=rules, at=NOW) == 1500

    @pytest.mark.parametrize("discount", [1450, 1500, 1700])
    async def test_less_than_a_unit_brings_nothing_and_opens_no_account(self, session, rules, discount):
        order = await create_order(session, await create_customer(session), shipping=500)
        order.discount_minor, order.total_minor = discount, order.total_minor - discount
        assert await order_points.earn(session, order, business=rules, at=NOW) == 0
        assert await session.scalar(select(func.count()).select_from(LoyaltyAccount)) == 0

    async def test_it_is_once_an_order_even_if_the_order_has_changed_or_the_points_have_been_taken_back(
        self, session, rules
    ):
        order = await create_earning(session, rules, ("Mug", 1, 1500))
        order.goods_minor = order.total_minor = 9000
        assert await order_points.earn(session, order, business=rules, at=LATER) == 15
        await order_points.take_back(session, order, 9000, key="a", at=NOW)
        assert await order_points.earn(session, order, business=rules, at=LATER) == 15
        assert await balance_of(session, order) == 0

    async def test_twice_at_once_is_once(self, database, rules):
        async with database.write() as session:
            order = await create_order(session, await create_customer(session))

        async def earn():
            async with database.write() as session:
                return await order_points.earn(session, order, business=rules, at=NOW)

        assert await asyncio.gather(*(earn() for _ in range(4))) == [15] * 4
        async with database.read() as session:
            assert await entries_of(session, order) == [(EntryKind.EARN, 15)]


class TestTakeBack:
    async def test_all_goods_reverse_the_earning(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 2, 1500), discount=200)
        assert await order_points.take_back(session, order, 3000, key="a", at=NOW) == 28
        assert await entries_of(session, order) == [(EntryKind.REVERSE, -28), (EntryKind.EARN, 28)]
        assert await balance_of(session, order) == 0
        assert await earned_in_year(session, order, rules) == 0

    async def test_a_part_takes_its_share_and_counts_in_the_tier(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 1, 600), ("Pot", 1, 400))
        assert await order_points.take_back(session, order, 400, key="a", at=NOW) == 4
        assert await entries_of(session, order) == [(EntryKind.ADJUST, -4), (EntryKind.EARN, 10)]
        assert (await balance_of(session, order), await earned_in_year(session, order, rules)) == (6, 6)

    async def test_the_rest_goes_with_the_rest(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 3, 333))
        taken = [await order_points.take_back(session, order, minor, key=f"{minor}", at=NOW) for minor in (333, 334, 999)]
        assert taken == [3, 3, 3]
        assert (await balance_of(session, order), await earned_in_year(session, order, rules)) == (0, 0)

    async def test_points_that_were_spent_are_made_up_for_by_others(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 1, 10_000))
        account = await session.scalar(select(LoyaltyAccount))
        await ledger.earn(session, account, 30, key="other", at=NOW, expires_at=LATER, reason="Goodwill")
        await ledger.redeem(session, account, 60, key="spent", at=NOW, reason="Voucher")
        assert await order_points.take_back(session, order, 10_000, key="a", at=NOW) == 70
        assert (EntryKind.ADJUST, -70) in await entries_of(session, order)
        assert (await balance_of(session, order), await earned_in_year(session, order, rules)) == (0, 60)

    async def test_with_all_points_spent_nothing_is_taken(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 1, 10_000))
        await ledger.redeem(
            session, await session.scalar(select(LoyaltyAccount)), 100, key="spent", at=NOW, reason="Voucher"
        )
        assert await order_points.take_back(session, order, 10_000, key="a", at=NOW) == 0
        assert await entries_of(session, order) == [(EntryKind.EARN, 100)]

    async def test_never_more_than_the_order_earned(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 2, 1000))
        await ledger.earn(
            session, await session.scalar(select(LoyaltyAccount)), 500, key="other", at=NOW, expires_at=LATER, reason="x",
        )
        assert await order_points.take_back(session, order, 1500, key="a", at=NOW) == 15
        assert await order_points.take_back(session, order, 1500, key="b", at=NOW) == 5
        assert await order_points.take_back(session, order, 2000, key="c", at=NOW) == 0
        assert await balance_of(session, order) == 500

    async def test_points_given_as_goodwill_for_the_order_stay(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 1, 1000))
        account = await session.scalar(select(LoyaltyAccount))
        await ledger.adjust(
            session, account, 150, key="sorry", at=NOW, expires_at=LATER, reason="Arrived late", order=order
        )
        assert await order_points.take_back(session, order, 1000, key="a", at=NOW) == 10
        assert await balance_of(session, order) == 150

    async def test_points_taken_by_mistake_and_given_back_are_due_again(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 1, 1000))
        await order_points.take_back(session, order, 500, key="a", at=NOW)
        wrong = await session.scalar(select(LedgerEntry).where(LedgerEntry.kind == EntryKind.ADJUST))
        await ledger.reverse(session, wrong, key="b", at=NOW)
        assert await earned_in_year(session, order, rules) == 10
        assert await order_points.take_back(session, order, 1000, key="c", at=NOW) == 10
        assert (await balance_of(session, order), await earned_in_year(session, order, rules)) == (0, 0)

    async def test_an_order_that_came_with_points_of_another_rate_gives_its_share_of_those(self, session, rules):
        customer = await create_customer(session)
        account = await create_account(session, customer)
        order = await create_order(session, customer, lines=(("Mug", 1, 2500), ("Pot", 1, 7500)))
        for number in (1, 2):
            await ledger.earn(
                session, account, 100, key=f"{number}", at=NOW, expires_at=LATER, reason="Double points", order=order
            )
        assert await order_points.take_back(session, order, 2500, key="a", at=NOW) == 50
        assert await order_points.take_back(session, order, 10_000, key="b", at=NOW) == 150
        assert await earned_in_year(session, order, rules) == 0

    async def test_an_order_that_earned_nothing_gives_nothing(self, session, rules):
        customer = await create_customer(session)
        order = await create_order(session, customer)
        assert await order_points.take_back(session, order, 1500, key="a", at=NOW) == 0
        account = await create_account(session, customer)
        await ledger.earn(session, account, 100, key="other", at=NOW, expires_at=LATER, reason="Another order")
        assert await order_points.take_back(session, order, 1500, key="a", at=NOW) == 0
        assert await balance_of(session, order) == 100

    async def test_a_key_is_one_taking(self, session, rules):
        order = await create_earning(session, rules, ("Mug", 1, 600), ("Pot", 1, 400))
        other = await create_order(session, await create_customer(session))
        await order_points.earn(session, other, business=rules, at=NOW)
        for _ in range(3):
            assert await order_points.take_back(session, order, 400, key="a", at=NOW) == 4
        with pytest.raises(IdReused):
            await order_points.take_back(session, other, 1500, key="a", at=NOW)
        assert (await balance_of(session, order), await balance_of(session, other)) == (6, 15)

    async def test_a_redemption_at_the_same_time_leaves_no_debt(self, database, rules):
        async with database.write() as session:
            order = await create_earning(session, rules, ("Mug", 1, 10_000))
            account = await session.scalar(select(LoyaltyAccount))

        async def take_back():
            async with database.write() as session:
                return await order_points.take_back(session, order, 6000, key="a", at=NOW)

        async def redeem():
            async with database.write() as session:
                return -(await ledger.redeem(session, account, 70, key="b", at=NOW, reason="Voucher")).points

        taken = await asyncio.gather(take_back(), redeem(), return_exceptions=True)
        async with database.read() as session:
            left = await balance_of(session, order)
        assert left >= 0
        assert left == 100 - sum(points for points in taken if isinstance(points, int))


class TestPartOf:
    @given(st.integers(0, 10**6), st.lists(st.integers(1, 10**5), min_size=1, max_size=8))
    def test_parts_make_up_the_whole_within_half_a_unit_each(self, whole, weights):
        parts = [part_of(whole, weight, sum(weights)) for weight in weights]
        assert part_of(whole, sum(weights), sum(weights)) == whole
        assert abs(sum(parts) - whole) * 2 <= len(parts)
        assert all(abs(part * sum(weights) - whole * weight) * 2 <= sum(weights) for part, weight in zip(parts, weights, strict=True))

    def test_a_half_goes_up(self):
        assert [part_of(1, 1, 2), part_of(5, 1, 2), part_of(4, 1, 3), part_of(5, 1, 3)] == [1, 3, 1, 2]

    def test_more_than_everything_is_everything(self):
        assert [part_of(7, 5, 5), part_of(7, 9, 5), part_of(7, 0, 0)] == [7, 7, 7]
