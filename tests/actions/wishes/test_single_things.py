"""Single things of an order that waits: they can't be taken out of it."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


class TestSingleThings:
    @pytest.mark.parametrize("text", ["remove the lamp from HF-6390527", "please cancel only the lamp in HF-6390527"])
    async def test_it_is_said_what_can_be_done_instead(self, talk, text):
        said = await talk.say(text, "cancel_order")
        assert said == (
            "Single things can't be taken out of an order, so the Desk Lamp (white) would have to stay in order HF-6390527. "
            "I can change that for another kind of the same product, or cancel the whole order."
        )
        assert talk.buttons == [
            "Change the Desk Lamp in order HF-6390527", "Cancel the whole order HF-6390527", "Talk to a person",
        ]
        assert not talk.form

    async def test_the_whole_order_is_cancelled_as_ever(self, talk):
        said = await talk.say("Cancel the whole order HF-6390527, I no longer need it", "cancel_order")
        assert said.startswith("I would cancel your order HF-6390527")

    async def test_with_a_wish_for_that_case_it_is_changed(self, talk):
        said = await talk.say(
            "remove the lamp from HF-6390527; if you can't take it out, change it to the brass one", "cancel_order"
        )
        assert "Desk Lamp (color white) becomes color brass" in said
