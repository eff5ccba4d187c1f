"""The points of an order: earned with its goods, and taken back for goods that come back or never went out."""

from collections.abc import Sequence
from datetime import datetime

from babel.numbers import get_currency_precision
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from support.errors import IdReused, PointsAlreadySpent
from support.models.loyalty import EntryKind, LedgerEntry
from support.models.orders import Order
from support.points import ledger, loyalty_accounts
from support.points.ledger_entries import lock
from support.points.lots import open_lots
from support.points.loyalty import expiry_of
from support.policy.business import Business
from support.shares import part_of


async def earn(session: AsyncSession, order: Order, *, business: Business, at: datetime) -> int:
    """Enter the points that the order's goods bring, once an order; answers how many they are or were.

    `loyalty.points_per_unit` for each whole unit of currency of the goods less the discount, in a lot that lapses
    as `loyalty.expiry_of` says. Opens the customer's account if there is none and there is something to enter.
    """
    entries = await _earnings(session, order)
    if entries:
        return sum(entry.points for entry in entries)
    points = _points_for(order.goods_minor - order.discount_minor, order.currency, business)
    if points == 0:
        return 0
    account = await loyalty_accounts.opened(session, order.customer_id, at=at)
    entry = await ledger.earn(
        session, account, points, key=f"order:{order.id}:earned", at=at, expires_at=expiry_of(at, business),
        reason=f"Order {order.number}", order=order,
    )
    return entry.points


async def take_back(session: AsyncSession, order: Order, goods_minor: int, *, key: str, at: datetime) -> int:
    """Take back the points that `goods_minor` of the order's goods earned; answers how many were taken.

    `goods_minor` is minor units at the prices of the lines, before any discount: all of `order.goods_minor` is the
    whole earning, a part its share of it, rounded half up. An earning that is whole and unspent is reversed; else
    so many points go as are due, not yet taken back, and there. The same `key` is the same taking.
    Raises IdReused.
    """
    account = await loyalty_accounts.find(session, order.customer_id)
    if account is None:
        return 0
    await lock(session, account.id)
    if before := await session.scalar(select(LedgerEntry).where(LedgerEntry.idempotency_key == key)):
        if before.order_id != order.id:
            raise IdReused
        return -before.points
    earnings = await _standing(session, order, EntryKind.EARN)
    earned = sum(entry.points for entry in earnings)
    taken = -sum(entry.points for entry in await _standing(session, order, EntryKind.ADJUST) if entry.points < 0)
    due = part_of(earned, goods_minor, order.goods_minor)
    reason = f"Order {order.number}: taken back"
    if due == earned and len(earnings) == 1 and taken == 0:
        try:
            return -(await ledger.reverse(session, earnings[0], key=key, at=at, reason=reason)).points
        except PointsAlreadySpent:
            pass  # what is left of them goes, and the customer's other points make up for the rest
    there = sum(lot.left for lot in await open_lots(session, account.id, at))
    points = min(due, earned - taken, there)
    if points <= 0:
        return 0
    await ledger.adjust(session, account, -points, key=key, at=at, reason=reason, order=order)
    return points


def _points_for(minor: int, currency: str, business: Business) -> int:
    digits: int = get_currency_precision(currency)
    units = max(0, minor) // int(10**digits)
    return units * business.loyalty.points_per_unit


async def _earnings(session: AsyncSession, order: Order) -> Sequence[LedgerEntry]:
    query = select(LedgerEntry).where(LedgerEntry.order_id == order.id, LedgerEntry.kind == EntryKind.EARN)
    return (await session.scalars(query)).all()


async def _standing(session: AsyncSession, order: Order, kind: EntryKind) -> Sequence[LedgerEntry]:
    """The order's entries of that kind which have not been reversed."""
    undone = aliased(LedgerEntry)
    query = (
        select(LedgerEntry).outerjoin(undone, undone.reverses_id == LedgerEntry.id)
        .where(LedgerEntry.order_id == order.id, LedgerEntry.kind == kind, undone.id.is_(None))
    )
    return (await session.scalars(query)).all()
