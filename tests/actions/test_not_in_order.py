"""Things that were named along with those of an order, and that are not in it."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        await stocked(session, "Desk Lamp", (4000, 5, {"color": "white"}))
        await stocked(session, "Headphones", (5000, 5, {"color": "red"}))
        return await buy(session, status=OrderStatus.DELIVERED, balance=9000)


class TestNotInOrder:
    async def test_it_is_said_before_the_question_and_not_again(self, bought):
        talk = Talk(bought.customer)
        said = await talk.say(f"return the mug, the desk lamp and the kettles of {bought.order.number}", "return_items")
        assert said.startswith(f"There is no Desk Lamp in order {bought.order.number}. 2 × Kettle (small) at €40.00 and Mug (plain) at €8.00:")
        assert (await talk.say("to the gift card")).startswith("You would return from order")

    async def test_it_is_said_before_the_plan(self, bought):
        said = await Talk(bought.customer).say(
            f"return the mug and the headphones of {bought.order.number} to my gift card", "return_items"
        )
        assert said.startswith(f"There are no Headphones in order {bought.order.number}. You would return from order")
        said = await Talk(bought.customer).say(
            f"in {bought.order.number} exchange the kettles for large ones and the desk lamp for a brass one, by Visa",
            "exchange_items",
        )
        assert said.startswith(f"There is no Desk Lamp in order {bought.order.number}. You would exchange from order")

    async def test_alone_it_leads_to_what_there_is(self, bought):
        said = await Talk(bought.customer).say(f"return the desk lamp from {bought.order.number}", "return_items")
        assert said.startswith(f"There is no Desk Lamp in order {bought.order.number}. What of order")

    async def test_a_thing_of_another_order_that_is_named_is_none(self, bought):
        said = await Talk(bought.customer).say(f"return the mug and the kettles of {bought.order.number}", "return_items")
        assert "There is no" not in said
