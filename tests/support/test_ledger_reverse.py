"""Reversing an entry, and coming again with the same key."""


import pytest
from sqlalchemy import select

from support.errors import (
    AlreadyReversed,
    IdInvalid,
    IdReused,
    MessageEmpty,
    MessageTooLong,
    NotEnoughPoints,
    NotReversible,
    PointsAlreadySpent,
)
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot
from support.points import ledger, loyalty
from tests.support.ledger_rows import LAST, LATER, SOON, balance, count, drawn, earn, redeem
from tests.support.shop_rows import NOW, create_account, create_customer


class TestReverse:
    async def test_of_a_redemption_puts_the_points_back_where_they_came_from(self, session, account):
        await earn(session, account, 100, "a", expires_at=SOON)
        await earn(session, account, 100, "b", expires_at=LATER)
        spent = await redeem(session, account, 150, "k")
        entry = await ledger.reverse(session, spent, key="r", at=NOW)
        assert (entry.kind, entry.points, entry.reverses_id) == (EntryKind.REVERSE, 150, spent.id)
        assert await drawn(session, entry) == {"a": -100, "b": -50}
        assert list(await session.scalars(select(Lot.expires_at).order_by(Lot.expires_at))) == [SOON, LATER]
        assert await drawn(session, await redeem(session, account, 110, "l")) == {"a": 100, "b": 10}

    async def test_happens_once(self, session, account):
        await earn(session, account, 100, "a")
        spent = await redeem(session, account, 60, "k")
        first = await ledger.reverse(session, spent, key="r", at=NOW)
        assert await ledger.reverse(session, spent, key="r", at=LAST) is first
        with pytest.raises(AlreadyReversed):
            await ledger.reverse(session, spent, key="other", at=NOW)
        assert await balance(session, account) == 100

    async def test_of_points_that_have_lapsed_since_leaves_them_to_the_next_expiry(self, session, account):
        await earn(session, account, 100, "a", expires_at=SOON)
        spent = await redeem(session, account, 60, "k")
        assert [entry.points for entry in await ledger.expire(session, SOON)] == [-40]
        await ledger.reverse(session, spent, key="r", at=LATER)
        assert await balance(session, account) == 60
        with pytest.raises(NotEnoughPoints):
            await redeem(session, account, 1, "l", at=LATER)
        again = await ledger.expire(session, LATER)
        assert [entry.points for entry in again] == [-60]
        assert again[0].idempotency_key.endswith(":2")
        assert await ledger.expire(session, LAST) == []
        assert await balance(session, account) == 0

    async def test_of_an_earning_takes_its_own_lot_and_its_part_in_the_tier(self, session, account, rules):
        await earn(session, account, 40, "soon", expires_at=SOON)
        earned = await earn(session, account, 1000, "a")
        entry = await ledger.reverse(session, earned, key="r", at=NOW, reason="Returned")
        assert (entry.points, entry.reason, await drawn(session, entry)) == (-1000, "Returned", {"a": 1000})
        found = await loyalty.standing(session, account.customer_id, NOW, business=rules)
        assert (found.balance, found.earned_in_year, found.tier.name) == (40, 40, "Seedling")

    async def test_of_a_redemption_leaves_the_tier_and_gives_the_balance_back(self, session, account, rules):
        await earn(session, account, 1000, "a")
        await ledger.reverse(session, await redeem(session, account, 900, "k"), key="r", at=NOW)
        found = await loyalty.standing(session, account.customer_id, NOW, business=rules)
        assert (found.balance, found.earned_in_year, found.tier.name) == (1000, 1000, "Oak")

    async def test_of_an_earning_that_was_partly_spent_waits_for_the_spending_to_be_reversed(self, session, account):
        earned = await earn(session, account, 100, "a")
        spent = await redeem(session, account, 1, "k")
        with pytest.raises(PointsAlreadySpent):
            await ledger.reverse(session, earned, key="r", at=NOW)
        await ledger.reverse(session, spent, key="s", at=NOW)
        await ledger.reverse(session, earned, key="r", at=NOW)
        assert await balance(session, account) == 0

    async def test_of_adjustments_goes_both_ways(self, session, account):
        added = await ledger.adjust(session, account, 30, key="a", at=NOW, expires_at=LATER, reason="Sorry")
        taken = await ledger.adjust(session, account, -30, key="b", at=NOW, reason="Twice")
        assert (await ledger.reverse(session, taken, key="c", at=NOW)).points == 30
        assert (await ledger.reverse(session, added, key="d", at=NOW)).points == -30
        assert await balance(session, account) == 0

    async def test_of_a_reversal_or_an_expiry_is_refused(self, session, account):
        await earn(session, account, 100, "a", expires_at=SOON)
        back = await ledger.reverse(session, await redeem(session, account, 60, "k"), key="r", at=NOW)
        [expired] = await ledger.expire(session, SOON)
        for number, entry in enumerate((back, expired)):
            with pytest.raises(NotReversible):
                await ledger.reverse(session, entry, key=f"no-{number}", at=LATER)


class TestKey:
    async def test_the_same_again_answers_the_same_entry_however_late_and_however_few_are_left(self, session, account):
        earned = await earn(session, account, 100, "a")
        spent = await redeem(session, account, 100, "k")
        assert await earn(session, account, 100, "a", at=LAST, expires_at=SOON) is earned
        assert await redeem(session, account, 100, "k", at=LAST) is spent
        assert (await count(session, LedgerEntry), await count(session, Lot), await count(session, Draw)) == (2, 1, 1)

    async def test_with_other_content_is_refused(self, session, account):
        other = await create_account(session, await create_customer(session))
        await earn(session, other, 100, "b")
        await earn(session, account, 100, "a")
        spent = await redeem(session, account, 10, "k")
        for again in (
            redeem(session, account, 11, "k"), redeem(session, other, 10, "k"), redeem(session, account, 100, "a"),
            ledger.redeem(session, account, 10, key="k", at=NOW, reason="Something else"),
            ledger.adjust(session, account, -10, key="k", at=NOW, reason="Voucher"),
            ledger.reverse(session, spent, key="k", at=NOW),
        ):
            with pytest.raises(IdReused):
                await again
        assert (await balance(session, account), await balance(session, other)) == (90, 100)

    @pytest.mark.parametrize("key", ["", "k" * 201, "a\x00b", "a\nb", "\ud800", "expire:1"])
    async def test_that_could_not_be_kept_or_is_the_expirys_own_is_refused(self, session, account, key):
        with pytest.raises(IdInvalid):
            await earn(session, account, 1, key)

    async def test_a_reason_must_be_given_and_fit(self, session, account):
        for reason, error in ((" ", MessageEmpty), ("x" * 201, MessageTooLong)):
            with pytest.raises(error):
                await ledger.earn(session, account, 1, key="k", at=NOW, expires_at=LATER, reason=reason)
