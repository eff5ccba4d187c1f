"""The one order that a use case is about: the customer's own, or nothing."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.base import ExecutableOption

from support.errors import NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.models.orders import Order
from support.text import sought_id


async def find_order(session: AsyncSession, speaker: Speaker, order_id: str, *options: ExecutableOption) -> Order:
    """The customer's order with what `options` load of it; an order holder's only if it is the one they hold.

    Raises NotFound for an unknown order, somebody else's, and an id that is none.
    """
    return await _found(session, _query(speaker, order_id, *options))


async def lock_order(session: AsyncSession, speaker: Speaker, order_id: str, *options: ExecutableOption) -> Order:
    """The same, its row locked until whoever called commits, and read anew with all that `options` load.

    The customer's row is locked before it (`service_requests.made_before`). Raises NotFound.
    """
    return await _found(session, _query(speaker, order_id, *options).with_for_update(of=Order))


def _query(speaker: Speaker, order_id: str, *options: ExecutableOption) -> Select[Order]:
    theirs = [Order.customer_id == speaker.customer, Order.id == sought_id(order_id)]
    if speaker.level is Level.ORDER_HOLDER:
        theirs.append(Order.id == speaker.order_id)
    return select(Order).where(*theirs).options(*options).execution_options(populate_existing=True)


async def _found(session: AsyncSession, query: Select[Order]) -> Order:
    found = await session.scalar(query)
    if found is None:
        raise NotFound
    return found
