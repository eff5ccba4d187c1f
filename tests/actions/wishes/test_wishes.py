"""Other variants instead of what is in an order: several at once, alternatives, and what was spoken of before."""

import pytest
from sqlalchemy import select

from support.models.catalogue import Product, Variant
from tests.actions.wishes.ordered import options

pytestmark = pytest.mark.usefixtures("shop")


class TestSeveralWishes:
    async def test_what_comes_nearest_to_a_wish_that_cannot_be_had_is_offered_first(self, talk):
        said = await talk.say("in HF-6390527 the tablet in 10-inch and gold", "change_order_items")
        assert said.startswith("The Tablet can't be had as you wish it (10-inch, gold).")
        assert [button for button in talk.buttons if "size" in button] == [
            "size 10-inch, color black", "size 8-inch, color gold", "size 8-inch, color black",
        ]

    async def test_the_cheapest_in_another_colour_keeps_all_else_that_shall_be_the_same(self, talk):
        said = await talk.say("in HF-6390527 the tablet in a different colour, otherwise the same, cheapest one", "change_order_items")
        assert "can't be had just so" in said or "can't be had as you wish" in said
        said = await talk.say("the 8-inch tablet in HF-6390527 then, the cheapest one", "change_order_items")
        assert "size 8-inch, color black" in said

    async def test_a_thing_asked_after_is_what_the_one_named_then_is_of(self, talk):
        await talk.say("in HF-6390527 the watch in metal", "change_order_items")
        said = await talk.say("and where's the lamp? the brass one too", "change_order_items")
        assert "Desk Lamp (color white) becomes color brass" in said
        assert "Wristwatch (strap silicone) becomes strap metal" in said

    async def test_only_in_another_colour_leaves_nothing_else_out(self, talk):
        await talk.say("in HF-6390527 the watch in metal and the tablet in 10-inch black", "change_order_items")
        said = await talk.say("that tablet's wrong, I want 8 inch, only in gold", "change_order_items")
        assert "size 8-inch, color gold" in said
        assert "Wristwatch (strap silicone) becomes strap metal" in said

    async def test_a_part_of_a_name_in_a_list_is_a_wish_of_its_own(self, talk, database):
        said = await talk.say(
            "change items in HF-6390527: lamp to brass, watch to metal", "change_order_items"
        )
        assert "You pay €14.00 more" in said
        assert await options(database, "HF-6390527") == ["white", "silicone", "7-inch silver"]
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "metal", "7-inch silver"]

    @pytest.mark.parametrize("said", [
        "Then the order with the tablet: I want a 10-inch one instead", "the order with the tablet! can i get a 10-inch one insted",
    ])
    async def test_the_thing_that_tells_which_order_it_is_may_be_the_one_to_change(self, talk, said):
        assert "1. size 10-inch, color black" in await talk.say(said, "change_order_items")

    async def test_what_does_not_matter_may_change_with_it(self, talk):
        said = await talk.say("change the tablet to a black one, the size is all the same to me", "change_order_items")
        assert "becomes size 8-inch, color black" in said

    async def test_what_is_asked_for_is_listed_with_what_it_cost(self, talk):
        said = await talk.say("I want to change something in HF-6390527", "change_order_items")
        assert "1. Desk Lamp (white) · €40.00" in said

    async def test_a_wish_after_a_colon_is_about_the_thing_before_it(self, talk):
        said = await talk.say("change order HF-6390527. The lamp: black, or brass if that is sold out", "change_order_items")
        assert "becomes color brass" in said
        assert "Wristwatch" not in said

    async def test_what_can_not_be_had_is_said_and_the_choice_is_among_what_is_like_it(self, talk, database):
        said = await talk.say("in HF-6390527 I want the lamp in brass and the tablet in black", "change_order_items")
        assert said.startswith(
            "The Tablet can't be had just so (black, all else the same). Which of these shall it be instead of the "
            "Tablet (7-inch, silver)?"
        )
        assert "gold" not in said
        # There is an 8-inch one in gold too, but it was not offered
        assert "becomes size 8-inch, color black" in await talk.say("the 8-inch one then")
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "8-inch black"]


    async def test_a_yes_takes_the_only_one_that_comes_near(self, talk, database):
        said = await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        assert said.startswith(
            "The Tablet can't be had just so (gold, all else the same). This one comes nearest, with another size. "
            "Shall it be that?"
        )
        assert "becomes size 8-inch, color gold" in await talk.say("yes please")
        assert await options(database, "HF-6390527") == ["white", "silicone", "7-inch silver"]


class TestSeveralOrders:
    async def test_each_order_gets_what_is_said_of_it(self, talk, database):
        said = await talk.say(
            "in HF-6390527 the lamp should be brass, and in HF-5550012 the earbuds should be blue", "change_order_items"
        )
        assert "your order HF-6390527: 1 × Desk Lamp" in said
        assert "your order HF-5550012: 1 × Earbuds (color white) becomes color blue" in await talk.say("yes")
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "7-inch silver"]
        assert await options(database, "HF-5550012") == ["blue"]

    async def test_an_order_to_be_changed_is_not_the_one_to_cancel(self, talk):
        await talk.say(
            "order HF-6390527, change the lamp to brass. And cancel HF-5550012, I ordered that by mistake", "cancel_order"
        )
        assert talk.slots["order"] == "HF-5550012"

    async def test_one_corrected_to_the_other_of_two_is_done_once(self, talk):
        await talk.say("cancel HF-6390527 and HF-5550012, ordered by mistake", "cancel_order")
        await talk.say("no, HF-5550012")
        said = await talk.say("yes")
        assert "order HF-5550012 is cancelled" in said
        assert "can't be cancelled" not in said

    async def test_the_one_thing_in_an_order_is_what_was_wished_before_its_number(self, talk):
        await talk.say("I want the blue earbuds instead", "change_order_items")
        assert "becomes color blue" in "\n".join(one["text"] for one in talk.messages)


class TestOtherwiseLeft:
    async def test_what_cannot_be_had_stays_and_the_plan_says_so(self, talk, database):
        said = await talk.say(
            "in HF-6390527 the lamp in black, otherwise leave the lamp as it is, and the watch in metal", "change_order_items"
        )
        assert "As you wish it (black) the Desk Lamp can't be had, so nothing is changed there. You pay €9.00 more" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]

    async def test_where_nothing_else_is_wished_it_ends_there(self, talk):
        said = await talk.say("the lamp of HF-6390527 in black, if it's sold out leave it", "change_order_items")
        assert said.startswith("None of that is in stock as you wish it. So nothing is changed.")
        assert not talk.form


class TestSpokenOf:
    async def test_mine_is_the_thing_that_was_asked_about_before(self, talk, database):
        async with database.read() as session:
            product = await session.scalar(select(Product.id).where(Product.name == "Wristwatch"))
        talk.slots["product"] = product
        said = await talk.say("swap mine for another one then", "change_order_items")
        assert "What would you like instead of the Wristwatch (silicone)?" in said

    async def test_without_such_a_word_the_order_is_asked_for(self, talk, database):
        async with database.read() as session:
            product = await session.scalar(select(Product.id).where(Product.name == "Wristwatch"))
        talk.slots["product"] = product
        assert "Which order do you want to change?" in await talk.say("I need to change an order", "change_order_items")

    async def test_that_one_is_the_variant_that_the_answer_came_to(self, talk, database):
        async with database.read() as session:
            metal = await session.scalar(select(Variant.id).where(Variant.price_minor == 9900))
        talk.slots["variant"] = metal
        await talk.say("swap the watch in HF-6390527 for that one please", "change_order_items")
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]
