"""What may come back, and until when: the rules for returns and exchanges alike. Money is minor units.

Amounts of business.yml hold for an order in another currency at face value. What only a person may allow, an agent or
the shop itself may ask for.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker
from support.models.orders import Order, OrderStatus, OrderTransition, Shipment
from support.models.payments import Payment
from support.models.returns import Return, ReturnStatus
from support.months import months_before
from support.paying.payments import paid_with
from support.points import loyalty
from support.policy.business import Business
from support.refusals import AlreadyReturned, NeedsPerson, NotDelivered, ReturnWindowClosed

COMING_BACK = (OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED)


async def check_may_come_back(
    session: AsyncSession, speaker: Speaker, order: Order, *, business: Business, at: datetime
) -> datetime:
    """When the order was delivered, if lines of it may come back at `at`.

    Raises AlreadyReturned (once an order, all lines in one go), NotDelivered, ReturnWindowClosed, NeedsPerson (too
    many in twelve months).
    """
    called = select(Return.id).where(Return.order_id == order.id, Return.status != ReturnStatus.CANCELLED).limit(1)
    if order.status in (*COMING_BACK, OrderStatus.RETURNED) or await session.scalar(called) is not None:
        raise AlreadyReturned
    if order.status is not OrderStatus.DELIVERED:
        raise NotDelivered
    delivered = await delivered_at(session, order)
    if speaker.actor == "customer":
        last = await last_day(session, order, delivered, business=business, at=at)
        if at.astimezone(business.shop.zone).date() > last:
            raise ReturnWindowClosed
        await _check_not_too_often(session, order.customer_id, business, at)
    return delivered


def check_worth(speaker: Speaker, minor: int, business: Business) -> None:
    """Raises NeedsPerson if it is more than a customer may send back alone."""
    most = business.returns.most_without_person
    if most is not None and minor > most and speaker.actor == "customer":
        raise NeedsPerson


async def delivered_at(session: AsyncSession, order: Order) -> datetime:
    """When the last of the order's parcels arrived; of an order without any, when it became a delivered one."""
    shipped = await session.scalar(select(func.max(Shipment.delivered_at)).where(Shipment.order_id == order.id))
    if shipped is not None:
        return shipped
    # A return that is called off makes it a delivered order again, which delivers nothing
    moved = await session.scalar(
        select(OrderTransition.at).where(
            OrderTransition.order_id == order.id, OrderTransition.to_status == OrderStatus.DELIVERED,
            OrderTransition.from_status.not_in(COMING_BACK),
        ).order_by(OrderTransition.number).limit(1)
    )
    return moved or order.status_since


async def last_day(
    session: AsyncSession, order: Order, delivered: datetime, *, business: Business, at: datetime
) -> date:
    """The last day of the shop's calendar on which it may come back, by the tier that its customer has at `at`."""
    tier = (await loyalty.standing(session, order.customer_id, at, business=business)).tier
    return delivered.astimezone(business.shop.zone).date() + timedelta(days=business.return_window(tier))


async def at_most_paid(session: AsyncSession, order: Order, minor: int) -> int:
    """`minor`, or what is left of what was paid for the order if that is less; an order with no payments on record
    is taken to be paid.
    """
    if await session.scalar(select(Payment.id).where(Payment.order_id == order.id).limit(1)) is None:
        return minor
    return min(minor, sum((await paid_with(session, order)).values()))


async def _check_not_too_often(session: AsyncSession, customer_id: str, business: Business, at: datetime) -> None:
    most = business.returns.most_a_year
    if most is None:
        return
    year_ago = datetime.combine(months_before(at.date(), 12), at.timetz())
    count = await session.scalar(
        select(func.count()).select_from(Return).join(Order, Order.id == Return.order_id).where(
            Order.customer_id == customer_id, Return.status != ReturnStatus.CANCELLED, Return.requested_at > year_ago,
        )
    )
    if (count or 0) >= most:
        raise NeedsPerson
