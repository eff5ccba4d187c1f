"""Invoices: the number that an order's invoice got, once and without a gap within its year."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Uuid
from support.text import new_id


class Invoice(Base):
    """The invoice of an order; what it says is written from the order's rows whenever it is asked for."""

    __tablename__ = "invoices"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), unique=True)
    year: Mapped[int]
    number: Mapped[int]
    issued_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("year", "number"),)
