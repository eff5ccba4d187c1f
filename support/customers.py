"""Who a customer is, by their word."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker
from support.models.customers import Customer


async def speaking(session: AsyncSession, speaker: Speaker) -> Customer:
    """The row of the customer who speaks. Raises IdentityTooLow for a visitor, NotFound for one who is gone."""
    found = await session.scalar(
        select(Customer).where(Customer.id == speaker.customer, Customer.erased_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found
