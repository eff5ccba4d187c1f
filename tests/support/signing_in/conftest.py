import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.customers import Customer
from support.policy.business import Business
from tests.support.shop_rows import create_customer
from tests.support.signing_in.asking import Asking, new_contact


@pytest.fixture
async def customer(session: AsyncSession) -> Customer:
    return await create_customer(session)


@pytest.fixture
async def visitor(session: AsyncSession, rules: Business, customer: Customer) -> Asking:
    return Asking(session, rules, await new_contact(session))
