"""Another product wished instead of a line: it is said that that cannot be, and what can."""

import pytest

from actions.products import SearchProducts
from tests.actions.asking import ask
from tests.actions.wishes.ordered import options

pytestmark = pytest.mark.usefixtures("shop")
NO_EARBUDS = (
    "The Desk Lamp (white) can't become another product (Earbuds), only another kind of Desk Lamp: to have the other one, "
    "you can cancel the whole order and order anew."
)


class TestOtherProducts:
    @pytest.mark.parametrize(("text", "intent"), [
        ("swap the lamp in HF-6390527 for some earbuds, the blue ones", "change_order_items"),
        ("could I get earbuds instead of the lamp?", "exchange_items"),
    ])
    async def test_it_is_refused_in_so_many_words(self, talk, text, intent):
        assert await talk.say(text, intent) == f"{NO_EARBUDS} So nothing is changed."
        assert talk.buttons == ["Cancel the whole order HF-6390527", "Talk to a person"]
        assert not talk.form

    async def test_what_else_is_wished_is_done_all_the_same(self, talk, database):
        said = await talk.say(
            "in HF-6390527 swap the lamp for some earbuds and the wristwatch for the one with a metal strap",
            "change_order_items",
        )
        assert "Wristwatch (strap silicone) becomes strap metal at €99.00" in said
        assert f"{NO_EARBUDS} You pay €9.00 more" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]

    async def test_an_answer_that_names_another_thing_is_refused_too(self, talk):
        assert "What would you like instead of the Desk Lamp" in await talk.say("change the lamp in HF-6390527", "change_order_items")
        assert await talk.say("some earbuds") == f"{NO_EARBUDS} So nothing is changed."

    async def test_asked_as_of_the_catalogue_it_is_refused_as_well(self, talk):
        answer = await ask(SearchProducts(), talk.customer, text="I want earbuds instead of the lamp")
        assert answer.text == NO_EARBUDS

    async def test_to_take_one_thing_out_is_answered_at_once_whatever_it_was_taken_for(self, talk):
        said = await talk.say("could you take just the lamp out of HF-6390527? I found it cheaper elsewhere.", "exchange_items")
        assert said.startswith("Single things can't be taken out of an order, so the Desk Lamp (white) would have to stay")

    async def test_found_cheaper_elsewhere_wishes_for_no_cheaper_one(self, talk):
        await talk.say("change the wristwatch in HF-6390527", "change_order_items")
        assert "Sorry, I didn't get that." in await talk.say("I found it cheaper elsewhere")
