"""The migrations make exactly what the models say, up and down, on both databases."""

import asyncio
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Inspector, inspect, text

from support.database import Database
from support.models import Base
from support.settings import PROJECT


def _config(url: str) -> Config:
    config = Config(attributes={"url": url})
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    return config


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'migrated.db'}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


async def _empty(url: str) -> None:
    database = Database(url)
    if not database.is_sqlite:
        async with database.engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    await database.close()


async def test_up_gives_the_models_tables_and_down_takes_them_away(url: str) -> None:
    await _empty(url)
    await asyncio.to_thread(command.upgrade, _config(url), "head")
    database = Database(url)

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    def tables(connection: Connection) -> set[str]:
        inspector: Inspector = inspect(connection)
        return set(inspector.get_table_names())

    async with database.engine.connect() as connection:
        assert await connection.run_sync(compare) == []
        assert await connection.run_sync(tables) >= set(Base.metadata.tables)
    await database.close()
    await asyncio.to_thread(command.downgrade, _config(url), "base")
    database = Database(url)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(tables) == {"alembic_version"}
    await database.close()
    await asyncio.to_thread(command.upgrade, _config(url), "head")


FIRST_ROWS = (
    "INSERT INTO customers (id, reference, first_name, last_name, email, locale, created_at) "
    "VALUES ('c', 'C1', 'Aoife', 'Brennan', 'a@example.com', 'en_IE', '2026-01-01 00:00:00+00:00')",
    "INSERT INTO loyalty_accounts (id, customer_id, opened_at) VALUES ('a', 'c', '2026-01-01 00:00:00+00:00')",
    "INSERT INTO ledger_entries (id, account_id, kind, points, at, reason, idempotency_key) "
    "VALUES ('e', 'a', 'earn', 10, '2026-01-02 00:00:00+00:00', 'test', 'k')",
    "INSERT INTO products (id, name, category, description) VALUES ('p', 'Mug', 'Kitchen', 'A mug')",
    "INSERT INTO variants (id, product_id, sku, options, price_minor, currency, stock) "
    "VALUES ('v', 'p', 'S1', '{}', 1500, 'EUR', 3)",
    "INSERT INTO orders (id, number, customer_id, status, status_since, placed_at, currency, goods_minor, shipping_minor, "
    "total_minor, paid_with) VALUES "
    "('o', 'HF-1', 'c', 'pending', '2026-01-03 00:00:00+00:00', '2026-01-03 00:00:00+00:00', 'EUR', 1500, 0, 1500, "
    "'Visa ending in 4242'), "
    "('x', 'HF-2', 'c', 'cancelled', '2026-01-05 00:00:00+00:00', '2026-01-04 00:00:00+00:00', 'EUR', 1500, 0, 1500, "
    "'PayPal')",
    "INSERT INTO order_lines (id, order_id, position, variant_id, product_name, options, quantity, unit_price_minor) "
    "VALUES ('l', 'o', 1, 'v', 'Mug', '{}', 1, 1500)",
)


async def test_rows_that_were_there_stay_and_tell_what_paid(url: str) -> None:
    await _empty(url)
    await asyncio.to_thread(command.upgrade, _config(url), "0001")
    database = Database(url)
    async with database.engine.begin() as connection:
        for statement in FIRST_ROWS:
            await connection.execute(text(statement))
    await database.close()
    await asyncio.to_thread(command.upgrade, _config(url), "head")
    database = Database(url)
    async with database.read() as session:
        paid = await session.execute(text(
            "SELECT orders.number, brand, last_digits, payments.kind, amount_minor FROM payments "
            "JOIN orders ON orders.id = order_id JOIN payment_methods ON payment_methods.id = method_id "
            "ORDER BY orders.number, payments.at"
        ))
        assert [tuple(row) for row in paid] == [
            ("HF-1", "Visa", "4242", "payment", 1500),
            ("HF-2", "PayPal", None, "payment", 1500),
            ("HF-2", "PayPal", None, "refund", 1500),
        ]
        kept = "SELECT products.reference, order_lines.quantity, points FROM products, order_lines, ledger_entries"
        assert (await session.execute(text(kept))).one() == ("p", 1, 10)
    await database.close()
    await asyncio.to_thread(command.downgrade, _config(url), "0001")
    database = Database(url)
    async with database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM orders")) == 2
        assert await session.scalar(text("SELECT count(*) FROM ledger_entries")) == 1
    await database.close()
    await asyncio.to_thread(command.upgrade, _config(url), "head")
