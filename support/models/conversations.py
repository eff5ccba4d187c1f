"""Conversations as logs: contacts, visitor sessions, conversations, events, messages, transitions, handoffs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Uuid


class State(StrEnum):
    """Who may speak to the customer."""

    BOT = "bot"
    WAITING = "waiting"
    AGENT = "agent"
    RESOLVED = "resolved"


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Level(StrEnum):
    """How well we know who is speaking, the least first."""

    VISITOR = "visitor"
    ORDER_HOLDER = "order_holder"
    VERIFIED = "verified"
    SIGNED_IN = "signed_in"

    def reaches(self, other: "Level") -> bool:
        order = list(Level)
        return order.index(self) >= order.index(other)


class Contact(Base):
    """Somebody who talks to us: a visitor, or one of the shop's customers."""

    __tablename__ = "contacts"
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"), unique=True)
    name: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]


class VisitorSession(Base):
    """A widget's token, kept only as a digest."""

    __tablename__ = "visitor_sessions"
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("contacts.id"), index=True)
    level: Mapped[str] = mapped_column(String(20), default=Level.VISITOR)
    signed_in_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(index=True)


class Conversation(Base):
    """One talk; `state` says who speaks, `epoch` counts its transitions, `last_seq` its events."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_queue", "state", "priority", "waiting_since"),
        Index("ix_conversations_contact", "contact_id", "active_at"),
    )
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("contacts.id"))
    parent_id: Mapped[str | None] = mapped_column(Uuid)
    title: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(20), default=State.BOT)
    epoch: Mapped[int] = mapped_column(default=0)
    last_seq: Mapped[int] = mapped_column(default=0)
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("agents.id"), index=True)
    priority: Mapped[int] = mapped_column(default=0)
    waiting_since: Mapped[datetime | None]
    queue_position: Mapped[int | None]
    expected_wait: Mapped[int | None]
    bot_while_waiting: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    active_at: Mapped[datetime] = mapped_column(index=True)


class Event(Base):
    """One entry of a conversation's log, as every reader gets it."""

    __tablename__ = "conversation_events"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    type: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    # The text stays in `messages` alone, so that a deleted one is gone from the log as well
    message_id: Mapped[str | None] = mapped_column(Uuid)
    body: Mapped[dict[str, Any]]


class Message(Base):
    """What somebody wrote, or a private note of an agent; ids are the sender's, unique in the conversation."""

    __tablename__ = "messages"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    seq: Mapped[int]
    private: Mapped[bool] = mapped_column(default=False)
    author: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[str | None] = mapped_column(Uuid)
    author_name: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    buttons: Mapped[list[Any]]
    reply_to: Mapped[str | None] = mapped_column(Uuid)
    fingerprint: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class OfferedPayload(Base):
    """A button's payload that a message of this conversation offered."""

    __tablename__ = "offered_payloads"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[str] = mapped_column(Uuid)


class Transition(Base):
    """One change of who speaks; never updated or deleted."""

    __tablename__ = "transitions"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str | None] = mapped_column(Uuid)
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)


class Handoff(Base):
    """One wait for a person: why, what was understood and tried before, and how it ended."""

    __tablename__ = "handoffs"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(40))
    asked: Mapped[str | None] = mapped_column(Text)
    slots: Mapped[dict[str, Any]]
    requested_at: Mapped[datetime]
    taken_at: Mapped[datetime | None] = mapped_column(index=True)
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("agents.id"))


class Deadline(Base):
    """A time-out as a row: carried out once at or after `due_at`, void once the epoch has moved."""

    __tablename__ = "deadlines"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    epoch: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(index=True)


class BotTurn(Base):
    """One thing the bot has to answer; claimed, then answered, failed or dropped."""

    __tablename__ = "bot_turns"
    __table_args__ = (Index("ix_bot_turns_open", "status", "conversation_id", "number"),)
    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    number: Mapped[int]
    message_id: Mapped[str | None] = mapped_column(Uuid)
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    epoch: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(Uuid)
    leased_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(60))
    intent: Mapped[str | None] = mapped_column(String(120))
    confidence: Mapped[float | None]
