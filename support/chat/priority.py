"""Whose wait counts more: customers of a tier that has priority."""

from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.models.conversations import Contact
from support.points import loyalty
from support.policy.business import Business

TIER = 10


async def of_contact(session: AsyncSession, contact_id: str, business: Business) -> int:
    """The priority with which the contact waits for a person; 0 for most."""
    contact = await session.get_one(Contact, contact_id)
    if contact.customer_id is None:
        return 0
    found = await loyalty.standing(session, contact.customer_id, clock.now(), business=business)
    return TIER if found.tier.priority else 0
