"""Accounts, earnings and redemptions for the tests of the ledger, and what came of them."""

from datetime import timedelta

from sqlalchemy import func, select

from support.models.loyalty import Draw, LedgerEntry, Lot
from support.points import ledger
from tests.support.shop_rows import NOW

SOON, LATER, LAST = (NOW + timedelta(days=days) for days in (10, 20, 30))


async def earn(session, account, points, key, expires_at=LATER, at=NOW) -> LedgerEntry:
    return await ledger.earn(session, account, points, key=key, at=at, expires_at=expires_at, reason="Order HF-1")


async def redeem(session, account, points, key, at=NOW) -> LedgerEntry:
    return await ledger.redeem(session, account, points, key=key, at=at, reason="Voucher")


async def drawn(session, entry) -> dict[str, int]:
    """{key of the entry that made the lot: points drawn}."""
    made = select(LedgerEntry.idempotency_key, Draw.points).join(Lot, Lot.entry_id == LedgerEntry.id)
    rows = await session.execute(made.join(Draw, Draw.lot_id == Lot.id).where(Draw.entry_id == entry.id))
    return dict(rows.all())


async def balance(session, account) -> int:
    query = select(func.coalesce(func.sum(LedgerEntry.points), 0)).where(LedgerEntry.account_id == account.id)
    return int(await session.scalar(query))


async def count(session, model) -> int:
    return await session.scalar(select(func.count()).select_from(model))
