"""What is wanted only if the first wish cannot be had."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.talking import Talk
from tests.actions.wishes.ordered import options, status
from tests.support.shop_rows import create_customer, create_order

pytestmark = pytest.mark.usefixtures("shop")
LAMP, BUDS = "HF-6390527", "HF-5550012"


def clause(text, intent, *, asks=True, inquires=False):
    return {"text": text, "intent": intent, "confidence": 0.9, "asks": asks, "inquires": inquires, "faq": {}}


class TestCancelled:
    @pytest.mark.parametrize("told", [
        f"in {LAMP} the lamp in black, and if that's sold out cancel the order, I no longer need it",
        f"in {LAMP} make the lamp black. Otherwise cancel it, no longer needed",
        f"{LAMP}: the lamp in black, or cancel the order as no longer needed if you can't",
    ])
    async def test_what_is_sold_out_is_said_and_the_order_cancelled_after_a_yes(self, talk, database, told):
        said = await talk.say(told, "change_order_items")
        assert "As you wish it (black) the Desk Lamp can't be had" in said
        assert f"I would cancel your order {LAMP}" in said
        assert "May I ask why?" not in said
        await talk.say("yes")
        assert await status(database, LAMP) == "cancelled"

    async def test_what_can_be_had_is_changed(self, talk, database):
        said = await talk.say(f"in {LAMP} the lamp in brass, otherwise cancel the order", "change_order_items")
        assert "becomes color brass" in said
        await talk.say("yes")
        assert await status(database, LAMP) == "pending"
        assert (await options(database, LAMP))[0] == "brass"

    async def test_one_thing_of_two_is_enough(self, talk):
        said = await talk.say(
            f"in {LAMP} the watch in metal and the lamp in black, if that's not possible cancel the order",
            "change_order_items",
        )
        assert "the Desk Lamp can't be had" in said
        assert "May I ask why?" in said

    async def test_beyond_a_limit_too(self, talk):
        said = await talk.say(
            f"in {LAMP} the watch in metal, but if it's more than €2 extra cancel the order", "change_order_items"
        )
        assert "I leave the Wristwatch alone: strap metal costs €9.00 more" in said
        assert "May I ask why?" in said

    async def test_it_may_be_said_in_the_answer(self, talk):
        await talk.say(f"change the lamp in {LAMP}", "change_order_items")
        text = "the black one, or cancel the order if that's gone"
        said = await talk.say(text, clauses=[clause(text, "cancel_order")])
        assert "the Desk Lamp can't be had" in said
        assert "May I ask why?" in said

    async def test_of_a_request_of_its_own_with_a_limit_nothing_is_taken(self, talk):
        waits = {
            "text": f"In {LAMP} change the lamp to brass if it is not more than €60 dearer, and the tablet to a black one",
            "intent": "change_order_items", "confidence": 0.9,
        }
        talk.slots["agenda"] = [waits]
        said = await talk.say("cancel my order with the earbuds, it was ordered by mistake", "cancel_order")
        assert f"I would cancel your order {BUDS}" in said
        assert talk.slots["agenda"] == [waits]

    async def test_as_a_request_of_its_own_it_waits_no_longer(self, talk):
        talk.slots["agenda"] = [{"text": "if not, cancel the order", "intent": "cancel_order", "confidence": 0.9}]
        said = await talk.say(f"in {LAMP} the lamp in brass", "change_order_items")
        assert "becomes color brass" in said
        await talk.say("yes")
        assert not talk.slots["agenda"]


class TestChanged:
    async def test_a_thing_that_cannot_be_taken_out_becomes_another(self, talk, database):
        said = await talk.say(
            f"cancel only the lamp of {LAMP}; if that's not possible, make it the brass one", "cancel_order"
        )
        assert said.startswith("Single things can't be taken out of an order.")
        assert "becomes color brass" in said
        await talk.say("yes")
        assert (await options(database, LAMP))[0] == "brass"


class TestNothingToBeDone:
    async def test_is_said_where_neither_can_be(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-77001", lines=(("Lamp", 1, 4000),), status=OrderStatus.PROCESSED)
        talk = Talk(customer)
        said = await talk.say("cancel HF-77001, no longer needed. If you can't, make the lamp brass", "cancel_order")
        assert said.startswith(
            "This order can no longer be cancelled.\nYour order HF-77001 can't be changed any more: it is packed"
        )
        assert not talk.form


class TestAnotherRequest:
    async def test_that_waits_for_the_case_is_what_it_was_understood_as(self, talk):
        waits = {"text": f"If that can't be done, send {LAMP} to 7 Elm Road, Cork, T12 AB34", "confidence": 0.9}
        talk.slots["agenda"] = [waits | {"intent": "change_order_address"}]
        said = await talk.say("cancel only the tablet, no longer needed", "cancel_order")
        assert said.startswith("Single things can't be taken out of an order.")
        assert "7 Elm Road" in said
        assert not talk.slots["agenda"]


class TestPerson:
    async def test_comes_where_one_is_wanted_then(self, talk):
        said = await talk.say(f"in {LAMP} the lamp in black, otherwise get me a human", "change_order_items")
        assert "the Desk Lamp can't be had" in said
        assert talk.handoff == "policy"


class TestAsked:
    async def test_a_question_with_another_wish_behind_it_is_a_wish(self, talk):
        talk.slots["agenda"] = [
            {"text": "do you have it in black? If not I'd take the brass one", "intent": "show_product", "confidence": 0.9}
        ]
        said = await talk.say(f"change the lamp in {LAMP}", "change_order_items")
        assert "Desk Lamp (color white) becomes color brass" in said
        assert not talk.slots["agenda"]


class TestTakenOut:
    async def test_what_is_swapped_instead_keeps_what_is_wished_beside_it(self, talk, database):
        said = await talk.say(
            f"could you take the lamp out of {LAMP}? If that can't be done then swap it for the brass one. And the watch, I'd "
            "need it with a metal strap.", "cancel_order",
        )
        assert "Single things can't be taken out of an order." in said
        await talk.say("yes")
        assert (await options(database, LAMP))[:2] == ["brass", "metal"]


class TestSecondChoice:
    @pytest.mark.parametrize("told", [
        f"in {LAMP} the lamp in black, or in brass if that's sold out",
        f"in {LAMP} I'd like the lamp in black. If that's not available, brass",
    ])
    async def test_that_the_first_is_not_to_be_had_is_told(self, talk, told):
        said = await talk.say(told, "change_order_items")
        assert "becomes color brass" in said
        assert "As you wished it first (black) the Desk Lamp can't be had." in said

    async def test_nothing_is_told_where_it_is(self, talk):
        said = await talk.say(f"in {LAMP} the lamp in brass, or in black if that's sold out", "change_order_items")
        assert "becomes color brass" in said
        assert "can't be had" not in said


async def test_changes_that_were_announced_are_read_with_what_follows(talk):
    talk.slots["agenda"] = [
        {"text": "First the lamp: could I have it in brass? And the watch should be leather.", "intent": "exchange_items", "confidence": 0.6},
    ]
    said = await talk.say(f"I'd like to change a few things in {LAMP}.", "change_order_items")
    assert "becomes color brass" in said
    assert "becomes strap leather" in said
    assert not talk.slots["agenda"]


class TestKept:
    @pytest.mark.parametrize("said", [
        "the lamp in black. If not, keep mine.", "the lamp in black, otherwise I keep the lamp", "the lamp in white. If not, I'd rather keep it",
    ])
    async def test_mine_stays_where_nothing_else_is_like_that(self, talk, said):
        heard = await talk.say(f"in {LAMP} the watch in metal and {said}", "change_order_items")
        assert "becomes strap metal" in heard
        assert "becomes color" not in heard

