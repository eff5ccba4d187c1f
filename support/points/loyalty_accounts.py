"""Loyalty accounts: a customer has one from their first points or code on."""

from datetime import datetime

from sqlalchemy import Insert, Select, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.loyalty import LoyaltyAccount
from support.text import new_id


async def find(session: AsyncSession, customer_id: str) -> LoyaltyAccount | None:
    """The customer's account, if they have one."""
    found: LoyaltyAccount | None = await session.scalar(_of(customer_id))
    return found


async def opened(session: AsyncSession, customer_id: str, *, at: datetime) -> LoyaltyAccount:
    """The customer's account, which is opened now if they had none; the customer is known to exist."""
    if found := await find(session, customer_id):
        return found
    values = {"id": new_id(), "customer_id": customer_id, "opened_at": at}
    # Somebody else may open it at this very moment
    await session.execute(_insert(session.get_bind().dialect.name).values(values))
    account: LoyaltyAccount = (await session.scalars(_of(customer_id))).one()
    return account


def _of(customer_id: str) -> Select[LoyaltyAccount]:
    return select(LoyaltyAccount).where(LoyaltyAccount.customer_id == customer_id)


def _insert(dialect_name: str) -> Insert:
    if dialect_name == "sqlite":
        return sqlite.insert(LoyaltyAccount).on_conflict_do_nothing(index_elements=["customer_id"])
    return postgresql.insert(LoyaltyAccount).on_conflict_do_nothing(index_elements=["customer_id"])
