"""From the bot to a person and back: ask, withdraw, take over, hand back, resolve, release, leave a message."""

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date, format_time
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import bot_turns, clock, conversations, deadlines, queue
from support.business import Business
from support.conversations import append
from support.errors import AlreadyTakenOver, MoveRefused, NotFound, NotYours
from support.messages import latest, store
from support.models.agents import Agent
from support.models.conversations import (
    Author,
    BotTurn,
    Contact,
    Conversation,
    Handoff,
    Message,
    State,
)
from support.ownership import SYSTEM, Actor, Move, apply
from support.text import checked_id, derived_id
from support.words import button, say

FRONT_OF_LINE = 100  # priority of somebody whose agent has vanished


async def ask_for_person(
    session: AsyncSession, conversation: Conversation, business: Business, *, actor: Actor, reason: str,
    key: str, slots: dict[str, Any] | None = None, priority: int = 0,
    epoch: int | None = None,
) -> bool:
    """Put the locked conversation in line for a person, or, when we are closed, offer to leave a message.

    `key` makes the words said about it the same message when asked again. Answers whether it waits now.
    """
    state = conversation.state
    if state == State.WAITING:
        await _speak(session, conversation, business, key, say("already_waiting"), while_waiting(business))
        return True
    if state == State.AGENT:
        agent = await session.get_one(Agent, conversation.agent_id)
        await _speak(session, conversation, business, key, say("with_person", agent=agent.name))
        return True
    at = clock.now()
    if not business.opening_hours.is_open(at):
        await _speak(session, conversation, business, key, _closed(business, at), when_closed())
        return False
    conversation.priority = priority
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
    await _speak(session, conversation, business, key, in_line(conversation), while_waiting(business))
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


def in_line(conversation: Conversation) -> str:
    """Where the waiting conversation stands, in words."""
    wait = ""
    if conversation.expected_wait is not None:
        minutes = max(1, round(conversation.expected_wait / 60))
        duration = say("minute") if minutes == 1 else say("minutes", count=minutes)
        wait = say("wait", minutes=duration)
    if conversation.queue_position == 1:
        return say("asked_next", wait=wait)
    return say("asked", position=conversation.queue_position, wait=wait)


def while_waiting(business: Business) -> list[dict[str, str]]:
    return [
        button("meanwhile", "rapport:bot_while_waiting", assistant=business.assistant.name),
        button("leave_queue", "rapport:no_person"),
    ]


def when_closed() -> list[dict[str, str]]:
    return [button("leave_message", "rapport:leave_message")]


def _closed(business: Business, at: datetime) -> str:
    opening = opening_in_words(business, at)
    return say("closed", opening=opening) if opening else say("closed_for_long")


def opening_in_words(business: Business, at: datetime) -> str | None:
    """When people are back: `today at 09:00`, `tomorrow at 09:00`, `on Monday at 09:00`, `on 4 January at 09:00`."""
    opening = business.opening_hours.next_opening(at)
    if opening is None:
        return None
    local = opening.astimezone(business.shop.zone)
    days = (local.date() - at.astimezone(business.shop.zone).date()).days
    time = format_time(local, "HH:mm", locale=business.shop.formats)
    if days < 2:
        return say("opening_today" if days == 0 else "opening_tomorrow", time=time)
    day = format_date(local, "EEEE" if days < 7 else "d MMMM", locale=business.shop.formats)
    return say("opening_later", day=day, time=time)


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


async def _speak(
    session: AsyncSession, conversation: Conversation, business: Business, key: str, text: str,
    buttons: list[dict[str, str]] | None = None,
) -> None:
    message_id = derived_id("system", conversation.id, key)
    if await session.get(Message, (conversation.id, message_id)) is not None:
        return
    await store(
        session, conversation, message_id=message_id, author=Author.SYSTEM,
        author_name=business.assistant.name, text=text, buttons=buttons,
    )


async def withdraw(
    session: AsyncSession, conversation: Conversation, business: Business, *, actor: Actor, key: str
) -> None:
    """The customer no longer wants a person; asking twice changes nothing. Raises MoveRefused with an agent."""
    if conversation.state == State.AGENT:
        raise MoveRefused
    if conversation.state != State.WAITING:
        return
    await apply(session, conversation, Move.WITHDRAW, actor=actor, reason="no_longer_wanted")
    await _speak(session, conversation, business, key, say("withdrawn"))


