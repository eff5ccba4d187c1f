"""What was talked about before."""

import pytest

from actions.history import ShowLastConversations
from support.models.conversations import Author, State
from tests.actions.asking import ask
from tests.support.test_past_conversations import create_contact, create_conversation

pytestmark = pytest.mark.usefixtures("shop")


class TestShowLastConversations:
    async def test_the_first_conversation_is_said_to_be_so(self, aoife):
        assert (await ask(ShowLastConversations(), aoife)).text.startswith("This is our first conversation, Aoife.")

    async def test_who_helped_and_what_was_answered(self, aoife, database):
        async with database.write() as session:
            contact = await create_contact(session, aoife)
            lines = ((Author.CUSTOMER, "Broken mug"), (Author.AGENT, "A new one\nis on its way."))
            await create_conversation(session, contact, "Broken mug", *lines, state=State.RESOLVED)
        assert (await ask(ShowLastConversations(), aoife)).text == (
            "This is what we talked about last time, Aoife:\n"
            "1. 20 November: “Broken mug”\n"
            "   Niamh from our team helped you, and it was settled.\n"
            "   The answer was: “A new one is on its way.”"
        )
