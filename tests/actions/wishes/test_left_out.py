"""Things that are taken back out of what was wished: at a choice and at the plan."""

import pytest

from tests.actions.wishes.ordered import options

pytestmark = pytest.mark.usefixtures("shop")


class TestLeftOut:
    @pytest.mark.parametrize("left", [
        "leave out the lamp", "I'll keep the lamp", "No lamp, just the watch.", "could you drop the lamp?",
        "Actually leave the lamp out, the watch only", "The lamp is too dear. In that case leave it out.",
        "The lamp should not be changed at all.", "only the watch", "I want to keep the lamp out of this",
    ])
    async def test_at_the_plan_it_goes_and_the_plan_is_said_again(self, talk, database, left):
        await talk.say("in HF-6390527 the lamp in brass and the watch in leather", "change_order_items")
        said = await talk.say(left)
        assert said.startswith("I would change your order HF-6390527: 1 × Wristwatch")
        assert "Desk Lamp" not in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "leather", "7-inch silver"]

    async def test_at_a_choice_another_wish_takes_its_place(self, talk):
        await talk.say("in HF-6390527 change the watch", "change_order_items")
        said = await talk.say("Then leave the watch alone. But change the lamp to brass.")
        assert said.startswith("I would change your order HF-6390527: 1 × Desk Lamp (color white) becomes color brass")

    async def test_a_no_to_the_thing_itself_ends_it(self, talk):
        await talk.say("in HF-6390527 change the tablet", "change_order_items")
        assert "Nothing about it has been changed." in await talk.say("no, don't change it")

    async def test_what_was_said_before_does_not_bring_it_back(self, talk):
        await talk.say("in HF-6390527 change the lamp, the watch and the tablet", "change_order_items")
        assert "instead of the Wristwatch" in await talk.say("forget the lamp")
        assert "Desk Lamp" not in await talk.say("hm, what do you mean")


class TestTheRest:
    @pytest.mark.parametrize("said", [
        "I changed my mind about the lamp: that one stays as it is. Do the rest.", "the lamp stays, change all of the others",
    ])
    async def test_it_is_the_rest_of_the_plan_and_of_nothing_else(self, talk, said):
        await talk.say("in HF-6390527 the lamp in brass and the watch in leather", "change_order_items")
        told = await talk.say(said)
        assert told.startswith("I would change your order HF-6390527: 1 × Wristwatch")
        assert "Desk Lamp" not in told
        assert "Tablet" not in told


class TestEach:
    @pytest.mark.parametrize("asked", [
        "And what's the difference for each of the two?", "how much does each of them cost more?",
    ])
    async def test_the_plan_tells_what_each_thing_costs_more_or_less(self, talk, asked):
        text = "in HF-6390527 the lamp in brass and the watch in leather"
        assert "at €45.00 (€5.00 more)" in (plan := await talk.say(text, "change_order_items"))
        assert "at €80.00 (€10.00 less)" in plan
        said = await talk.say(asked, clauses=[
            {"text": asked, "intent": "show_product", "confidence": 0.42, "asks": True, "inquires": True, "faq": {}},
        ])
        assert "Tablet" not in said
        assert "which of these" not in said


class TestNoneOfThose:
    async def test_of_one_thing_nothing_is_changed(self, talk):
        assert "These can be had" in await talk.say("in HF-6390527 the lamp in black", "change_order_items")
        assert "everything stays as it is" in await talk.say("None of those, thanks.")

    async def test_of_several_the_others_are_planned(self, talk):
        said = await talk.say("in HF-6390527 the watch in leather and the tablet in 10-inch gold", "change_order_items")
        assert "instead of the Tablet" in said or "The Tablet can't be had" in said
        said = await talk.say("none of these is what I had in mind")
        assert "1 × Wristwatch (strap silicone) becomes strap leather" in said
        assert "Tablet" not in said
