"""Whose wait counts more: who may be in danger, then customers of a tier that has priority."""

from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.models.conversations import Contact
from support.points import loyalty
from support.policy.business import Business

TIER = 10
# By the reason of the handoff
PRESSING = {"self_harm": 60, "safety": 50, "fraud": 20}


async def of_handoff(session: AsyncSession, contact_id: str, reason: str, business: Business) -> int:
    """The priority with which the contact waits for a person for that `reason`; 0 for most."""
    return max(PRESSING.get(reason, 0), await _of_tier(session, contact_id, business))


async def _of_tier(session: AsyncSession, contact_id: str, business: Business) -> int:
    contact = await session.get_one(Contact, contact_id)
    if contact.customer_id is None:
        return 0
    found = await loyalty.standing(session, contact.customer_id, clock.now(), business=business)
    return TIER if found.tier.priority else 0
