from datetime import timedelta

import pytest

from support.errors import InvalidInput, NotFound
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.loyalty import EntryKind
from support.points import ledger, points_history
from support.refusals import IdentityTooLow
from tests.support.ledger_rows import LATER, SOON, earn, redeem
from tests.support.shop_rows import NOW, create_account, create_customer, create_order, speaker_of


@pytest.fixture
async def customer(session, account) -> Customer:
    return await session.get_one(Customer, account.customer_id)


class TestHistory:
    async def test_each_entry_shows_what_was_left_after_it(self, session, account, customer):
        order = await create_order(session, customer, "HF-1")
        first = await ledger.earn(
            session, account, 100, key="1", at=NOW, expires_at=SOON, reason="Order HF-1", order=order
        )
        await earn(session, account, 50, "2", at=NOW + timedelta(days=1))
        taken = await redeem(session, account, 120, "3", at=NOW + timedelta(days=2))
        found = await points_history.history(session, speaker_of(customer))
        assert found.older == 0
        assert [(one.kind, one.points, one.balance) for one in found.entries] == [
            (EntryKind.REDEEM, -120, 30), (EntryKind.EARN, 50, 150), (EntryKind.EARN, 100, 100),
        ]
        assert [(one.expires_at, one.left) for one in found.entries] == [(None, None), (LATER, 30), (SOON, 0)]
        assert [one.order_number for one in found.entries] == [None, None, "HF-1"]
        oldest = found.entries[-1]
        assert (oldest.id, oldest.at, oldest.reason) == (first.id, NOW, "Order HF-1")
        assert found.entries[0].id == taken.id

    async def test_what_came_at_the_same_moment_never_shows_less_than_nothing(self, session, account, customer):
        for number in range(6):
            await earn(session, account, 10, f"e{number}")
            await redeem(session, account, 10, f"r{number}")
        found = await points_history.history(session, speaker_of(customer))
        assert min(one.balance for one in found.entries) == 0
        assert found.entries[0].balance == 0

    async def test_pages_follow_one_another_without_a_gap(self, session, account, customer):
        for number in range(7):
            await earn(session, account, number + 1, f"e{number}", at=NOW + timedelta(hours=number // 2))
        everything = await points_history.history(session, speaker_of(customer))
        pages, before = [], None
        while True:
            page = await points_history.history(session, speaker_of(customer), limit=3, before=before)
            pages += page.entries
            assert page.older == 7 - len(pages)
            if not page.older:
                break
            before = page.entries[-1].id
        assert tuple(pages) == everything.entries
        assert sum(one.points for one in pages) == 28 == everything.entries[0].balance
        none_older = await points_history.history(session, speaker_of(customer), before=pages[-1].id)
        assert none_older == points_history.History((), 0)

    async def test_points_put_back_lie_in_their_old_lot(self, session, account, customer):
        await earn(session, account, 100, "1")
        taken = await redeem(session, account, 40, "2", at=NOW + timedelta(hours=1))
        await ledger.reverse(session, taken, key="3", at=NOW + timedelta(hours=2))
        found = await points_history.history(session, speaker_of(customer))
        assert [(one.points, one.balance, one.left) for one in found.entries] == [
            (40, 100, None), (-40, 60, None), (100, 100, 100),
        ]

    async def test_somebody_without_an_account_has_no_history(self, session):
        found = await points_history.history(session, speaker_of(await create_customer(session)))
        assert found == points_history.History((), 0)

    async def test_nobody_reads_or_pages_by_anothers_entries(self, session, account, customer):
        other = await create_customer(session)
        theirs = await earn(session, await create_account(session, other), 10, "other")
        mine = await earn(session, account, 5, "mine")
        found = await points_history.history(session, speaker_of(customer))
        assert [one.id for one in found.entries] == [mine.id]
        for before in (theirs.id, "0" * 36, "x", "", "\x00", 7):
            with pytest.raises(NotFound):
                await points_history.history(session, speaker_of(customer), before=before)

    @pytest.mark.parametrize("limit", [0, -1, 201, True, 1.0])
    async def test_a_limit_that_is_none_is_refused(self, session, customer, limit):
        with pytest.raises(InvalidInput):
            await points_history.history(session, speaker_of(customer), limit=limit)

    async def test_it_takes_a_verified_customer(self, session, customer):
        with pytest.raises(IdentityTooLow):
            await points_history.history(session, speaker_of(customer, Level.ORDER_HOLDER))
        assert await points_history.history(session, speaker_of(customer, Level.VERIFIED))
