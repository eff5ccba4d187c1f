from datetime import UTC, date, datetime, timedelta

import pytest

from actions.history import ShowLastConversations
from actions.orders import ListOrders
from actions.points import ShowPoints
from actions.purchases import ShowPurchases
from actions.tracking import TrackOrder
from actions.wording import STATUS
from support.errors import NotFound
from support.models.conversations import Author, State
from support.models.customers import Customer
from support.models.orders import OrderStatus, Shipment
from tests.actions.asking import ask
from tests.support.shop_rows import (
    NOW,
    create_account,
    create_customer,
    create_order,
    create_shipment,
    earn,
)
from tests.support.test_past_conversations import create_contact, create_conversation

pytestmark = pytest.mark.usefixtures("shop")

PERSONAL = (ListOrders, TrackOrder, ShowPurchases, ShowPoints, ShowLastConversations)


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        return await create_customer(session)


class TestVisitor:
    @pytest.mark.parametrize("action", PERSONAL)
    async def test_is_asked_to_sign_in_and_told_what_can_be_done_instead(self, action):
        answer = await ask(action(), order_number="HF-1", slots={"customer_id": "1", "order_number": "HF-1"})
        assert "sign in on the shop's page" in answer.text
        assert answer.buttons["Talk to a person"] == "rapport:person"
        assert set(answer.slots) == {"step_up"}

    @pytest.mark.parametrize("action", PERSONAL)
    async def test_a_level_below_signed_in_shows_nothing_even_with_a_customer(self, action, aoife):
        answer = await ask(action(), aoife, level="visitor")
        assert "sign in" in answer.text

    async def test_a_customer_who_is_gone_is_a_failure_and_no_answer(self):
        gone = Customer(id="00000000-0000-4000-8000-000000000000")
        with pytest.raises(NotFound):
            await ask(ListOrders(), gone)


class TestOrderHolder:
    @pytest.fixture
    async def held(self, aoife, database) -> str:
        async with database.write() as session:
            await create_order(session, aoife, "HF-2", status=OrderStatus.SHIPPED)
            return (await create_order(session, aoife, "HF-1", status=OrderStatus.SHIPPED)).id

    async def test_hears_of_the_one_order_alone(self, aoife, held):
        listed = await ask(ListOrders(), aoife, level="order_holder", order_id=held)
        assert listed.text.startswith("You have one order with us, Aoife:\n1. HF-1 ")
        tracked = await ask(TrackOrder(), aoife, level="order_holder", order_id=held)
        assert tracked.text.startswith("Your order HF-1 is on its way.")
        other = await ask(TrackOrder(), aoife, level="order_holder", order_id=held, order_number="HF-2")
        assert other.text.startswith("I can't find an order HF-2 among yours.")

    @pytest.mark.parametrize("action", [ShowPurchases, ShowPoints, ShowLastConversations])
    async def test_is_asked_to_sign_in_for_all_else(self, aoife, held, action):
        answer = await ask(action(), aoife, level="order_holder", order_id=held)
        assert "sign in on the shop's page" in answer.text


