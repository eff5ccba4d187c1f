"""Records as the shop's systems send them: made of JSON, written in one go or not at all."""

import asyncio
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.models.customers import Customer
from support.models.orders import Order, OrderLine
from support.models.payments import Payment
from support.records import (
    CustomerRecord,
    Fault,
    OrderLineRecord,
    OrderRecord,
    PaymentMethodRecord,
    PaymentRecord,
    ProductRecord,
    RecordsRefused,
    ReferralRecord,
    RewardRecord,
    VariantRecord,
    write,
)
from support.records.money import amount, minor, money_of
from tests.support.import_folders import counts, rows
from tests.support.shop_rows import NOW

CUSTOMER = {"id": "C1", "first_name": "Aoife", "last_name": "Brennan", "email": "aoife@example.com"}
VARIANT = {"id": "V1", "product_id": "P1", "options": {"size": "5;6"}, "price": "15.00", "currency": "EUR", "stock": 3}
ORDER = {"id": "#1", "customer_id": "C1", "status": "pending", "placed_at": "2026-11-01T10:00:00Z", "currency": "EUR"}


def an_order(rules, **changes):
    return [
        OrderLineRecord.read({"order_id": "#1", "variant_id": "V1", "quantity": 2, "unit_price": "15"}, rules),
        OrderRecord.read(ORDER | changes, rules),
        PaymentRecord.read({"order_id": "#1", "payment_method_id": "m", "kind": "payment", "amount": "30"}, rules),
        PaymentMethodRecord.read({"id": "m", "customer_id": "C1", "kind": "card", "default": True, "brand": None}, rules),
        VariantRecord.read(VARIANT, rules), ProductRecord.read({"id": "P1", "name": "Kettle"}, rules),
        CustomerRecord.read(CUSTOMER, rules),
    ]


class TestRead:
    def test_takes_what_json_has(self, rules):
        record = VariantRecord.read(VARIANT, rules)
        assert (record.options, record.stock, record.price, record.price_minor()) == ({"size": "5;6"}, 3, Decimal("15.00"), 1500)
        reward = RewardRecord.read({"id": "R", "name": "R", "kind": "gift", "points": 5, "active": False, "stock": None}, rules)
        assert (reward.active, reward.stock, reward.points) == (False, None, 5)

    @pytest.mark.parametrize("value", [1.5, [1], {"a": 1}, 10**18, b"x"])
    def test_refuses_what_no_cell_could_hold(self, rules, value):
        with pytest.raises(RecordsRefused) as refused:
            CustomerRecord.read(CUSTOMER | {"first_name": value}, rules)
        assert refused.value.faults[0][:4] == ("customers", 0, "first_name", "type_wrong")

    def test_names_every_fault(self, rules):
        with pytest.raises(RecordsRefused) as refused:
            CustomerRecord.read({"id": "", "first_name": True, "email": "x", "e_mail": "y"}, rules, line=7)
        assert refused.value.faults == (
            Fault("customers", 7, "e_mail", "unknown_column", "is not a column of this table; did you mean “email”?"),
            Fault("customers", 7, "id", "required", "must not be empty"),
            Fault("customers", 7, "email", "email_format", "must be an e-mail address, not “x”"),
        )
        assert refused.value.code == "records_refused"

    @given(whole=st.integers(0, 2_147_483_647), currency=st.sampled_from(["EUR", "JPY", "KWD"]))
    def test_money_is_read_as_it_is_written(self, whole, currency):
        assert minor(amount(money_of(whole, currency), None), currency) == whole


class TestWrite:
    async def test_takes_records_in_any_order(self, database, rules):
        async with database.write() as session:
            outcome = await write(session, an_order(rules), business=rules, at=NOW)
        assert outcome.added == dict.fromkeys(("customers", "payment_methods", "products", "variants", "orders", "order_lines", "payments"), 1)
        (order,) = await rows(database, Order)
        assert (order.goods_minor, order.total_minor) == (3000, 3000)
        async with database.write() as session:
            outcome = await write(session, an_order(rules, shipping="4.95"), business=rules, at=NOW)
        assert (+outcome.changed, outcome.unchanged["payments"]) == ({"orders": 1}, 1)
        (order,) = await rows(database, Order)
        assert (order.goods_minor, order.shipping_minor, order.total_minor) == (3000, 495, 3495)

    async def test_changes_nothing_if_one_is_wrong(self, database, rules):
        async with database.write() as session:
            with pytest.raises(RecordsRefused) as refused:
                await write(session, an_order(rules, total="1.00"), business=rules, at=NOW)
            session.add(Customer(reference="C2", first_name="A", last_name="B", email="b@example.com", locale="en", created_at=NOW))
        assert [fault[:4] for fault in refused.value.faults] == [("orders", 2, "total", "total_differs")]
        assert await counts(database) == {"customers": 1}

    async def test_at_the_same_time_makes_each_row_once(self, database, rules):
        async def put(stock):
            async with database.write() as session:
                records = [*an_order(rules), VariantRecord.read(VARIANT | {"id": "V2", "stock": stock}, rules)]
                await write(session, records, business=rules, at=NOW)

        await asyncio.gather(*(put(stock) for stock in range(5)))
        assert await counts(database) == {
            "customers": 1, "payment_methods": 1, "products": 1, "variants": 2, "orders": 1, "order_lines": 1, "payments": 1,
        }

    async def test_refers_to_what_was_written_before(self, database, rules):
        async with database.write() as session:
            await write(session, an_order(rules), business=rules, at=NOW)
        more = [
            OrderLineRecord.read({"order_id": "#1", "variant_id": "V1", "unit_price": "10"}, rules),
            PaymentRecord.read({"id": "r", "order_id": "#1", "payment_method_id": "m", "kind": "refund", "amount": "20"}, rules),
            CustomerRecord.read(CUSTOMER | {"id": "C2"}, rules),
            ReferralRecord.read({"customer_id": "C1", "friend_id": "C2", "joined_at": "2026-11-01"}, rules),
        ]
        async with database.write() as session:
            await write(session, more, business=rules, at=NOW)
        (order,), (line,) = await rows(database, Order), await rows(database, OrderLine)
        assert (order.total_minor, line.quantity, line.unit_price_minor) == (1000, 1, 1000)
        assert len(await rows(database, Payment)) == 2
