"""Waiting for a person: getting in line, leaving it, coming back to its front, and what is said meanwhile."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat import deadlines, priority, queue
from support.chat.announcements import closed, in_line, speak, when_closed, while_waiting
from support.chat.messages import latest
from support.chat.ownership import SYSTEM, Actor, Move, apply
from support.errors import MoveRefused
from support.models.agents import Agent
from support.models.conversations import Author, BotTurn, Conversation, Handoff, State
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
    conversation.priority = await priority.of_handoff(session, conversation.contact_id, reason, business)
    transition = await apply(
        session, conversation, Move.ASK_FOR_PERSON, actor=actor, reason=reason, epoch=epoch
    )
    await _join(session, conversation, business, transition.epoch, reason, slots or {})
    await speak(session, conversation, business, key, in_line(conversation), while_waiting(business))
    return True


async def _join(
    session: AsyncSession, conversation: Conversation, business: Business, epoch: int, reason: str,
    slots: dict[str, Any],
) -> None:
    """Enter what an agent who takes it should know, tell the customer their place, and set when they hear more."""
    session.add(Handoff(
        conversation_id=conversation.id, epoch=epoch, reason=reason, asked=await last_wish(session, conversation),
        slots=slots, requested_at=clock.now(),
    ))
    await session.flush()
    await queue.tell(session, conversation, business)
    patience = timedelta(minutes=business.people.nobody_took_it_minutes)
    await deadlines.arm(session, conversation, "nobody_took_it", patience)


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


async def release(session: AsyncSession, conversation: Conversation, business: Business, *, reason: str) -> None:
    """Back to the front of the line: the agent who had the conversation is silent or gone."""
    agent = await session.get_one(Agent, conversation.agent_id)
    conversation.priority = max(conversation.priority, FRONT_OF_LINE)
    transition = await apply(session, conversation, Move.RELEASE, actor=SYSTEM, reason=reason)
    await _join(session, conversation, business, transition.epoch, reason, {})
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
