"""The shop's own records: customers, products and orders. Money is minor units of the row's currency."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from support.models.base import Base, Uuid
from support.text import new_id


def by_value(kind: type[StrEnum]) -> Enum:
    """A column type that keeps the values of `kind` as text, so that a new one needs no migration."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda all: [one.value for one in all])


class OrderStatus(StrEnum):
    """How far an order has come; `open` ones are still on their way to the customer."""

    PENDING = "pending"
    PROCESSED = "processed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"

    @property
    def open(self) -> bool:
        return self in (OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED)


class Customer(Base):
    """Somebody who has an account with the shop. `reference` is the shop's own id, whatever its form."""

    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(200), unique=True)
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(320), index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    locale: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]

    addresses: Mapped[list["Address"]] = relationship(back_populates="customer", lazy="raise")

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Address(Base):
    """Where a customer's parcels go; `country` is ISO 3166 alpha-2."""

    __tablename__ = "addresses"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(200))
    line_1: Mapped[str] = mapped_column(String(200))
    line_2: Mapped[str | None] = mapped_column(String(200))
    town: Mapped[str] = mapped_column(String(100))
    region: Mapped[str | None] = mapped_column(String(100))
    postcode: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    is_default: Mapped[bool] = mapped_column(default=False)

    customer: Mapped[Customer] = relationship(back_populates="addresses", lazy="raise")


class Product(Base):
    """What the shop sells, in one or more variants."""

    __tablename__ = "products"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200), index=True)
    category: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(2000))

    variants: Mapped[list["Variant"]] = relationship(back_populates="product", lazy="raise")


class Variant(Base):
    """One form of a product that can be bought; `options` is such as {"colour": "brass", "size": "large"}."""

    __tablename__ = "variants"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id"), index=True)
    sku: Mapped[str] = mapped_column(String(60), unique=True)
    options: Mapped[dict[str, Any]]
    price_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    stock: Mapped[int]

    product: Mapped[Product] = relationship(back_populates="variants", lazy="raise")

    __table_args__ = (
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        CheckConstraint("stock >= 0", name="stock_not_negative"),
    )


class Order(Base):
    """What a customer bought at once. `status_since` is when the order came into its present status."""

    __tablename__ = "orders"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))
    address_id: Mapped[str | None] = mapped_column(ForeignKey("addresses.id"))
    status: Mapped[OrderStatus] = mapped_column(
        by_value(OrderStatus)
    )
    status_since: Mapped[datetime]
    placed_at: Mapped[datetime]
    currency: Mapped[str] = mapped_column(String(3))
    goods_minor: Mapped[int]
    shipping_minor: Mapped[int]
    total_minor: Mapped[int]
    paid_with: Mapped[str] = mapped_column(String(60))

    customer: Mapped[Customer] = relationship(lazy="raise")
    address: Mapped[Address | None] = relationship(lazy="raise")
    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", order_by="OrderLine.position", lazy="raise"
    )
    shipments: Mapped[list["Shipment"]] = relationship(
        back_populates="order", order_by="Shipment.shipped_at", lazy="raise"
    )

    __table_args__ = (
        Index("ix_orders_customer_id_placed_at", "customer_id", "placed_at"),
        CheckConstraint("total_minor = goods_minor + shipping_minor", name="total_adds_up"),
    )


class OrderLine(Base):
    """A line of an order. Name, options and price are as bought: the product may have changed since."""

    __tablename__ = "order_lines"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
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

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    carrier: Mapped[str] = mapped_column(String(60))
    tracking_number: Mapped[str] = mapped_column(String(60))
    tracking_url: Mapped[str] = mapped_column(String(500))
    shipped_at: Mapped[datetime]
    expected_on: Mapped[date]
    delivered_at: Mapped[datetime | None]
    last_event: Mapped[str] = mapped_column(String(200))
    last_place: Mapped[str | None] = mapped_column(String(100))
    last_event_at: Mapped[datetime]

    order: Mapped[Order] = relationship(back_populates="shipments", lazy="raise")
