"""From the bot to a person and back: ask, withdraw, take over, hand back, resolve, release."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat import agents, bot_turns, deadlines, priority, queue
from support.chat.announcements import closed, in_line, speak, when_closed, while_waiting
from support.chat.messages import latest
from support.chat.ownership import SYSTEM, Actor, Move, apply
from support.errors import AlreadyTakenOver, MoveRefused, NotYours
from support.models.agents import Agent
from support.models.conversations import (
    Author,
    BotTurn,
    Conversation,
    Handoff,
    State,
    Transition,
)
from support.policy.business import Business
from support.words import say

FRONT_OF_LINE = 100  # priority of somebody whose agent has vanished


async def ask_for_person(
    session: AsyncSession, conversation: Conversation, business: Business, *, actor: Actor, reason: str,
    key: str, slots: dict[str, Any] | None = None, epoch: int | None = None,
) -> bool:
    """Put the locked conversation in line for a person, or, when we are closed, offer to leave a message.

    `key` makes the words said about it the same message when asked again. Answers whether it waits now.
    """
    state = conversation.state
    if state == State.WAITING:
        await speak(session, conversation, business, key, say("already_waiting"), while_waiting(business))
        return True
    if state == State.AGENT:
        agent = await session.get_one(Agent, conversation.agent_id)
        await speak(session, conversation, business, key, say("with_person", agent=agent.name))
        return True
    at = clock.now()
    if not business.opening_hours.is_open(at):
        await speak(session, conversation, business, key, closed(business, at), when_closed())
        return False
    conversation.priority = await priority.of_contact(session, conversation.contact_id, business)
    transition = await apply(
        session, conversation, Move.ASK_FOR_PERSON, actor=actor, reason=reason, epoch=epoch
    )
    session.add(Handoff(
        conversation_id=conversation.id, epoch=transition.epoch, reason=reason,
        asked=await last_wish(session, conversation), slots=slots or {}, requested_at=at,
    ))
    await session.flush()
    await queue.tell(session, conversation, business)
    await deadlines.arm(session, conversation, "nobody_took_it", _minutes(business.people.nobody_took_it_minutes))
    await speak(session, conversation, business, key, in_line(conversation), while_waiting(business))
    return True


async def last_wish(session: AsyncSession, conversation: Conversation) -> str | None:
    """What the customer last typed that was more than asking for a person."""
    only_asking = {
        row.message_id
        for row in await session.execute(
            select(BotTurn.message_id).where(
                BotTurn.conversation_id == conversation.id, BotTurn.intent == "request_person"
            )
        )
    }
    typed = await latest(session, conversation.id, Author.CUSTOMER, limit=20)
    meant = [message.text for message in typed if message.id not in only_asking and message.payload is None]
    return meant[-1] if meant else None


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


async def withdraw(
    session: AsyncSession, conversation: Conversation, business: Business, *, actor: Actor, key: str
) -> None:
    """The customer no longer wants a person; asking twice changes nothing. Raises MoveRefused with an agent."""
    if conversation.state == State.AGENT:
        raise MoveRefused
    if conversation.state != State.WAITING:
        return
    await apply(session, conversation, Move.WITHDRAW, actor=actor, reason="no_longer_wanted")
    await speak(session, conversation, business, key, say("withdrawn"))


async def let_bot_answer(
    session: AsyncSession, conversation: Conversation, business: Business, *, wanted: bool, key: str
) -> None:
    """While it waits, let the bot answer too, or not. Raises MoveRefused if it does not wait."""
    if conversation.state != State.WAITING:
        raise MoveRefused
    if conversation.bot_while_waiting != wanted:
        conversation.bot_while_waiting = wanted
        if wanted:
            await speak(session, conversation, business, key, say("meanwhile"))
    await session.flush()


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
    await deadlines.arm(session, conversation, "agent_silent", _minutes(business.people.agent_silent_minutes))


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


async def release(session: AsyncSession, conversation: Conversation, business: Business, *, reason: str) -> None:
    """Back to the front of the line: the agent who had the conversation is silent or gone."""
    agent = await session.get_one(Agent, conversation.agent_id)
    conversation.priority = max(conversation.priority, FRONT_OF_LINE)
    transition = await apply(session, conversation, Move.RELEASE, actor=SYSTEM, reason=reason)
    session.add(Handoff(
        conversation_id=conversation.id, epoch=transition.epoch, reason=reason,
        asked=await last_wish(session, conversation), slots={}, requested_at=clock.now(),
    ))
    await session.flush()
    await queue.tell(session, conversation, business)
    await deadlines.arm(session, conversation, "nobody_took_it", _minutes(business.people.nobody_took_it_minutes))
    await speak(
        session, conversation, business, f"{reason} {transition.epoch}", say(reason, agent=agent.name),
        while_waiting(business),
    )


async def say_nobody_took_it(
    session: AsyncSession, conversation: Conversation, business: Business, *, key: str
) -> None:
    """Tell a customer who waits that it takes longer, and what they can do instead."""
    buttons = [*while_waiting(business), *when_closed()]
    await speak(session, conversation, business, key, say("nobody_took_it"), buttons)
