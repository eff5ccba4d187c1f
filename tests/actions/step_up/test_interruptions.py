"""What else is said while we wait for somebody to show who they are."""

import pytest

from actions.orders import ListOrders
from tests.actions.asking import ask
from tests.actions.step_up.outcome import CODE_SENT, mails
from tests.support.signing_in.asking import code_in

pytestmark = pytest.mark.usefixtures("shop")


class TestMeanwhile:
    async def test_what_rasa_calls_again_in_the_same_turn_says_nothing(self, visitor):
        held = await ask(ListOrders(), text="my orders", contact=visitor.contact, turn="t1")
        visitor.slots, visitor.form = held.slots, True
        assert await visitor.say("my orders", "list_orders", turn="t1") == ""
        assert visitor.form

    async def test_a_question_to_the_shop_is_answered_and_the_open_one_repeated(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        article = {"question": "opening_hours", "answer": "Nine to five.", "buttons": []}
        said = await visitor.say("when are you open?", "faq", faq=article)
        assert said.startswith("Nine to five.\nTo cancel an order I need to know who you are.")

    async def test_a_person_comes_when_asked_for(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        await visitor.say("give me a human", "request_person")
        assert visitor.handoff == "asked"
        assert not visitor.form

    async def test_never_mind_ends_it(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        assert (await visitor.say("never mind")).startswith("All right, I leave it at that.")
        assert not visitor.form
        assert visitor.slots["step_up"] is None

    async def test_after_three_answers_that_were_none_it_gives_up_and_offers_a_person(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        for _ in range(2):
            assert (await visitor.say("hmm")).startswith("Sorry, I didn't get that.")
        assert (await visitor.say("hmm")).startswith("I can't find out who you are this way.")
        assert "Talk to a person" in visitor.buttons
        assert not visitor.form

    async def test_another_request_takes_its_place(self, visitor, bought, database):
        await visitor.say("cancel my order", "cancel_order")
        said = await visitor.say("actually just show me my points", "show_points")
        assert said.startswith("To show you your points I need to know who you are.")
        assert await visitor.say("aoife@example.com") == CODE_SENT
        [mail] = await mails(database)
        assert "points" in (await visitor.say(code_in(mail))).split("\n")[1]

    async def test_what_needs_a_sign_in_is_waited_for_elsewhere(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        assert "Please sign in on the shop's page" in await visitor.say("no, change my name to Eva", "change_name")
        assert not visitor.form
