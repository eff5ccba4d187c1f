"""Who a customer is: found by the shop's own reference, which only a verified sign-in may bring."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.models.shop import Customer


def id_of(customer: Customer | str) -> str:
    """The id of a customer given as a row or as the id itself."""
    return customer if isinstance(customer, str) else customer.id


async def find(session: AsyncSession, reference: str) -> Customer:
    """The customer whom the shop calls `reference`. Raises NotFound."""
    found = await session.scalar(select(Customer).where(Customer.reference == reference))
    if found is None:
        raise NotFound
    return found


async def get(session: AsyncSession, customer: Customer | str) -> Customer:
    """The customer's row. Raises NotFound."""
    found = customer if isinstance(customer, Customer) else await session.get(Customer, customer)
    if found is None:
        raise NotFound
    return found
