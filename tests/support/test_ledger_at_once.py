"""The ledger under many at once and under kill -9: two pools of connections, as the desk and the actions have them."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from support.database import Database
from support.errors import AlreadyReversed, IdReused, NotEnoughPoints, SupportError
from support.models.loyalty import Draw, LedgerEntry, LoyaltyAccount
from support.points import ledger
from support.points.lots import open_lots
from support.settings import PROJECT
from tests.support.shop_rows import NOW, create_account, create_customer

LATER = NOW + timedelta(days=300)


@pytest.fixture
async def beside(database: Database) -> AsyncIterator[Database]:
    found = Database(database.url.render_as_string(hide_password=False))
    yield found
    await found.close()


async def open_account(database: Database, *lots: int) -> LoyaltyAccount:
    """An account with lots of these points, the first lapsing first."""
    async with database.write() as session:
        account = await create_account(session, await create_customer(session))
        for number, points in enumerate(lots):
            await ledger.earn(
                session, account, points, key=f"{account.id}:{number}", at=NOW,
                expires_at=LATER + timedelta(days=number), reason="Order HF-1",
            )
    return account


async def redeem(database: Database, account: LoyaltyAccount, points: int, key: str) -> str:
    """The id of the entry, or the code of the refusal."""
    try:
        async with database.write() as session:
            return (await ledger.redeem(session, account, points, key=key, at=NOW, reason="Voucher")).id
    except SupportError as refusal:
        return refusal.code


async def left(database: Database, account: LoyaltyAccount) -> int:
    """The points in the open lots, which must be the sum of the entries."""
    async with database.read() as session:
        entries = select(func.sum(LedgerEntry.points)).where(LedgerEntry.account_id == account.id)
        held = sum(lot.left for lot in await open_lots(session, account.id, NOW))
        assert await session.scalar(entries) == held
        return held


class TestAtOnce:
    async def test_a_hundred_redemptions_of_the_last_points_let_one_through(self, database, beside):
        account = await open_account(database, 60, 40)
        answers = Counter(await asyncio.gather(
            *(redeem((database, beside)[n % 2], account, 100, f"k{n}") for n in range(100))
        ))
        assert answers.pop(NotEnoughPoints.code) == 99
        assert list(answers.values()) == [1]
        assert await left(database, account) == 0

    async def test_redemptions_of_a_part_go_through_until_the_points_are_gone(self, database, beside):
        account = await open_account(database, 30, 30, 40)
        answers = await asyncio.gather(*(redeem((database, beside)[n % 2], account, 7, f"k{n}") for n in range(100)))
        assert answers.count(NotEnoughPoints.code) == 86
        assert await left(database, account) == 2

    async def test_one_key_a_hundred_times_is_one_entry_and_one_answer(self, database, beside):
        account = await open_account(database, 500)
        answers = await asyncio.gather(*(redeem((database, beside)[n % 2], account, 5, "key") for n in range(100)))
        assert len(set(answers)) == 1
        assert await left(database, account) == 495
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Draw)) == 1

    async def test_one_key_for_two_accounts_serves_the_first(self, database, beside):
        for number in range(20):
            accounts = [await open_account(database, 10), await open_account(database, 10)]
            answers = await asyncio.gather(
                *(redeem((database, beside)[n % 2], accounts[n % 2], 10, f"key{number}") for n in range(10))
            )
            assert answers.count(IdReused.code) == 5
            assert len(set(answers)) == 2
            assert sorted([await left(database, account) for account in accounts]) == [0, 10]

    async def test_one_entry_is_reversed_once(self, database, beside):
        account = await open_account(database, 100)
        spent = await redeem(database, account, 80, "k")

        async def reverse(number: int) -> str:
            try:
                async with (database, beside)[number % 2].write() as session:
                    entry = await session.get_one(LedgerEntry, spent)
                    return (await ledger.reverse(session, entry, key=f"r{number}", at=NOW)).id
            except AlreadyReversed as refusal:
                return refusal.code

        answers = await asyncio.gather(*(reverse(number) for number in range(30)))
        assert answers.count(AlreadyReversed.code) == 29
        assert await left(database, account) == 100

    async def test_runs_of_the_expiry_beside_each_other_and_redemptions_take_each_point_once(self, database, beside):
        accounts = [await open_account(database, 10, 20) for _ in range(5)]

        async def expire(number: int) -> list[int]:
            async with (database, beside)[number % 2].write() as session:
                return [entry.points for entry in await ledger.expire(session, LATER)]

        redeemed = [redeem(database, account, 15, f"k{account.id}") for account in accounts]
        runs = await asyncio.gather(*(expire(number) for number in range(10)), *redeemed)
        assert NotEnoughPoints.code not in runs  # 20 points of each account have not lapsed
        async with database.write() as session:
            assert await ledger.expire(session, LATER) == []
        expired = -sum(sum(run) for run in runs[:10])
        remaining = [await left(database, account) for account in accounts]
        assert set(remaining) <= {5, 15}  # 10 lapsed before the redemption, or were used by it
        assert sum(remaining) == 5 * 30 - 5 * 15 - expired


REDEEM = """
import asyncio, sys
from datetime import datetime
from support.points import ledger
from support.database import Database
from support.models.loyalty import LoyaltyAccount

async def main(url, account_id, at, first):
    database = Database(url)
    async with database.read() as session:
        account = await session.get_one(LoyaltyAccount, account_id)
    for number in range(int(first), 1000):
        async with database.write() as session:
            await ledger.redeem(
                session, account, 1, key=f"k{number}", at=datetime.fromisoformat(at), reason="Voucher"
            )
        print(number, flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


class TestKill:
    async def test_in_a_thousand_redemptions_leaves_each_key_applied_once_or_not_at_all(self, database):
        account = await open_account(database, 400, 300, 500)
        url = database.url.render_as_string(hide_password=False)
        acknowledged: set[int] = set()
        for kill_after in (3, 250, 700, None):
            first = str(max(len(acknowledged) - 20, 0))  # whoever comes back says the last again
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", REDEEM, url, account.id, NOW.isoformat(), first,
                stdout=asyncio.subprocess.PIPE, cwd=PROJECT,
            )
            assert process.stdout
            while line := await process.stdout.readline():
                acknowledged.add(int(line))
                if len(acknowledged) - 1 == kill_after:
                    process.send_signal(signal.SIGKILL)
            assert await process.wait() == (0 if kill_after is None else -signal.SIGKILL)
            async with database.read() as session:
                keys = set(await session.scalars(
                    select(LedgerEntry.idempotency_key).where(LedgerEntry.points == -1)
                ))
            assert {f"k{number}" for number in acknowledged} <= keys
            assert await left(database, account) == 1200 - len(keys)
        assert await left(database, account) == 200
