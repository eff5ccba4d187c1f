"""The points ledger's use cases: earn, redeem, adjust, expire, reverse. docs/ledger.md tells the rules.

Points are integers. A `key` is an idempotency key, unique among all entries: the same key with the same content
answers the entry that it made, whenever it comes again; `at` and `expires_at` are no content, the first word on them
holds. Each use case locks the account's row until whoever called commits; one that changes several accounts in one
transaction takes them in the order of their ids, or two such may wait for each other.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import AlreadyReversed, ExpiryInvalid, NotEnoughPoints, NotFound, NotReversible, PointsAlreadySpent
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order
from support.points import lots
from support.points.ledger_entries import MOST, Change, checked_points, enter, expiry_key, lock, made_before
from support.text import new_id


async def earn(
    session: AsyncSession, account: LoyaltyAccount, points: int, *, key: str, at: datetime, expires_at: datetime,
    reason: str, order: Order | None = None,
) -> LedgerEntry:
    """Add `points` (1 to `MOST`), which lapse at `expires_at`; `order` is what they were earned with.

    Raises PointsInvalid, ExpiryInvalid (not after `at`), IdReused, NotFound (somebody else's order).
    """
    change = _change(account, EntryKind.EARN, checked_points(points, lowest=1), key, reason, order)
    return await _add(session, change, at, expires_at)


async def redeem(
    session: AsyncSession, account: LoyaltyAccount, points: int, *, key: str, at: datetime, reason: str,
) -> LedgerEntry:
    """Take `points` (1 to `MOST`) from the lots that are open at `at`, the soonest expiry first.

    Raises PointsInvalid, NotEnoughPoints, IdReused.
    """
    change = _change(account, EntryKind.REDEEM, -checked_points(points, lowest=1), key, reason)
    return await _take(session, change, at)


async def adjust(
    session: AsyncSession, account: LoyaltyAccount, points: int, *, key: str, at: datetime, reason: str,
    expires_at: datetime | None = None, order: Order | None = None,
) -> LedgerEntry:
    """Put right by hand: add points that lapse at `expires_at`, or, if less than zero, take them as `redeem` does.

    Only what is taken with an `order` counts in a tier: against what that order earned. Raises PointsInvalid (zero
    too), ExpiryInvalid (none, or not after `at`, for points that are added), NotEnoughPoints, IdReused, NotFound
    (somebody else's order).
    """
    change = _change(account, EntryKind.ADJUST, checked_points(points, lowest=-MOST), key, reason, order)
    return await (_add(session, change, at, expires_at) if points > 0 else _take(session, change, at))


async def expire(
    session: AsyncSession, at: datetime, account: LoyaltyAccount | None = None
) -> list[LedgerEntry]:
    """Enter as expired what is left in the lots that have lapsed at `at`, of all accounts or of one.

    May run twice, late, or beside itself: what has been taken is no longer there to take. Answers the new entries.
    """
    return await expire_accounts(session, at, [account.id] if account else None)


async def expire_accounts(session: AsyncSession, at: datetime, only: Collection[str] | None) -> list[LedgerEntry]:
    """The same for the accounts of these ids (a few hundred at most), or for all of them."""
    with_lapsed = lots.accounts_with_lapsed_lots(at, only)
    in_order = select(LoyaltyAccount.id).where(LoyaltyAccount.id.in_(with_lapsed)).order_by(LoyaltyAccount.id)
    locked = set(await session.scalars(in_order.with_for_update()))
    # Read again: another run may have taken them while this one waited for the locks
    lapsed = [lot for lot in await lots.lapsed_lots(session, at, only) if lot.account_id in locked]
    before = await lots.times_expired(session, lapsed)
    entries = [
        LedgerEntry(
            id=new_id(), account_id=lot.account_id, kind=EntryKind.EXPIRE, points=-lot.left, at=at,
            reason="Not used in time", idempotency_key=expiry_key(lot.id, before.get(lot.id, 0)),
        )
        for lot in lapsed
    ]
    session.add_all(entries)
    await session.flush()
    session.add_all(
        Draw(entry_id=entry.id, lot_id=lot.id, points=lot.left)
        for entry, lot in zip(entries, lapsed, strict=True)
    )
    await session.flush()
    return entries


async def reverse(
    session: AsyncSession, entry: LedgerEntry, *, key: str, at: datetime, reason: str | None = None
) -> LedgerEntry:
    """Undo an earning, a redemption or an adjustment, whole and once; `reason` is the entry's own if left out.

    Points that were taken go back to their lots, whose expiry stays: if it has passed, the next `expire` takes them.
    Points that were added go, if all of them are still in their lot.
    Raises NotReversible (an expiry, a reversal), AlreadyReversed, PointsAlreadySpent, IdReused.
    """
    change = Change(
        entry.account_id, EntryKind.REVERSE, -entry.points, key, reason or entry.reason, entry.order_id, entry.id
    )
    await lock(session, change.account_id)
    if found := await made_before(session, change):
        return found
    if entry.kind in (EntryKind.EXPIRE, EntryKind.REVERSE):
        raise NotReversible
    if await session.scalar(select(LedgerEntry.id).where(LedgerEntry.reverses_id == entry.id)):
        raise AlreadyReversed
    if entry.points < 0:
        taken = await session.execute(select(Draw.lot_id, Draw.points).where(Draw.entry_id == entry.id))
        draws = {lot_id: -points for lot_id, points in taken}
    else:
        lot = await lots.added_by(session, entry.id)
        if lot.left < entry.points:
            raise PointsAlreadySpent
        draws = {lot.id: entry.points}
    return await enter(session, change, at, draws)


def _change(
    account: LoyaltyAccount, kind: EntryKind, points: int, key: str, reason: str, order: Order | None = None
) -> Change:
    if order is not None and order.customer_id != account.customer_id:
        raise NotFound
    return Change(account.id, kind, points, key, reason, order.id if order else None)


async def _add(
    session: AsyncSession, change: Change, at: datetime, expires_at: datetime | None
) -> LedgerEntry:
    await lock(session, change.account_id)
    if found := await made_before(session, change):
        return found
    if expires_at is None or expires_at <= at:
        raise ExpiryInvalid
    entry = await enter(session, change, at, {})
    lot = {"points": change.points, "earned_at": at, "expires_at": expires_at}
    await session.execute(insert(Lot), [{"account_id": change.account_id, "entry_id": entry.id, **lot}])
    return entry


async def _take(session: AsyncSession, change: Change, at: datetime) -> LedgerEntry:
    await lock(session, change.account_id)
    held = await lots.open_lots(session, change.account_id, at)
    try:
        draws = lots.shared_out(held, -change.points)
    except NotEnoughPoints:
        # It may be this very change that has taken the last of them
        if found := await made_before(session, change):
            return found
        raise
    return await enter(session, change, at, draws)
