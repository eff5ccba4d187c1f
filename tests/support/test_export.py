"""What goes out comes in again as it was."""

import asyncio
import csv
import stat
import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from support.database import Database
from support.errors import ConflictError, NotFound
from support.models import Base
from support.models.catalogue import Product, Variant
from support.models.customers import Address, Customer
from support.models.loyalty import Draw, LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition, Shipment
from support.models.payments import GiftCardEntry, MethodKind, Payment, PaymentKind, PaymentMethod
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.points import ledger
from support.records.options import parsed, written
from support.records.writing import TABLES
from support.transfer.exporting import FolderInUse, export_folder
from tests.support.import_folders import CUSTOMERS, bring, documented, put
from tests.support.shop_rows import (
    NOW,
    create_account,
    create_address,
    create_customer,
    create_method,
    create_order,
    create_product,
    create_variant,
)


def cells(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


async def content(database: Database) -> dict[str, Counter]:
    """Every row of the shop's tables, ids of our own replaced by what they stand for."""
    named: dict[str, str] = {}
    found: dict[str, Counter] = {}
    async with database.read() as session:
        async def take(model, name, *leave, only=None):
            query = select(model).order_by(model.id) if only is None else select(model).where(only).order_by(model.id)
            for row in await session.scalars(query):
                values = {
                    column.name: getattr(row, column.name) for column in model.__table__.columns
                    if column.name not in ("id", *leave)
                }
                values = {key: named.get(value, value) if isinstance(value, str) else value for key, value in values.items()}
                values = {key: tuple(value.items()) if isinstance(value, dict) else value for key, value in values.items()}
                named[row.id] = name(row, values)
                found.setdefault(model.__tablename__, Counter())[tuple(sorted(values.items()))] += 1

        await take(Customer, lambda row, _: f"customer {row.reference}")
        shown = select(Order.address_id).where(Order.address_id.is_not(None))
        await take(
            Address, lambda row, said: "address " + "|".join(str(said[key]) for key in ("customer_id", "line_1", "line_2", "town", "postcode", "saved")),
            only=Address.saved | Address.id.in_(shown),
        )
        await take(PaymentMethod, lambda row, said: f"{said['customer_id']} method {row.reference}")
        await take(Product, lambda row, _: f"product {row.reference}")
        await take(Variant, lambda row, _: f"variant {row.sku}")
        await take(Order, lambda row, _: f"order {row.number}")
        await take(OrderLine, lambda row, said: f"{said['order_id']} line {row.position}")
        await take(Payment, lambda row, said: f"{said['order_id']} payment {row.reference}", "request_id")
        await take(Shipment, lambda row, said: f"{said['order_id']} shipment")
        await take(Subscription, lambda row, _: f"subscription {row.reference}")
        await take(LoyaltyAccount, lambda row, said: f"account of {said['customer_id']}", "opened_at", "referral_code")
        await take(LedgerEntry, lambda row, _: f"entry {row.idempotency_key}", "reverses_id")
        await take(Lot, lambda row, said: f"lot of {said['entry_id']}")
        await take(Draw, lambda row, _: "draw")
        for name in ("rewards", "interactions", "consents", "referrals"):
            columns = [column for column in Base.metadata.tables[name].columns if column.name != "id"]
            for row in await session.execute(select(*columns)):
                found.setdefault(name, Counter())[tuple(named.get(cell, cell) if isinstance(cell, str) else cell for cell in row)] += 1
        steps = await session.execute(
            select(OrderTransition.order_id, OrderTransition.to_status, OrderTransition.reason)
            .where(OrderTransition.to_status == OrderStatus.CANCELLED, OrderTransition.reason.is_not(None))
        )
        found["steps"] = Counter((named[order_id], to, reason) for order_id, to, reason in steps)
        held: Counter = Counter()
        for entry in await session.scalars(select(GiftCardEntry)):
            held[named[entry.method_id]] += entry.amount_minor
        found["balances"] = +held
    return {name: rows for name, rows in found.items() if rows}


async def emptied(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)


class TestExport:
    async def test_of_the_pages_example_comes_in_again_as_it_was(self, database, tmp_path, rules):
        await bring(database, put(tmp_path / "in", **documented()), rules)
        before = await content(database)
        written = await export_folder(database, tmp_path / "out")
        assert {table: count for table, count in written.items() if count} == {
            table: len(cells(tmp_path / "out", table)) for table in TABLES
        }
        await emptied(database)
        await bring(database, tmp_path / "out", rules)
        assert await content(database) == before

    async def test_writes_what_the_page_tells(self, database, tmp_path, rules):
        await bring(database, put(tmp_path / "in", **documented()), rules)
        await export_folder(database, tmp_path / "out")
        order = next(row for row in cells(tmp_path / "out", "orders") if row["id"] == "#W1234567")
        assert {key: value for key, value in order.items() if value} == {
            "id": "#W1234567", "customer_id": "mia_garcia_4516", "status": "pending", "placed_at": "2026-11-02T16:15:00Z",
            "status_since": "2026-11-02T16:15:00Z", "currency": "USD", "shipping": "4.99", "discount": "0.00", "total": "98.05",
            "address_id": "home",
        }
        cancelled = next(row for row in cells(tmp_path / "out", "orders") if row["id"] == "#A17-b")
        assert (cancelled["cancel_reason"], cancelled["address_id"], cancelled["address_line_1"]) == ("no longer needed", "", "14 Quay Lane")
        assert sorted(row["balance"] for row in cells(tmp_path / "out", "payment_methods")) == ["", "", "82.50"]
        assert [row["reverses"] for row in cells(tmp_path / "out", "points")] == ["", "", "", "e3"]

    async def test_of_one_customer_has_theirs_alone(self, database, tmp_path, rules):
        await bring(database, put(tmp_path / "in", **documented()), rules)
        written = await export_folder(database, tmp_path / "out", customer="C2")
        assert {table: count for table, count in written.items() if count} == {
            "customers": 1, "addresses": 1, "payment_methods": 1, "products": 1, "variants": 2, "orders": 2, "order_lines": 2,
            "payments": 2, "shipments": 1, "returns": 1, "return_lines": 1, "invoices": 1, "subscriptions": 1, "points": 4,
            "rewards": 1, "vouchers": 1, "cases": 1, "case_lines": 1, "case_photos": 1, "case_entries": 4, "interactions": 1,
            "consents": 1,
        }
        assert [row["id"] for row in cells(tmp_path / "out", "customers")] == ["C2"]
        assert [row["id"] for row in cells(tmp_path / "out", "products")] == ["P-2"]
        assert "mia" not in "".join(path.read_text() for path in (tmp_path / "out").iterdir())
        await emptied(database)
        outcome = await bring(database, tmp_path / "out", rules)
        assert +outcome.added == Counter({table: count for table, count in written.items() if count})

    async def test_of_nobody_is_not_found_and_makes_nothing(self, database, tmp_path):
        async with database.write() as session:
            customer = await create_customer(session)
            customer.erased_at = NOW
        for reference in ("C0", customer.reference):
            with pytest.raises(NotFound):
                await export_folder(database, tmp_path / "out", customer=reference)
        assert not (tmp_path / "out").exists()

    async def test_leaves_out_who_was_erased(self, database, tmp_path):
        async with database.write() as session:
            gone, here = await create_customer(session), await create_customer(session)
            for customer in (gone, here):
                await create_address(session, customer)
                await create_order(session, customer)
            gone.erased_at = NOW
        await export_folder(database, tmp_path / "out")
        assert [row["id"] for row in cells(tmp_path / "out", "customers")] == [here.reference]
        assert [row["customer_id"] for row in cells(tmp_path / "out", "orders")] == [here.reference]
        assert len(cells(tmp_path / "out", "order_lines")) == 1

    async def test_touches_no_folder_with_something_in_it(self, database, tmp_path):
        (tmp_path / "customers.csv").write_text("mine")
        with pytest.raises(FolderInUse):
            await export_folder(database, tmp_path)
        assert (tmp_path / "customers.csv").read_text() == "mine"

    async def test_is_for_its_owner_alone(self, database, tmp_path):
        await export_folder(database, tmp_path / "out")
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}

    async def test_keeps_what_a_spreadsheet_would_take_for_a_formula(self, database, tmp_path, rules):
        customers = CUSTOMERS.replace("Aoife", "=1+1").replace("Ravi", "@x").replace("Nair", "-2")
        await bring(database, put(tmp_path / "in", customers=customers), rules)
        await export_folder(database, tmp_path / "out")
        assert {row["first_name"] for row in cells(tmp_path / "out", "customers")} == {"=1+1", "@x"}

    async def test_goes_page_by_page_and_tells_how_far_it_is(self, database, tmp_path, rules):
        customers = CUSTOMERS + "".join(f"K{n:04},A,B,k{n}@example.com\n" for n in range(600))
        await bring(database, put(tmp_path / "in", customers=customers), rules)
        told = []
        written = await export_folder(database, tmp_path / "out", progress=lambda *how: told.append(how))
        assert (written["customers"], told) == (602, [("customers", 500, 602), ("customers", 602, 602)])
        assert len({row["id"] for row in cells(tmp_path / "out", "customers")}) == 602

    async def test_is_of_one_instant(self, database, tmp_path, rules):
        customers = CUSTOMERS + "".join(f"K{n:04},A,B,k{n}@example.com\n" for n in range(600))
        await bring(database, put(tmp_path / "in", customers=customers), rules)
        orders = "id,customer_id,status,placed_at,currency,total\n#1,K0001,pending,2026-11-01,EUR,1\n"
        folder = put(tmp_path / "in", customers=CUSTOMERS + "ZZ,New,B,z@example.com\n", orders=orders)
        changed = []

        async def elsewhere():
            again = Database(database.url.render_as_string(hide_password=False))
            changed.append(await bring(again, folder, rules))
            await again.close()

        def change(what, done, _):
            if (what, done) == ("customers", 500):
                in_a_thread = threading.Thread(target=lambda: asyncio.run(elsewhere()))
                in_a_thread.start()
                in_a_thread.join()

        written = await export_folder(database, tmp_path / "out", progress=change)
        assert changed[0].added["orders"] == 1
        assert (written["customers"], written["orders"]) == (602, 0)


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ,;=\\\"'"), min_size=1, max_size=12).map(
    lambda text: text.strip() or "x"
)
LINES = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n\t\""), min_size=1, max_size=12).map(
    lambda text: "x" + text + "x"
)

