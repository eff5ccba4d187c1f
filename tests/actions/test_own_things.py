"""Questions about goods that are in the order or the task that a customer speaks of."""

import pytest

from actions.products import ShowProduct
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.paid_orders import buy

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
