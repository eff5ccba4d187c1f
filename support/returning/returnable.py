"""Which orders may still come back, and until which day."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.orders import Order, OrderStatus, OrderTransition, Shipment
from support.models.returns import Return, ReturnStatus
from support.points import loyalty
from support.policy.business import Business
from support.returning.return_policy import COMING_BACK


@use_case("look up", needs=Level.SIGNED_IN)
async def may_come_back(
    session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime
) -> dict[str, date]:
    """The customer's delivered orders of which lines may come back now: {order id: the last day for it}.

    Those whose window is over are left out, and those that a return or exchange was asked for; an agent may go beyond
    the window. Other limits (worth, returns a year) are looked at when lines are named.
    """
    called = select(Return.id).where(Return.order_id == Order.id, Return.status != ReturnStatus.CANCELLED)
    orders = await session.execute(
        select(Order.id, Order.status_since).where(
            Order.customer_id == speaker.customer, Order.status == OrderStatus.DELIVERED, ~called.exists()
        )
    )
    since = {row.id: row.status_since for row in orders}
    delivered = since | await _became_delivered(session, speaker.customer) | await _arrived(session, speaker.customer)
    zone, tier = business.shop.zone, (await loyalty.standing(session, speaker.customer, at, business=business)).tier
    window = timedelta(days=business.return_window(tier))
    last = {id: delivered[id].astimezone(zone).date() + window for id in since}
    today = at.astimezone(zone).date()
    return {id: day for id, day in last.items() if day >= today or speaker.actor != "customer"}


async def _became_delivered(session: AsyncSession, customer_id: str) -> dict[str, datetime]:
    """{order id: when it first became a delivered one}; a return that is called off delivers nothing."""
    rows = await session.execute(
        select(OrderTransition.order_id, func.min(OrderTransition.at).label("first"))
        .join(Order, Order.id == OrderTransition.order_id)
        .where(
            Order.customer_id == customer_id, OrderTransition.to_status == OrderStatus.DELIVERED,
            OrderTransition.from_status.not_in(COMING_BACK),
        ).group_by(OrderTransition.order_id)
    )
    return {row.order_id: row.first for row in rows}


async def _arrived(session: AsyncSession, customer_id: str) -> dict[str, datetime]:
    """{order id: when the last of its parcels arrived}"""
    rows = await session.execute(
        select(Shipment.order_id, func.max(Shipment.delivered_at).label("last"))
        .join(Order, Order.id == Shipment.order_id)
        .where(Order.customer_id == customer_id, Shipment.delivered_at.is_not(None)).group_by(Shipment.order_id)
    )
    return {row.order_id: row.last for row in rows}
