"""What the shop sells. Money is minor units of the row's currency."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from support.models.base import Base, Currency, Id, Reference


class Product(Base):
    """What the shop sells, in one or more variants."""

    __tablename__ = "products"

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    category: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(2000))

    variants: Mapped[list["Variant"]] = relationship(back_populates="product", lazy="raise")


class Variant(Base):
    """One form of a product that can be bought; `options` is such as {"colour": "brass", "size": "large"}.

    `sku` is the shop's own id of it. `stock` is what can still be sold.
    """

    __tablename__ = "variants"

    id: Mapped[Id]
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id"), index=True)
    sku: Mapped[str] = mapped_column(Reference, unique=True)
    options: Mapped[dict[str, Any]]
    price_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(Currency)
    stock: Mapped[int]

    product: Mapped[Product] = relationship(back_populates="variants", lazy="raise")

    __table_args__ = (
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        CheckConstraint("stock >= 0", name="stock_not_negative"),
    )
