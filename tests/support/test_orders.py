from datetime import date, timedelta

import pytest

from support.errors import InvalidInput, NotFound
from support.identity import Speaker
from support.models.catalogue import Variant
from support.models.conversations import Level
from support.models.customers import Address
from support.models.orders import OrderStatus, Shipment
from support.models.payments import MethodKind, Payment, PaymentKind
from support.ordering import order_status, orders
from support.people import postal
from support.refusals import IdentityTooLow
from support.text import new_id
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

MALFORMED = ("", "HF-10432", "\x00", "' OR 1=1", "\ud800", "0" * 36, 7, None)


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


class TestFindOrder:
    @pytest.mark.parametrize(
        "reference",
        ["HF-10432", "hf-10432", "HF10432", "hf 10432", " hf - 10432 ", "#10432", "10432", "HF–10432", "no. 10432",
         "order 10432", "order number 10432", "0432", "432", "32"],
    )
    async def test_any_way_of_writing_it_finds_it(self, database, reference):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432")
            await create_order(session, customer, "HF-10567")
            (order,) = await orders.find_order(session, speaker_of(customer), reference)
            assert order.number == "HF-10432"

    async def test_the_whole_number_goes_before_an_ending(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            for number in ("HF-432", "HF-10432"):
                await create_order(session, customer, number)
            assert [order.number for order in await orders.find_order(session, speaker_of(customer), "432")] == ["HF-432"]

    @pytest.mark.parametrize(
        ("number", "references"),
        [
            ("#W1234567", ("#W1234567", "#w1234567", "W1234567", "w1234567", "1234567", "order #W1234567", "4567", "W 1234-567")),
            ("#A17-b", ("#A17-b", "a17-b", "A17B", "#a17b", "17-b", "17B", "17", "order number a17b", "Ａ１７ｂ")),
            ("2026/000123", ("2026/000123", "2026000123", "000123", "123", "no 2026-000123")),
            ("ORDER-77", ("ORDER-77", "order 77", "77", "order77")),
            ("№ 5/Б", ("№ 5/Б", "№ 5/б")),
            ("ABC", ("abc", "A-B-C")),
            ("--", ("--",)),
        ],
    )
    async def test_numbers_of_any_form_are_found(self, session, number, references):
        customer = await create_customer(session)
        order = await create_order(session, customer, number)
        await create_order(session, customer, "HF-99")
        for reference in references:
            assert [one.id for one in await orders.find_order(session, speaker_of(customer), reference)] == [order.id]

    async def test_numbers_that_differ_in_case_or_signs_alone_are_told_apart(self, session):
        customer = await create_customer(session)
        for number in ("#A17-b", "#a17-B", "A17B"):
            await create_order(session, customer, number)
        for number in ("#A17-b", "#a17-B", "A17B"):
            assert [one.number for one in await orders.find_order(session, speaker_of(customer), number)] == [number]
        assert len(await orders.find_order(session, speaker_of(customer), "#a17-b")) == 2
        assert len(await orders.find_order(session, speaker_of(customer), "a 17 b")) == 3

    async def test_several_that_fit_are_all_told_newest_first(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432", placed_at=NOW - timedelta(days=9))
            await create_order(session, customer, "HF-11432")
            found = await orders.find_order(session, speaker_of(customer), "432")
            assert [order.number for order in found] == ["HF-11432", "HF-10432"]

    @pytest.mark.parametrize("reference", ["HF-99999", "2", "", "-", "XX-10432", "%", "' OR 1=1", "HF-10432x", "１０"])
    async def test_what_fits_nothing_is_not_found(self, database, reference):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432")
            with pytest.raises(NotFound):
                await orders.find_order(session, speaker_of(customer), reference)

    async def test_somebody_elses_order_is_as_unknown_as_one_that_never_was(self, database):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            foreign = await create_order(session, theirs, "HF-10432")
            answers = []
            for reference in ("HF-10432", "HF-99999"):
                with pytest.raises(NotFound) as refused:
                    await orders.find_order(session, speaker_of(mine), reference)
                answers.append((refused.value.code, str(refused.value)))
            assert answers[0] == answers[1]
            with pytest.raises(NotFound):
                await orders.tracking(session, speaker_of(mine), foreign.id)


class TestTracking:
    async def test_parcels_come_with_the_order(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, "HF-1", status=OrderStatus.SHIPPED)
            await create_shipment(session, order, expected_on=date(2026, 11, 18))
            found = await orders.tracking(session, speaker_of(customer), order.id)
            (parcel,) = found.parcels
            assert (parcel.carrier, parcel.tracking_number, parcel.last_place) == ("Ternpost", "TP1", "Athlone")

    async def test_late_is_counted_from_the_day_after_the_promised_one(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, "HF-1", status=OrderStatus.SHIPPED)
            await create_shipment(session, order, expected_on=date(2026, 11, 18))
            (parcel,) = (await orders.tracking(session, speaker_of(customer), order.id)).parcels
            assert [parcel.late_by(date(2026, 11, day)) for day in (17, 18, 19, 21)] == [0, 0, 1, 3]

    async def test_what_has_arrived_is_never_late(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, "HF-1")
            await create_shipment(session, order, expected_on=date(2026, 11, 1), delivered_at=NOW)
            (parcel,) = (await orders.tracking(session, speaker_of(customer), order.id)).parcels
            assert parcel.late_by(date(2026, 11, 21)) == 0

    async def test_what_nobody_told_us_is_none_and_never_late(self, session):
        customer = await create_customer(session)
        order = await create_order(session, customer, status=OrderStatus.SHIPPED)
        session.add(Shipment(order_id=order.id, carrier="Ternpost", tracking_number="TP1", shipped_at=NOW))
        await session.flush()
        found = await orders.tracking(session, speaker_of(customer), order.id)
        (parcel,) = found.parcels
        assert (parcel.expected_on, parcel.tracking_url, parcel.last_event, parcel.last_event_at) == (None,) * 4
        assert parcel.late_by(date(2030, 1, 1)) == 0
        assert found.town is None


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


class TestWhoMaySee:
    """Each look-up by each level, with the orders of two customers in the shop."""

    @pytest.fixture
    async def mine(self, session):
        return await create_customer(session)

    @pytest.fixture
    async def held(self, session, mine):
        return await create_order(session, mine, "HF-111", status=OrderStatus.SHIPPED)

    @pytest.fixture
    async def other(self, session, mine):
        return await create_order(session, mine, "HF-222", status=OrderStatus.SHIPPED)

    @pytest.fixture
    async def foreign(self, session):
        return await create_order(session, await create_customer(session), "HF-333", status=OrderStatus.SHIPPED)

    async def test_a_visitor_sees_nothing(self, session, held):
        speaker = Speaker(Level.VISITOR)
        for asked in (
            orders.list_orders(session, speaker), orders.open_orders(session, speaker),
            orders.find_order(session, speaker, "HF-111"), orders.tracking(session, speaker, held.id),
            orders.one(session, speaker, held.id),
        ):
            with pytest.raises(IdentityTooLow) as refused:
                await asked
            assert refused.value.needed is Level.ORDER_HOLDER

    async def test_an_order_holder_sees_the_one_order_alone(self, session, mine, held, other, foreign):
        speaker = Speaker(Level.ORDER_HOLDER, mine.id, held.id)
        listed = await orders.list_orders(session, speaker)
        assert ([order.number for order in listed.orders], listed.older) == (["HF-111"], 0)
        assert [order.number for order in await orders.open_orders(session, speaker)] == ["HF-111"]
        assert [order.number for order in await orders.find_order(session, speaker, "11")] == ["HF-111"]
        assert (await orders.one(session, speaker, held.id)).order.number == "HF-111"
        assert (await orders.tracking(session, speaker, held.id)).order.number == "HF-111"
        for order in (other, foreign):
            for asked in (
                orders.one(session, speaker, order.id), orders.tracking(session, speaker, order.id),
                orders.find_order(session, speaker, order.number), orders.list_orders(session, speaker, before=order.id),
            ):
                with pytest.raises(NotFound):
                    await asked

    async def test_an_order_holder_without_an_order_sees_none(self, session, mine, held):
        speaker = Speaker(Level.ORDER_HOLDER, mine.id)
        assert (await orders.list_orders(session, speaker)).orders == ()
        with pytest.raises(NotFound):
            await orders.one(session, speaker, held.id)

    @pytest.mark.parametrize("level", [Level.VERIFIED, Level.SIGNED_IN])
    async def test_a_known_customer_sees_all_of_theirs_and_nothing_of_others(
        self, session, mine, held, other, foreign, level
    ):
        speaker = speaker_of(mine, level)
        assert [order.number for order in (await orders.list_orders(session, speaker)).orders] == ["HF-222", "HF-111"]
        assert (await orders.one(session, speaker, other.id)).order.number == "HF-222"
        for asked in (orders.one, orders.tracking):
            with pytest.raises(NotFound):
                await asked(session, speaker, foreign.id)

    @pytest.mark.parametrize("order_id", [*MALFORMED, pytest.param(new_id(), id="of nothing")])
    async def test_a_malformed_or_unknown_id_is_not_found(self, session, mine, held, order_id):
        for asked in (orders.one, orders.tracking):
            with pytest.raises(NotFound):
                await asked(session, speaker_of(mine), order_id)

    @pytest.mark.parametrize("limit", [0, -1, 201, 10**12, True, 2.0, "5", None])
    async def test_a_limit_that_is_none_is_refused(self, session, mine, limit):
        with pytest.raises(InvalidInput):
            await orders.list_orders(session, speaker_of(mine), limit=limit)


class TestPostal:
    @pytest.mark.parametrize(
        ("country", "region", "lines"),
        [
            ("IE", "Co. Cork", ("Town", "Co. Cork", "123", "Ireland")), ("GB", None, ("Town", "123", "United Kingdom")),
            ("DE", None, ("123 Town", "Germany")), ("ES", "Madrid", ("123 Town", "Madrid", "Spain")),
            ("US", "IL", ("Town, IL 123", "United States")), ("CA", None, ("Town, 123", "Canada")),
            ("ZZ", None, ("Town", "123", "Unknown Region")), ("??", "  ", ("Town", "123", "??")),
        ],
    )
    def test_each_country_puts_town_and_postcode_in_its_own_way(self, country, region, lines):
        address = Address(
            recipient="Ann", line_1="1 Quay", line_2=None, town="Town", region=region, postcode="123", country=country
        )
        assert postal.lines(address) == ("Ann", "1 Quay", *lines)

    def test_a_second_line_is_kept(self):
        address = Address(recipient="Ann", line_1="1 Quay", line_2="Flat 2", town="T", postcode="1", country="FR")
        assert postal.lines(address) == ("Ann", "1 Quay", "Flat 2", "1 T", "France")
