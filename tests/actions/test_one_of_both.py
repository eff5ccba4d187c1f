"""An exchange and a return of one order, wished for together."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session, status=OrderStatus.DELIVERED)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


class TestBoth:
    async def ask(self, talk, number: str) -> str:
        return await talk.say(f"in {number} exchange the kettle for a large one and return the mug", "exchange_items")

    async def test_are_told_to_be_impossible_before_anything_is_done(self, talk, bought):
        said = await self.ask(talk, bought.order.number)
        assert said == (
            "An order can have one exchange or one return, and not both. Which shall it be: that you exchange the "
            "Kettle, or that you return the Mug? The rest only a person could do then."
        )
        assert talk.buttons[:2] == ["Exchange the Kettle", "Return the Mug"]

    async def test_are_told_apart_in_the_middle_of_one_of_them(self, talk, bought):
        await talk.say(f"in {bought.order.number} exchange the kettle for a large one", "exchange_items")
        own, other = "Only the kettle gets exchanged, please.", "The mug I'd actually like to send back for a refund"
        said = await talk.say(f"{own} {other}", clauses=[
            {"text": own, "intent": "exchange_items", "confidence": 0.9, "asks": False, "inquires": False, "faq": {}},
            {"text": other, "intent": "return_items", "confidence": 0.9, "asks": True, "inquires": False, "faq": {}},
        ])
        assert said.startswith("An order can have one exchange or one return, and not both.")

    async def test_who_forgets_the_one_takes_the_other_with_what_is_said_of_it(self, talk, bought):
        await self.ask(talk, bought.order.number)
        said = await talk.say("Then let's forget about the exchange, I'll send both back. The money to my Visa")
        assert "You would return" in said
        assert "Kettle (small) at €40.00 and Mug (plain) at €8.00" in said

    async def test_the_one_that_is_chosen_goes_on_as_it_was_wished(self, talk, bought):
        await self.ask(talk, bought.order.number)
        said = await talk.say("then the exchange please", "exchange_items")
        assert "Kettle (small) for size large" in said

    async def test_so_does_the_other(self, talk, bought):
        await self.ask(talk, bought.order.number)
        said = await talk.say("Return the Mug", "return_items")
        assert said.startswith("Mug (plain): you get back €8.00.")

    @pytest.mark.parametrize(("answer", "begins"), [
        ("then the mug, please", "Mug (plain): you get back"), ("Then I'll keep the kettle. Just the mug please", "Mug (plain): you get"), ("the kettle of course", "You would exchange from order"),
    ])
    async def test_the_thing_tells_which(self, talk, bought, answer, begins):
        await self.ask(talk, bought.order.number)
        assert (await talk.say(answer)).startswith(begins)

    @pytest.mark.parametrize(("preference", "done"), [
        ("if only one of them can be done, I prefer the return", "Mug (plain): you get back €8.00."),
        ("If you can do only one, then the kettle please", "Kettle (small) for size large"),
        ("if it can't be both I'd rather exchange", "Kettle (small) for size large"),
    ])
    async def test_what_was_said_to_count_more_is_done(self, talk, bought, preference, done):
        said = await talk.say(
            f"in {bought.order.number} exchange the kettle for a large one and return the mug. {preference}",
            "exchange_items",
        )
        assert said.startswith("An order can have one exchange or one return, and not both: so it is the ")
        assert done in said

    async def test_in_the_middle_of_one_the_other_does_not_take_its_place(self, talk, bought):
        await talk.say(f"exchange the kettle in {bought.order.number} for a large one", "exchange_items")
        texts = ("could I also send back the mug from it?", "If only one of the two works I'd rather have the exchange")
        other = {"text": texts[0], "intent": "return_items", "confidence": 0.99, "asks": True, "inquires": True, "faq": {}}
        then = {"text": texts[1], "intent": "exchange_items", "confidence": 0.99, "asks": False, "inquires": False, "faq": {}}
        said = await talk.say(" ".join(texts), "exchange_items", clauses=[other, then])
        assert said.startswith("An order can have one exchange or one return, and not both: so it is the exchange, without the return.")
        assert "Mug" not in said
        assert talk.slots["task"]["task"] == "exchange_items"

    async def test_a_question_chooses_none(self, talk, bought):
        await self.ask(talk, bought.order.number)
        said = await talk.say("what does a return cost?", "faq", faq={"question": "cost", "answer": "Nothing."})
        assert said.startswith("Nothing.\nAn order can have one exchange or one return")

    async def test_what_says_nothing_is_asked_again_and_leaving_it_leaves_it(self, talk, bought):
        await self.ask(talk, bought.order.number)
        assert (await talk.say("hm what?")).startswith("Sorry, I didn't get that. An order can have one")
        assert (await talk.say("never mind")) == "All right, I leave that as it is. Nothing about it has been changed."

    @pytest.mark.parametrize("told", [
        "I want the kettle in {} exchanged for a large one, and the mug goes back", "{}: kettle one size larger. Mug to be returned.",
        "in {} the mug goes BACK. The kettle is what I want exchanged, in large", "I want both in {}: kettle exchanged for a large one and mug returned",
        "exchange kettle in {} for large one + return mug", "from {} the mug comes back, and swap the kettle for the large one, rest the same",
        "{}: 1) kettle in large instead 2) mug: return for refund",
    ])
    async def test_however_they_are_told(self, talk, bought, told):
        said = await talk.say(told.format(bought.order.number), "change_order_items")
        assert "that you exchange the Kettle, or that you return the Mug?" in said

    @pytest.mark.parametrize("text", ["I also want to return the mug", "can I have both, return mug + exchange kettle?"])
    async def test_the_other_one_in_the_middle_of_one_is_told_to_be_impossible_too(self, talk, bought, text):
        await talk.say(f"exchange the kettle in {bought.order.number} for a large one", "exchange_items")
        assert "and not both. Which shall it be" in await talk.say(text, "return_items")
        assert "Kettle (small) for size large" in await talk.say("the exchange then")

    async def test_so_is_a_thing_that_is_named_before_it_is_said_what_to_do_with_it(self, talk, bought):
        await talk.say(f"exchange the kettle in {bought.order.number} for a large one", "exchange_items")
        named, wish = "and the mug?", "i want to return that too"
        said = await talk.say(f"{named} {wish}", clauses=[
            {"text": named, "intent": "show_product", "confidence": 0.95, "asks": True, "inquires": True, "faq": {}},
            {"text": wish, "intent": "return_items", "confidence": 0.9, "asks": True, "inquires": False, "faq": {}},
        ])
        assert said.startswith("An order can have one exchange or one return")

    async def test_a_question_for_both_that_says_what_counts_more_chooses_that(self, talk, bought):
        await self.ask(talk, bought.order.number)
        said = await talk.say(
            "Can I have both, the exchange of the kettle and the mug's return? If not, exchange only and I keep the mug.", "exchange_items"
        )
        assert "Kettle (small) for size large" in said

    async def test_so_it_is_with_a_request_that_waits(self, talk, bought):
        waits = {"text": "return the mug", "intent": "return_items", "confidence": 0.9, "question": ""}
        talk.slots["agenda"] = [waits]
        said = await talk.say(f"exchange the kettle in {bought.order.number} for a large one", "exchange_items")
        assert said.startswith("An order can have one exchange or one return")
        assert not talk.slots["agenda"]


    async def test_it_is_the_order_of_what_was_asked_for_in_between(self, talk, bought):
        talk.slots["agenda"] = [
            {"text": "send my pending order to Cork", "intent": "change_order_address", "confidence": 0.9, "question": ""},
            {"text": "change the kettle in it to the large one", "intent": "exchange_items", "confidence": 0.9, "question": ""},
        ]
        said = await talk.say(f"return the mug from {bought.order.number}", "return_items")
        assert said.startswith("Mug (plain): you get back")


class TestOne:
    @pytest.mark.parametrize("told", [
        "can I return or exchange the kettle of {}?", "in {} exchange the kettle for a large one, don't return the mug",
        "in {} exchange the kettle for a large one instead of returning the mug",
        "exchange the kettle in {} for a large one and return the kettle to me quickly",
    ])
    async def test_is_asked_for(self, talk, bought, told):
        said = await talk.say(told.format(bought.order.number), "exchange_items")
        assert "and not both" not in said
