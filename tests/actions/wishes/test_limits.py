"""A wish that may cost only so much."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.actions.wishes.ordered import options
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


class TestLimits:
    async def test_what_costs_more_than_it_may_is_left_and_the_plan_says_so(self, talk, database):
        said = await talk.say(
            "in HF-6390527 the lamp in brass and the watch in metal, but the watch only if it costs at most €8 more",
            "change_order_items",
        )
        assert "Desk Lamp (color white) becomes color brass" in said
        assert "I leave the Wristwatch alone: strap metal costs €9.00 more, beyond your limit of €8.00." in said
        assert "You pay €5.00 more" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "7-inch silver"]

    async def test_within_the_limit_it_is_in_the_plan(self, talk):
        said = await talk.say(
            "in HF-6390527 the watch in metal, unless that's more than €9 extra", "change_order_items"
        )
        assert "Wristwatch (strap silicone) becomes strap metal" in said

    async def test_with_nothing_left_it_ends_there(self, talk):
        said = await talk.say("in HF-6390527 the watch in metal, only if it isn't dearer", "change_order_items")
        assert said.startswith("I leave the Wristwatch alone: strap metal costs €9.00 more. So nothing is changed.")
        assert not talk.form

    async def test_too_little_saved_is_told(self, talk):
        said = await talk.say("in HF-6390527 the watch in leather, but only if that saves me at least €20", "change_order_items")
        assert said.startswith("I leave the Wristwatch alone: strap leather saves only €10.00. So nothing is changed.")

    async def test_what_it_would_save_is_told_with_the_plan_and_no_question_of_the_catalogue(self, talk):
        assert "becomes strap metal" in await talk.say("in HF-6390527 the watch in metal", "change_order_items")
        wish, asked = "what about leather, otherwise same as mine", "how much would that save?"
        said = await talk.say(f"{wish}, {asked}", clauses=[
            {"text": wish, "asks": True, "inquires": True, "intent": "change_order_items", "confidence": 0.63, "faq": {}},
            {"text": asked, "asks": True, "inquires": True, "intent": "show_product", "confidence": 0.97, "faq": {}},
        ], intent="show_product", confidence=0.75)
        assert said.startswith("I would change your order HF-6390527")
        assert "You get back €10.00" in said

    async def test_one_that_costs_no_more_is_chosen_though_less_like_it(self, delivered):
        said = await delivered.say(
            "exchange the tablet for a 10-inch one, but only one that doesn't cost over €25 extra, and 128GB",
            "exchange_items",
        )
        assert "for size 10-inch, storage 128GB, color black at" in said

    async def test_where_all_that_are_alike_are_dearer_one_that_is_not_is_taken(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            card = await create_method(session, customer)
            cameras = await stocked(
                session, "Camera", (2700, 5, {"zoom": "3x", "storage": "CF card"}), (2950, 5, {"zoom": "5x", "storage": "CF card"}),
                (2970, 5, {"zoom": "10x", "storage": "CF card"}), (2500, 5, {"zoom": "5x", "storage": "SD card"}),
            )
            await session.refresh(cameras, ["variants"])
            own = next(one for one in cameras.variants if one.price_minor == 2700)
            await create_order(
                session, customer, "HF-6390528", lines=((own, 1, 2700),), status=OrderStatus.PENDING, paid_with=card
            )
        said = await Talk(customer).say(
            "I'd like a camera with more zoom. It shouldn't cost more than what I'm paying now", "change_order_items"
        )
        assert "becomes zoom 5x, storage SD card" in said

    async def test_a_limit_behind_the_second_choice_is_no_part_of_that(self, talk):
        said = await talk.say(
            "in HF-6390527 the lamp in black. If you don't have that, then in brass, if it's at most €10 extra for the "
            "lamp. And the watch in metal.", "change_order_items",
        )
        assert "becomes color brass" in said
        assert "Wristwatch (strap silicone) becomes strap metal" in said

    async def test_a_limit_for_all_of_it_counts_all_of_it(self, talk):
        said = await talk.say(
            "in HF-6390527 the lamp in brass and the watch in metal, but only if it's at most €10 more in total",
            "change_order_items",
        )
        assert "would make it €14.00 more in all, beyond your limit of €10.00." in said
        assert "So nothing is changed." in said

    async def test_a_limit_that_comes_after_the_plan_holds(self, talk):
        await talk.say("in HF-6390527 the lamp in brass and the watch in metal", "change_order_items")
        said = await talk.say("the watch only if it is at most €5 more")
        assert "Wristwatch (strap silicone)" not in said
        assert "beyond your limit of €5.00" in said

    @pytest.mark.parametrize(("most", "chosen"), [("€2", "strap leather"), ("€20", "strap metal")])
    @pytest.mark.parametrize("told", [
        "the watch in metal, unless it costs more than {} extra, then take the leather one",
        "the watch in metal, unless that's more than {} dearer than mine; then the leather one",
        "the watch in metal. but if it's more than {} extra then leather",
        "the watch in metal if it's at most {} more, otherwise in leather",
    ])
    async def test_beyond_the_limit_the_next_best_takes_its_place(self, talk, told, most, chosen):
        said = await talk.say(f"in HF-6390527 {told.format(most)}", "change_order_items")
        assert f"Wristwatch (strap silicone) becomes {chosen}" in said

    async def test_the_next_best_holds_for_a_limit_that_comes_later(self, talk):
        said = await talk.say("in HF-6390527 the watch in metal, or if you have none in leather", "change_order_items")
        assert "becomes strap metal" in said
        assert "becomes strap leather" in await talk.say("but the watch only if it is at most €5 more")


class TestOrElse:
    async def test_it_is_what_tells_the_order(self, delivered):
        said = await delivered.say(
            "It's about the delivery with the lamp. I'd love to swap it for a black one. If that's more than €5 extra though, "
            "then rather the brass one. And the rug in green. By Visa", "exchange_items"
        )
        assert "Desk Lamp (white) for color brass" in said
        assert "Wool Rug (red) for color green" in said

    async def test_the_second_is_taken_where_the_first_is_beyond_the_limit(self, talk):
        said = await talk.say(
            "in HF-6390527 the watch in metal, or in leather if metal is more than €5 extra", "change_order_items"
        )
        assert "Wristwatch (strap silicone) becomes strap leather" in said

    async def test_the_first_is_taken_where_it_is_not(self, talk):
        said = await talk.say(
            "in HF-6390527 the watch in metal, or in leather if metal is more than €15 extra", "change_order_items"
        )
        assert "Wristwatch (strap silicone) becomes strap metal" in said


class TestTogether:
    async def test_what_has_to_come_back_is_weighed_when_all_is_chosen(self, delivered):
        asked = await delivered.say(
            "exchange the tablet for an 8-inch one, and the lamp for a brass one. Only if I get at least €5 back for both, "
            "otherwise only the lamp. By Visa", "exchange_items"
        )
        assert "Shall it be that?" in asked
        said = await delivered.say("yes")
        assert "I leave the Tablet alone: size 8-inch, storage 128GB, color black would make it €15.00 more in all" in said
        assert "Desk Lamp (white) for color brass" in said

    async def test_what_is_left_is_told_with_the_question_how_to_pay(self, delivered):
        said = await delivered.say(
            "exchange the lamp for a brass one and the rug for green. If both come to more than €5 extra, the rug stays.",
            "exchange_items"
        )
        assert said.startswith("I leave the Wool Rug alone: color green would make it €6.00 more in all")
        assert "How do you want to pay it" in said

    LIMIT = "in HF-6390527 the lamp in brass and the watch in metal. If the two together cost more than €10 extra, "

    @pytest.mark.parametrize(("then", "plan"), [
        ("then rather the leather watch", "Wristwatch (strap silicone) becomes strap leather"),
        ("then leave the watch", "I leave the Wristwatch alone: strap metal would make it €14.00 more in all"),
        ("just the lamp", "I leave the Wristwatch alone: strap metal would make it €14.00 more in all"),
    ])
    async def test_only_so_much_is_left_or_becomes_another_that_it_is_no_more(self, talk, then, plan):
        said = await talk.say(self.LIMIT + then, "change_order_items")
        assert "Desk Lamp (color white) becomes color brass" in said
        assert plan in said

    async def test_within_it_all_is_had(self, talk):
        said = await talk.say(self.LIMIT.replace("€10", "€15") + "then leave the watch", "change_order_items")
        assert "becomes color brass" in said
        assert "becomes strap metal" in said

    async def test_what_is_added_at_the_question_for_the_money_counts(self, talk):
        await talk.say("in HF-6390527 the lamp in brass", "change_order_items")
        said = await talk.say(
            "Visa please. And maybe also the watch, for the metal one? But only if both together aren't more than €15 extra, "
            "otherwise just the lamp."
        )
        assert "becomes strap metal" in said
        assert "becomes color brass" in said

    async def test_and_beyond_it_only_what_was_said_then(self, talk):
        await talk.say("in HF-6390527 the lamp in brass", "change_order_items")
        said = await talk.say(
            "And maybe also the watch, for the metal one? But only if both together aren't more than €10 extra, otherwise "
            "just the lamp."
        )
        assert "I leave the Wristwatch alone: strap metal would make it €14.00 more in all" in said
        assert "becomes color brass" in said

    async def test_another_mind_beside_the_method_is_heard(self, talk):
        await talk.say("in HF-6390527 the lamp in brass and the tablet as 8-inch in black", "change_order_items")
        said = await talk.say(
            "On the Visa. But I've just changed my mind about the tablet: could you make it the 10-inch one instead of the 8-inch?"
        )
        assert "size 10-inch" in said
