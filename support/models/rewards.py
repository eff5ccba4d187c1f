"""What points buy and what friends bring: rewards, vouchers, referrals. Money is minor units."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from support.models.base import Base, Currency, Id, Reference, by_value


class RewardKind(StrEnum):
    """`voucher`: money off, `percent`: a share off, `gift`: a thing, `shipping`: free delivery."""

    VOUCHER = "voucher"
    PERCENT = "percent"
    GIFT = "gift"
    SHIPPING = "shipping"


class Reward(Base):
    """What `points` buy; `value` is minor units of `currency` for a voucher, whole percent for a percent, else 0.

    `from_tier` names the tier that it takes, None for everybody. `stock` is None if it never runs out.
    """

    __tablename__ = "rewards"

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String(2000))
    kind: Mapped[RewardKind] = mapped_column(by_value(RewardKind))
    points: Mapped[int]
    value: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str | None] = mapped_column(Currency)
    from_tier: Mapped[str | None] = mapped_column(String(40))
    stock: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("points > 0", name="points_positive"),
        CheckConstraint("stock IS NULL OR stock >= 0", name="stock_not_negative"),
    )


class Voucher(Base):
    """A code that a customer got for points (or as a thank-you) and can use once, until `expires_at`."""

    __tablename__ = "vouchers"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    reward_id: Mapped[str | None] = mapped_column(ForeignKey("rewards.id"))
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    kind: Mapped[RewardKind] = mapped_column(by_value(RewardKind))
    value: Mapped[int]
    currency: Mapped[str | None] = mapped_column(Currency)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"))


class Referral(Base):
    """A friend who came by a customer's code; `rewarded_at` is when both got their points."""

    __tablename__ = "referrals"

    id: Mapped[Id]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    friend_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), unique=True)
    joined_at: Mapped[datetime]
    rewarded_at: Mapped[datetime | None]
