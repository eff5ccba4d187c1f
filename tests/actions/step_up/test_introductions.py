"""Somebody says who they are without wanting anything yet."""

import pytest

from actions.who_i_am import TellWhoIAm
from tests.actions.asking import ask
from tests.actions.step_up.outcome import CODE_SENT, mails
from tests.support.signing_in.asking import code_in

pytestmark = pytest.mark.usefixtures("shop")


class TestTellWhoIAm:
    async def test_who_is_known_is_greeted_by_name(self, bought):
        answer = await ask(TellWhoIAm(), bought.customer, text="My name is Aoife Brennan, zip 19122")
        assert answer.text == "Thank you, Aoife, I know who you are. What can I do for you?"

    @pytest.mark.parametrize("text", ["My name is Yusuf Rossi, zip 19122", "my email is yusuf@example.org"])
    async def test_who_says_to_be_another_hears_who_they_are_here(self, bought, text):
        answer = await ask(TellWhoIAm(), bought.customer, text=text)
        assert answer.text.startswith("I know you here as Aoife Brennan, so I can only see and change what belongs to that")

    async def test_a_visitor_is_told_how(self, visitor):
        answer = await ask(TellWhoIAm(), text="My name is Yusuf Rossi", contact=visitor.contact)
        assert answer.text.startswith("To look up what is yours I need to know who you are. Tell me the e-mail address")

    async def test_a_visitor_with_an_address_gets_a_code_and_is_welcomed(self, visitor, bought, database):
        held = await ask(TellWhoIAm(), text="my email is aoife@example.com", intent="tell_who_i_am", contact=visitor.contact)
        assert held.text == CODE_SENT
        visitor.slots, visitor.form = held.slots, True
        [mail] = await mails(database)
        said = await visitor.say(code_in(mail))
        assert said == "Thank you, I know who you are now.\nThank you, Aoife, I know who you are. What can I do for you?"
