"""Somebody whom we don't know shows one order of theirs by its number and its postcode."""

import pytest

from actions.orders import ListOrders
from support.models.conversations import Level
from tests.actions.asking import ask
from tests.actions.step_up.outcome import level

pytestmark = pytest.mark.usefixtures("shop")


class TestByOrder:
    async def test_number_and_postcode_show_that_order(self, visitor, bought, database):
        held = await ask(ListOrders(), text="what have I ordered", contact=visitor.contact)
        assert ", or the number of an order with the postcode it goes to" in held.text
        visitor.slots, visitor.form = held.slots, True
        assert await visitor.say(bought.order.number) == "And which postcode does that order go to?"
        said = await visitor.say("p17ab12")
        assert said.startswith("Thank you, I know who you are now.\nYou have one order with us")
        assert "Aoife" not in said.split("\n")[0]
        assert await level(database, visitor) is Level.ORDER_HOLDER
        assert not visitor.form

    @pytest.mark.parametrize("told", ["{} and P17 AB99", "HF-99999, postcode P17 AB12"])
    async def test_a_wrong_number_and_a_wrong_postcode_sound_alike(self, visitor, bought, database, told):
        held = await ask(ListOrders(), text="my orders", contact=visitor.contact)
        visitor.slots, visitor.form = held.slots, True
        said = await visitor.say(told.format(bought.order.number))
        assert said == (
            "I can't find an order with that number and that postcode. Please look at both again and tell me them together."
        )
        assert await level(database, visitor) is Level.VISITOR

    async def test_the_sixth_try_is_refused(self, visitor, bought, database):
        held = await ask(ListOrders(), text="my orders", contact=visitor.contact)
        visitor.slots, visitor.form = held.slots, True
        for _ in range(5):
            await visitor.say(f"{bought.order.number} and P17 AB99")
        said = await visitor.say(f"{bought.order.number} and P17 AB12")
        assert said.startswith("That has been tried too often just now.")
        assert await level(database, visitor) is Level.VISITOR
