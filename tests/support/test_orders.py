from datetime import date, timedelta

import pytest

from support import orders
from support.errors import NotFound
from support.models.shop import OrderStatus
from tests.support.shop_rows import NOW, create_customer, create_order, create_shipment


class TestListOrders:
    async def test_the_newest_come_first_and_the_rest_is_counted(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            for age in range(7):
                await create_order(session, customer, f"HF-{100 + age}", placed_at=NOW - timedelta(days=age))
            found = await orders.list_orders(session, customer, limit=3)
            assert [order.number for order in found.orders] == ["HF-100", "HF-101", "HF-102"]
            assert found.older == 4
            rest = await orders.list_orders(session, customer.id, limit=10, before=found.orders[-1].placed_at)
            assert [order.number for order in rest.orders] == ["HF-103", "HF-104", "HF-105", "HF-106"]
            assert rest.older == 0

    async def test_lines_and_amounts_are_as_bought(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-1", lines=(("Mug", 3, 1550), ("Lamp", 1, 8900)), shipping=495)
            (order,) = (await orders.list_orders(session, customer)).orders
            assert (order.total_minor, order.pieces) == (14045, 4)
            assert [(line.product, line.total_minor) for line in order.lines] == [("Mug", 4650), ("Lamp", 8900)]

    async def test_another_customers_orders_are_not_there(self, database):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            await create_order(session, theirs, "HF-1")
            assert (await orders.list_orders(session, mine)).orders == ()
            assert await orders.open_orders(session, mine) == ()


class TestOpenOrders:
    async def test_only_what_is_still_to_come(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            for place, status in enumerate(OrderStatus):
                placed = NOW - timedelta(days=place)
                await create_order(session, customer, f"HF-{status}", status=status, placed_at=placed)
            found = await orders.open_orders(session, customer)
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
            (order,) = await orders.find_order(session, customer, reference)
            assert order.number == "HF-10432"

    async def test_the_whole_number_goes_before_an_ending(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            for number in ("HF-432", "HF-10432"):
                await create_order(session, customer, number)
            assert [order.number for order in await orders.find_order(session, customer, "432")] == ["HF-432"]

    async def test_several_that_fit_are_all_told_newest_first(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432", placed_at=NOW - timedelta(days=9))
            await create_order(session, customer, "HF-11432")
            found = await orders.find_order(session, customer, "432")
            assert [order.number for order in found] == ["HF-11432", "HF-10432"]

    @pytest.mark.parametrize("reference", ["HF-99999", "2", "", "-", "XX-10432", "%", "' OR 1=1", "HF-10432x", "１０"])
    async def test_what_fits_nothing_is_not_found(self, database, reference):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432")
            with pytest.raises(NotFound):
                await orders.find_order(session, customer, reference)

    async def test_somebody_elses_order_is_as_unknown_as_one_that_never_was(self, database):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            foreign = await create_order(session, theirs, "HF-10432")
            answers = []
            for reference in ("HF-10432", "HF-99999"):
                with pytest.raises(NotFound) as refused:
                    await orders.find_order(session, mine, reference)
                answers.append((refused.value.code, str(refused.value)))
            assert answers[0] == answers[1]
            with pytest.raises(NotFound):
                await orders.tracking(session, mine, foreign.id)


class TestTracking:
    async def test_parcels_come_with_the_order(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, "HF-1", status=OrderStatus.SHIPPED)
            await create_shipment(session, order, expected_on=date(2026, 11, 18))
            found = await orders.tracking(session, customer, order.id)
            (parcel,) = found.parcels
            assert (parcel.carrier, parcel.tracking_number, parcel.last_place) == ("Ternpost", "TP1", "Athlone")

    async def test_late_is_counted_from_the_day_after_the_promised_one(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, "HF-1", status=OrderStatus.SHIPPED)
            await create_shipment(session, order, expected_on=date(2026, 11, 18))
            (parcel,) = (await orders.tracking(session, customer, order.id)).parcels
            assert [parcel.late_by(date(2026, 11, day)) for day in (17, 18, 19, 21)] == [0, 0, 1, 3]

    async def test_what_has_arrived_is_never_late(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            order = await create_order(session, customer, "HF-1")
            await create_shipment(session, order, expected_on=date(2026, 11, 1), delivered_at=NOW)
            (parcel,) = (await orders.tracking(session, customer, order.id)).parcels
            assert parcel.late_by(date(2026, 11, 21)) == 0