async def let_bot_answer(
    session: AsyncSession, conversation: Conversation, business: Business, *, wanted: bool, key: str
) -> None:
    """While it waits, let the bot answer too, or not. Raises MoveRefused if it does not wait."""
    if conversation.state != State.WAITING:
        raise MoveRefused
    if conversation.bot_while_waiting != wanted:
        conversation.bot_while_waiting = wanted
        if wanted:
            await _speak(session, conversation, business, key, say("meanwhile"))
    await session.flush()


async def leave_message(
    session: AsyncSession, conversation: Conversation, contact: Contact, business: Business, *, new_id: str
) -> tuple[Conversation, bool]:
    """A conversation of its own that waits for people to be back, and whether it is new."""
    new_id = checked_id(new_id)
    left, is_new = await conversations.start(session, contact, new_id)
    if not is_new:
        if left.parent_id != conversation.id:
            raise NotFound
        return left, False
    left.parent_id, left.title = conversation.id, say("left_over_there")
    transition = await apply(
        session, left, Move.ASK_FOR_PERSON, actor=Actor("customer", contact.id), reason="left_message"
    )
    at = clock.now()
    session.add(Handoff(
        conversation_id=left.id, epoch=transition.epoch, reason="left_message", asked=conversation.title,
        slots={}, requested_at=at,
    ))
    opening = opening_in_words(business, at)
    words = say("message_left", opening=opening) if opening else say("message_left_for_long")
    await _speak(session, left, business, "message_left", words)
    append(session, conversation, "linked", {"conversation_id": left.id, "title": left.title})
    await session.flush()
    return left, True


async def take_over(session: AsyncSession, conversation: Conversation, *, agent: Agent) -> None:
    """Give the locked conversation to `agent`; the bot stays silent until `hand_back`.

    Raises AlreadyTakenOver if another agent has it. Again by the same agent: nothing changes.
    """
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
    await session.flush()


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
    """The bot goes on, and is told so that the dialogue can react. Raises NotYours."""
    _check_theirs(conversation, agent)
    await apply(
        session, conversation, Move.HAND_BACK, actor=Actor("agent", agent.id), reason="handed_back", note=note
    )
    await bot_turns.put_in_line(session, conversation, text="", payload="/handed_back")


async def resolve(
    session: AsyncSession, conversation: Conversation, *, agent: Agent, note: str | None = None
) -> None:
    """The matter is settled; the bot says goodbye. Raises NotYours, or MoveRefused."""
    if conversation.state != State.WAITING:
        _check_theirs(conversation, agent)
    await apply(
        session, conversation, Move.RESOLVE, actor=Actor("agent", agent.id), reason="resolved", note=note
    )
    await bot_turns.put_in_line(session, conversation, text="", payload="/conversation_resolved")


def _check_theirs(conversation: Conversation, agent: Agent) -> None:
    if conversation.agent_id != agent.id:
        raise NotYours


async def release(session: AsyncSession, conversation: Conversation, business: Business, *, reason: str) -> None:
    """Back to the front of the line: the agent who had the conversation is silent or gone."""
    agent = await session.get_one(Agent, conversation.agent_id)
    conversation.priority = max(conversation.priority, FRONT_OF_LINE)
    transition = await apply(session, conversation, Move.RELEASE, actor=SYSTEM, reason=reason)
    session.add(Handoff(
        conversation_id=conversation.id, epoch=transition.epoch, reason=reason, slots={},
        requested_at=clock.now(),
    ))
    await session.flush()
    await queue.tell(session, conversation, business)
    await deadlines.arm(session, conversation, "nobody_took_it", _minutes(business.people.nobody_took_it_minutes))
    await _speak(
        session, conversation, business, f"{reason} {transition.epoch}", say(reason, agent=agent.name),
        while_waiting(business),
    )


async def say_nobody_took_it(
    session: AsyncSession, conversation: Conversation, business: Business, *, key: str
) -> None:
    """Tell a customer who waits that it takes longer, and what they can do instead."""
    buttons = [*while_waiting(business), *when_closed()]
    await _speak(session, conversation, business, key, say("nobody_took_it"), buttons)
