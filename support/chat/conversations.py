"""Conversations and their logs: start, find, append, read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.errors import NotFound
from support.events import announce
from support.models.agents import Agent
from support.models.conversations import Contact, Conversation, Event, Message
from support.text import checked_id

PAGE = 200  # events


async def start(session: AsyncSession, contact: Contact, conversation_id: str) -> tuple[Conversation, bool]:
    """The contact's conversation of that id, and whether it was made now.

    Raises IdInvalid, or NotFound if the id is somebody else's.
    """
    conversation_id = checked_id(conversation_id)
    found = await session.get(Conversation, conversation_id)
    if found is not None:
        if found.contact_id != contact.id:
            raise NotFound
        return found, False
    at = clock.now()
    conversation = Conversation(
        id=conversation_id, contact_id=contact.id, state="bot", epoch=0, last_seq=0,
        priority=0, bot_while_waiting=False, started_at=at, active_at=at,
    )
    session.add(conversation)
    await session.flush()
    return conversation, True


async def lock(session: AsyncSession, conversation_id: str, *, contact: Contact | None = None) -> Conversation:
    """The conversation, its row locked until the transaction ends; with `contact`, only theirs.

    Raises NotFound.
    """
    query = select(Conversation).where(Conversation.id == conversation_id.lower())
    if contact is not None:
        query = query.where(Conversation.contact_id == contact.id)
    found = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


async def find(session: AsyncSession, conversation_id: str, *, contact: Contact | None = None) -> Conversation:
    """The conversation; with `contact`, only theirs. Raises NotFound."""
    found = await session.get(Conversation, conversation_id.lower())
    if found is None or (contact is not None and found.contact_id != contact.id):
        raise NotFound
    return found


async def of_contact(session: AsyncSession, contact: Contact, *, limit: int = 50) -> list[Conversation]:
    """The contact's conversations, the one last active first."""
    query = (
        select(Conversation)
        .where(Conversation.contact_id == contact.id)
        .order_by(Conversation.active_at.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


def append(
    session: AsyncSession, conversation: Conversation, type: str, body: dict[str, Any] | None = None,
    *, message_id: str | None = None, at: datetime | None = None,
) -> Event:
    """Add an event under the next `seq`; the conversation's row must be locked."""
    conversation.last_seq += 1
    event = Event(
        conversation_id=conversation.id, seq=conversation.last_seq, type=type,
        at=at or clock.now(), message_id=message_id, body=body or {},
    )
    session.add(event)
    announce(session, conversation.id)
    return event


@dataclass(frozen=True, slots=True)
class Page:
    """Events after a `seq`, in order, as a reader may see them."""

    events: list[dict[str, Any]]
    last_seq: int
    more: bool


async def events_after(
    session: AsyncSession, conversation_id: str, after: int, *, limit: int = PAGE, private: bool = False,
) -> Page:
    """The next `limit` events after seq `after`; agents read with `private`."""
    query = (
        select(Event, Message)
        .outerjoin(
            Message,
            (Message.conversation_id == Event.conversation_id) & (Message.id == Event.message_id),
        )
        .where(Event.conversation_id == conversation_id, Event.seq > after)
        .order_by(Event.seq)
        .limit(limit + 1)
    )
    rows = (await session.execute(query)).all()
    shown = [_shown(event, message, private) for event, message in rows[:limit]]
    return Page(shown, shown[-1]["seq"] if shown else after, len(rows) > limit)


def _shown(event: Event, message: Message | None, private: bool) -> dict[str, Any]:
    frame: dict[str, Any] = {"seq": event.seq, "type": event.type, "at": event.at.isoformat()}
    if message is None:
        return frame | event.body
    if message.private and not private:
        return frame | {"type": "withheld"}
    text = "" if message.deleted_at else message.text
    if event.type == "message_edited":
        return frame | {"message_id": message.id, "text": text}
    if event.type == "message_deleted":
        return frame | {"message_id": message.id}
    shown: dict[str, Any] = {
        "id": message.id,
        "author": {"kind": message.author, "name": message.author_name},
        "text": text,
    }
    if event.type == "note":
        return frame | {"note": shown}
    return frame | {
        "message": shown
        | {
            "buttons": [] if message.deleted_at else message.buttons,
            "reply_to": message.reply_to,
            "payload": message.payload,
            "edited": message.edited_at is not None,
            "deleted": message.deleted_at is not None,
        }
    }


async def describe(session: AsyncSession, conversation: Conversation) -> dict[str, Any]:
    """The conversation as the protocol shows it."""
    agent = await session.get(Agent, conversation.agent_id) if conversation.agent_id else None
    waiting = conversation.state == "waiting"
    in_line = waiting and conversation.queue_position is not None
    return {
        "id": conversation.id,
        "state": conversation.state,
        "epoch": conversation.epoch,
        "last_seq": conversation.last_seq,
        "started_at": conversation.started_at.isoformat(),
        "active_at": conversation.active_at.isoformat(),
        "title": conversation.title,
        "agent": {"name": agent.name} if agent else None,
        "queue": {
            "position": conversation.queue_position,
            "expected_wait_seconds": conversation.expected_wait,
        } if in_line else None,
        "bot_while_waiting": waiting and conversation.bot_while_waiting,
        "left_message": conversation.parent_id is not None,
    }
