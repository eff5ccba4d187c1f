"""What customers pay with, and the money that went there and back. Money is minor units of the row's currency."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from support.models.append_only import refuse_changes_of
from support.models.base import Base, Currency, Id, Reference, by_value


class MethodKind(StrEnum):
    """`wallet` is PayPal and its like, `other` such as a bank transfer."""

    CARD = "card"
    WALLET = "wallet"
    GIFT_CARD = "gift_card"
    OTHER = "other"


class PaymentMethod(Base):
    """What a customer pays with; `reference` is the shop's own id. We hold no more of a card than its last digits."""

    __tablename__ = "payment_methods"

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    reference: Mapped[str] = mapped_column(Reference)
    kind: Mapped[MethodKind] = mapped_column(by_value(MethodKind))
    brand: Mapped[str | None] = mapped_column(String(60))
    last_digits: Mapped[str | None] = mapped_column(String(4))
    currency: Mapped[str] = mapped_column(Currency)
    expires_on: Mapped[date | None]
    is_default: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("customer_id", "reference"),)


class GiftCardEntry(Base):
    """A change of a gift card's balance by `amount_minor` (negative: taken). Never updated, never deleted.

    The balance of a card is the sum of its entries. The same `idempotency_key` is the same change.
    """

    __tablename__ = "gift_card_entries"

    id: Mapped[Id]
    method_id: Mapped[str] = mapped_column(ForeignKey("payment_methods.id"), index=True)
    amount_minor: Mapped[int]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(200))
    idempotency_key: Mapped[str] = mapped_column(String(200), unique=True)

    __table_args__ = (CheckConstraint("amount_minor <> 0", name="amount_not_zero"),)


refuse_changes_of([GiftCardEntry.__tablename__])


class PaymentKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"


class Payment(Base):
    """Money for an order: from the customer (`payment`) or back to them (`refund`); `amount_minor` is positive.

    `settled_at` is when it reached the other side; None while the shop's payment provider is at it.
    """

    __tablename__ = "payments"

    id: Mapped[Id]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    method_id: Mapped[str] = mapped_column(ForeignKey("payment_methods.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("service_requests.id"), index=True)
    reference: Mapped[str | None] = mapped_column(Reference)
    kind: Mapped[PaymentKind] = mapped_column(by_value(PaymentKind))
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(Currency)
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    method: Mapped[PaymentMethod] = relationship(lazy="raise")

    __table_args__ = (
        # An order's payments, and the refunds among a customer's, from the index alone: support/ordering/order_sums.py
        Index("ix_payments_order_id_at", "order_id", "at", "kind", "amount_minor"),
        Index("ix_payments_method_id_kind", "method_id", "kind", "request_id", "order_id"),
        UniqueConstraint("order_id", "reference"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
    )
