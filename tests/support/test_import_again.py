"""A shop that comes in once more: what is new, what has changed, what stays."""

from datetime import UTC, datetime

import pytest

from support.models.catalogue import Variant
from support.models.customers import Address, Customer
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition
from support.models.payments import GiftCardEntry, Payment, PaymentMethod
from tests.support.import_folders import (
    CUSTOMERS,
    LINES,
    METHODS,
    ORDERS,
    PAYMENTS,
    SHOP,
    VARIANTS,
    bring,
    put,
    rows,
    wrongs,
)
from tests.support.shop_rows import NOW


class TestImportAgain:
    @pytest.fixture
    def folder(self, tmp_path):
        return tmp_path / "shop"

    async def change(self, database, folder, rules, **tables):
        """Import the shop, then these tables."""
        await bring(database, put(folder, **SHOP), rules)
        return await bring(database, put(folder, **({"customers": CUSTOMERS} | tables)), rules, at=NOW.replace(hour=18))

    async def test_changes_what_differs_and_keeps_ids(self, database, folder, rules):
        await bring(database, put(folder, **SHOP), rules)
        before = {one.reference: one.id for one in await rows(database, Customer)}
        outcome = await bring(database, put(folder, customers=CUSTOMERS.replace("Nair", "Menon")), rules)
        assert (outcome.changed["customers"], outcome.unchanged["customers"], outcome.added["customers"]) == (1, 1, 0)
        after = await rows(database, Customer, Customer.reference)
        assert {one.reference: one.id for one in after} == before
        assert [one.last_name for one in after] == ["Brennan", "Menon"]

    async def test_keeps_what_a_missing_column_says_and_takes_away_what_an_empty_cell_says(self, database, folder, rules):
        first = "id,first_name,last_name,email,phone,locale\nC1,A,B,a@example.com,123 456,de_DE\n"
        await bring(database, put(folder, customers=first), rules)
        await bring(database, put(folder, customers="id,first_name,email\nC1,A,a@example.com\n"), rules)
        (one,) = await rows(database, Customer)
        assert (one.last_name, one.phone, one.locale) == ("B", "123 456", "de_DE")
        empty = "id,first_name,last_name,email,phone,locale,created_at\nC1,A,,a@example.com,,,\n"
        await bring(database, put(folder, customers=empty), rules, at=NOW.replace(year=2027))
        (one,) = await rows(database, Customer)
        assert (one.last_name, one.phone, one.locale, one.created_at) == ("", None, "de_DE", NOW)

    async def test_changes_stock_and_prices(self, database, folder, rules):
        await self.change(database, folder, rules, variants=VARIANTS.replace(",9\n", ",4\n").replace("17.50", "18.25"))
        brass, oat = await rows(database, Variant, Variant.sku)
        assert (brass.stock, oat.price_minor) == (4, 1825)

    async def test_moves_an_order_on_and_keeps_the_step(self, database, folder, rules):
        await self.change(database, folder, rules, orders=ORDERS.replace("pending", "shipped"))
        first, second = await rows(database, Order, Order.number)
        assert (second.status, second.status_since) == (OrderStatus.SHIPPED, NOW.replace(hour=18))
        assert first.status_since == first.placed_at
        (step,) = await rows(database, OrderTransition)
        assert (step.order_id, step.number, step.from_status, step.to_status, step.reason) == (
            second.id, 1, OrderStatus.PENDING, OrderStatus.SHIPPED, None,
        )
        orders = "id,customer_id,status,placed_at,status_since,currency,cancel_reason\n#W2,C2,cancelled,2026-11-02,2026-11-20T10:00:00Z,EUR,Lost\n"
        await bring(database, put(folder, customers=CUSTOMERS, orders=orders), rules)
        *_, step = await rows(database, OrderTransition, OrderTransition.number)
        assert (step.number, step.at, step.reason) == (2, datetime(2026, 11, 20, 10, tzinfo=UTC), "Lost")
        (_, second) = await rows(database, Order, Order.number)
        assert (second.status_since, second.goods_minor, second.shipping_minor) == (step.at, 1500, 0)

    async def test_brings_a_gift_card_to_its_balance_by_an_entry(self, database, folder, rules):
        await self.change(database, folder, rules, payment_methods=METHODS.replace("50.00", "12.34"))
        entries = await rows(database, GiftCardEntry, GiftCardEntry.at)
        assert [entry.amount_minor for entry in entries] == [5000, -3766]
        await bring(database, put(folder, customers=CUSTOMERS, payment_methods=METHODS.replace("50.00", "12.34")), rules)
        assert len(await rows(database, GiftCardEntry)) == 2

    async def test_takes_the_lines_that_an_order_has_for_all_of_them(self, database, folder, rules):
        lines = "id,order_id,variant_id,quantity,unit_price\n3,#W1,V2,2,17.50\n1,#W1,V1,1,15.00\n"
        outcome = await self.change(database, folder, rules, order_lines=lines)
        assert (outcome.added["order_lines"], outcome.changed["order_lines"]) == (1, 1)
        first, other = await rows(database, Order, Order.number)
        found = [line for line in await rows(database, OrderLine, OrderLine.position) if line.order_id == first.id]
        assert [(line.reference, line.position, line.quantity) for line in found] == [("1", 1, 1), ("3", 3, 2)]
        assert (first.goods_minor, first.shipping_minor, first.total_minor) == (5000, 495, 5495)
        assert other.total_minor == 1500

    async def test_keeps_the_lines_of_an_order_that_comes_without(self, database, folder, rules):
        await self.change(database, folder, rules, orders=ORDERS)
        assert len(await rows(database, OrderLine)) == 3

    async def test_finds_lines_without_ids_by_their_place(self, database, folder, rules):
        lines = "order_id,variant_id,quantity,unit_price\n#W1,V1,1,15.00\n#W1,V1,1,10.00\n#W1,V2,1,17.50\n"
        await self.change(database, folder, rules, order_lines=lines)
        first = (await rows(database, Order, Order.number))[0]
        found = [line for line in await rows(database, OrderLine, OrderLine.position) if line.order_id == first.id]
        assert [(line.reference, line.unit_price_minor) for line in found] == [("1", 1500), ("2", 1000), (None, 1750)]
        assert first.goods_minor == 4250

    async def test_keeps_what_a_line_was_called_when_it_was_bought(self, database, folder, rules):
        await self.change(
            database, folder, rules, products="id,name\nP1,Samovar\n", variants=VARIANTS.replace("brass", "gold"),
            order_lines=LINES, orders=ORDERS,
        )
        assert {(line.product_name, line.options["colour"]) for line in await rows(database, OrderLine)} == {
            ("Kettle", "brass"), ("Kettle", "oat"),
        }

    async def test_swaps_the_variant_of_a_line_with_its_options(self, database, folder, rules):
        await self.change(database, folder, rules, orders=ORDERS.replace(",15\n", ",17.50\n"), order_lines=LINES.replace("#W2,V1,1,15", "#W2,V2,1,17.50"))
        second = (await rows(database, Order, Order.number))[1]
        (line,) = [line for line in await rows(database, OrderLine) if line.order_id == second.id]
        assert (line.options, line.unit_price_minor, second.total_minor) == ({"colour": "oat"}, 1750, 1750)

    async def test_finds_payments_without_ids_by_what_they_say(self, database, folder, rules):
        payments = "order_id,payment_method_id,kind,amount,at\n" + "#W1,card,payment,5.00,2026-11-03\n" * 2
        await bring(database, put(folder, **SHOP | {"payments": payments}), rules)
        outcome = await bring(database, put(folder, **SHOP | {"payments": payments}), rules)
        assert (outcome.added["payments"], outcome.unchanged["payments"]) == (0, 2)
        # The shop has ids for them now, and a third one
        payments = payments.replace("order_id", "id,order_id").replace("#W1", "a,#W1", 1).replace("\n#W1", "\nb,#W1") + "c,#W1,card,payment,5.00,2026-11-03\n"
        outcome = await bring(database, put(folder, **SHOP | {"payments": payments}), rules)
        assert (outcome.added["payments"], outcome.changed["payments"]) == (1, 2)
        assert sorted(payment.reference for payment in await rows(database, Payment)) == ["a", "b", "c"]

    async def test_settles_a_payment(self, database, folder, rules):
        payments = PAYMENTS.replace("amount\n", "amount,settled_at\n").replace(".45\n", ".45,\n").replace(".00\n", ".00,\n")
        await bring(database, put(folder, **SHOP | {"payments": payments}), rules)
        assert {payment.settled_at for payment in await rows(database, Payment)} == {None}
        await bring(database, put(folder, **SHOP), rules)
        assert {payment.settled_at for payment in await rows(database, Payment)} == {None}
        await bring(database, put(folder, **SHOP | {"payments": payments.replace(".45,", ".45,2026-11-05")}), rules)
        assert {payment.settled_at for payment in await rows(database, Payment)} == {None, datetime(2026, 11, 5, tzinfo=UTC)}

    async def test_makes_another_method_the_default(self, database, folder, rules):
        methods = "id,customer_id,kind,default\ncard,C1,card,yes\nother,C1,other,\n"
        await bring(database, put(folder, customers=CUSTOMERS, payment_methods=methods), rules)
        await bring(database, put(folder, customers=CUSTOMERS, payment_methods="id,customer_id,kind,default\nother,C1,other,yes\n"), rules)
        assert {m.reference: m.is_default for m in await rows(database, PaymentMethod)} == {"card": False, "other": True}

    async def test_goes_on_from_an_import_that_was_refused(self, database, folder, rules):
        await wrongs(database, put(folder, **SHOP | {"orders": ORDERS.replace("52.45", "1")}), rules)
        outcome = await bring(database, put(folder, **SHOP), rules)
        assert outcome.added["orders"] == 2


