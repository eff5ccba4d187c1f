"""What went wrong, what somebody wishes, who wants to be called: cases, told in events, with photos."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from support.models.base import Base, Id, Uuid, by_value


class CaseKind(StrEnum):
    DAMAGED = "damaged"
    WRONG = "wrong"
    MISSING = "missing"
    LATE = "late"
    COMPLAINT = "complaint"
    IDEA = "idea"
    PRAISE = "praise"
    CALL_BACK = "call_back"
    ERASURE = "erasure"


class Case(Base):
    """Something of a customer's that somebody has to see to; `reference` is what they were told.

    It is open if its latest event is no closing one. `due_at`: when something is to have been done, or the call-back.
    """

    __tablename__ = "cases"

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), index=True)
    request_id: Mapped[str | None] = mapped_column(ForeignKey("service_requests.id"))
    conversation_id: Mapped[str | None] = mapped_column(Uuid)
    kind: Mapped[CaseKind] = mapped_column(by_value(CaseKind))
    text: Mapped[str] = mapped_column(String(4000))
    phone: Mapped[str | None] = mapped_column(String(40))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)

    events: Mapped[list["CaseEvent"]] = relationship(order_by="CaseEvent.number", lazy="raise")
    photos: Mapped[list["CasePhoto"]] = relationship(order_by="CasePhoto.at", lazy="raise")


class CaseLine(Base):
    """An order line that a case is about."""

    __tablename__ = "case_lines"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    order_line_id: Mapped[str] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)


class CaseEventKind(StrEnum):
    OPENED = "opened"
    NOTED = "noted"
    COMPENSATED = "compensated"
    CLOSED = "closed"
    REOPENED = "reopened"


class CaseEvent(Base):
    """What happened to a case; `actor` is customer, agent, bot or shop."""

    __tablename__ = "case_events"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CaseEventKind] = mapped_column(by_value(CaseEventKind))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str | None] = mapped_column(Uuid)
    details: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_case_events_case_id_kind", "case_id", "kind"),)


class CasePhoto(Base):
    """A picture of a case, kept as the file `stored_as`, a name of our own; `media_type` by its content."""

    __tablename__ = "case_photos"

    id: Mapped[Id]
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    stored_as: Mapped[str] = mapped_column(String(80), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime]
