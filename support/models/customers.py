"""Customers: who they are, where their parcels go, what they agreed to. Every `reference` is the shop's own id."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from support.models.base import Base, Id, Reference, by_value


class Customer(Base):
    """Somebody who has an account with the shop. An erased one keeps the row, and nothing personal in it."""

    __tablename__ = "customers"

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(320), index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    locale: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    addresses: Mapped[list["Address"]] = relationship(back_populates="customer", lazy="raise")

    # People write their address in any case
    __table_args__ = (Index("ix_customers_email_folded", func.lower(email)),)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Address(Base):
    """Where a parcel goes; `country` is ISO 3166 alpha-2. A row never changes, for orders point to it.

    The customer's address book holds the `saved` ones, one of them the default; a changed address is a new row.
    """

    __tablename__ = "addresses"

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    reference: Mapped[str | None] = mapped_column(Reference)
    label: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(200))
    line_1: Mapped[str] = mapped_column(String(200))
    line_2: Mapped[str | None] = mapped_column(String(200))
    town: Mapped[str] = mapped_column(String(100))
    region: Mapped[str | None] = mapped_column(String(100))
    postcode: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    saved: Mapped[bool] = mapped_column(default=True)
    is_default: Mapped[bool] = mapped_column(default=False)

    customer: Mapped[Customer] = relationship(back_populates="addresses", lazy="raise")


class Channel(StrEnum):
    """How somebody may be reached."""

    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    POST = "post"


class Purpose(StrEnum):
    """What a customer may be written to about beyond their own orders."""

    NEWSLETTER = "newsletter"
    OFFERS = "offers"
    SURVEYS = "surveys"


class Consent(Base):
    """One yes or no of a customer; the latest for a purpose and channel holds. Without any, it is a no."""

    __tablename__ = "consents"

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    purpose: Mapped[Purpose] = mapped_column(by_value(Purpose))
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    granted: Mapped[bool]
    source: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_consents_customer_id_at", "customer_id", "at"),)


class Interaction(Base):
    """Something that happened between the shop and a customer outside of Rapport, on any channel."""

    __tablename__ = "interactions"

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    reference: Mapped[str] = mapped_column(Reference)
    channel: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str] = mapped_column(String(2000))
    rating: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("customer_id", "reference"), Index("ix_interactions_customer_id_at", "customer_id", "at"),
    )
