"""How somebody who is not signed in showed who they are: one-time codes, order and postcode."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Id, by_value


class CodePurpose(StrEnum):
    IDENTIFY = "identify"
    CHANGE_EMAIL = "change_email"


class OneTimeCode(Base):
    """A code that was sent to an address; `customer_id` is None where nobody has that address and nothing was sent.

    Only a keyed digest of the code is kept. It is worth nothing after `expires_at`, five tries, one use or a newer one.
    """

    __tablename__ = "one_time_codes"

    id: Mapped[Id]
    purpose: Mapped[CodePurpose] = mapped_column(by_value(CodePurpose))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contacts.id"))
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customers.id"))
    address_digest: Mapped[str] = mapped_column(String(64), index=True)
    new_email: Mapped[str | None] = mapped_column(String(320))
    code_digest: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_one_time_codes_contact_id_created_at", "contact_id", "created_at"),)


class Identification(Base):
    """A contact showed that they are a customer, or hold one of their orders; it counts until `ends_at`."""

    __tablename__ = "identifications"

    id: Mapped[Id]
    contact_id: Mapped[str] = mapped_column(ForeignKey("contacts.id"))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"))
    level: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_identifications_contact_id_ends_at", "contact_id", "ends_at"),)


class FailedIdentification(Base):
    """A wrong order number, postcode or code; counted a contact and a digest of what was tried."""

    __tablename__ = "failed_identifications"

    id: Mapped[Id]
    contact_id: Mapped[str] = mapped_column(ForeignKey("contacts.id"))
    subject_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_failed_identifications_contact_id_at", "contact_id", "at"),
        Index("ix_failed_identifications_subject_digest_at", "subject_digest", "at"),
    )
