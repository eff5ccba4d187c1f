"""Time-outs as rows: armed again they are one, due at the later time, and void when the conversation has moved."""

from datetime import timedelta

from sqlalchemy import select

from support import clock
from support.chat import deadlines
from support.chat.ownership import SYSTEM, Move, apply
from support.models.conversations import Deadline
from tests.support.chat.talking import create_contact, create_talk

MINUTE = timedelta(minutes=1)


class TestDeadlines:
    async def test_armed_again_it_is_one_and_due_when_the_later_time_has_come(self, session):
        conversation = await create_talk(session, await create_contact(session))
        for minutes in (1, 5):
            await deadlines.arm(session, conversation, "nobody_took_it", minutes * MINUTE)
        clock.shift(4 * MINUTE)
        assert await deadlines.due(session) == []
        clock.shift(6 * MINUTE)
        assert await deadlines.due(session) == [(conversation.id, "nobody_took_it")]
        for _ in range(2):
            await deadlines.disarm(session, conversation, "nobody_took_it")
        assert (await session.scalars(select(Deadline))).all() == []

    async def test_it_is_void_when_the_conversation_has_moved(self, session):
        conversation = await create_talk(session, await create_contact(session))
        await deadlines.arm(session, conversation, "agent_silent", MINUTE)
        assert await deadlines.is_armed(session, conversation, "agent_silent")
        await apply(session, conversation, Move.ASK_FOR_PERSON, actor=SYSTEM, reason="asked")
        assert not await deadlines.is_armed(session, conversation, "agent_silent")
        assert not await deadlines.is_armed(session, conversation, "never armed")
