"""All orders of a customer."""

from datetime import timedelta

import pytest

from actions.orders import ListOrders
from actions.wording import STATUS
from support.models.orders import OrderStatus
from tests.actions.asking import ask
from tests.support.shop_rows import NOW, create_customer, create_order

pytestmark = pytest.mark.usefixtures("shop")


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

    @pytest.mark.parametrize(("text", "said", "numbers"), [
        ("what is the total of my orders that are not cancelled?", "You have 2 orders that are not cancelled", "23"),
        ("how much are all my orders without the cancelled ones?", "You have 2 orders that are not cancelled", "23"),
        ("which of my orders are cancelled?", "You have 1 order that is cancelled", "1"),
        ("which of my orders haven't arrived yet?", "You have 1 order that is open", "2"),
        ("which of my orders aren't delivered?", "You have 1 order that is open", "2"),
    ])
    async def test_a_not_turns_the_status_round(self, aoife, database, text, said, numbers):
        async with database.write() as session:
            for number, status in enumerate((OrderStatus.CANCELLED, OrderStatus.PENDING, OrderStatus.DELIVERED), 1):
                await create_order(session, aoife, f"HF-{number}", status=status)
        told = (await ask(ListOrders(), aoife, text=text)).text
        assert told.startswith(said)
        assert [number for number in "123" if f"HF-{number}" in told] == list(numbers)
