"""In line for a person: what is said once, who may leave it, and who comes to its front."""

import pytest
from sqlalchemy import select

from support.chat import agents, queue, waiting
from support.chat.ownership import Actor
from support.errors import MoveRefused
from support.models.conversations import Author, Handoff, State
from tests.support.chat.talking import (
    buttons_of,
    claimed,
    create_agent,
    create_contact,
    create_talk,
    event_types,
    offer,
    said,
    say,
)
from tests.support.refused import refused

CUSTOMER = Actor("customer")


async def ask(session, conversation, rules, key="k") -> bool:
    return await waiting.ask_for_person(session, conversation, rules, actor=CUSTOMER, reason="asked", key=key)


async def a_talk(session, state=State.BOT, agent=None):
    return await create_talk(session, await create_contact(session), state, agent)


class TestAsk:
    async def test_the_place_in_line_is_said_and_nobody_is_promised_a_time_without_agents(self, session, always):
        first, second = await a_talk(session), await a_talk(session)
        assert await ask(session, first, always)
        assert await ask(session, second, always)
        assert (first.queue_position, second.queue_position, second.expected_wait) == (1, 2, None)
        assert await said(session, second, Author.SYSTEM) == [
            "I've let my colleagues know. You're number 2 in line. Write anything that helps them; they will see it all."
        ]

    @pytest.mark.parametrize(("minutes", "words"), [(1, "about a minute"), (6, "about 6 minutes")])
    async def test_with_an_agent_there_the_wait_is_said(self, session, always, minutes, words):
        rules = always.model_copy(update={
            "people": always.people.model_copy(update={"average_handling_minutes": minutes})
        })
        await agents.note_presence(session, (await create_agent(session)).id)
        conversation = await a_talk(session)
        await ask(session, conversation, rules)
        assert conversation.expected_wait == 60 * minutes
        assert words in (await said(session, conversation))[0]

    @pytest.mark.parametrize("reason", ["self_harm", "safety", "fraud"])
    async def test_who_may_be_in_danger_goes_before_who_is_not(self, session, always, reason):
        first, second = await a_talk(session), await a_talk(session)
        assert await ask(session, first, always)
        assert await waiting.ask_for_person(session, second, always, actor=CUSTOMER, reason=reason, key="k")
        assert second.queue_position == 1

    async def test_again_while_waiting_is_said_once_a_key_and_moves_nothing(self, session, always):
        conversation = await a_talk(session)
        await ask(session, conversation, always)
        for key in ("again", "again", "once more"):
            assert await ask(session, conversation, always, key)
        assert (await said(session, conversation))[1:] == ["You're already in line for a person, so there's nothing more you need to do."] * 2
        assert conversation.epoch == 1

    async def test_with_an_agent_who_that_is_is_said(self, session, always):
        conversation = await a_talk(session, State.AGENT, await create_agent(session))
        assert await ask(session, conversation, always)
        assert (await said(session, conversation), conversation.state) == (["Maya is with you already."], State.AGENT)

    async def test_out_of_hours_nobody_waits_and_a_message_can_be_left(self, session, never):
        conversation = await a_talk(session)
        assert not await ask(session, conversation, never)
        assert await said(session, conversation) == [
            "Our people are away right now. You can leave them a message, or carry on with me."
        ]
        assert await buttons_of(session, conversation) == ["rapport:leave_message"]
        assert (conversation.state, await session.scalar(select(Handoff.reason))) == (State.BOT, None)

    async def test_the_handoff_says_what_was_wanted_and_not_that_a_person_was(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact)
        await offer(session, conversation, "/track_order")
        await say(session, conversation, contact, always, "my lamp is broken")
        await say(session, conversation, contact, always, "Track", payload="/track_order")
        await say(session, conversation, contact, always, "a person please")
        for _ in range(3):
            turn = await claimed(session, conversation)
            turn.status, turn.intent = "answered", "request_person" if "person" in turn.text else "inform"
        await ask(session, conversation, always)
        found = (await session.scalars(select(Handoff))).one()
        assert (found.asked, found.reason, found.slots, found.taken_at) == ("my lamp is broken", "asked", {}, None)

    async def test_without_a_word_nothing_was_wanted(self, session, always):
        await ask(session, await a_talk(session), always)
        assert (await session.scalars(select(Handoff.asked))).all() == [None]


class TestLeave:
    async def test_the_line_gives_the_conversation_back_once(self, session, always):
        conversation = await a_talk(session, State.WAITING)
        for _ in range(2):
            await waiting.withdraw(session, conversation, always, actor=CUSTOMER, key="k")
        assert (conversation.state, conversation.epoch, conversation.waiting_since) == (State.BOT, 2, None)
        assert await said(session, conversation) == ["All right, I've taken you out of the line. What can I do for you?"]

    async def test_an_agent_is_not_left_like_a_line(self, session, always):
        conversation = await a_talk(session, State.AGENT, await create_agent(session))
        await refused(session, MoveRefused, waiting.withdraw(session, conversation, always, actor=CUSTOMER, key="k"))


class TestLetBotAnswer:
    async def test_only_in_the_line(self, session, always):
        conversation = await a_talk(session)
        asked = waiting.let_bot_answer(session, conversation, always, wanted=True, key="k")
        await refused(session, MoveRefused, asked)

    async def test_and_no_more_is_not_spoken_of(self, session, always):
        conversation = await a_talk(session, State.WAITING)
        for wanted in (False, True, True, False):
            await waiting.let_bot_answer(session, conversation, always, wanted=wanted, key="k")
        assert not conversation.bot_while_waiting
        assert await said(session, conversation) == ["Happy to help while you wait; you keep your place in line."]


class TestRelease:
    async def test_puts_the_customer_at_the_front_with_a_handoff_of_its_own(self, session, always):
        first = await a_talk(session)
        await ask(session, first, always)
        conversation = await a_talk(session, State.AGENT, await create_agent(session))
        await waiting.release(session, conversation, always, reason="agent_silent")
        assert (conversation.state, conversation.priority, conversation.queue_position) == (State.WAITING, 100, 1)
        assert await queue.moved(session, always) == [first.id]
        assert (await said(session, conversation))[0].startswith("Maya seems to be held up")
        reasons = select(Handoff.reason).where(Handoff.conversation_id == conversation.id)
        assert (await session.scalars(reasons)).all() == ["agent_silent"]

    async def test_nobody_took_it_offers_every_way_out(self, session, always):
        conversation = await a_talk(session, State.WAITING)
        await waiting.say_nobody_took_it(session, conversation, always, key="k")
        assert await buttons_of(session, conversation) == [
            "rapport:bot_while_waiting", "rapport:no_person", "rapport:leave_message"
        ]


class TestQueue:
    async def test_who_left_a_message_is_in_nobodys_way_and_hears_of_no_place(self, session, always):
        left, live = await a_talk(session, State.WAITING), await a_talk(session, State.WAITING)
        left.parent_id = live.id
        await session.flush()
        for one in (left, live, live):
            await queue.tell(session, one, always)
        assert (left.queue_position, live.queue_position) == (None, 1)
        assert (await event_types(session, left), await event_types(session, live)) == (["transition"], ["transition", "queue"])

    async def test_of_two_at_the_same_instant_each_has_a_place(self, session):
        both = [await a_talk(session, State.WAITING), await a_talk(session, State.WAITING)]
        both[1].waiting_since = both[0].waiting_since
        await session.flush()
        assert sorted([await queue.place_of(session, one) for one in both]) == [1, 2]
