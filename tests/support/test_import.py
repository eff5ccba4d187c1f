"""A whole shop comes in, comes again, and the page that tells how says what is so."""

import ast
import asyncio
import re
from datetime import UTC, date, datetime

import pytest

from support.models.catalogue import Product, Variant
from support.models.customers import Address, Consent, Customer, Interaction
from support.models.loyalty import LedgerEntry
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition, Shipment
from support.models.outbox import OutboxEvent
from support.models.payments import GiftCardEntry, MethodKind, Payment, PaymentMethod
from support.models.rewards import Referral, Reward
from support.models.subscriptions import Subscription
from support.records.writing import TABLES
from support.settings import PROJECT
from tests.support.import_folders import (
    CUSTOMERS,
    LINES,
    METHODS,
    ORDERS,
    PAYMENTS,
    SHOP,
    VARIANTS,
    bring,
    counts,
    documented,
    put,
    rows,
    wrongs,
)
from tests.support.shop_rows import NOW

SUPPORT = PROJECT / "support"
PAGE = (PROJECT / "docs" / "import.md").read_text(encoding="utf-8")


class TestThePage:
    @pytest.mark.parametrize("table", TABLES)
    def test_lists_every_column_of_a_file_and_no_other(self, table):
        section = re.search(rf"^## {table}\.csv\n(.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)[1]
        listed = re.findall(r"^\| `(\w+)` \| (.*?) \|", section, re.MULTILINE)
        assert [name for name, _ in listed] == [column.name for column in TABLES[table].columns]
        assert [name for name, needed in listed if needed == "yes"] == [
            column.name for column in TABLES[table].columns if column.required
        ]

    def test_lists_every_code_and_no_other(self):
        place = {"Wrong": 0, "WrongColumn": 1, "refuse": 2, "_refuse": 2, "Fault": 3, "first": 3}
        raised = {"not_enough_points", "points_already_spent", "already_reversed", "not_reversible", "duplicate"}
        for path in [*(SUPPORT / "records").glob("*.py"), *(SUPPORT / "transfer").glob("*.py")]:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    at = place.get(getattr(node.func, "attr", getattr(node.func, "id", "")), 99)
                    raised |= {one.value for one in node.args[at:at + 1] if isinstance(one, ast.Constant)}
                elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and path.name == "record.py":
                    raised |= {node.elts[1].value} if isinstance(node.elts[1], ast.Constant) else set()
        table = PAGE[PAGE.index("## When something is wrong"):PAGE.index("## Importing again")]
        lines = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        assert {code for line in lines for code in re.findall(r"`(\w+)`", line)} == raised

    async def test_has_an_example_that_can_be_imported(self, database, tmp_path, rules):
        examples = documented()
        assert list(examples) == list(TABLES)
        outcome = await bring(database, put(tmp_path / "shop", **examples), rules)
        assert outcome.added == {
            "customers": 2, "addresses": 2, "payment_methods": 3, "products": 2, "variants": 3, "orders": 3,
            "order_lines": 2, "payments": 3, "shipments": 1, "subscriptions": 1, "points": 4, "rewards": 2,
            "interactions": 1, "consents": 1, "referrals": 1,
        }
        again = await bring(database, put(tmp_path / "shop", **examples), rules)
        assert not +again.added
        assert not +again.changed
        assert again.unchanged == outcome.added


class TestImport:
    async def test_makes_the_rows_that_the_files_tell_of(self, database, tmp_path, rules):
        examples = documented()
        await bring(database, put(tmp_path / "shop", **examples), rules)

        mia, ravi = sorted(await rows(database, Customer), key=lambda one: one.reference == "C2")
        assert (mia.reference, mia.first_name, mia.last_name, mia.email, mia.phone, mia.locale, mia.created_at) == (
            "mia_garcia_4516", "Mia", "García", "mia.garcia@example.com", "+1 555 0100", "en_US",
            datetime(2025, 2, 3, 9, tzinfo=UTC),
        )
        assert (ravi.last_name, ravi.phone, ravi.locale, ravi.created_at) == ("", None, "en_IE", NOW)

        houston, kinsale = await rows(database, Address, Address.town)
        assert (houston.customer_id, houston.reference, houston.label, houston.recipient) == (mia.id, "home", "Home", "Mia García")
        assert (houston.line_1, houston.region, houston.postcode, houston.country) == (
            "615 Laurel Lane, Suite 552", "TX", "77129", "US",
        )
        assert (kinsale.customer_id, kinsale.reference, kinsale.country) == (ravi.id, None, "IE")
        assert houston.saved
        assert houston.is_default
        assert kinsale.is_default

        card, gift, paypal = await rows(database, PaymentMethod, PaymentMethod.reference)
        assert (card.reference, card.kind, card.brand, card.last_digits, card.currency) == (
            "credit_card_7394", MethodKind.CARD, "mastercard", "6239", "USD",
        )
        assert (card.is_default, gift.is_default) == (True, False)
        assert (paypal.kind, paypal.brand, paypal.currency) == (MethodKind.WALLET, "PayPal", "EUR")
        (entry,) = await rows(database, GiftCardEntry)
        assert (entry.method_id, entry.amount_minor, entry.at) == (gift.id, 8250, NOW)

        shirt, kettle = await rows(database, Product, Product.reference)
        assert (shirt.reference, shirt.name, shirt.category) == ("9523456873", "T-Shirt", "Clothing")
        assert shirt.description == "Cotton.\nWash at 30 degrees."
        blue, purple, brass = await rows(database, Variant, Variant.sku)
        assert (blue.product_id, list(blue.options.items()), blue.price_minor, blue.currency, blue.stock) == (
            shirt.id, [("color", "blue"), ("size", "M")], 4653, "USD", 10,
        )
        assert (purple.stock, brass.options, brass.product_id) == (0, {}, kettle.id)

        orders = {order.number: order for order in await rows(database, Order)}
        pending, cancelled, delivered = orders["#W1234567"], orders["#A17-b"], orders["#A18"]
        assert (pending.status, pending.placed_at) == (OrderStatus.PENDING, datetime(2026, 11, 2, 16, 15, tzinfo=UTC))
        assert (pending.goods_minor, pending.shipping_minor, pending.discount_minor, pending.total_minor) == (9306, 499, 0, 9805)
        assert (pending.currency, pending.address_id, pending.customer_id) == ("USD", houston.id, mia.id)
        assert cancelled.address_id == kinsale.id
        assert cancelled.placed_at == datetime(2026, 9, 30, 23, tzinfo=UTC)  # midnight in Dublin
        assert (delivered.goods_minor, delivered.total_minor) == (2900, 2900)
        assert delivered.status_since == delivered.placed_at
        (step,) = await rows(database, OrderTransition)
        assert (step.order_id, step.number, step.from_status, step.to_status, step.actor, step.reason) == (
            cancelled.id, 1, OrderStatus.PENDING, OrderStatus.CANCELLED, "shop", "no longer needed",
        )

        lines = {line.order_id: line for line in await rows(database, OrderLine)}
        line = lines[pending.id]
        assert (line.position, line.reference, line.variant_id, line.product_name, line.options) == (
            1, None, blue.id, "T-Shirt", {"color": "blue", "size": "M"},
        )
        assert (line.quantity, line.unit_price_minor) == (2, 4653)
        assert lines[cancelled.id].reference == "1"

        payments = {payment.reference: payment for payment in await rows(database, Payment)}
        assert [(p.kind, p.amount_minor, p.currency) for _, p in sorted(payments.items())] == [
            ("payment", 9805, "USD"), ("payment", 2900, "EUR"), ("refund", 2900, "EUR"),
        ]
        assert payments["p1"].settled_at == payments["p1"].at == datetime(2026, 11, 2, 16, 15, 2, tzinfo=UTC)
        assert payments["p1"].method_id == card.id

        (shipment,) = await rows(database, Shipment)
        assert (shipment.order_id, shipment.carrier, shipment.tracking_number) == (delivered.id, "Ternpost", "TP-0042")
        assert (shipment.expected_on, shipment.delivered_at) == (date(2026, 10, 9), datetime(2026, 10, 8, 10, 30, tzinfo=UTC))
        assert (shipment.last_event, shipment.last_event_at) == (None, None)

        (subscription,) = await rows(database, Subscription)
        assert (subscription.variant_id, subscription.quantity, subscription.price_minor) == (brass.id, 1, 2500)
        assert (subscription.every_months, subscription.status, subscription.renews_on) == (12, "active", date(2027, 3, 1))
        ten, shipping = await rows(database, Reward, Reward.points.desc())
        assert (ten.name, ten.kind, ten.points, ten.value, ten.currency) == ("€10 off", "voucher", 200, 1000, "EUR")
        assert (shipping.value, shipping.currency, shipping.stock, shipping.active) == (0, None, None, True)
        (call,) = await rows(database, Interaction)
        assert (call.reference, call.rating, call.summary) == ("call-77", 2, "Kettle came late.\nPromised to call back.")
        (consent,) = await rows(database, Consent)
        assert (consent.customer_id, consent.granted, consent.source) == (ravi.id, True, "checkout")
        (referral,) = await rows(database, Referral)
        assert (referral.customer_id, referral.friend_id) == (mia.id, ravi.id)
        assert [entry.points for entry in await rows(database, LedgerEntry, LedgerEntry.at)] == [29, 100, -50, 50]
        assert await rows(database, OutboxEvent) == []

    async def test_needs_nothing_but_customers(self, database, tmp_path, rules):
        outcome = await bring(database, put(tmp_path / "shop", customers=CUSTOMERS), rules)
        assert outcome.added == {"customers": 2}

    async def test_takes_what_a_spreadsheet_makes_of_a_file(self, database, tmp_path, rules):
        mark = b"\xef\xbb\xbf"
        customers = mark + CUSTOMERS.replace("id,first_name", " ID ,First_Name").replace("\n", "\r\n").encode() + b"\r\n,,,\r\n\r\n"
        await bring(database, put(tmp_path / "shop", customers=customers), rules)
        assert [one.reference for one in await rows(database, Customer, Customer.reference)] == ["C1", "C2"]

    async def test_takes_the_files_of_an_old_apple(self, database, tmp_path, rules):
        await bring(database, put(tmp_path / "shop", customers=CUSTOMERS.replace("\n", "\r")), rules)
        assert await counts(database) == {"customers": 2}

    async def test_takes_other_ways_of_writing(self, database, tmp_path, rules):
        methods = (
            "id,customer_id,kind,expires_on\na,C1,Google-Pay,2028-02\nb,C1,Debit Card,2028-02-03\nc,C1,STORE_CREDIT,\n"
        ).replace(",expires_on\n", ",expires_on,balance,currency\n").replace("2028-02\n", "2028-02,,\n")
        methods = methods.replace("2028-02-03\n", "2028-02-03,,\n").replace("CREDIT,\n", "CREDIT,,0,jpy\n")
        rewards = "id,name,kind,points,value,from_tier\nP,Share,percent,10,15,Oak\n"
        shipments = "order_id,tracking_number,carrier,shipped_at\n#1,T 1,Post,2026-11-01 10:00+0100\n"
        orders = "id,customer_id,status,placed_at,currency,total\n#1,C1,Return requested,2026-11-01,EUR,1.5\n"
        await bring(database, put(
            tmp_path / "shop", customers=CUSTOMERS, payment_methods=methods, rewards=rewards, orders=orders, shipments=shipments,
        ), rules)
        first, second, third = await rows(database, PaymentMethod, PaymentMethod.reference)
        assert (first.kind, first.brand, first.expires_on) == (MethodKind.WALLET, "Google Pay", date(2028, 2, 29))
        assert (second.kind, second.brand, second.expires_on) == (MethodKind.CARD, None, date(2028, 2, 3))
        assert (third.kind, third.currency, await rows(database, GiftCardEntry)) == (MethodKind.GIFT_CARD, "JPY", [])
        (reward,) = await rows(database, Reward)
        assert (reward.value, reward.currency, reward.from_tier) == (15, None, "Oak")
        ((order,), (shipment,)) = await rows(database, Order), await rows(database, Shipment)
        assert (order.status, order.total_minor) == (OrderStatus.RETURN_REQUESTED, 150)
        assert (shipment.tracking_number, shipment.shipped_at) == ("T 1", datetime(2026, 11, 1, 9, tzinfo=UTC))

    async def test_twice_at_the_same_time_makes_each_row_once(self, database, tmp_path, rules):
        folder = put(tmp_path / "shop", **documented())
        outcomes = await asyncio.gather(bring(database, folder, rules), bring(database, folder, rules))
        assert sorted(outcome.added["order_lines"] for outcome in outcomes) == [0, 2]
        assert len(await rows(database, LedgerEntry)) == 4

    async def test_passes_over_hidden_files(self, database, tmp_path, rules):
        folder = put(tmp_path / "shop", customers=CUSTOMERS)
        (folder / ".DS_Store").write_bytes(b"\x00")
        await bring(database, folder, rules)
        assert await counts(database) == {"customers": 2}

    async def test_tells_how_far_it_is(self, database, tmp_path, rules):
        from support.transfer.importing import import_folder

        told = []
        customers = CUSTOMERS + "".join(f"K{n},A,B,k{n}@example.com\n" for n in range(1500))
        async with database.write() as session:
            await import_folder(
                session, put(tmp_path / "shop", customers=customers), business=rules, at=NOW, hear=print,
                progress=lambda *how: told.append(how),
            )
        assert told == [("customers", 1001, 1503), ("customers", 1503, 1503)]


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
