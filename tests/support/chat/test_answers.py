"""How a bot turn ends: said, dropped when somebody moved first, or failed in one sentence; done again after a crash."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from support import clock
from support.chat import answers, bot_turns
from support.chat.answers import Answer, BotMessage
from support.chat.ownership import SYSTEM, Move, apply
from support.models.conversations import Author, BotTurn, Handoff, State
from support.text import MAX_TEXT
from tests.support.chat.talking import (
    buttons_of,
    claimed,
    create_agent,
    create_contact,
    create_talk,
    said,
    say,
    turns,
)

LEASE = timedelta(seconds=60)


@pytest.fixture
async def talk(session, always):
    """A conversation in which the customer has said hello."""
    contact = await create_contact(session)
    conversation = await create_talk(session, contact)
    await say(session, conversation, contact, always)
    return conversation, contact


async def end_badly(session, conversation, rules):
    return await answers.fail(session, conversation, await claimed(session, conversation), "rasa_down", rules)


class TestGive:
    async def test_each_bubble_is_a_message_cut_to_what_one_may_hold(self, session, always, talk):
        conversation, _ = talk
        answer = Answer([BotMessage("a"), BotMessage("x" * (MAX_TEXT + 1))], intent="greet", confidence=0.9)
        assert await answers.give(session, conversation, await claimed(session, conversation), answer, always)
        assert await said(session, conversation, Author.BOT) == ["a", "x" * MAX_TEXT]
        turn = (await session.scalars(select(BotTurn))).one()
        assert (turn.status, turn.intent, turn.confidence, turn.leased_until) == ("answered", "greet", 0.9, None)

    async def test_a_handover_puts_the_customer_in_line_with_the_slots(self, session, always, talk):
        conversation, _ = talk
        answer = Answer([], slots={"order": "HF-1"}, handoff="upset")
        assert await answers.give(session, conversation, await claimed(session, conversation), answer, always)
        found = (await session.scalars(select(Handoff))).one()
        assert (found.reason, found.slots, found.asked, conversation.state) == (
            "upset", {"order": "HF-1"}, "hello", State.WAITING
        )

    async def test_nothing_is_said_once_the_epoch_has_moved(self, session, always, talk):
        conversation, _ = talk
        turn = await claimed(session, conversation)
        await apply(session, conversation, Move.BOT_FAILED, actor=SYSTEM, reason="bot_failed")
        assert not await answers.give(session, conversation, turn, Answer([BotMessage("late")]), always)
        assert (turn.status, await said(session, conversation, Author.BOT)) == ("dropped", [])


class TestFail:
    async def test_a_sentence_and_a_person_and_the_second_time_other_words(self, session, always, talk):
        conversation, contact = talk
        assert await end_badly(session, conversation, always)
        assert await buttons_of(session, conversation) == ["rapport:person", "rapport:try_again"]
        await say(session, conversation, contact, always, "hello?")
        assert await end_badly(session, conversation, always)
        first, second = await said(session, conversation, Author.SYSTEM)
        assert first.startswith("Sorry, something went wrong")
        assert second.startswith("Sorry, I still can't answer.")
        assert await turns(session, conversation) == [("hello", "failed", "rasa_down"), ("hello?", "failed", "rasa_down")]
        assert conversation.epoch == 2

    async def test_an_answer_in_between_makes_it_the_first_time_again(self, session, always, talk):
        conversation, contact = talk
        await end_badly(session, conversation, always)
        await say(session, conversation, contact, always, "again")
        await answers.give(session, conversation, await claimed(session, conversation), Answer([BotMessage("yes")]), always)
        await say(session, conversation, contact, always, "and again")
        await end_badly(session, conversation, always)
        assert (await said(session, conversation, Author.SYSTEM))[-1].startswith("Sorry, something went wrong")

    async def test_in_the_line_no_person_is_offered_for_one_is_coming(self, session, always):
        contact = await create_contact(session)
        conversation = await create_talk(session, contact, State.WAITING)
        conversation.bot_while_waiting = True
        await say(session, conversation, contact, always)
        assert await end_badly(session, conversation, always)
        assert (await buttons_of(session, conversation), conversation.state) == (["rapport:try_again"], State.WAITING)

    async def test_with_an_agent_nothing_is_said(self, session, always, talk):
        conversation, _ = talk
        turn = await claimed(session, conversation)
        await apply(
            session, conversation, Move.TAKE_OVER, actor=SYSTEM, reason="taken_over", agent=await create_agent(session)
        )
        assert not await answers.fail(session, conversation, turn, "too_slow", always)
        assert (turn.status, turn.failure, await said(session, conversation, Author.SYSTEM)) == ("dropped", "too_slow", [])

    async def test_of_what_the_customer_did_not_ask_they_do_not_hear(self, session, always):
        conversation = await create_talk(session, await create_contact(session))
        await bot_turns.put_in_line(session, conversation, text="", payload="/handed_back")
        assert not await end_badly(session, conversation, always)
        assert (await turns(session, conversation), await said(session, conversation)) == ([("", "failed", "rasa_down")], [])

    async def test_with_rasa_down_one_sentence_does_for_the_rest(self, session, always, talk):
        conversation, contact = talk
        for text in ("two", "three"):
            await say(session, conversation, contact, always, text)
        await end_badly(session, conversation, always)
        await answers.fail_rest(session, conversation, "rasa_down")
        assert await turns(session, conversation) == [(text, "failed", "rasa_down") for text in ("hello", "two", "three")]
        assert len(await said(session, conversation, Author.SYSTEM)) == 1


class TestClaim:
    async def test_one_process_has_it_until_its_lease_is_over_and_after_three_it_is_given_up(self, session, talk):
        conversation, _ = talk
        claims = []
        for attempt in range(4):
            clock.shift(attempt * 2 * LEASE)
            assert await bot_turns.conversations_to_serve(session) == [conversation.id]
            claims.append(await bot_turns.claim(session, conversation, lease=LEASE))
            assert await bot_turns.claim(session, conversation, lease=LEASE) is None
            assert await bot_turns.conversations_to_serve(session) == []
        assert [one.exhausted for one in claims] == [False, False, False, True]
        first, last = claims[0], claims[-1]
        assert await bot_turns.still_current(session, last.turn.id, first.token) is None
        assert await bot_turns.still_current(session, last.turn.id, last.token) is last.turn

    async def test_without_a_turn_there_is_nothing_to_claim(self, session):
        conversation = await create_talk(session, await create_contact(session))
        assert await bot_turns.claim(session, conversation, lease=LEASE) is None
