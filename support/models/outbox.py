"""What leaves the house after a commit: signed events to the shop's back end, and mail. A worker sends them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Id, Uuid
from support.text import new_id


class OutboxEvent(Base):
    """Something that was changed here, as the shop hears of it; `number` is the order in which it was written."""

    __tablename__ = "outbox_events"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Uuid, unique=True, default=new_id)
    name: Mapped[str] = mapped_column(String(60))
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


class WebhookEndpoint(Base):
    """An address of the shop's back end that hears of changes; `secret` signs what it gets.

    Until `leased_until` it is one worker's, or it rests after a failure.
    """

    __tablename__ = "webhook_endpoints"

    id: Mapped[Id]
    url: Mapped[str] = mapped_column(String(2000), unique=True)
    secret: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]


class WebhookDelivery(Base):
    """An event on its way to an endpoint: due again at `due_at`, or `delivered_at`, or given up at `dead_at`."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[Id]
    event_number: Mapped[int] = mapped_column(ForeignKey("outbox_events.number"))
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("webhook_endpoints.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        UniqueConstraint("event_number", "endpoint_id"), Index("ix_webhook_deliveries_due_at", "due_at"),
    )


class Mail(Base):
    """A message on its way to `recipient`: due again at `due_at`, or `sent_at`, or given up at `dead_at`.

    `attachment` names what is made and put in when it is sent, such as {"invoice": order id}.
    """

    __tablename__ = "mails"

    id: Mapped[Id]
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    attachment: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(200))
