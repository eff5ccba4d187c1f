"""What goes out comes in again as it was."""

import asyncio
import csv
import stat
import threading
from collections import Counter

import pytest

from support.database import Database
from support.errors import NotFound
from support.records.writing import TABLES
from support.transfer.exporting import FolderInUse, export_folder
from tests.support.import_folders import CUSTOMERS, bring, documented, put
from tests.support.shop_contents import content, emptied
from tests.support.shop_rows import NOW, create_address, create_customer, create_order


def cells(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
