"""A customer's points: the balance, what lapses when, and the tier. Everything is derived from the ledger."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from support.identity import Speaker, use_case
from support.models.base import UtcDateTime, Uuid
from support.models.conversations import Level
from support.models.loyalty import EntryKind, LedgerEntry, LoyaltyAccount
from support.months import months_before
from support.points import lots
from support.points.tiers import Tier
from support.policy.business import Business


@dataclass(frozen=True)
class Expiry:
    """Points that lapse on a date of the shop's calendar unless they are used before."""

    on: date
    points: int


@dataclass(frozen=True)
class Overview:
    """A customer's standing; `next_tier` and the points `missing` for it are None in the highest tier."""

    balance: int
    expiries: tuple[Expiry, ...]
    earned_in_year: int
    tier: Tier
    next_tier: Tier | None
    missing: int | None


def expiry_of(earned_at: datetime, business: Business) -> datetime:
    """When points earned at that instant lapse: as the day ends, in the shop's zone, that is `expiry_months` on."""
    zone = business.shop.zone
    return end_of(months_before(earned_at.astimezone(zone).date(), -business.loyalty.expiry_months), zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which `day` is over in `zone`, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


@use_case("look up", needs=Level.VERIFIED)
async def overview(session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime) -> Overview:
    """The customer's points, what of them lapses when, the tier, and what is missing for the next one."""
    return await standing(session, speaker.customer, at, business=business)


async def standing(session: AsyncSession, customer_id: str, at: datetime, *, business: Business) -> Overview:
    """Where a customer stands at `at`; somebody without an account has nothing, in the lowest tier.

    Points whose date has passed count no more, even before their expiry is entered in the ledger.
    """
    account_id, earned = await _account(session, customer_id, year_before(at), at)
    held = [lot for lot in await lots.open_lots(session, account_id, at) if lot.left] if account_id else []
    zone = business.shop.zone
    by_day = groupby(held, key=lambda lot: lot.expires_at.astimezone(zone).date())
    tier = business.tiers.at(earned)
    next_tier = business.tiers.next_after(tier)
    return Overview(
        balance=sum(lot.left for lot in held),
        expiries=tuple(Expiry(day, sum(lot.left for lot in group)) for day, group in by_day),
        earned_in_year=earned,
        tier=tier,
        next_tier=next_tier,
        missing=next_tier.from_points - earned if next_tier else None,
    )


def year_before(at: datetime) -> datetime:
    """The instant from which the last twelve months run."""
    return datetime.combine(months_before(at.date(), 12), at.timetz())


async def _account(session: AsyncSession, customer_id: str, since: datetime, until: datetime) -> tuple[str | None, int]:
    """(id, points earned after `since` up to `until`); (None, 0) for somebody without an account.

    Those earnings' reversals and what was taken back of them, the adjustments below zero that name their order, are
    off the points.
    """
    asked = {"customer": customer_id, "since": since, "until": until}
    account_id, *points = (await session.execute(_ACCOUNT, asked)).one()
    return account_id, sum(int(each or 0) for each in points)


def _account_and_earned() -> Select[str, int, int]:
    theirs = LoyaltyAccount.customer_id == bindparam("customer", type_=Uuid)
    account = select(LoyaltyAccount.id).where(theirs).scalar_subquery()
    since, until = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
    entry, earning, undoing = aliased(LedgerEntry), aliased(LedgerEntry), aliased(LedgerEntry)
    orders = select(earning.order_id).where(
        earning.account_id == account, earning.kind == EntryKind.EARN, earning.at > since, earning.at <= until
    )
    earnings = and_(entry.kind == EntryKind.EARN, entry.at > since, entry.at <= until)
    taken_back = and_(entry.kind == EntryKind.ADJUST, entry.points < 0, entry.order_id.in_(orders))
    counts = and_(entry.account_id == account, or_(earnings, taken_back))
    # From the reversals to what they undo: the other way SQLite reads the whole ledger for each entry
    undone = (
        select(func.sum(undoing.points)).join(entry, entry.id == undoing.reverses_id)
        .where(undoing.account_id == account, undoing.kind == EntryKind.REVERSE, counts)
    )
    earned = select(func.sum(entry.points)).where(counts)
    return select(account, earned.scalar_subquery(), undone.scalar_subquery())


_ACCOUNT = _account_and_earned()
