"""What comes back, and when; and what the database then has of it."""

from datetime import timedelta

from sqlalchemy import select

from support.identity import Speaker
from support.models.orders import OrderStatus, OrderTransition
from support.models.returns import Return, ReturnLine
from tests.support.shop_rows import NOW
from tests.support.wrong_ids import NO_ID

DELIVERED = OrderStatus.DELIVERED
LATER = NOW + timedelta(days=6)  # a Friday


def days(count):
    return timedelta(days=count)


def agent_for(customer):
    return Speaker.agent_for(customer.id, agent_id=NO_ID)


async def made_of(session, order):
    """The order's only return."""
    return (await session.scalars(select(Return).where(Return.order_id == order.id))).one()


async def rows_of(session, order):
    """(the order's only return, its lines as (order line, quantity, unit price))."""
    made = await made_of(session, order)
    lines = await session.scalars(select(ReturnLine).where(ReturnLine.return_id == made.id).order_by(ReturnLine.position))
    return made, [(line.order_line_id, line.quantity, line.unit_price_minor) for line in lines]


async def steps_of(session, order):
    """(from, to, by whom) of each step of the order's status."""
    query = select(OrderTransition).where(OrderTransition.order_id == order.id).order_by(OrderTransition.number)
    return [(step.from_status, step.to_status, step.actor) for step in await session.scalars(query)]
