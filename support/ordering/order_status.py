"""How an order's status may move: the one table, and the one function that applies it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.orders import Order, OrderStatus, OrderTransition
from support.refusals import StatusRefused

_S = OrderStatus

MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    _S.PENDING: frozenset({_S.PROCESSED, _S.SHIPPED, _S.DELIVERED, _S.CANCELLED}),
    _S.PROCESSED: frozenset({_S.SHIPPED, _S.DELIVERED, _S.CANCELLED}),
    _S.SHIPPED: frozenset({_S.DELIVERED, _S.CANCELLED, _S.RETURNED}),
    _S.DELIVERED: frozenset({_S.RETURN_REQUESTED, _S.EXCHANGE_REQUESTED, _S.RETURNED}),
    _S.CANCELLED: frozenset(),
    # Called off or done in part, it is a delivered order again
    _S.RETURN_REQUESTED: frozenset({_S.RETURNED, _S.DELIVERED}),
    _S.EXCHANGE_REQUESTED: frozenset({_S.RETURNED, _S.DELIVERED}),
    _S.RETURNED: frozenset(),
}


async def move(
    session: AsyncSession, order: Order, to: OrderStatus, *, actor: str, at: datetime, reason: str | None = None
) -> None:
    """Bring the order into status `to` and log the step; whoever calls has locked the order.

    Raises StatusRefused.
    """
    if to not in MOVES[order.status]:
        raise StatusRefused
    last = await session.scalar(select(func.max(OrderTransition.number)).where(OrderTransition.order_id == order.id))
    session.add(OrderTransition(
        order_id=order.id, number=(last or 0) + 1, at=at, from_status=order.status, to_status=to, actor=actor,
        reason=reason,
    ))
    order.status, order.status_since = to, at
    await session.flush()
