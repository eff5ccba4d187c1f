"""Orders: what was bought, how far it has come, its parcels. Money is minor units of the row's currency."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from support.models.base import Base, Currency, Id, Reference, by_value
from support.models.customers import Address, Customer
from support.models.payments import Payment


class OrderStatus(StrEnum):
    """How far an order has come; `open` ones are still on their way to the customer."""

    PENDING = "pending"
    PROCESSED = "processed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURN_REQUESTED = "return_requested"
    EXCHANGE_REQUESTED = "exchange_requested"
    RETURNED = "returned"

    @property
    def open(self) -> bool:
        return self in (OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED)


class Order(Base):
    """What a customer bought at once; `number` is the shop's own. `status_since`: when its present status began.

    `lines_swapped_at` is when its lines were last changed for other variants, None if they never were.
    """

    __tablename__ = "orders"

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Reference, unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    address_id: Mapped[str | None] = mapped_column(ForeignKey("addresses.id"))
    status: Mapped[OrderStatus] = mapped_column(by_value(OrderStatus))
    status_since: Mapped[datetime]
    placed_at: Mapped[datetime]
    lines_swapped_at: Mapped[datetime | None]
    currency: Mapped[str] = mapped_column(Currency)
    goods_minor: Mapped[int]
    shipping_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(default=0)
    total_minor: Mapped[int]

    customer: Mapped[Customer] = relationship(lazy="raise")
    address: Mapped[Address | None] = relationship(lazy="raise")
    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", order_by="OrderLine.position", lazy="raise"
    )
    shipments: Mapped[list["Shipment"]] = relationship(
        back_populates="order", order_by="Shipment.shipped_at", lazy="raise"
    )
    payments: Mapped[list[Payment]] = relationship(order_by=(Payment.at, Payment.id), lazy="raise", viewonly=True)

    __table_args__ = (
        # What a customer's orders come to is read from the index alone: support/ordering/order_sums.py
        Index("ix_orders_customer_id_placed_at", "customer_id", "placed_at", "status", "currency", "total_minor"),
        CheckConstraint("total_minor = goods_minor + shipping_minor - discount_minor", name="total_adds_up"),
        CheckConstraint("total_minor >= 0", name="total_not_negative"),
    )


class OrderTransition(Base):
    """One step of an order from a status to the next; `actor` is customer, agent, bot or shop."""

    __tablename__ = "order_transitions"

    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    from_status: Mapped[OrderStatus] = mapped_column(by_value(OrderStatus))
    to_status: Mapped[OrderStatus] = mapped_column(by_value(OrderStatus))
    actor: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(200))


class OrderLine(Base):
    """A line of an order. Name, options and price are as bought: the product may have changed since."""

    __tablename__ = "order_lines"

    id: Mapped[Id]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    reference: Mapped[str | None] = mapped_column(Reference)
    variant_id: Mapped[str] = mapped_column(ForeignKey("variants.id"), index=True)
    product_name: Mapped[str] = mapped_column(String(200))
    options: Mapped[dict[str, Any]]
    quantity: Mapped[int]
    unit_price_minor: Mapped[int]

    order: Mapped[Order] = relationship(back_populates="lines", lazy="raise")

    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("unit_price_minor >= 0", name="price_not_negative"),
    )


class Shipment(Base):
    """A parcel of an order, and the last that its carrier said of it."""

    __tablename__ = "shipments"

    id: Mapped[Id]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    carrier: Mapped[str] = mapped_column(String(60))
    tracking_number: Mapped[str] = mapped_column(Reference)
    tracking_url: Mapped[str | None] = mapped_column(String(500))
    shipped_at: Mapped[datetime]
    expected_on: Mapped[date | None]
    delivered_at: Mapped[datetime | None]
    last_event: Mapped[str | None] = mapped_column(String(200))
    last_place: Mapped[str | None] = mapped_column(String(100))
    last_event_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(back_populates="shipments", lazy="raise")

    __table_args__ = (UniqueConstraint("order_id", "tracking_number"),)
