"""Invoices: the number that an order's invoice got, once and without a gap within its year."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Id


class Invoice(Base):
    """The invoice of an order; what it says is written from the order's rows whenever it is asked for.

    One that came by an import without its order, whose customer was erased before, keeps its number from being given
    again.
    """

    __tablename__ = "invoices"

    id: Mapped[Id]
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), unique=True)
    year: Mapped[int]
    number: Mapped[int]
    issued_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("year", "number"),)
