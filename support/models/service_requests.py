"""What was done for a customer: every change they asked for, once a key, with the reference they were given."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Id, Uuid


class ServiceRequest(Base):
    """A change that was carried out; `kind` is the use case, `details` what was asked and what came of it.

    The same `idempotency_key` of the same customer is the same request; `fingerprint` digests what it asked for.
    """

    __tablename__ = "service_requests"

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    idempotency_key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    fingerprint: Mapped[str] = mapped_column(String(64))
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), index=True)
    details: Mapped[dict[str, Any]]
    actor: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str | None] = mapped_column(Uuid)
    conversation_id: Mapped[str | None] = mapped_column(Uuid)
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("customer_id", "idempotency_key"),
        Index("ix_service_requests_customer_id_at", "customer_id", "at"),
    )
