"""Messages as readers see them: written once, changed and taken back by their agent alone, notes for agents only."""

import pytest

from support.chat import conversations, left_messages, messages
from support.errors import IdInvalid, IdReused, NotFound, NotYours
from support.models.conversations import Author, State
from support.text import new_id
from tests.support.chat.talking import create_agent, create_contact, create_talk, event_types, offer, say
from tests.support.refused import every_row, refused


@pytest.fixture
async def talk(session):
    """A conversation that Maya has."""
    maya = await create_agent(session)
    return await create_talk(session, await create_contact(session), State.AGENT, maya), maya


async def write(session, talk, text="hello", id=None, agent=None):
    conversation, maya = talk
    return await messages.write_as_agent(
        session, conversation, agent=agent or maya, message_id=id or new_id(), text=text
    )


class TestWrite:
    async def test_again_it_is_the_same_and_with_another_text_refused(self, session, talk):
        id = new_id()
        first, is_new = await write(session, talk, id=id)
        before = await every_row(session)
        assert (is_new, await write(session, talk, id=id)) == (True, (first, False))
        assert await every_row(session) == before
        await refused(session, IdReused, write(session, talk, "other", id))

    async def test_only_who_has_the_conversation_and_with_an_id_that_is_one(self, session, talk):
        await refused(session, NotYours, write(session, talk, agent=await create_agent(session, "Jonas")))
        await refused(session, IdInvalid, write(session, talk, id="1"))


class TestNote:
    async def test_customers_see_that_something_was_said_and_agents_what(self, session, talk):
        conversation, maya = talk
        id = new_id()
        for is_new in (True, False):
            _, found = await messages.add_note(session, conversation, agent=maya, note_id=id, text="be kind")
            assert found is is_new
        again = messages.add_note(session, conversation, agent=maya, note_id=id, text="be quick")
        await refused(session, IdReused, again)
        theirs = (await conversations.events_after(session, conversation.id, 1)).events
        ours = (await conversations.events_after(session, conversation.id, 1, private=True)).events
        assert [set(one) for one in theirs] == [{"seq", "type", "at"}]
        assert theirs[0]["type"] == "withheld"
        assert ours[0]["note"]["text"] == "be kind"


class TestEdit:
    async def test_is_an_event_with_the_new_text_and_the_old_one_is_nowhere(self, session, talk):
        conversation, maya = talk
        message, _ = await write(session, talk, "helo")
        for _ in range(2):
            await messages.edit(session, conversation, agent=maya, message_id=message.id, text="hello")
        found = (await conversations.events_after(session, conversation.id, 1)).events
        assert [(one["type"], one.get("text")) for one in found] == [("message", None), ("message_edited", "hello")]
        assert (found[0]["message"]["text"], found[0]["message"]["edited"]) == ("hello", True)
        assert "helo" not in str(await every_row(session)).replace("hello", "")

    async def test_a_customers_a_colleagues_and_none_are_not_found(self, session, talk, always):
        conversation, maya = talk
        contact = await create_contact(session)
        theirs = await say(session, await create_talk(session, contact), contact, always)
        own, _ = await write(session, talk)
        jonas = await create_agent(session, "Jonas")
        for agent, id in ((maya, theirs.id), (jonas, own.id), (maya, new_id())):
            await refused(
                session, NotFound, messages.edit(session, conversation, agent=agent, message_id=id, text="mine")
            )
            await refused(session, NotFound, messages.delete(session, conversation, agent=agent, message_id=id))


class TestDelete:
    async def test_takes_the_text_from_the_log_too_and_again_changes_nothing(self, session, talk):
        conversation, maya = talk
        message, _ = await write(session, talk, "a secret")
        for _ in range(2):
            await messages.delete(session, conversation, agent=maya, message_id=message.id)
        found = (await conversations.events_after(session, conversation.id, 1)).events
        assert [one["type"] for one in found] == ["message", "message_deleted"]
        assert (found[0]["message"]["text"], found[0]["message"]["deleted"]) == ("", True)
        assert "a secret" not in str(await every_row(session))
        edit = messages.edit(session, conversation, agent=maya, message_id=message.id, text="back")
        await refused(session, NotFound, edit)
        assert await messages.latest(session, conversation.id, Author.AGENT, limit=5) == []


class TestRead:
    async def test_page_after_page_is_the_whole_log(self, session, talk):
        conversation, _ = talk
        for number in range(4):
            await write(session, talk, f"n{number}")
        first = await conversations.events_after(session, conversation.id, 0, limit=3)
        rest = await conversations.events_after(session, conversation.id, first.last_seq, limit=3)
        assert ([one["seq"] for one in first.events], first.more) == ([1, 2, 3], True)
        assert ([one["seq"] for one in rest.events], rest.more) == ([4, 5], False)
        end = await conversations.events_after(session, conversation.id, 5)
        assert (end.events, end.last_seq, end.more) == ([], 5, False)

    async def test_anothers_conversation_is_not_there(self, session, talk):
        conversation, _ = talk
        other = await create_contact(session)
        await refused(session, NotFound, conversations.start(session, other, conversation.id))
        for ask in (conversations.find, conversations.lock):
            await refused(session, NotFound, ask(session, conversation.id, contact=other))
            await refused(session, NotFound, ask(session, new_id()))
        assert await conversations.of_contact(session, other) == []

    async def test_a_conversation_that_waits_says_where_it_stands(self, session):
        contact = await create_contact(session)
        waits = await create_talk(session, contact, State.WAITING)
        assert (await conversations.describe(session, waits))["queue"] is None
        waits.queue_position, waits.expected_wait = 2, 360
        shown = await conversations.describe(session, waits)
        assert (shown["queue"], shown["agent"], shown["left_message"]) == (
            {"position": 2, "expected_wait_seconds": 360}, None, False
        )
        assert await conversations.of_contact(session, contact) == [waits]

    async def test_two_buttons_with_one_payload_offer_it_once(self, session, talk):
        conversation, _ = talk
        await offer(session, conversation, "/yes", "/yes")
        await offer(session, conversation, "/yes")
        await messages.check_offered(session, conversation, "/yes")
        assert await event_types(session, conversation) == ["transition", "message", "message"]


class TestLeftMessages:
    async def test_again_with_its_id_it_is_the_same_and_nothing_changes(self, session, never):
        contact, id = await create_contact(session), new_id()
        conversation = await create_talk(session, contact)
        first, is_new = await left_messages.leave(session, conversation, contact, never, new_id=id)
        before = await every_row(session)
        assert (is_new, await left_messages.leave(session, conversation, contact, never, new_id=id)) == (True, (first, False))
        assert await every_row(session) == before

    async def test_the_id_of_another_conversation_leaves_none(self, session, never):
        contact = await create_contact(session)
        conversation, other = await create_talk(session, contact), await create_talk(session, contact)
        await refused(
            session, NotFound, left_messages.leave(session, conversation, contact, never, new_id=other.id)
        )
