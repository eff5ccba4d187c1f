"""Lines that come back: for their money, or for other variants. Money is minor units of the row's currency."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from support.models.base import Base, Currency, Id, by_value
from support.models.payments import PaymentMethod


class ReturnKind(StrEnum):
    RETURN = "return"
    EXCHANGE = "exchange"


class ReturnStatus(StrEnum):
    """`requested` until the shop has the lines back and the money is settled, or it is called off."""

    REQUESTED = "requested"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Return(Base):
    """A return or exchange of an order's lines; `reference` is what the customer writes on the parcel.

    `amount_minor` is what it settles with `method_id` when the lines have arrived: to the customer if positive,
    from the customer if negative (an exchange for something dearer).
    """

    __tablename__ = "returns"

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    request_id: Mapped[str | None] = mapped_column(ForeignKey("service_requests.id"))
    kind: Mapped[ReturnKind] = mapped_column(by_value(ReturnKind))
    status: Mapped[ReturnStatus] = mapped_column(by_value(ReturnStatus))
    reason: Mapped[str | None] = mapped_column(String(200))
    method_id: Mapped[str] = mapped_column(ForeignKey("payment_methods.id"))
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(Currency)
    requested_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]

    method: Mapped[PaymentMethod] = relationship(lazy="raise")
    lines: Mapped[list["ReturnLine"]] = relationship(order_by="ReturnLine.position", lazy="raise")

    # What a customer sent back is found by their payment methods: support/ordering/order_sums.py
    __table_args__ = (Index("ix_returns_method_id_kind", "method_id", "kind", "status", "order_id"),)


class ReturnLine(Base):
    """Pieces of an order line that come back, at what each cost, and what each is exchanged for if it is."""

    __tablename__ = "return_lines"

    return_id: Mapped[str] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    order_line_id: Mapped[str] = mapped_column(ForeignKey("order_lines.id"), index=True)
    quantity: Mapped[int]
    unit_price_minor: Mapped[int]
    new_variant_id: Mapped[str | None] = mapped_column(ForeignKey("variants.id"))
    new_options: Mapped[dict[str, Any] | None]
    new_unit_price_minor: Mapped[int | None]

    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)
