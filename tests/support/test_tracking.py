"""Where an order's parcels are, and how late."""

from datetime import date

from support.models.orders import OrderStatus, Shipment
from support.ordering import orders
from tests.support.shop_rows import NOW, create_customer, create_order, create_shipment, speaker_of


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
