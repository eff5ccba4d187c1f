from datetime import timedelta

import pytest

from support.chat import past_conversations
from support.errors import InvalidInput
from support.identity import Speaker
from support.models.conversations import Author, Contact, Conversation, Level, Message, State
from support.refusals import IdentityTooLow
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, create_order, speaker_of


async def create_contact(session, customer):
    contact = Contact(id=new_id(), customer_id=customer.id, name=customer.name, created_at=NOW)
    session.add(contact)
    await session.flush()
    return contact


async def create_conversation(session, contact, title, *messages, days_ago=1, state=State.BOT, **changes):
    """`messages` are (author, text)."""
    at = NOW - timedelta(days=days_ago)
    conversation = Conversation(
        id=new_id(), contact_id=contact.id, title=title, state=state, started_at=at, active_at=at
    )
    session.add(conversation)
    await session.flush()
    for seq, (author, text) in enumerate(messages, 1):
        name = "Niamh" if author == Author.AGENT else None
        session.add(Message(
            conversation_id=conversation.id, id=new_id(), seq=seq, author=author, author_name=name, text=text,
            buttons=[], fingerprint="", at=at, **(changes if seq == len(messages) else {}),
        ))
    await session.flush()
    return conversation


class TestLast:
    async def test_the_last_active_come_first_without_the_present_one(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            contact = await create_contact(session, customer)
            for days_ago in (3, 1, 2, 4):
                await create_conversation(session, contact, f"{days_ago} days ago", days_ago=days_ago)
            present = await create_conversation(session, contact, "now", days_ago=0)
            found = await past_conversations.last(session, speaker_of(customer), limit=3, apart_from=present.id)
            assert [one.title for one in found] == ["1 days ago", "2 days ago", "3 days ago"]

    async def test_the_answer_is_the_bots_first_or_the_agents_last(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            contact = await create_contact(session, customer)
            bot = [(Author.CUSTOMER, "Where?"), (Author.BOT, "On its way."), (Author.BOT, "Bye!")]
            await create_conversation(session, contact, "Where?", *bot, days_ago=1)
            agent = [*bot, (Author.AGENT, "Hello."), (Author.AGENT, "It comes tomorrow.")]
            await create_conversation(session, contact, "Late", *agent, days_ago=2, state=State.RESOLVED)
            with_bot, with_agent = await past_conversations.last(session, speaker_of(customer))
            assert (with_bot.answer, with_bot.agent, with_bot.resolved) == ("On its way.", None, False)
            assert (with_agent.answer, with_agent.agent, with_agent.resolved) == ("It comes tomorrow.", "Niamh", True)

    async def test_notes_and_deleted_messages_are_never_told(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            contact = await create_contact(session, customer)
            note = (Author.AGENT, "difficult customer")
            await create_conversation(session, contact, "a", note, private=True)
            await create_conversation(session, contact, "b", note, deleted_at=NOW)
            found = await past_conversations.last(session, speaker_of(customer))
            assert [(one.answer, one.agent) for one in found] == [(None, None), (None, None)]

    async def test_conversations_of_others_and_silent_ones_are_left_out(self, database):
        async with database.write() as session:
            mine, theirs = await create_customer(session), await create_customer(session)
            await create_conversation(session, await create_contact(session, theirs), "not yours")
            await create_conversation(session, await create_contact(session, mine), None)
            assert await past_conversations.last(session, speaker_of(mine)) == ()

    async def test_the_one_that_the_speaker_is_in_is_not_a_past_one(self, session):
        customer = await create_customer(session)
        contact = await create_contact(session, customer)
        past = await create_conversation(session, contact, "past")
        present = await create_conversation(session, contact, "now", days_ago=0)
        speaker = Speaker.signed_in(customer.id, conversation_id=present.id)
        assert [one.id for one in await past_conversations.last(session, speaker)] == [past.id]

    async def test_a_visitor_and_an_order_holder_must_show_who_they_are_first(self, session):
        customer = await create_customer(session)
        order = await create_order(session, customer)
        await create_conversation(session, await create_contact(session, customer), "past")
        for speaker in (Speaker(Level.VISITOR), Speaker(Level.ORDER_HOLDER, customer.id, order.id)):
            with pytest.raises(IdentityTooLow) as refused:
                await past_conversations.last(session, speaker)
            assert refused.value.needed is Level.VERIFIED
        assert len(await past_conversations.last(session, speaker_of(customer, Level.VERIFIED))) == 1

    @pytest.mark.parametrize("limit", [0, -1, 201, True, 1.0, "3"])
    async def test_a_limit_that_is_none_is_refused(self, session, limit):
        with pytest.raises(InvalidInput):
            await past_conversations.last(session, speaker_of(await create_customer(session)), limit=limit)
