"""What agents do with a conversation: each move again is one move, and another agent's is refused."""

import pytest
from sqlalchemy import update

from support.chat import handoffs, waiting
from support.chat.ownership import Actor, Move, apply
from support.errors import AlreadyTakenOver, EpochMoved, NotYours
from support.models.conversations import Conversation, State
from tests.support.chat.talking import create_agent, create_contact, create_talk, turns
from tests.support.refused import refused


async def a_talk(session, state=State.BOT):
    return await create_talk(session, await create_contact(session), state)


class TestMoves:
    async def test_each_again_is_one_and_by_another_is_refused(self, session, always):
        maya, jonas = await create_agent(session, "Maya"), await create_agent(session, "Jonas")
        conversation = await a_talk(session, State.WAITING)
        for _ in range(2):
            await handoffs.take_over(session, conversation, always, agent=maya)
        await refused(session, NotYours, handoffs.hand_back(session, conversation, agent=jonas))
        await refused(session, NotYours, handoffs.resolve(session, conversation, agent=jonas))
        with pytest.raises(AlreadyTakenOver):
            await handoffs.take_over(session, conversation, always, agent=jonas)
        for _ in range(2):
            await handoffs.hand_back(session, conversation, agent=maya, note="all well")
        assert (conversation.state, conversation.epoch, conversation.agent_id) == (State.BOT, 3, None)
        assert [text for text, *_ in await turns(session, conversation)] == [""]

    async def test_a_wait_is_settled_by_whoever_does_and_a_talk_with_the_bot_is_not(self, session):
        maya = await create_agent(session)
        conversation = await a_talk(session, State.WAITING)
        for _ in range(2):
            await handoffs.resolve(session, conversation, agent=maya)
        assert (conversation.state, conversation.epoch) == (State.RESOLVED, 2)
        await refused(session, NotYours, handoffs.resolve(session, await a_talk(session), agent=maya))

    async def test_the_handoff_notes_who_took_it_first(self, session, always):
        maya = await create_agent(session)
        conversation = await a_talk(session)
        await waiting.ask_for_person(
            session, conversation, always, actor=Actor("customer"), reason="asked", key="k"
        )
        await handoffs.take_over(session, conversation, always, agent=maya)
        found = await handoffs.current(session, conversation)
        assert (found.agent_id, found.taken_at is not None) == (maya.id, True)

    async def test_one_on_a_row_that_somebody_else_has_moved_is_refused(self, session, always):
        maya = await create_agent(session)
        conversation = await a_talk(session, State.WAITING)
        moved = update(Conversation).where(Conversation.id == conversation.id).values(epoch=7)
        await session.execute(moved.execution_options(synchronize_session=False))
        await refused(session, EpochMoved, apply(
            session, conversation, Move.TAKE_OVER, actor=Actor("agent", maya.id), reason="taken_over", agent=maya
        ))