class TestAddresses:
    HEAD = "id,customer_id,label,line_1,town,postcode,country,default\n"

    @pytest.fixture
    def folder(self, tmp_path):
        return tmp_path / "shop"

    async def book(self, database):
        return [
            (one.reference, one.line_1, one.label, one.is_default)
            for one in await rows(database, Address, Address.line_1) if one.saved
        ]

    async def bring(self, database, folder, rules, *lines, **tables):
        await bring(database, put(folder, customers=CUSTOMERS, addresses=self.HEAD + "".join(lines), **tables), rules)

    async def test_changed_is_a_new_row_and_the_old_one_stays_with_its_orders(self, database, folder, rules):
        orders = ORDERS.replace("total\n", "total,address_id\n").replace("52.45\n", "52.45,a\n").replace(",15\n", ",15,\n")
        await self.bring(database, folder, rules, "a,C1,Home,1 Quay,Cork,P1,IE,yes\n", orders=orders)
        (old,) = await rows(database, Address)
        await self.bring(database, folder, rules, "a,C1,Home,2 Quay,Cork,P1,IE,\n")
        assert await self.book(database) == [("a", "2 Quay", "Home", True)]
        first, second = await rows(database, Address, Address.line_1)
        assert (first.id, first.line_1, first.saved, first.is_default) == (old.id, "1 Quay", False, False)
        assert (await rows(database, Order, Order.number))[0].address_id == first.id
        # And back again it is the row that it was
        await self.bring(database, folder, rules, "a,C1,Home,1 Quay,Cork,P1,IE,\n")
        assert {one.id: one.saved for one in await rows(database, Address)} == {first.id: True, second.id: False}

    async def test_the_first_is_the_default_unless_another_is(self, database, folder, rules):
        await self.bring(database, folder, rules, "a,C1,,1 Quay,Cork,P1,IE,\n", "b,C1,,2 Quay,Cork,P1,IE,\n", "c,C2,,3 Quay,Cork,P1,IE,no\n")
        assert [default for *_, default in await self.book(database)] == [True, False, False]
        await self.bring(database, folder, rules, "b,C1,,2 Quay,Cork,P1,IE,yes\n")
        assert [default for *_, default in await self.book(database)] == [False, True, False]
        await self.bring(database, folder, rules, "b,C1,,2 Quay,Cork,P1,IE,no\n")
        assert [default for *_, default in await self.book(database)] == [False, False, False]

    async def test_of_the_same_place_without_an_id_is_the_same(self, database, folder, rules):
        line = ",C1,Home,1 Quay,Cork,P1,IE,\n"
        await self.bring(database, folder, rules, line)
        await self.bring(database, folder, rules, line.replace("Home", "Old home"))
        assert await self.book(database) == [(None, "1 Quay", "Old home", True)]
        # The shop has an id for it now
        await self.bring(database, folder, rules, "a" + line)
        assert await self.book(database) == [("a", "1 Quay", "Home", True)]

    async def test_of_an_order_is_not_in_the_book_until_it_is_put_there(self, database, folder, rules):
        orders = (
            "id,customer_id,status,placed_at,currency,total,address_line_1,address_town,address_postcode,address_country\n"
            "#1,C1,pending,2026-11-01,EUR,1,1 Quay,Cork,P1,Ireland\n#2,C1,pending,2026-11-01,EUR,1,1 Quay,Cork,P1,IRL\n"
        )
        await bring(database, put(folder, customers=CUSTOMERS, orders=orders), rules)
        (row,) = await rows(database, Address)
        assert (row.saved, row.recipient, row.country) == (False, "Aoife Brennan", "IE")
        assert {order.address_id for order in await rows(database, Order)} == {row.id}
        await self.bring(database, folder, rules, "a,C1,,1 Quay,Cork,P1,IE,\n", orders=orders)
        assert await self.book(database) == [("a", "1 Quay", "", True)]
        assert len(await rows(database, Address)) == 1

    async def test_leaves_an_order_whose_cells_are_empty(self, database, folder, rules):
        orders = "id,customer_id,status,placed_at,currency,total,address_id\n#1,C1,pending,2026-11-01,EUR,1,a\n"
        line = "a,C1,,1 Quay,Cork,P1,IE,\n"
        await self.bring(database, folder, rules, line, orders=orders)
        without = orders.replace(",address_id", "").replace(",a\n", "\n")
        await self.bring(database, folder, rules, line, orders=without)
        assert (await rows(database, Order))[0].address_id is not None
        await self.bring(database, folder, rules, line, orders=orders.replace(",a\n", ",\n"))
        assert (await rows(database, Order))[0].address_id is None
