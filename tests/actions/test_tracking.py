"""Where an order is."""

from datetime import date, timedelta

import pytest

from actions.tracking import TrackOrder
from support.models.orders import OrderStatus, Shipment
from tests.actions.asking import ask
from tests.support.shop_rows import NOW, create_customer, create_order, create_shipment

pytestmark = pytest.mark.usefixtures("shop")


class TestTrackOrder:
    async def test_the_only_open_order_needs_no_number(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1", placed_at=NOW - timedelta(days=30))
            order = await create_order(session, aoife, "HF-2", status=OrderStatus.SHIPPED)
            await create_shipment(session, order, expected_on=date(2026, 11, 24))
        answer = await ask(TrackOrder(), aoife)
        assert answer.text.splitlines() == [
            "Your order HF-2 is on its way.",
            "It should arrive on Tuesday 24 November.",
            "Latest from Ternpost: Sorted at the depot, Athlone (23 November, 12:00).",
            "Tracking number TP1: https://ternpost.example/TP1",
            "In it: Mug (oat), €15.00 in all.",
        ]
        assert answer.slots == {"order_number": "HF-2"}

    @pytest.mark.parametrize(("text", "entities"), [
        ("where is #W7001?", {}), ("order #W7001", {}), ("I'm Jo Lee, 90210, where is 7001?", {"order_number": "90210"}),
    ])
    async def test_a_number_of_any_form_is_known(self, aoife, database, text, entities):
        async with database.write() as session:
            await create_order(session, aoife, "#W7001", status=OrderStatus.PROCESSED)
            await create_order(session, aoife, "#W7002", status=OrderStatus.PROCESSED)
        assert (await ask(TrackOrder(), aoife, text=text, **entities)).slots == {"order_number": "#W7001"}

    async def test_a_postcode_is_no_number(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-10432", status=OrderStatus.PROCESSED)
        answer = await ask(TrackOrder(), aoife, text="Jo Lee, 90210, where's my stuff", order_number="90210")
        assert answer.slots == {"order_number": "HF-10432"}

    async def test_what_the_carrier_has_not_told_is_not_made_up(self, aoife, database):
        async with database.write() as session:
            order = await create_order(session, aoife, "HF-2", status=OrderStatus.SHIPPED)
            session.add(Shipment(order_id=order.id, carrier="Ternpost", tracking_number="TP1", shipped_at=NOW))
        answer = await ask(TrackOrder(), aoife)
        assert answer.text.splitlines() == [
            "Your order HF-2 is on its way.",
            "Ternpost has not told us yet on which day it will arrive.",
            "Ternpost has had it since 21 November.",
            "Tracking number TP1.",
            "In it: Mug (oat), €15.00 in all.",
        ]

    async def test_an_event_without_a_time_and_a_delivery_without_an_event_are_told_as_they_are(self, aoife, database):
        async with database.write() as session:
            order = await create_order(session, aoife, "HF-2")
            session.add_all([
                Shipment(
                    order_id=order.id, carrier="Ternpost", tracking_number="TP1", shipped_at=NOW - timedelta(days=3),
                    delivered_at=NOW, last_event="Handed over",
                ),
                Shipment(
                    order_id=order.id, carrier="Ternpost", tracking_number="TP2", shipped_at=NOW - timedelta(days=2),
                    delivered_at=NOW - timedelta(days=1),
                ),
            ])
        assert (await ask(TrackOrder(), aoife)).text.splitlines()[1:3] == [
            "Parcel 1: Latest from Ternpost: Handed over.", "Parcel 2: Ternpost delivered it on 20 November.",
        ]

    async def test_a_parcel_due_today_is_said_to_come_today(self, aoife, database):
        async with database.write() as session:
            order = await create_order(session, aoife, "HF-2", status=OrderStatus.SHIPPED)
            await create_shipment(session, order, expected_on=date(2026, 11, 21))
        assert "It should arrive today." in (await ask(TrackOrder(), aoife)).text

    async def test_a_late_parcel_is_owned_up_to_and_a_person_offered(self, aoife, database):
        async with database.write() as session:
            order = await create_order(session, aoife, "HF-2", status=OrderStatus.SHIPPED)
            await create_shipment(session, order, expected_on=date(2026, 11, 20))
        answer = await ask(TrackOrder(), aoife)
        assert "It was due on Friday 20 November and is 1 day late. I'm sorry" in answer.text
        assert answer.buttons["Talk to a person"] == "rapport:person"

    async def test_several_open_orders_are_asked_about(self, aoife, database):
        async with database.write() as session:
            for number in ("HF-1", "HF-2"):
                await create_order(session, aoife, number, status=OrderStatus.PENDING)
        answer = await ask(TrackOrder(), aoife)
        assert "Which one do you mean?" in answer.text
        assert sorted(answer.buttons) == ["Track HF-1", "Track HF-2"]

    async def test_it_means_the_order_spoken_of_last(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1", placed_at=NOW - timedelta(days=30))
            await create_order(session, aoife, "HF-2", status=OrderStatus.PENDING)
        slots = {"order_number": "HF-1"}
        assert "HF-1 was delivered" in (await ask(TrackOrder(), aoife, text="and where is it now?", slots=slots)).text
        assert "HF-2" in (await ask(TrackOrder(), aoife, text="where is my parcel", slots=slots)).text

    @pytest.mark.parametrize("number", ["HF-999", "HF-7"])
    async def test_an_unknown_order_and_a_foreign_one_look_the_same(self, aoife, database, number):
        async with database.write() as session:
            await create_order(session, await create_customer(session), "HF-7", lines=(("Secret", 1, 100),))
            await create_order(session, aoife, "HF-1")
        answer = await ask(TrackOrder(), aoife, order_number=number)
        assert answer.text == f"I can't find an order {number} among yours. Is it one of these?"
        assert sorted(answer.buttons) == ["Talk to a person", "Track HF-1"]

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (OrderStatus.PENDING, "is waiting to be packed. Orders usually leave within 1 working day."),
            (OrderStatus.PROCESSED, "has been packed since 21 November"),
            (OrderStatus.DELIVERED, "was delivered on 21 November."),
            (OrderStatus.CANCELLED, "was cancelled on 21 November."),
            (
                OrderStatus.RETURN_REQUESTED,
                "A return of your order HF-1 was asked for on 21 November. Once your parcel is back with us, the refund "
                "takes up to 5 working days.",
            ),
            (
                OrderStatus.EXCHANGE_REQUESTED,
                "An exchange for your order HF-1 was asked for on 21 November. We see to it as soon as your parcel is "
                "back with us.",
            ),
            (OrderStatus.RETURNED, "came back to us on 21 November. A refund takes up to 5 working days"),
        ],
    )
    async def test_every_status_has_its_sentence(self, aoife, database, status, words):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1", status=status)
        assert words in (await ask(TrackOrder(), aoife, order_number="hf1")).text

    async def test_nothing_ever_ordered(self, aoife):
        answer = await ask(TrackOrder(), aoife)
        assert "there is no parcel to look for" in answer.text
        assert "Talk to a person" in answer.buttons
