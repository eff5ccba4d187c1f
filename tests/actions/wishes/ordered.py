"""What is in an order, as the tests of wishes compare it."""

from sqlalchemy import select

from support.models.orders import Order, OrderLine


async def options(database, number: str) -> list[str]:
    async with database.read() as session:
        found = await session.scalars(
            select(OrderLine).join(Order).where(Order.number == number).order_by(OrderLine.position)
        )
        return [" ".join(one.options.values()) for one in found]


async def status(database, number: str) -> str:
    async with database.read() as session:
        return await session.scalar(select(Order.status).where(Order.number == number))
