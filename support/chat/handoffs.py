"""What agents do with a conversation: take it over, hand it back to the bot, resolve it."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat import agents, bot_turns, deadlines
from support.chat.ownership import Actor, Move, apply
from support.errors import AlreadyTakenOver, NotYours
from support.models.agents import Agent
from support.models.conversations import Conversation, Handoff, State, Transition
from support.policy.business import Business


async def take_over(
    session: AsyncSession, conversation: Conversation, business: Business, *, agent: Agent
) -> None:
    """Give the locked conversation to `agent`; the bot stays silent until `hand_back`.

    Raises AlreadyTakenOver if another agent has it. Again by the same agent: nothing changes.
    """
    await agents.note_presence(session, agent.id)
    if conversation.agent_id == agent.id:
        return
    if conversation.state == State.AGENT:
        raise AlreadyTakenOver
    handoff = await current(session, conversation)
    await apply(
        session, conversation, Move.TAKE_OVER, actor=Actor("agent", agent.id), reason="taken_over", agent=agent
    )
    if handoff is not None and handoff.taken_at is None:
        handoff.taken_at, handoff.agent_id = clock.now(), agent.id
    # Taken and then forgotten is as bad as not taken
    silence = timedelta(minutes=business.people.agent_silent_minutes)
    await deadlines.arm(session, conversation, "agent_silent", silence)


async def current(session: AsyncSession, conversation: Conversation) -> Handoff | None:
    """The conversation's latest handoff, open or not."""
    query = (
        select(Handoff)
        .where(Handoff.conversation_id == conversation.id)
        .order_by(Handoff.epoch.desc())
        .limit(1)
    )
    found: Handoff | None = await session.scalar(query)
    return found


async def hand_back(
    session: AsyncSession, conversation: Conversation, *, agent: Agent, note: str | None = None
) -> None:
    """The bot goes on, and is told so that the dialogue can react; again by the same agent changes nothing.

    Raises NotYours.
    """
    if await _was_last_done(session, conversation, agent, "handed_back"):
        return
    _check_theirs(conversation, agent)
    await apply(
        session, conversation, Move.HAND_BACK, actor=Actor("agent", agent.id), reason="handed_back", note=note
    )
    await bot_turns.put_in_line(session, conversation, text="", payload="/handed_back")


async def resolve(
    session: AsyncSession, conversation: Conversation, *, agent: Agent, note: str | None = None
) -> None:
    """The matter is settled; the bot says goodbye; again by the same agent changes nothing.

    Raises NotYours, or MoveRefused.
    """
    if await _was_last_done(session, conversation, agent, "resolved"):
        return
    if conversation.state != State.WAITING:
        _check_theirs(conversation, agent)
    await apply(
        session, conversation, Move.RESOLVE, actor=Actor("agent", agent.id), reason="resolved", note=note
    )
    await bot_turns.put_in_line(session, conversation, text="", payload="/conversation_resolved")


async def _was_last_done(
    session: AsyncSession, conversation: Conversation, agent: Agent, reason: str
) -> bool:
    """Whether this is a call come again: the agent's own last move, with nothing after it."""
    last = await session.get(Transition, (conversation.id, conversation.epoch))
    return last is not None and (last.actor_id, last.reason) == (agent.id, reason)


def _check_theirs(conversation: Conversation, agent: Agent) -> None:
    if conversation.agent_id != agent.id:
        raise NotYours
