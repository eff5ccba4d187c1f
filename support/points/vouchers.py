"""Vouchers: the codes that customers get for points, and the shop's word that one was used.

`value` is minor units of `currency` for a voucher, whole percent for a percent, else 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.base import UtcDateTime, Uuid
from support.models.conversations import Level
from support.models.loyalty import LedgerEntry
from support.models.orders import Order
from support.models.rewards import Reward, RewardKind, Voucher
from support.points.loyalty import end_of
from support.policy.business import Business
from support.refusals import VoucherExpired, VoucherUsed
from support.text import new_code, read_code

_GROUPS = 3  # of four signs: 60 random bits
_LONGEST_PREFIX = 4


@dataclass(frozen=True)
class VoucherCode:
    """A voucher as its owner sees it; `reward` is the name of what the points bought, None for plain money off.

    `last_day` is the last one, on the shop's calendar, on which it can be used.
    """

    code: str
    kind: RewardKind
    value: int
    currency: str | None
    reward: str | None
    issued_at: datetime
    expires_at: datetime
    last_day: date
    used_at: datetime | None

    def usable(self, at: datetime) -> bool:
        return self.used_at is None and at < self.expires_at


@use_case("look up", needs=Level.VERIFIED)
async def vouchers(
    session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime
) -> tuple[VoucherCode, ...]:
    """The customer's voucher codes: those that can be used, the soonest to expire first, then the others, newest first.

    Nobody else's; an empty tuple for a customer who has none.
    """
    return await of_customer(session, speaker.customer, business=business, at=at)


async def of_customer(
    session: AsyncSession, customer_id: str, *, business: Business, at: datetime
) -> tuple[VoucherCode, ...]:
    """The same, for whoever may know."""
    found = _codes(await session.execute(_THEIRS, {"customer": customer_id}), business)
    usable = sorted((one for one in found if one.usable(at)), key=lambda one: one.expires_at)
    return (*usable, *(one for one in found if not one.usable(at)))


async def usable_ones(
    session: AsyncSession, customer_id: str, *, business: Business, at: datetime
) -> tuple[VoucherCode, ...]:
    """Those that the customer can use, the soonest to expire first."""
    return tuple(_codes(await session.execute(_USABLE, {"customer": customer_id, "at": at}), business))


async def issue(
    session: AsyncSession, entry: LedgerEntry, customer_id: str, *, kind: RewardKind, value: int,
    currency: str | None, reward: Reward | None, business: Business, at: datetime,
) -> Voucher:
    """A new code for the points that `entry` took; it is good until the end of the last day."""
    voucher = Voucher(
        code=await _unused_code(session, business), customer_id=customer_id, entry_id=entry.id, kind=kind,
        reward_id=reward.id if reward else None, value=value, currency=currency, issued_at=at,
        expires_at=end_of(last_day(business, at), business.shop.zone),
    )
    session.add(voucher)
    await session.flush()
    return voucher


def last_day(business: Business, at: datetime) -> date:
    """The last day, on the shop's calendar, on which a voucher issued at `at` can be used."""
    return at.astimezone(business.shop.zone).date() + timedelta(days=business.loyalty.voucher_days)


async def use_voucher(session: AsyncSession, code: str, order_number: str, *, at: datetime) -> Voucher:
    """Enter that the order was placed with the voucher, as the shop says; again for the same order: the same.

    A code that an import brought may be of any form, and is then as it was written. Raises NotFound (no such code or
    order, or the order of somebody else), VoucherUsed, VoucherExpired.
    """
    typed = read_code(code, groups=_GROUPS)
    written = code.strip() if code.isprintable() else None
    query = select(Voucher).where(Voucher.code.in_((typed, written))).order_by(Voucher.code != written).limit(1)
    voucher = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if voucher is None:
        raise NotFound
    order_id = await session.scalar(
        select(Order.id).where(Order.number == order_number, Order.customer_id == voucher.customer_id)
    ) if order_number.isprintable() else None
    if order_id is None:
        raise NotFound
    if voucher.used_at is not None:
        if voucher.order_id != order_id:
            raise VoucherUsed
        return voucher
    if at >= voucher.expires_at:
        raise VoucherExpired
    voucher.used_at, voucher.order_id = at, order_id
    await session.flush()
    return voucher


def _codes(rows: Iterable[Any], business: Business) -> list[VoucherCode]:
    return [VoucherCode(**row._mapping, last_day=_day_before(row.expires_at, business)) for row in rows]


def _day_before(expires_at: datetime, business: Business) -> date:
    return (expires_at - timedelta(microseconds=1)).astimezone(business.shop.zone).date()


async def _unused_code(session: AsyncSession, business: Business) -> str:
    while True:
        code = new_code(_initials(business.shop.name.split()), groups=_GROUPS)
        if await session.scalar(select(Voucher.id).where(Voucher.code == code)) is None:
            return code


def _initials(words: Sequence[str]) -> str:
    """HF for Harbour & Field; V for a name without a Latin letter or digit to begin with."""
    first = (word[0].upper() for word in words)
    return "".join(sign for sign in first if sign.isascii() and sign.isalnum())[:_LONGEST_PREFIX] or "V"


def _theirs() -> Select[*tuple[Any, ...]]:
    one = Voucher
    return (
        select(
            one.code, one.kind, one.value, one.currency, Reward.name.label("reward"), one.issued_at, one.expires_at,
            one.used_at,
        )
        .outerjoin(Reward, Reward.id == one.reward_id)
        .where(one.customer_id == bindparam("customer", type_=Uuid)).order_by(one.issued_at.desc(), one.code)
    )


_THEIRS = _theirs()
_USABLE = (
    _THEIRS.where(Voucher.used_at.is_(None), Voucher.expires_at > bindparam("at", type_=UtcDateTime))
    .order_by(None).order_by(Voucher.expires_at, Voucher.issued_at.desc(), Voucher.code)
)
