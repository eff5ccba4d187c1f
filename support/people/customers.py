"""Who a customer is, by their word, and by which word we still know those who were erased."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker
from support.models.customers import Customer
from support.text import digest


async def speaking(session: AsyncSession, speaker: Speaker) -> Customer:
    """The row of the customer who speaks. Raises IdentityTooLow for a visitor, NotFound for one who is gone."""
    found = await session.scalar(
        select(Customer).where(Customer.id == speaker.customer, Customer.erased_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def reference_of_erased(reference: str) -> str:
    """What the shop's own id becomes: nobody can read it, yet an import can tell whom it must not bring back."""
    return f"erased:{digest(reference)}"
