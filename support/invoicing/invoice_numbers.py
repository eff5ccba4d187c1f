"""The numbers of invoices: one an order, one after the other within a year, no number left out."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.invoices import Invoice
from support.models.orders import Order


def written(year: int, number: int) -> str:
    """The number as it is written: INV-2026-000123."""
    return f"INV-{year}-{number:06}"


async def issued(session: AsyncSession, order: Order) -> Invoice | None:
    """The order's invoice, if it has one."""
    return await session.scalar(select(Invoice).where(Invoice.order_id == order.id))


async def issue(session: AsyncSession, order: Order, *, year: int, at: datetime) -> Invoice:
    """The order's invoice, which gets the next number of `year` if it has none; whoever calls has locked the order.

    Two orders at once want the same number. The second waits until the first is committed and takes the next one, or
    is rolled back and leaves it the number: so none is left out.
    """
    while (found := await issued(session, order)) is None:
        last = await session.scalar(select(func.max(Invoice.number)).where(Invoice.year == year))
        try:
            async with session.begin_nested():
                session.add(Invoice(order_id=order.id, year=year, number=(last or 0) + 1, issued_at=at))
        except IntegrityError:
            continue
    return found
