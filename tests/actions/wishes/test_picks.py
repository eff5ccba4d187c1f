"""The variant that is wished: taken where only one is it, and picked from those that were shown."""

import pytest

from tests.actions.wishes.ordered import options

pytestmark = pytest.mark.usefixtures("shop")


class TestTheOnlyOne:
    async def test_the_only_one_with_all_that_was_said_is_taken_though_nothing_keeps_the_rest(self, talk):
        said = await talk.say("in HF-6390527 the tablet 8-inch in gold", "change_order_items")
        assert "Tablet (size 7-inch, color silver) becomes size 8-inch, color gold" in said

    async def test_the_same_of_another_thing_is_not_said_of_it(self, talk):
        said = await talk.say(
            "in HF-6390527 the same lamp in brass and the tablet 8-inch in gold", "change_order_items"
        )
        assert "becomes color brass" in said
        assert "becomes size 8-inch, color gold" in said

    async def test_a_colour_that_there_is_not_is_said_to_be_none(self, talk):
        said = await talk.say("in HF-6390527 I want the watch in green", "change_order_items")
        assert said.startswith("The Wristwatch can't be had as you wish it (green). These can be had:")


class TestPicked:
    @pytest.mark.parametrize("answer", [
        "Yes, that tablet is exactly what I meant.", "Yes, that tablet is the one I'd like.", "those are the right ones",
        "Yes, the gold one for €230.00, please.", "the first one in your list", "Yes please, if it really is available.",
    ])
    async def test_an_answer_that_takes_up_the_only_one_shown_takes_it(self, talk, answer):
        await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        assert "becomes size 8-inch, color gold" in await talk.say(answer)

    @pytest.mark.parametrize("answer", [
        "number 2", "2", "the secnd one then", "the second one is the dearest, right? that one",
    ])
    async def test_one_of_several_is_taken_by_its_place(self, talk, answer):
        await talk.say("in HF-6390527 change the watch", "change_order_items")
        assert "becomes strap metal" in await talk.say(answer)

    async def test_the_cheapest_is_taken_though_it_is_mistyped(self, talk):
        said = await talk.say("in HF-6390527 the tablet for the chepest black one u have in stock", "change_order_items")
        assert "becomes size 8-inch, color black" in said

    async def test_what_the_answer_wishes_besides_is_taken_too(self, talk, database):
        await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        said = await talk.say("Yes, that's the one. And the watch: the metal one.")
        assert "Tablet (size 7-inch, color silver) becomes size 8-inch, color gold" in said
        assert "Wristwatch (strap silicone) becomes strap metal" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "8-inch gold"]

    async def test_a_place_in_the_list_loses_nothing_that_was_wished_before(self, talk):
        await talk.say("in HF-6390527 the lamp in brass and the tablet in black", "change_order_items")
        said = await talk.say("The second one: black, ten inches.")
        assert "becomes color brass" in said
        assert "becomes size 10-inch, color black" in said

    async def test_a_place_with_the_values_of_another_is_the_one_that_has_them(self, talk):
        await talk.say("in HF-6390527 the tablet in black", "change_order_items")
        assert "becomes size 10-inch, color black" in await talk.say("The first one: black, ten inches.")

    async def test_a_yes_with_another_wish_for_it_takes_nothing(self, talk):
        await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        assert "gold" not in await talk.say("Yes. The 10-inch in black though")

    async def test_a_yes_to_another_thing_picks_nothing(self, talk):
        await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        assert "becomes size 8-inch" not in await talk.say("is the watch the right one?")


class TestCounts:
    async def test_a_number_of_orders_is_no_value_and_draws_nothing_in(self, talk):
        said = await talk.say(
            "I have two pending orders; in HF-6390527 I'd like the lamp to be brass", "change_order_items"
        )
        assert "Desk Lamp (color white) becomes color brass" in said
        assert "Tablet" not in said

    async def test_those_two_changes_are_agreed_to(self, talk, database):
        await talk.say("in HF-6390527 the lamp in brass and the watch in metal", "change_order_items")
        await talk.say("Yes, please make those two changes.")
        assert await options(database, "HF-6390527") == ["brass", "metal", "7-inch silver"]


class TestPaidAlong:
    @pytest.mark.parametrize("pay", ["put it on my gift card if there's enough on it, else Visa", "put the difference on my gift card"])
    async def test_what_is_said_of_the_money_beside_a_pick_pays_the_difference_and_no_order(self, delivered, pay):
        await delivered.say("in HF-7001234 exchange the keyboard", "exchange_items")
        said = await delivered.say(f"the first one. {pay}", clauses=[
            {"text": "the first one.", "intent": "exchange_items", "confidence": 0.6, "asks": False, "inquires": False, "faq": {}},
            {"text": pay, "intent": "change_order_payment", "confidence": 0.92, "asks": True, "inquires": False, "faq": {}},
        ])
        assert "You pay €5.00 more, by your gift card" in said

    async def test_one_of_those_shown_is_taken_however_it_was_understood(self, talk):
        await talk.say("in HF-6390527 change the watch", "change_order_items")
        said = await talk.say("The cheaper one, like I said :) And while we're at it, the lamp in brass", "show_product")
        assert "1 × Wristwatch (strap silicone) becomes strap leather" in said
        assert "1 × Desk Lamp (color white) becomes color brass" in said


@pytest.mark.parametrize("first", ["Now the one with the watch: the lamp in brass, please", "In my order with the watch, what would it cost me to have the lamp in brass?"])
async def test_what_tells_the_order_is_not_what_is_to_change(talk, first):
    said = await talk.say(first, "change_order_items")
    assert "1 × Desk Lamp (color white) becomes color brass" in said
    assert "Wristwatch (" not in said


async def test_what_is_only_said_of_a_thing_in_that_order_describes_no_order(talk):
    said = await talk.say("HF-6390527: the lamp in brass. And the watch in that order with a metal strap", "change_order_items")
    assert "becomes color brass" in said
    assert "becomes strap metal" in said


@pytest.mark.parametrize("over", ["Aw okay, then just leave everything as it is please", "let's leave it then"])
async def test_everything_stays_where_nothing_can_be_had_so(talk, database, over):
    await talk.say("in HF-6390527 I want the watch in green", "change_order_items")
    assert "I leave that as it is" in await talk.say(over, "deny")
    assert not talk.form
    assert await options(database, "HF-6390527") == ["white", "silicone", "7-inch silver"]
