"""How a customer's points came and went, entry by entry, with what was left after each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.loyalty import EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order
from support.pages import checked_limit
from support.points.lots import LEFT
from support.text import sought_id


@dataclass(frozen=True)
class HistoryItem:
    """A change by `points` (negative: taken) that left `balance`; `order_number` is the order it belongs to.

    Points that were added lapse at `expires_at`, as far as they are still there: `left` of them. Both are None for
    what took points, and for a reversal that put them back into the lots they came from.
    """

    id: str
    at: datetime
    kind: EntryKind
    points: int
    balance: int
    reason: str
    order_number: str | None
    expires_at: datetime | None
    left: int | None


@dataclass(frozen=True)
class History:
    """The newest entries before a certain one, and how many older ones there are."""

    entries: tuple[HistoryItem, ...]
    older: int


@use_case("look up", needs=Level.VERIFIED)
async def history(session: AsyncSession, speaker: Speaker, *, limit: int = 20, before: str | None = None) -> History:
    """How the customer's points came and went, the newest first, each with the balance after it.

    At most `limit` entries (1 to 200); `before` is the id of one, for what is older. The balance is the ledger's:
    points that have lapsed are in it until the daily expiry has entered that.
    Raises InvalidInput (a limit that is none), NotFound (an entry that is not theirs).
    """
    checked_limit(limit)
    # Of what came at the same moment, what was added counts first: no balance falls below zero on the way
    oldest_first = (LedgerEntry.at, LedgerEntry.points.desc(), LedgerEntry.id)
    numbered = (
        select(
            LedgerEntry.id, func.sum(LedgerEntry.points).over(order_by=oldest_first).label("balance"),
            func.row_number().over(order_by=oldest_first).label("number"),
        )
        .join(LoyaltyAccount, LoyaltyAccount.id == LedgerEntry.account_id)
        .where(LoyaltyAccount.customer_id == speaker.customer)
        .cte("numbered")
    )
    upto = select(func.max(numbered.c.number))
    if before is not None:
        upto = select(numbered.c.number - 1).where(numbered.c.id == sought_id(before))
    newest = await session.scalar(upto)
    if newest is None:
        if before is not None:
            raise NotFound
        return History((), 0)
    rows = (await session.execute(
        select(LedgerEntry, numbered.c.balance, Order.number)
        .join(numbered, numbered.c.id == LedgerEntry.id)
        .outerjoin(Order, Order.id == LedgerEntry.order_id)
        .where(numbered.c.number <= newest)
        .order_by(numbered.c.number.desc())
        .limit(limit)
    )).all()
    added = await _lots(session, [entry.id for entry, _, _ in rows])
    entries = tuple(
        HistoryItem(
            entry.id, entry.at, entry.kind, entry.points, int(balance), entry.reason, number,
            *added.get(entry.id, (None, None)),
        )
        for entry, balance, number in rows
    )
    return History(entries, newest - len(entries))


async def _lots(session: AsyncSession, entry_ids: list[str]) -> dict[str, tuple[datetime, int]]:
    """{entry id: when the lot it made lapses, the points left in it}."""
    rows = await session.execute(select(Lot.entry_id, Lot.expires_at, LEFT).where(Lot.entry_id.in_(entry_ids)))
    return {entry_id: (expires_at, left) for entry_id, expires_at, left in rows}
