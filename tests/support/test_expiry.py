import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from support.database import Database
from support.models.loyalty import EntryKind, LedgerEntry, LoyaltyAccount
from support.points import expiry, ledger
from tests.support.ledger_rows import LAST, LATER, SOON, balance, earn, redeem
from tests.support.shop_rows import NOW, create_account, create_customer


async def open_accounts(database: Database, how_many: int) -> list[LoyaltyAccount]:
    """Accounts with 60 points that lapse soon and 40 that lapse later."""
    accounts = []
    async with database.write() as session:
        for _ in range(how_many):
            account = await create_account(session, await create_customer(session))
            await earn(session, account, 60, f"{account.id}:1", expires_at=SOON)
            await earn(session, account, 40, f"{account.id}:2", expires_at=LATER)
            accounts.append(account)
    return accounts


async def expired(database: Database) -> tuple[int, int]:
    """(entries, points) that have been entered as expired."""
    async with database.read() as session:
        sums = select(func.count(), func.coalesce(func.sum(LedgerEntry.points), 0))
        found, points = (await session.execute(sums.where(LedgerEntry.kind == EntryKind.EXPIRE))).one()
        return found, int(points)


class TestExpireAll:
    async def test_it_takes_what_has_lapsed_in_every_account(self, database):
        accounts = await open_accounts(database, 5)
        assert await expiry.expire_all(database, SOON - timedelta(seconds=1)) == 0
        assert await expiry.expire_all(database, SOON) == 5
        assert await expired(database) == (5, -300)
        async with database.read() as session:
            assert [await balance(session, account) for account in accounts] == [40] * 5

    async def test_again_it_finds_nothing_and_late_it_finds_all(self, database):
        await open_accounts(database, 3)
        assert [await expiry.expire_all(database, LAST) for _ in range(3)] == [6, 0, 0]
        assert await expired(database) == (6, -300)

    @pytest.mark.parametrize("batch", [1, 2, 3, 5])
    async def test_however_many_it_takes_at_a_time_none_is_left_out(self, database, monkeypatch, batch):
        monkeypatch.setattr(expiry, "BATCH", batch)
        await open_accounts(database, 5)
        assert await expiry.expire_all(database, LAST) == 10
        assert await expired(database) == (10, -500)

    async def test_killed_half_way_it_keeps_what_it_did_and_goes_on_from_there(self, database, monkeypatch):
        monkeypatch.setattr(expiry, "BATCH", 2)
        accounts = sorted(await open_accounts(database, 5), key=lambda one: one.id)
        async with database.write() as session:  # what a run that was killed in its second batch has left
            await ledger.expire_accounts(session, SOON, [account.id for account in accounts[:2]])

        async def killed() -> None:
            async with database.write() as session:
                await ledger.expire_accounts(session, SOON, [account.id for account in accounts[2:4]])
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await killed()
        assert await expired(database) == (2, -120)
        assert await expiry.expire_all(database, SOON) == 3
        assert await expired(database) == (5, -300)

    async def test_beside_itself_and_redemptions_no_point_goes_twice(self, database, monkeypatch):
        monkeypatch.setattr(expiry, "BATCH", 3)
        accounts = await open_accounts(database, 8)

        async def spend(account: LoyaltyAccount) -> None:
            async with database.write() as session:
                await redeem(session, account, 30, f"{account.id}:spend", at=SOON)

        runs = await asyncio.gather(
            expiry.expire_all(database, SOON), expiry.expire_all(database, SOON),
            *(spend(account) for account in accounts), expiry.expire_all(database, SOON),
        )
        assert sum(run for run in runs if run) == 8
        assert await expired(database) == (8, -480)
        async with database.read() as session:
            assert [await balance(session, account) for account in accounts] == [10] * 8

    async def test_without_accounts_there_is_nothing_to_do(self, database):
        assert await expiry.expire_all(database, NOW) == 0
