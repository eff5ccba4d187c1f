"""Vouchers, as cells."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.loyalty import LedgerEntry
from support.models.orders import Order
from support.models.rewards import Reward, Voucher
from support.records.cells import Cells, cells_of, rows_of
from support.records.cells_of_catalogue import worth_cell


async def of_vouchers(session: AsyncSession, keys: Mapping[str, str]) -> list[Cells]:
    """The vouchers of {our id of a customer: the shop's}."""
    query = (
        select(Voucher, Reward.reference.label("reward"), LedgerEntry.idempotency_key.label("entry"), Order.number)
        .outerjoin(Reward, Reward.id == Voucher.reward_id).outerjoin(LedgerEntry, LedgerEntry.id == Voucher.entry_id)
        .outerjoin(Order, Order.id == Voucher.order_id)
    )
    return [
        cells_of(
            "vouchers", row, customer_id=keys[row["customer_id"]], reward_id=row["reward"], points_id=row["entry"],
            order_id=row["number"], value=worth_cell(row["kind"], row["value"], row["currency"]),
        )
        for row in await rows_of(session, query, Voucher.customer_id, keys, Voucher.issued_at, Voucher.code)
    ]
