"""Goods beside what the customer has, several questions in one, and what single things cost them."""

import pytest

from actions.faq import AnswerQuestion
from actions.orders import ListOrders
from actions.products import ShowProduct
from actions.show_order import ShowOrder
from support.models.orders import OrderStatus
from tests.actions.asking import ask
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")

ARTICLE = {"question": "price_difference", "title": "What if it is dearer?", "answer": "You pay the difference."}


@pytest.fixture
async def bought(database) -> Bought:
    """Two small kettles at 20.00 and a plain mug at 8.00, waiting to be packed."""
    async with database.write() as session:
        return await buy(session)


async def told(bought: Bought, text: str, **more) -> str:
    return (await ask(ShowProduct(), bought.customer, text=text, **more)).text


class TestBesideMine:
    async def test_the_wished_variant_is_compared_with_the_customers_own(self, bought):
        assert await told(bought, "is the large kettle cheaper than mine?") == (
            "The Kettle (size large) is in stock and costs €25.50. That is €5.50 more than you paid for yours."
        )

    async def test_a_general_answer_gives_way_to_the_figures(self, bought):
        text = "do you have the same kettle but large, and what is the difference in price?"
        answer = await ask(AnswerQuestion(), bought.customer, text=text, faq=ARTICLE)
        assert answer.text.endswith("costs €25.50. That is €5.50 more than you paid for yours.")

    async def test_it_stays_where_nothing_of_theirs_is_meant(self, bought):
        answer = await ask(AnswerQuestion(), bought.customer, text="who pays the price difference?", faq=ARTICLE)
        assert answer.text == "You pay the difference."

    async def test_several_are_added_up_by_their_pieces(self, bought):
        said = await told(bought, "if I take the large kettle and the striped mug instead, how much more in total?")
        assert said.endswith("\nTogether that is €11.00 more than what you have.")

    async def test_where_the_variant_is_not_clear_both_prices_are_told(self, bought):
        assert await told(bought, "how much more would another kettle cost than mine?") == (
            "You paid €20.00 for your 2 × Kettle (small). The Kettle costs €16.99 to €25.50. Which one do you mean?"
        )


class TestSeveralQuestions:
    async def test_each_is_answered_for_its_own_thing(self, bought):
        said = await told(bought, "what's the cheapest kettle and what's the most expensive mug?")
        first, *rest = said.split("\n")
        assert first.startswith("The cheapest Kettle in stock is the one with size small, colour copper: €16.99.")
        assert "Both options of the Mug cost the same: €8.00." in rest


class TestNothingNamed:
    async def test_what_names_nothing_is_asked_about_and_not_quoted(self, bought):
        assert (await told(bought, "Oh, not in stock?")).startswith("Which thing do you mean?")

    async def test_in_a_task_it_is_left_to_the_open_question(self, bought):
        slots = {"task": {"task": "change_order_items"}, "order": bought.order.number}
        answer = await ask(ShowProduct(), bought.customer, text="Oh, not in stock?", slots=slots)
        assert answer.messages == []


class TestPaid:
    async def test_what_a_thing_did_cost_is_what_was_paid(self, bought):
        assert await told(bought, "what did the mug cost?") == f"You paid: Mug (plain) for €8.00, in order {bought.order.number}."

    async def test_the_cheapest_thing_ever_is_a_thing_and_no_order(self, bought, database):
        async with database.write() as session:
            await create_order(
                session, bought.customer, "HF-77002", lines=((bought.striped, 1, 700),), status=OrderStatus.DELIVERED
            )
        text = "which was the cheapest thing I've ever ordered, among the orders that arrived?"
        for action in (ShowOrder(), ListOrders()):
            assert (await ask(action, bought.customer, text=text)).text == (
                "The cheapest thing of what is delivered is the Mug (striped) for €7.00, in order HF-77002."
            )

    async def test_the_total_of_the_one_with_a_thing_is_that_of_its_order(self, bought):
        answer = await ask(ShowProduct(), bought.customer, text="what does the one with the mug come to altogether?")
        assert answer.text.startswith(f"Your order {bought.order.number} comes to €52.95:")
        assert answer.slots["order_number"] == bought.order.number