ANY = st.characters(exclude_categories=["C"])


@st.composite
def shops(draw):
    """What `make` makes a shop of."""
    return {
        "customers": draw(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from([None, "+353 1 234"])), min_size=1, max_size=4)),
        "products": draw(st.lists(st.tuples(TEXTS, LINES, st.dictionaries(TEXTS, TEXTS, max_size=3), st.sampled_from(["EUR", "USD", "JPY", "KWD"])), min_size=1, max_size=3)),
        "orders": draw(st.lists(st.tuples(
            st.integers(0, 3), st.sampled_from(list(OrderStatus)), st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(0, 10**6)), max_size=3),
            st.sampled_from(["EUR", "JPY", "KWD"]), st.sampled_from(["none", "book", "own"]), st.booleans(),
        ), max_size=5)),
        "points": draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["earn", "earn", "redeem", "adjust", "expire", "undo"]), st.integers(1, 50), st.integers(1, 30)), max_size=12)),
    }


async def make(database, shop):
    async with database.write() as session:
        customers, books, methods, accounts = [], [], [], []
        for first, last, phone in shop["customers"]:
            customer = await create_customer(session, first_name=first)
            customer.last_name, customer.phone = last, phone
            customers.append(customer)
            books.append(await create_address(session, customer, line_1=last))
            books[-1].reference = "home"
            cards = [await create_method(session, customer, kind, balance=1234 if kind is MethodKind.GIFT_CARD else 0) for kind in MethodKind]
            methods.append(cards[0])
            accounts.append(await create_account(session, customer))
            session.add(Subscription(
                customer_id=customer.id, reference="s", name=first, method_id=cards[0].id, price_minor=999, currency="EUR",
                every_months=1, status=SubscriptionStatus.PAUSED, started_on=date(2026, 1, 31), paused_until=date(2026, 12, 1),
            ))
        variants = []
        for name, description, options, currency in shop["products"]:
            product = await create_product(session, name)
            product.description = description
            variants.append(await create_variant(session, product, currency=currency, **{}))
            variants[-1].options = options
        await session.flush()
        for number, (whose, status, lines, currency, address, paid) in enumerate(shop["orders"]):
            customer, method, book = (some[whose % len(some)] for some in (customers, methods, books))
            if address == "own":
                book = await create_address(session, customer, line_1=f"{number} Lane", saved=False, is_default=False)
                book.label = ""  # what only an order goes to has no name in an address book
            order = await create_order(
                session, customer, lines=tuple((variants[which % len(variants)], quantity, price) for which, quantity, price in lines),
                placed_at=NOW - timedelta(days=number, microseconds=number), status=status, currency=currency, shipping=495,
                paid_with=method if paid else None, address=None if address == "none" else book,
            )
            if paid:
                session.add(Payment(
                    order_id=order.id, method_id=method.id, kind=PaymentKind.REFUND, amount_minor=number + 1, currency=currency,
                    at=NOW, reference=f"r{number}", settled_at=None,
                ))
            if status is OrderStatus.CANCELLED:
                session.add(OrderTransition(
                    order_id=order.id, number=1, at=NOW, from_status="pending", to_status=status, actor="customer", reason="Because",
                ))
        made = {account.id: [] for account in accounts}
        for number, (whose, kind, points, days) in enumerate(shop["points"]):
            account, at = accounts[whose % len(accounts)], NOW + timedelta(days=number)
            try:
                match kind:
                    case "earn" | "adjust":
                        entry = await getattr(ledger, kind)(session, account, points, key=f"{account.id}{number}", at=at, reason="x", expires_at=at + timedelta(days=days))
                    case "redeem":
                        entry = await ledger.redeem(session, account, points, key=f"{account.id}{number}", at=at, reason="x")
                    case "expire":
                        await ledger.expire(session, at, account)
                        continue
                    case _:
                        if not made[account.id]:
                            continue
                        entry = await ledger.reverse(session, made[account.id][points % len(made[account.id])], key=f"{account.id}{number}", at=at)
                made[account.id].append(entry)
            except ConflictError:
                continue
        # An account in which nothing ever was is not worth telling of
        for account in accounts:
            if await session.scalar(select(LedgerEntry.id).where(LedgerEntry.account_id == account.id).limit(1)) is None:
                await session.execute(delete(LoyaltyAccount).where(LoyaltyAccount.id == account.id))


class TestRoundTrip:
    @settings(
        max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(shop=shops())
    async def test_of_any_shop_makes_equal_rows(self, database, tmp_path_factory, rules, shop):
        folder = tmp_path_factory.mktemp("export")
        await emptied(database)
        await make(database, shop)
        before = await content(database)
        await export_folder(database, folder)
        await emptied(database)
        await bring(database, folder, rules)
        assert await content(database) == before
        again = await bring(database, folder, rules)
        assert not +again.added
        assert not +again.changed

    @given(options=st.dictionaries(st.text(ANY, min_size=1, max_size=60).filter(str.strip), st.text(ANY, max_size=60), max_size=50))
    def test_of_any_options(self, options):
        assert list(parsed(written(options)).items()) == list(options.items())