class TestVerified:
    async def test_sees_what_a_signed_in_customer_sees(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1")
        for action in PERSONAL:
            assert (await ask(action(), aoife, level="verified")).text == (await ask(action(), aoife)).text


class TestListOrders:
    async def test_none_yet(self, aoife):
        answer = await ask(ListOrders(), aoife)
        assert answer.text.startswith("You haven't ordered anything from us yet, Aoife.")
        assert "Talk to a person" in answer.buttons

    async def test_one(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-10432", lines=(("Mug", 2, 1550), ("Lamp", 1, 8900)), shipping=495)
        answer = await ask(ListOrders(), aoife)
        assert answer.text == (
            "You have one order with us, Aoife:\n"
            "1. HF-10432 · 21 November · €124.95 · delivered\n   Lamp (oat) and 2 more things"
        )
        assert answer.buttons == {"Track HF-10432": '/track_order{"order_number": "HF-10432"}'}

    @pytest.mark.parametrize("status", OrderStatus)
    async def test_every_status_has_its_words(self, aoife, database, status):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1", status=status)
        assert f"· {STATUS[status]}\n" in (await ask(ListOrders(), aoife)).text

    async def test_the_rest_of_many_is_a_button_away(self, aoife, database):
        async with database.write() as session:
            for age in range(8):
                await create_order(session, aoife, f"HF-{200 - age}", placed_at=NOW - timedelta(days=age))
        first = await ask(ListOrders(), aoife)
        assert first.text.startswith("Your latest 5 orders, Aoife:\n1. HF-200 ")
        assert first.text.endswith("3 older orders besides.")
        assert first.buttons["Older orders"] == '/list_orders{"before": "HF-196"}'
        second = await ask(ListOrders(), aoife, before="HF-196")
        assert second.text.startswith("Your older orders:\n1. HF-195 ")
        assert "Older orders" not in second.buttons
        last = await ask(ListOrders(), aoife, before="HF-193")
        assert last.text == "That was your first order with us; there are no older ones."

    async def test_formats_are_the_customers_own(self, database):
        async with database.write() as session:
            jonas = await create_customer(session, first_name="Jonas", locale="de_DE")
            await create_order(session, jonas, "HF-1", lines=(("Rug", 1, 123450),))
        assert "1.234,50\xa0€" in (await ask(ListOrders(), jonas)).text


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


class TestShowPurchases:
    async def test_a_month_with_its_total(self, aoife, database):
        may = datetime(2026, 5, 12, 12, tzinfo=UTC)
        async with database.write() as session:
            await create_order(
                session, aoife, "HF-1", lines=(("Mug", 2, 1550), ("Lamp", 1, 8900)), shipping=495, placed_at=may
            )
            await create_order(session, aoife, "HF-2")
        answer = await ask(ShowPurchases(), aoife, period="May")
        assert answer.text == (
            "In May 2026 you bought 3 things in order HF-1, Aoife, for €124.95 with delivery:\n"
            "1. Lamp: €89.00\n2. 2 × Mug: €31.00"
        )

    async def test_without_a_period_the_last_ninety_days_count(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1", placed_at=NOW - timedelta(days=91))
        answer = await ask(ShowPurchases(), aoife)
        assert answer.text == "In the last 90 days you bought nothing from us, Aoife."
        assert "Last year" in answer.buttons

    async def test_a_long_list_says_how_much_is_left(self, aoife, database):
        async with database.write() as session:
            lines = tuple((f"Thing {place}", 1, 1000 - place) for place in range(10))
            await create_order(session, aoife, "HF-1", lines=lines)
        answer = await ask(ShowPurchases(), aoife)
        assert answer.text.endswith("8. Thing 7: €9.93\nand 2 more products")

    async def test_an_unreadable_period_is_said_to_be_so(self, aoife):
        answer = await ask(ShowPurchases(), aoife, period="the other day")
        assert answer.text.startswith("I can't tell which time you mean by “the other day”.")
        assert answer.buttons["This year"] == '/show_purchases{"period": "this year"}'


class TestShowPoints:
    async def test_none(self, aoife):
        assert (await ask(ShowPoints(), aoife)).text == (
            "You have no points just now, Aoife. Each €1.00 you spend on our goods earns you 1 point.\n"
            "Your tier is Seedling: you earned 0 points in the last twelve months. "
            "1,000 more points and you are in Oak."
        )

    async def test_what_lapses_when_and_what_is_missing(self, aoife, database):
        async with database.write() as session:
            account = await create_account(session, aoife)
            for place, points in enumerate((100, 20, 3, 400, 1), 1):
                lapses = datetime(2026, 12, place, tzinfo=UTC)
                await earn(session, account, points, at=NOW - timedelta(days=300), expires_at=lapses)
        assert (await ask(ShowPoints(), aoife)).text == (
            "You have 524 points, Aoife, worth €26.20.\n"
            "If you don't use them, you lose 100 points on 1 December, 20 points on 2 December and 3 points on "
            "3 December. "
            "The other 401 points last longer, the newest until 5 December.\n"
            "Your tier is Seedling: you earned 524 points in the last twelve months. "
            "476 more points and you are in Oak."
        )

    async def test_the_highest_tier_and_a_single_date(self, aoife, database):
        async with database.write() as session:
            account = await create_account(session, aoife)
            await earn(session, account, 1000, at=NOW, expires_at=datetime(2027, 11, 22, tzinfo=UTC))
        assert (await ask(ShowPoints(), aoife)).text == (
            "You have 1,000 points, Aoife, worth €50.00.\n"
            "They all lapse on 22 November 2027 unless you use them before.\n"
            "Your tier is Oak: you earned 1,000 points in the last twelve months. It is the highest one."
        )


class TestShowLastConversations:
    async def test_the_first_conversation_is_said_to_be_so(self, aoife):
        assert (await ask(ShowLastConversations(), aoife)).text.startswith("This is our first conversation, Aoife.")

    async def test_who_helped_and_what_was_answered(self, aoife, database):
        async with database.write() as session:
            contact = await create_contact(session, aoife)
            lines = ((Author.CUSTOMER, "Broken mug"), (Author.AGENT, "A new one\nis on its way."))
            await create_conversation(session, contact, "Broken mug", *lines, state=State.RESOLVED)
        assert (await ask(ShowLastConversations(), aoife)).text == (
            "This is what we talked about last time, Aoife:\n"
            "1. 20 November: “Broken mug”\n"
            "   Niamh from our team helped you, and it was settled.\n"
            "   The answer was: “A new one is on its way.”"
        )
