"""A whole shop comes in, and the page that tells how says what is so."""

import ast
import asyncio
import re
from datetime import UTC, date, datetime

import pytest

from support.models.cases import Case, CaseEvent, CaseLine, CasePhoto
from support.models.catalogue import Product, Variant
from support.models.customers import Address, Consent, Customer, Interaction
from support.models.invoices import Invoice
from support.models.loyalty import LedgerEntry
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition, Shipment
from support.models.outbox import OutboxEvent
from support.models.payments import GiftCardEntry, MethodKind, Payment, PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus
from support.models.rewards import Referral, Reward, Voucher
from support.models.subscriptions import Subscription
from support.records.writing import TABLES
from support.settings import PROJECT
from tests.support.import_folders import CUSTOMERS, bring, counts, documented, put, rows
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
            "customers": 2, "addresses": 2, "payment_methods": 3, "gift_card_entries": 2, "products": 2, "variants": 4,
            "orders": 3, "order_lines": 3, "payments": 3, "shipments": 1, "returns": 1, "return_lines": 1, "invoices": 1,
            "subscriptions": 1, "points": 4, "rewards": 2, "vouchers": 1, "cases": 1, "case_lines": 1, "case_photos": 1,
            "case_entries": 4, "interactions": 1, "consents": 1, "referrals": 1,
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
        bought, spent = await rows(database, GiftCardEntry, GiftCardEntry.at)
        assert (bought.method_id, bought.amount_minor, bought.at) == (gift.id, 10000, datetime(2026, 9, 1, 10, tzinfo=UTC))
        assert (spent.method_id, spent.amount_minor, spent.reason) == (gift.id, -1750, "Order in the shop")

        shirt, kettle = await rows(database, Product, Product.reference)
        assert (shirt.reference, shirt.name, shirt.category) == ("9523456873", "T-Shirt", "Clothing")
        assert shirt.description == "Cotton.\nWash at 30 degrees."
        blue, purple, brass, oat = await rows(database, Variant, Variant.sku)
        assert (blue.product_id, list(blue.options.items()), blue.price_minor, blue.currency, blue.stock) == (
            shirt.id, [("color", "blue"), ("size", "M")], 4653, "USD", 10,
        )
        assert (purple.stock, brass.options, brass.product_id, oat.options) == (0, {}, kettle.id, {"colour": "oat"})

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
        (exchange,) = await rows(database, Return)
        assert (exchange.reference, exchange.order_id, exchange.kind, exchange.status) == (
            "RT-4K7M-2QXD", delivered.id, ReturnKind.EXCHANGE, ReturnStatus.CANCELLED,
        )
        assert (exchange.method_id, exchange.amount_minor, exchange.currency, exchange.reason) == (
            paypal.id, -200, "EUR", "no longer wanted",
        )
        assert (exchange.requested_at, exchange.completed_at) == (
            datetime(2026, 10, 12, 9, tzinfo=UTC), datetime(2026, 10, 13, 15, 20, tzinfo=UTC),
        )
        (back,) = await rows(database, ReturnLine)
        assert (back.return_id, back.position, back.order_line_id, back.quantity, back.unit_price_minor) == (
            exchange.id, 1, lines[delivered.id].id, 1, 2900,
        )
        assert (back.new_variant_id, back.new_options, back.new_unit_price_minor) == (oat.id, {"colour": "oat"}, 3100)
        (invoice,) = await rows(database, Invoice)
        assert (invoice.order_id, invoice.year, invoice.number, invoice.issued_at) == (
            delivered.id, 2026, 41, datetime(2026, 10, 6, 8, tzinfo=UTC),
        )

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
        (voucher,) = await rows(database, Voucher)
        assert (voucher.code, voucher.customer_id, voucher.reward_id, voucher.entry_id, voucher.kind, voucher.value) == (
            "HF-4K7M-2QXD-90TB", ravi.id, ten.id, None, "voucher", 1000,
        )
        assert (voucher.expires_at, voucher.used_at, voucher.order_id) == (datetime(2027, 1, 1, tzinfo=UTC), None, None)
        (case,) = await rows(database, Case)
        assert (case.reference, case.customer_id, case.order_id, case.kind, case.text) == (
            "C-4K7M-2QXD", ravi.id, cancelled.id, "complaint", "The page showed another price.\nSee the picture.",
        )
        assert [line.order_line_id for line in await rows(database, CaseLine)] == [lines[cancelled.id].id]
        (photo,) = await rows(database, CasePhoto)
        assert (photo.case_id, photo.stored_as, photo.width) == (case.id, "0f3a5c7e9b1d2f4068acde13579bdf02.jpg", 1200)
        log = await rows(database, CaseEvent, CaseEvent.number)
        given = next(entry for entry in await rows(database, LedgerEntry) if entry.idempotency_key == "e2")
        assert [(one.kind, one.actor, one.details) for one in log] == [
            ("opened", "customer", {}), ("noted", "customer", {"photo": photo.id}),
            ("compensated", "agent", {"points": 100, "entry": given.id}),
            ("closed", "agent", {"text": "The old price was in a browser's cache."}),
        ]
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
        assert sorted(outcome.added["order_lines"] for outcome in outcomes) == [0, 3]
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
