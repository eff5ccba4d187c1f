"""What a customer bought in a stretch of time, by order and by product. Money is integer minor units."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.orders import Order, OrderStatus
from support.ordering.order_views import OrderSummary, summary


@dataclass(frozen=True)
class ProductBought:
    """All pieces of one product, in all its variants, and what they cost together."""

    product: str
    quantity: int
    total_minor: int
    currency: str


@dataclass(frozen=True)
class Purchases:
    """The orders of a period, newest first; cancelled ones are left out, returned ones are in."""

    orders: tuple[OrderSummary, ...]

    @property
    def products(self) -> tuple[ProductBought, ...]:
        """The products, the one that most was spent on first."""
        sums: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for order in self.orders:
            for line in order.lines:
                so_far = sums[line.product, order.currency]
                so_far[0] += line.quantity
                so_far[1] += line.total_minor
        products = (
            ProductBought(name, pieces, minor, currency) for (name, currency), (pieces, minor) in sums.items()
        )
        return tuple(sorted(products, key=lambda one: (-one.total_minor, one.product)))

    @property
    def totals(self) -> dict[str, int]:
        """What the orders cost, shipping included, a sum a currency."""
        sums: defaultdict[str, int] = defaultdict(int)
        for order in self.orders:
            sums[order.currency] += order.total_minor
        return dict(sums)

    @property
    def pieces(self) -> int:
        return sum(order.pieces for order in self.orders)


@use_case("look up", needs=Level.VERIFIED)
async def bought(session: AsyncSession, speaker: Speaker, since: datetime, until: datetime) -> Purchases:
    """What the customer ordered from the instant `since` up to but without `until`."""
    query = (
        select(Order)
        .where(
            Order.customer_id == speaker.customer, Order.status != OrderStatus.CANCELLED,
            Order.placed_at >= since, Order.placed_at < until,
        )
        .order_by(Order.placed_at.desc(), Order.number.desc())
        .options(selectinload(Order.lines))
    )
    return Purchases(tuple(summary(order) for order in await session.scalars(query)))
