"""The entries of the points ledger, as cells."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order
from support.records.cells import Cells, cells_of, rows_of


async def of_points(session: AsyncSession, keys: Mapping[str, str]) -> list[Cells]:
    """The entries of {our id of a customer: the shop's}, in an order in which they can be entered again."""
    undone = aliased(LedgerEntry)
    query = (
        select(
            LedgerEntry, LoyaltyAccount.customer_id, Lot.expires_at, Order.number,
            undone.idempotency_key.label("undone"),
        )
        .join(LoyaltyAccount, LoyaltyAccount.id == LedgerEntry.account_id)
        .outerjoin(Lot, Lot.entry_id == LedgerEntry.id).outerjoin(Order, Order.id == LedgerEntry.order_id)
        .outerjoin(undone, undone.id == LedgerEntry.reverses_id)
    )
    rows = await rows_of(session, query, LoyaltyAccount.customer_id, list(keys), LedgerEntry.at, LedgerEntry.id)
    lapsed = select(Draw.entry_id, func.min(Lot.expires_at)).join(Lot, Lot.id == Draw.lot_id)
    lapsed = lapsed.join(LedgerEntry, LedgerEntry.id == Draw.entry_id).where(LedgerEntry.kind == EntryKind.EXPIRE)
    lapsed = lapsed.join(LoyaltyAccount, LoyaltyAccount.id == LedgerEntry.account_id)
    lapsed = lapsed.where(LoyaltyAccount.customer_id.in_(list(keys))).group_by(Draw.entry_id)
    first_lapsed: dict[str, datetime] = {id: at for id, at in await session.execute(lapsed)}  # noqa: C416

    def place(row: RowMapping) -> tuple[Any, ...]:
        # What happens at the same time: points come before they go, and lots lapse in their order
        rank = 2 if row["kind"] is EntryKind.REVERSE else row["points"] < 0
        return keys[row["customer_id"]], row["at"], rank, first_lapsed.get(row["id"], row["at"]), row["idempotency_key"]

    return [
        cells_of(
            "points", row, id=row["idempotency_key"], customer_id=keys[row["customer_id"]], order_id=row["number"],
            reverses=row["undone"],
        )
        for row in sorted(rows, key=place)
    ]
