"""The points ledger: append-only entries, the lots that earned points lie in, and the draws on them.

The balance of an account is the sum of its entries, which is also what its lots hold after all draws. It is
never stored. Points are integers.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from support.models.append_only import refuse_changes_of
from support.models.base import Base, Id, by_value


class EntryKind(StrEnum):
    EARN = "earn"
    REDEEM = "redeem"
    EXPIRE = "expire"
    ADJUST = "adjust"
    REVERSE = "reverse"


class LoyaltyAccount(Base):
    """A customer's place in the programme; every customer has at most one."""

    __tablename__ = "loyalty_accounts"

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), unique=True)
    referral_code: Mapped[str | None] = mapped_column(String(20), unique=True)
    opened_at: Mapped[datetime]


class LedgerEntry(Base):
    """A change of an account's balance by `points` (negative: taken). Never updated, never deleted.

    The same `idempotency_key` is the same change. An entry is reversed at most once, by an entry of kind
    `reverse` that names it in `reverses_id`.
    """

    __tablename__ = "ledger_entries"

    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("loyalty_accounts.id"))
    kind: Mapped[EntryKind] = mapped_column(by_value(EntryKind))
    points: Mapped[int]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(200))
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), index=True)
    reverses_id: Mapped[str | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    idempotency_key: Mapped[str] = mapped_column(String(200), unique=True)

    __table_args__ = (
        Index("ix_ledger_entries_account_id_at", "account_id", "at"),
        CheckConstraint("points <> 0", name="points_not_zero"),
    )


class Lot(Base):
    """Points that one entry added, which lapse together at `expires_at`."""

    __tablename__ = "lots"

    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("loyalty_accounts.id"))
    entry_id: Mapped[str] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    points: Mapped[int]
    earned_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_lots_account_id_expires_at", "account_id", "expires_at"),
        CheckConstraint("points > 0", name="points_positive"),
    )


class Draw(Base):
    """How many points of a lot an entry took; negative where a reversal put them back."""

    __tablename__ = "draws"

    id: Mapped[Id]
    entry_id: Mapped[str] = mapped_column(ForeignKey("ledger_entries.id"))
    lot_id: Mapped[str] = mapped_column(ForeignKey("lots.id"), index=True)
    points: Mapped[int]

    __table_args__ = (
        UniqueConstraint("entry_id", "lot_id"),
        CheckConstraint("points <> 0", name="points_not_zero"),
    )

LEDGER_TABLES = (LedgerEntry.__tablename__, Lot.__tablename__, Draw.__tablename__)
refuse_changes_of(LEDGER_TABLES)
