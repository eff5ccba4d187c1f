"""What a code is not enough for goes on by itself after the sign-in, and what has lapsed waits for a code."""

import pytest

from actions.who_i_am import TellWhoIAm
from support.models.customers import Customer
from tests.actions.asking import ask
from tests.actions.step_up.outcome import CODE_SENT, mails
from tests.support.signing_in.asking import code_in

pytestmark = pytest.mark.usefixtures("shop")


class TestSignedIn:
    async def test_what_needs_a_sign_in_goes_on_once_they_have_signed_in(self, visitor, bought, database):
        said = await visitor.say("change my phone number to 086 765 4321", "change_phone")
        assert said.startswith("To change your phone number I need to be sure that it's you. Please sign in on the shop's page")
        assert not visitor.form
        answer = await ask(TellWhoIAm(), bought.customer, text="I've signed in now", slots=visitor.slots)
        assert answer.messages == []
        visitor.level, visitor.customer, visitor.form = "signed_in", bought.customer, True
        assert (await visitor.say("I've signed in now", "tell_who_i_am")).startswith("I would note 086 765 4321 as your phone number")
        await visitor.say("yes")
        async with database.read() as session:
            assert (await session.get_one(Customer, bought.customer.id)).phone == "086 765 4321"

    async def test_a_code_is_not_enough_for_it(self, visitor, bought, database):
        visitor.level, visitor.customer = "verified", bought.customer
        said = await visitor.say("change my phone number to 086 765 4321", "change_phone")
        assert "Please sign in on the shop's page" in said
        assert not visitor.form

    async def test_a_task_whose_level_lapses_waits_for_the_code(self, visitor, bought, database):
        number = bought.order.number
        visitor.level, visitor.customer = "verified", bought.customer
        await visitor.say(f"cancel {number}", "cancel_order")
        visitor.level = "visitor"
        said = await visitor.say("I no longer need it")
        assert said.startswith("To cancel an order I need to know who you are.")
        assert await visitor.say("aoife@example.com") == CODE_SENT
        [mail] = await mails(database)
        assert f"I would cancel your order {number}" in await visitor.say(code_in(mail))
