"""A customer's points: the balance, what lapses when, and the tier. Everything is derived from the ledger."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from support.business import Business
from support.customers import id_of
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.models.shop import Customer
from support.periods import months_before
from support.tiers import Tier


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
    last_day = months_before(earned_at.astimezone(zone).date(), -business.loyalty.expiry_months)
    return datetime.combine(last_day + timedelta(days=1), time(), zone).astimezone(UTC)


async def overview(
    session: AsyncSession, customer: Customer | str, at: datetime, *, business: Business
) -> Overview:
    """Where the customer stands at `at`; somebody without an account has nothing, in the lowest tier.

    Points whose date has passed count no more, even before their expiry is entered in the ledger.
    """
    account_id = await session.scalar(
        select(LoyaltyAccount.id).where(LoyaltyAccount.customer_id == id_of(customer))
    )
    year_ago = datetime.combine(months_before(at.date(), 12), at.timetz())
    lots = await _open_lots(session, account_id, at) if account_id else []
    earned = await _earned(session, account_id, year_ago, at) if account_id else 0
    zone = business.shop.zone
    by_day = groupby(lots, key=lambda lot: lot[0].astimezone(zone).date())
    expiries = tuple(Expiry(day, sum(points for _, points in group)) for day, group in by_day)
    tier = business.tiers.at(earned)
    next_tier = business.tiers.next_after(tier)
    return Overview(
        balance=sum(points for _, points in lots),
        expiries=expiries,
        earned_in_year=earned,
        tier=tier,
        next_tier=next_tier,
        missing=next_tier.from_points - earned if next_tier else None,
    )


async def _open_lots(session: AsyncSession, account_id: str, at: datetime) -> list[tuple[datetime, int]]:
    """(expires_at, points left) of the lots that still hold points at `at`, soonest expiry first."""
    drawn = (
        select(Draw.lot_id, func.sum(Draw.points).label("points"))
        .join(Lot, Lot.id == Draw.lot_id)
        .where(Lot.account_id == account_id)
        .group_by(Draw.lot_id)
        .subquery()
    )
    left = Lot.points - func.coalesce(drawn.c.points, 0)
    rows = await session.execute(
        select(Lot.expires_at, left)
        .outerjoin(drawn, drawn.c.lot_id == Lot.id)
        .where(Lot.account_id == account_id, Lot.expires_at > at, left > 0)
        .order_by(Lot.expires_at)
    )
    return [(expires_at, int(points)) for expires_at, points in rows]


async def _earned(session: AsyncSession, account_id: str, since: datetime, until: datetime) -> int:
    """Points earned after `since` up to `until`, less the earnings of that time which were reversed."""
    undone = aliased(LedgerEntry)
    earned = await session.scalar(
        select(func.coalesce(func.sum(LedgerEntry.points + func.coalesce(undone.points, 0)), 0))
        .outerjoin(undone, undone.reverses_id == LedgerEntry.id)
        .where(
            LedgerEntry.account_id == account_id, LedgerEntry.kind == EntryKind.EARN,
            LedgerEntry.at > since, LedgerEntry.at <= until,
        )
    )
    return int(earned or 0)
