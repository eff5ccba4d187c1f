"""Earn, redeem, adjust and expire: what each enters and draws, and when it is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from support.errors import (
    ExpiryInvalid,
    NotEnoughPoints,
    NotFound,
    PointsInvalid,
)
from support.models.customers import Customer
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.points import ledger, loyalty
from tests.support.ledger_rows import LAST, LATER, SOON, balance, count, drawn, earn, redeem
from tests.support.shop_rows import NOW, create_account, create_customer, create_order


class TestEarn:
    async def test_adds_an_entry_and_a_lot(self, session, account):
        order = await create_order(session, await session.get_one(Customer, account.customer_id), "HF-1")
        entry = await ledger.earn(
            session, account, 120, key="k", at=NOW, expires_at=LATER, reason="  Order HF-1 ", order=order
        )
        lot = await session.scalar(select(Lot))
        assert (entry.kind, entry.points, entry.at, entry.reason) == (EntryKind.EARN, 120, NOW, "Order HF-1")
        assert (entry.order_id, entry.idempotency_key, entry.reverses_id) == (order.id, "k", None)
        assert (lot.entry_id, lot.account_id, lot.points) == (entry.id, account.id, 120)
        assert (lot.earned_at, lot.expires_at) == (NOW, LATER)

    async def test_points_that_lapse_at_once_or_with_somebody_elses_order_are_refused(self, session, account):
        order = await create_order(session, await create_customer(session), "HF-2")
        with pytest.raises(ExpiryInvalid):
            await earn(session, account, 1, "k", expires_at=NOW)
        with pytest.raises(NotFound):
            await ledger.earn(session, account, 1, key="k", at=NOW, expires_at=LATER, reason="r", order=order)
        assert await count(session, LedgerEntry) == 0

    async def test_an_account_that_is_not_there_is_not_found(self, session):
        with pytest.raises(NotFound):
            await earn(session, LoyaltyAccount(id="gone", customer_id="c"), 1, "k")


@pytest.mark.parametrize("points", [0, -1, 1_000_000_001, 1.0, 2.5, True, "5", None])
class TestPoints:
    async def test_that_are_no_positive_whole_number_are_refused(self, session, account, points):
        await earn(session, account, 100, "k")
        with pytest.raises(PointsInvalid):
            await earn(session, account, points, "a")
        with pytest.raises(PointsInvalid):
            await redeem(session, account, points, "b")
        assert await count(session, LedgerEntry) == 1


class TestRedeem:
    async def test_draws_on_the_soonest_expiry_first_whatever_was_earned_first(self, session, account):
        await earn(session, account, 100, "last", expires_at=LAST)
        await earn(session, account, 30, "soon", expires_at=SOON, at=NOW + timedelta(days=1))
        await earn(session, account, 50, "later", expires_at=LATER)
        entry = await redeem(session, account, 90, "k")
        assert (entry.kind, entry.points) == (EntryKind.REDEEM, -90)
        assert await drawn(session, entry) == {"soon": 30, "later": 50, "last": 10}

    async def test_of_two_lots_that_lapse_together_the_one_earned_first_goes_first(self, session, account):
        await earn(session, account, 10, "second", at=NOW)
        await earn(session, account, 10, "first", at=NOW - timedelta(days=1))
        assert await drawn(session, await redeem(session, account, 15, "k")) == {"first": 10, "second": 5}

    async def test_all_there_is_may_go_and_one_more_is_refused_with_nothing_changed(self, session, account):
        await earn(session, account, 60, "a", expires_at=SOON)
        await earn(session, account, 40, "b")
        with pytest.raises(NotEnoughPoints):
            await redeem(session, account, 101, "k")
        assert (await count(session, LedgerEntry), await count(session, Draw)) == (2, 0)
        assert await drawn(session, await redeem(session, account, 100, "k")) == {"a": 60, "b": 40}
        assert await balance(session, account) == 0

    async def test_lapsed_points_are_not_there_even_before_their_expiry_is_entered(self, session, account):
        await earn(session, account, 100, "a", expires_at=SOON)
        with pytest.raises(NotEnoughPoints):
            await redeem(session, account, 1, "k", at=SOON)
        await redeem(session, account, 1, "k", at=SOON - timedelta(seconds=1))

    async def test_points_of_another_account_are_not_touched(self, session, account):
        other = await create_account(session, await create_customer(session))
        await earn(session, other, 100, "a")
        with pytest.raises(NotEnoughPoints):
            await redeem(session, account, 1, "k")


class TestAdjust:
    async def test_adds_points_that_lapse_and_do_not_raise_the_tier(self, session, account, rules):
        entry = await ledger.adjust(session, account, 1500, key="k", at=NOW, expires_at=LATER, reason="Sorry")
        found = await loyalty.standing(session, account.customer_id, NOW, business=rules)
        assert (entry.kind, entry.points) == (EntryKind.ADJUST, 1500)
        assert (found.balance, found.earned_in_year, found.tier.name) == (1500, 0, "Seedling")

    async def test_takes_points_as_a_redemption_does_and_no_more_than_there_are(self, session, account):
        await earn(session, account, 10, "later")
        await earn(session, account, 10, "soon", expires_at=SOON)
        entry = await ledger.adjust(session, account, -12, key="k", at=NOW, reason="Entered twice")
        assert (entry.points, await drawn(session, entry)) == (-12, {"soon": 10, "later": 2})
        with pytest.raises(NotEnoughPoints):
            await ledger.adjust(session, account, -9, key="l", at=NOW, reason="Entered twice")

    @pytest.mark.parametrize("points", [0, 1.5, -1_000_000_001, True])
    async def test_by_no_whole_number_is_refused(self, session, account, points):
        with pytest.raises(PointsInvalid):
            await ledger.adjust(session, account, points, key="k", at=NOW, expires_at=LATER, reason="r")

    async def test_points_that_would_never_lapse_are_refused(self, session, account):
        with pytest.raises(ExpiryInvalid):
            await ledger.adjust(session, account, 5, key="k", at=NOW, reason="r")


class TestExpire:
    async def test_takes_what_is_left_in_lapsed_lots_alone(self, session, account):
        await earn(session, account, 100, "a", expires_at=SOON)
        await earn(session, account, 100, "b", expires_at=LATER)
        await redeem(session, account, 150, "k")
        expired = await ledger.expire(session, LATER)
        assert [(entry.kind, entry.points, entry.at) for entry in expired] == [(EntryKind.EXPIRE, -50, LATER)]
        assert await drawn(session, expired[0]) == {"b": 50}
        assert await balance(session, account) == 0

    async def test_may_run_twice_and_late(self, session, account):
        await earn(session, account, 7, "a", expires_at=SOON)
        await earn(session, account, 8, "b", expires_at=LATER)
        assert await ledger.expire(session, SOON - timedelta(seconds=1)) == []
        assert [entry.points for entry in await ledger.expire(session, LAST)] == [-7, -8]
        assert await ledger.expire(session, LAST) == []
        assert await balance(session, account) == 0

    async def test_of_one_account_leaves_the_others(self, session, account):
        other = await create_account(session, await create_customer(session))
        await earn(session, account, 7, "a", expires_at=SOON)
        await earn(session, other, 8, "b", expires_at=SOON)
        assert [entry.account_id for entry in await ledger.expire(session, SOON, account)] == [account.id]
        assert (await balance(session, account), await balance(session, other)) == (0, 8)
