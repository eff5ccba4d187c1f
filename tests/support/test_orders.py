"""What a customer bought: the list, what is still to come, and one order with all that belongs to it."""

from datetime import date, timedelta

from support.models.catalogue import Variant
from support.models.orders import OrderStatus
from support.models.payments import MethodKind, Payment, PaymentKind
from support.ordering import order_status, orders
from tests.support.shop_rows import (
    NOW,
    create_address,
    create_customer,
    create_method,
    create_order,
    create_shipment,
    lines_of,
    speaker_of,
)


class TestListOrders:
    async def test_the_newest_come_first_and_the_rest_is_counted(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            for age in range(7):
                await create_order(session, customer, f"HF-{100 + age}", placed_at=NOW - timedelta(days=age))
            found = await orders.list_orders(session, speaker_of(customer), limit=3)
            assert [order.number for order in found.orders] == ["HF-100", "HF-101", "HF-102"]
            assert found.older == 4
            rest = await orders.list_orders(session, speaker_of(customer), limit=10, before=found.orders[-1].id)
            assert [order.number for order in rest.orders] == ["HF-103", "HF-104", "HF-105", "HF-106"]
            assert rest.older == 0

    async def test_orders_of_the_same_moment_are_on_one_page_or_the_next_and_never_lost(self, session):
        customer = await create_customer(session)
        numbers = [f"HF-{number}" for number in range(300, 307)]
        for number in numbers:
            await create_order(session, customer, number)
        seen, before = [], None
        while page := (await orders.list_orders(session, speaker_of(customer), limit=3, before=before)).orders:
            seen += [order.number for order in page]
            before = page[-1].id
        assert seen == numbers[::-1]

    async def test_lines_and_amounts_are_as_bought(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-1", lines=(("Mug", 3, 1550), ("Lamp", 1, 8900)), shipping=495)
            (order,) = (await orders.list_orders(session, speaker_of(customer))).orders
            assert (order.total_minor, order.pieces) == (14045, 4)
            assert [(line.product, line.total_minor) for line in order.lines] == [("Mug", 4650), ("Lamp", 8900)]

    async def test_another_customers_orders_are_not_there(self, database):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            await create_order(session, theirs, "HF-1")
            assert (await orders.list_orders(session, speaker_of(mine))).orders == ()
            assert await orders.open_orders(session, speaker_of(mine)) == ()


class TestOpenOrders:
    async def test_only_what_is_still_to_come(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            for place, status in enumerate(OrderStatus):
                placed = NOW - timedelta(days=place)
                await create_order(session, customer, f"HF-{status}", status=status, placed_at=placed)
            found = await orders.open_orders(session, speaker_of(customer))
            assert [order.number for order in found] == ["HF-pending", "HF-processed", "HF-shipped"]


class TestOne:
    async def test_lines_amounts_address_payments_parcels_and_history(self, session):
        customer = await create_customer(session)
        card = await create_method(session, customer)
        gift_card = await create_method(session, customer, MethodKind.GIFT_CARD, last_digits="0815")
        order = await create_order(
            session, customer, "#W1", lines=(("Mug", 2, 1550), ("Lamp", 1, 8900)), shipping=495, paid_with=card,
            status=OrderStatus.PENDING, address=await create_address(session, customer),
        )
        await order_status.move(session, order, OrderStatus.SHIPPED, actor="shop", at=NOW + timedelta(hours=1))
        await order_status.move(
            session, order, OrderStatus.DELIVERED, actor="agent", at=NOW + timedelta(days=1), reason="the carrier said so"
        )
        await create_shipment(session, order, expected_on=date(2026, 11, 24))
        session.add(Payment(
            order_id=order.id, method_id=gift_card.id, kind=PaymentKind.REFUND, amount_minor=1550, currency="EUR",
            at=NOW + timedelta(days=2),
        ))
        await session.flush()
        rows = await lines_of(session, order)
        found = await orders.one(session, speaker_of(customer), order.id)
        assert (found.order.number, found.order.status, found.order.total_minor) == ("#W1", OrderStatus.DELIVERED, 12495)
        assert (found.goods_minor, found.shipping_minor, found.discount_minor) == (12000, 495, 0)
        for line, row in zip(found.lines, rows, strict=True):
            variant = await session.get_one(Variant, row.variant_id)
            assert (line.id, line.variant_id, line.sku, line.product) == (
                row.id, row.variant_id, variant.sku, row.product_name
            )
            assert (line.options, line.quantity, line.unit_price_minor) == (
                {"colour": "oat"}, row.quantity, row.unit_price_minor
            )
        assert [line.total_minor for line in found.lines] == [3100, 8900]
        assert found.address == ("Aoife Brennan", "14 Quay Lane", "Kinsale", "P17 AB12", "Ireland")
        assert [(one.kind, one.method, one.amount_minor, one.currency, one.settled_at) for one in found.payments] == [
            (PaymentKind.PAYMENT, "Visa ending in 4242", 12495, "EUR", NOW),
            (PaymentKind.REFUND, "gift card ending in 0815", 1550, "EUR", None),
        ]
        assert found.paid_minor == 10945
        assert [parcel.tracking_number for parcel in found.parcels] == ["TP1"]
        assert [(step.from_status, step.to_status, step.actor, step.reason) for step in found.history] == [
            (OrderStatus.PENDING, OrderStatus.SHIPPED, "shop", None),
            (OrderStatus.SHIPPED, OrderStatus.DELIVERED, "agent", "the carrier said so"),
        ]

    async def test_an_order_without_address_payment_or_parcel_has_none(self, session):
        customer = await create_customer(session)
        order = await create_order(session, customer)
        found = await orders.one(session, speaker_of(customer), order.id)
        assert (found.address, found.payments, found.parcels, found.history, found.paid_minor) == ((), (), (), (), 0)
