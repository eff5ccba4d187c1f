"""Visitors who show who they are, and what is then known of them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.identity import FailedIdentification
from support.signing_in import identification
from support.signing_in.identification import Identity
from support.signing_in.visitors import Visitor
from tests.support.shop_rows import NOW

HOUR = timedelta(hours=1)


async def by_order(
    session: AsyncSession, visitor: Visitor, number: str, postcode: str = "P17 AB12", *, after: int = 0
) -> Identity:
    at = NOW + timedelta(seconds=after)
    return await identification.by_order(session, visitor.contact, number, postcode, at=at)


async def known(session: AsyncSession, visitor: Visitor, at: datetime = NOW) -> Identity:
    return await identification.of_contact(session, visitor.contact, at=at)


async def failures(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(FailedIdentification)) or 0


async def verify(session: AsyncSession, visitor: Visitor, customer: Customer, at: datetime = NOW) -> Identity:
    speaker = Speaker(Level.VERIFIED, customer.id)
    return await identification.enter(session, visitor.contact, speaker, at=at, lasts=HOUR)
