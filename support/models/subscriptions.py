"""What comes to a customer again and again. Money is minor units of the row's currency."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Currency, Id, Reference, by_value


class SubscriptionStatus(StrEnum):
    """`cancelled` ones may still run until the day they end."""

    ACTIVE = "active"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class Subscription(Base):
    """What comes every `every_months` months, next on `renews_on`; `ends_on` is None if it goes on until ended."""

    __tablename__ = "subscriptions"

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    reference: Mapped[str] = mapped_column(Reference)
    name: Mapped[str] = mapped_column(String(200))
    variant_id: Mapped[str | None] = mapped_column(ForeignKey("variants.id"))
    method_id: Mapped[str | None] = mapped_column(ForeignKey("payment_methods.id"))
    quantity: Mapped[int] = mapped_column(default=1)
    price_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(Currency)
    every_months: Mapped[int]
    status: Mapped[SubscriptionStatus] = mapped_column(by_value(SubscriptionStatus))
    started_on: Mapped[date]
    renews_on: Mapped[date | None]
    paused_until: Mapped[date | None]
    ends_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("customer_id", "reference"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        CheckConstraint("every_months > 0", name="every_months_positive"),
    )
