"""Lots and what is left in them: points lie in the lot they were added in until an entry draws on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotEnoughPoints
from support.models.base import Base
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot

_LOTS, _DRAWS = (Base.metadata.tables[model.__tablename__].c for model in (Lot, Draw))
# Asked lot by lot, it costs the draws on the lots in question, however many others there are
_drawn = select(func.coalesce(func.sum(_DRAWS.points), 0)).where(_DRAWS.lot_id == _LOTS.id).scalar_subquery()
LEFT: ColumnElement[int] = _LOTS.points - _drawn  # what is in a lot, beside its other columns


@dataclass(frozen=True, slots=True)
class HeldLot:
    """A lot of `account_id` with the points `left` in it."""

    id: str
    account_id: str
    expires_at: datetime
    left: int


async def open_lots(session: AsyncSession, account_id: str, at: datetime) -> list[HeldLot]:
    """The account's lots that hold points which have not lapsed at `at`, in the order they are spent.

    That is by expiry, the soonest first; of those that lapse together the one earned first.
    """
    rows = await session.execute(_OPEN, {"account": account_id, "at": at})
    return [HeldLot(id, account_id, expires_at, left) for id, account_id, expires_at, left in rows]


async def lapsed_lots(
    session: AsyncSession, at: datetime, accounts: Collection[str] | None = None
) -> list[HeldLot]:
    """Lots that hold points although they had lapsed at `at`; of all accounts, or of those of these ids."""
    query = _held().where(*_has_lapsed(at, accounts))
    return await _read(session, query.order_by(_LOTS.expires_at, _LOTS.id))


def accounts_with_lapsed_lots(at: datetime, accounts: Collection[str] | None = None) -> Select[str]:
    """The ids of the accounts that `lapsed_lots` would find something in."""
    return select(_LOTS.account_id).where(*_has_lapsed(at, accounts))


async def accounts_to_expire(session: AsyncSession, at: datetime, *, after: str, limit: int) -> list[str]:
    """The same ids in their order, at most `limit` of those that come after the id `after` ("": from the first)."""
    query = accounts_with_lapsed_lots(at).where(_LOTS.account_id > after).distinct()
    return list(await session.scalars(query.order_by(_LOTS.account_id).limit(limit)))


async def times_expired(session: AsyncSession, lots: Sequence[HeldLot]) -> dict[str, int]:
    """{lot id: how many expiry entries have drawn on it}, without those that none has."""
    counted: dict[str, int] = {}
    for start in range(0, len(lots), 1000):  # a statement takes only so many parameters
        rows = await session.execute(
            select(_DRAWS.lot_id, func.count())
            .join(LedgerEntry, LedgerEntry.id == _DRAWS.entry_id)
            .where(_DRAWS.lot_id.in_([lot.id for lot in lots[start:start + 1000]]))
            .where(LedgerEntry.kind == EntryKind.EXPIRE)
            .group_by(_DRAWS.lot_id)
        )
        counted.update((lot_id, count) for lot_id, count in rows)
    return counted


async def added_by(session: AsyncSession, entry_id: str) -> HeldLot:
    """The lot that an entry of more than zero points made."""
    return (await _read(session, _held().where(_LOTS.entry_id == entry_id)))[0]


def shared_out(lots: Sequence[HeldLot], points: int) -> dict[str, int]:
    """{lot id: points to draw} that make up `points`, from the first lots on.

    Raises NotEnoughPoints if they hold less.
    """
    drawn: dict[str, int] = {}
    for lot in lots:
        if points and lot.left:
            drawn[lot.id] = min(points, lot.left)
            points -= drawn[lot.id]
    if points:
        raise NotEnoughPoints
    return drawn


def _has_lapsed(at: datetime, accounts: Collection[str] | None) -> list[ColumnElement[bool]]:
    lapsed = [_LOTS.expires_at <= at, LEFT > 0]
    return lapsed if accounts is None else [*lapsed, _LOTS.account_id.in_(accounts)]


def _held() -> Select[str, str, datetime, int]:
    return select(_LOTS.id, _LOTS.account_id, _LOTS.expires_at, LEFT)


async def _read(session: AsyncSession, query: Select[str, str, datetime, int]) -> list[HeldLot]:
    rows = await session.execute(query)
    return [HeldLot(id, account_id, expires_at, int(left)) for id, account_id, expires_at, left in rows]


_OPEN = (
    _held().where(_LOTS.account_id == bindparam("account"), _LOTS.expires_at > bindparam("at"))
    .order_by(_LOTS.expires_at, _LOTS.earned_at, _LOTS.id)
)
