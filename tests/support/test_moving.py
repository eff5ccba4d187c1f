"""A shop moves: what is exported and imported elsewhere is exported from there just the same."""

import csv

from sqlalchemy import select

from support.care import case_photos, cases
from support.database import Database
from support.identity import Speaker
from support.invoicing import invoice_numbers
from support.models.cases import Case, CasePhoto
from support.models.customers import Customer
from support.models.invoices import Invoice
from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind, PaymentMethod
from support.models.returns import Return, ReturnStatus
from support.paying import gift_cards
from support.records.writing import TABLES
from support.returning import settling
from support.transfer.exporting import export_folder
from tests.conftest import create_tables
from tests.support.busy_shop import AT, create_busy_shop
from tests.support.import_folders import bring, counts
from tests.support.shop_contents import emptied


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows_of(folder):
    """{file: its rows in an order of their own}."""
    found = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            found[path.name] = sorted(tuple(row) for row in csv.reader(file))
    return found


class TestMoving:
    async def test_a_busy_shop_is_the_same_shop_elsewhere(self, database, tmp_path, business):
        await create_busy_shop(database, business, tmp_path / "photos")
        written = await export_folder(database, tmp_path / "old")
        assert {table for table, rows in written.items() if not rows} == set()
        assert list(written) == list(TABLES)
        before = await counts(database)

        again = await bring(database, tmp_path / "old", business, at=AT)
        assert (+again.added, +again.changed) == ({}, {})
        assert +again.unchanged == {table: rows for table, rows in written.items() if rows}
        assert await counts(database) == before

        await emptied(database)
        moved = await bring(database, tmp_path / "old", business, at=AT)
        assert moved.added == written
        assert (+moved.changed, +moved.unchanged) == ({}, {})
        assert await export_folder(database, tmp_path / "new") == written
        assert bytes_of(tmp_path / "new") == bytes_of(tmp_path / "old")

        await self._goes_on(database, business, tmp_path / "photos")

    async def _goes_on(self, database, business, photos):
        """What was under way can be brought to its end."""
        async with database.write() as session:
            invoices = list(await session.scalars(select(Invoice).order_by(Invoice.number)))
            assert [(one.number, one.order_id is None) for one in invoices] == [(1, False), (2, False), (3, True)]
            taken = {one.order_id for one in invoices}
            order = next(one for one in await session.scalars(select(Order).order_by(Order.number)) if one.id not in taken)
            assert (await invoice_numbers.issue(session, order, year=2026, at=AT)).number == 4

            waiting = await session.scalar(
                select(Return).join(PaymentMethod, PaymentMethod.id == Return.method_id)
                .where(Return.status == ReturnStatus.REQUESTED, Return.amount_minor > 0, PaymentMethod.kind == MethodKind.GIFT_CARD)
            )
            order = await session.get_one(Order, waiting.order_id)
            card = await session.get_one(PaymentMethod, waiting.method_id)
            held = await gift_cards.balance(session, card)
            shop = Speaker.shop_for(order.customer_id)
            await settling.complete(session, shop, waiting.reference, key="end", business=business, at=AT)
            assert await gift_cards.balance(session, card) == held + waiting.amount_minor
            assert order.status in (OrderStatus.RETURNED, OrderStatus.DELIVERED)

            photo = await session.scalar(select(CasePhoto))
            case = await session.get_one(Case, photo.case_id)
            customer = Speaker.signed_in(case.customer_id)
            assert (await case_photos.photo(session, customer, photo.id, folder=photos)).size == photo.size
            assert case.reference in {one.reference for one in await cases.list_cases(session, customer)}

    async def test_from_sqlite_to_postgresql_all_rows_come_along(self, postgresql_url, tmp_path, business):
        old, new = Database(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"), Database(postgresql_url)
        await create_tables(old)
        await create_busy_shop(old, business, tmp_path / "photos")
        await export_folder(old, tmp_path / "old")
        await old.close()
        await emptied(new)
        await bring(new, tmp_path / "old", business, at=AT)
        await export_folder(new, tmp_path / "new")
        await new.close()
        assert rows_of(tmp_path / "new") == rows_of(tmp_path / "old")

    async def test_of_one_customer_everything_comes_along(self, database, tmp_path, business):
        await create_busy_shop(database, business, tmp_path / "photos")
        async with database.read() as session:
            photographed = select(CasePhoto.case_id)
            reference = await session.scalar(
                select(Customer.reference).join(Case, Case.customer_id == Customer.id).where(Case.id.in_(photographed))
            )
        await export_folder(database, tmp_path / "all")
        written = await export_folder(database, tmp_path / "one", customer=reference)
        whole, one = rows_of(tmp_path / "all"), rows_of(tmp_path / "one")
        assert written["vouchers"] > 3
        assert written["case_photos"] == 1
        for file, rows in one.items():
            assert set(rows) <= set(whole[file])
            header = (tmp_path / "all" / file).read_text().splitlines()[0].split(",")
            if "customer_id" in header and file != "referrals.csv":
                theirs = [row for row in whole[file] if row[header.index("customer_id")] == reference]
                assert len(rows) == len(theirs) + 1
        await emptied(database)
        moved = await bring(database, tmp_path / "one", business, at=AT)
        assert +moved.added == {table: rows for table, rows in written.items() if rows}
