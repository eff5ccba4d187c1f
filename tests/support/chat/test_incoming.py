"""What a customer sends: once, to whoever has the conversation, and by buttons only what was offered."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from support import clock
from support.chat import conversations
from support.errors import IdReused, PayloadNotOffered, TooManyMessages
from support.models.conversations import Conversation, Deadline, State
from support.text import new_id
from tests.support.chat.talking import (
    claimed,
    create_agent,
    create_contact,
    create_talk,
    event_types,
    offer,
    said,
    say,
    turns,
)
from tests.support.refused import every_row, refused


async def press(session, conversation, contact, rules, payload):
    """The customer presses a button that was offered."""
    await offer(session, conversation, payload)
    return await say(session, conversation, contact, rules, "pressed", payload=payload)


class TestOnce:
    async def test_the_same_again_is_the_same_and_another_text_is_refused(self, session, always):
        contact = await create_contact(session)
        conversation, id = await create_talk(session, contact), new_id()
        first = await say(session, conversation, contact, always, "hello", message_id=id)
        before = await every_row(session)
        assert await say(session, conversation, contact, always, "hello", message_id=id) is first
        assert await every_row(session) == before
        await refused(session, IdReused, say(session, conversation, contact, always, "other", message_id=id))

    async def test_a_button_that_was_never_offered_is_refused(self, session, always):
        contact = await create_contact(session)
        conversation, other = await create_talk(session, contact), await create_talk(session, contact)
        await offer(session, other, "/redeem")
        await refused(session, PayloadNotOffered, say(session, conversation, contact, always, "x", payload="/redeem"))

    async def test_more_than_may_wait_are_refused(self, database, always):
        async with database.write() as session:
            contact = await create_contact(session)
            talk = await create_talk(session, contact)
            await say(session, talk, contact, always, most=1)
        with pytest.raises(TooManyMessages) as full:
            async with database.write() as session:
                await say(session, await conversations.lock(session, talk.id), contact, always, "more", most=1)
        async with database.read() as session:
            kept = await conversations.find(session, talk.id)
            assert (full.value.retry_after, await said(session, kept)) == (2, ["hello"])


class TestWhoHasIt:
    async def test_the_title_is_the_first_of_it_cut_short(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact)
        await say(session, conversation, contact, always, "x" * 79 + " and more")
        await say(session, conversation, contact, always, "second")
        assert conversation.title == "x" * 79 + "…"

    async def test_an_agent_has_from_the_first_unanswered_one_to_answer(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact, State.AGENT, await create_agent(session))
        await say(session, conversation, contact, always, "anybody?")
        due = await session.scalar(select(Deadline.due_at))
        clock.shift(timedelta(minutes=1))
        await say(session, conversation, contact, always, "hello?")
        assert (await session.scalars(select(Deadline.due_at))).all() == [due]
        assert await turns(session, conversation) == []

    async def test_in_the_line_the_bot_is_not_asked(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact, State.WAITING)
        await say(session, conversation, contact, always)
        assert (await turns(session, conversation), await said(session, conversation)) == ([], ["hello"])

    @pytest.mark.parametrize(("typed", "state", "asked"), [
        ("Leave the line", State.BOT, []),
        ("leave the queue please", State.BOT, []),
        ("I don't need a person any more", State.BOT, []),
        ("I want to leave the line. Please cancel order HF-10432.", State.BOT, ["Please cancel order HF-10432."]),
        ("ask fern meanwhile", State.WAITING, []),
        ("Ask Fern meanwhile. Where is my parcel?", State.WAITING, ["Where is my parcel?"]),
        ("don't leave me in the lurch, I need a person", State.WAITING, []),
        ("there is a person in my street who also ordered", State.WAITING, []),
    ])
    async def test_in_the_line_its_buttons_may_be_typed(self, session, always, typed, state, asked):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact, State.WAITING)
        await say(session, conversation, contact, always, typed)
        assert (conversation.state, [text for text, *_ in await turns(session, conversation)]) == (state, asked)

    async def test_what_was_resolved_is_with_the_bot_again(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact, State.RESOLVED, None)
        await say(session, conversation, contact, always, "one more thing")
        assert (conversation.state, await turns(session, conversation)) == (
            State.BOT, [("one more thing", "pending", None)]
        )
        assert await event_types(session, conversation) == ["transition", "transition", "transition", "message"]


class TestButtons:
    async def test_a_person_a_place_and_the_way_out_of_the_line(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact)
        states = []
        for payload in ("rapport:bot_while_waiting", "rapport:person", "rapport:bot_while_waiting", "rapport:no_person"):
            await press(session, conversation, contact, always, payload)
            states.append((conversation.state, conversation.bot_while_waiting))
        assert states == [
            (State.BOT, False), (State.WAITING, False), (State.WAITING, True), (State.BOT, False),
        ]
        assert await turns(session, conversation) == []

    async def test_leaving_the_line_does_not_send_an_agent_away(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact, State.AGENT, await create_agent(session))
        await press(session, conversation, contact, always, "rapport:no_person")
        assert (conversation.state, conversation.epoch) == (State.AGENT, 1)

    async def test_a_message_is_left_in_a_talk_of_its_own_once_a_press(self, session, never):
        contact = await create_contact(session)
        conversation, id = await create_talk(session, contact), new_id()
        await offer(session, conversation, "rapport:leave_message")
        for _ in range(2):
            await say(
                session, conversation, contact, never, "Leave", message_id=id, payload="rapport:leave_message"
            )
        children = select(Conversation).where(Conversation.parent_id == conversation.id)
        left = (await session.scalars(children)).one()
        assert (left.state, left.title) == (State.WAITING, "A message for our team")
        assert await said(session, left) == ["Write your message here. Our people will answer you in this conversation."]
        assert await event_types(session, conversation) == ["message", "message", "linked"]

    async def test_what_failed_is_asked_again_but_not_over_an_agents_head(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact)
        for text in ("answered", "first", "second"):
            await say(session, conversation, contact, always, text)
            turn = await claimed(session, conversation)
            turn.status = "answered" if text == "answered" else "failed"
            await session.flush()
        await press(session, conversation, contact, always, "rapport:try_again")
        open_again = [text for text, status, _ in await turns(session, conversation) if status == "pending"]
        assert open_again == ["first", "second"]
        other = await create_talk(session, contact, State.AGENT, await create_agent(session))
        await press(session, other, contact, always, "rapport:try_again")
        assert await turns(session, other) == []

    async def test_one_of_a_version_to_come_does_nothing(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact)
        await press(session, conversation, contact, always, "rapport:something_new")
        assert (conversation.state, await turns(session, conversation)) == (State.BOT, [])
