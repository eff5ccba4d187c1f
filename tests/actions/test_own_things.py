"""Questions about goods that are in the order or the task that a customer speaks of."""

import pytest

from actions.orders import ListOrders
from actions.products import ShowProduct
from actions.show_order import ShowOrder
from support.models.orders import OrderStatus
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.paid_orders import buy
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")


class TestOwnThings:
    @pytest.fixture
    async def bought(self, database):
        async with database.write() as session:
            return await buy(session)

    async def test_the_thing_in_the_order_last_spoken_of_is_meant(self, bought):
        slots = {"order_number": bought.order.number}
        said = (await ask(ShowProduct(), bought.customer, text="is there a larger one of my kettle in stock?", slots=slots)).text
        assert said == (
            "The Kettle (size large) is in stock and costs €25.50. That is €5.50 more than you paid for yours."
        )

    async def test_in_a_task_the_line_that_it_is_about_is_meant_and_the_task_goes_on(self, bought):
        talk = Talk(bought.customer)
        await talk.say("I want to change the kettle in my order", "change_order_items")
        said = await talk.say("how much is the large one?", "show_product")
        assert "The Kettle (size large) is in stock and costs €25.50." in said
        assert "Kettle" in said.splitlines()[-1] or "instead" in said
        assert talk.form

    async def test_what_is_left_on_it_is_told_of_a_gift_card_where_no_thing_was_spoken_of(self, bought):
        said = (await ask(ShowProduct(), bought.customer, text="How much is on it?")).text
        assert said == "There is €10.00 on your gift card ending in 0815."

    async def test_a_visitor_hears_nothing_of_orders(self, bought):
        slots = {"order_number": bought.order.number}
        answer = await ask(ShowProduct(), text="is there a larger one of mine in stock?", slots=slots)
        assert "Tell me the name of the thing" in answer.text


class TestPaid:
    @pytest.fixture
    async def bought(self, database):
        """Kettles of one kind, in two orders."""
        async with database.write() as session:
            first = await buy(session)
            await create_order(session, first.customer, "HF-7770001", lines=((first.small, 1, 2100),), status=OrderStatus.DELIVERED)
            return first.customer

    @pytest.mark.parametrize("action", [ListOrders(), ShowOrder()])
    async def test_what_came_in_several_orders_is_told_together(self, bought, action):
        said = (await ask(action, bought, text="I bought kettles in two orders. What did each of them cost, and together?")).text
        assert "€20.00 each" in said
        assert "€21.00, in order HF-7770001" in said
        assert said.endswith("Together that is €61.00.")

    @pytest.mark.parametrize("action", [ShowProduct(), ShowOrder()])
    @pytest.mark.parametrize("text", ["and mine cost how much?", "and what did mine cost?"])
    async def test_mine_is_the_like_of_what_was_looked_at_before(self, database, action, text):
        async with database.write() as session:
            bought = await buy(session)
        answer = await ask(action, bought.customer, text=text, said=("how much is your cheapest mug?",))
        assert answer.text == f"You paid: Mug (plain) for €8.00, in order {bought.order.number}."

