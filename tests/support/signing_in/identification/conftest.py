from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.models.customers import Customer
from support.models.orders import Order
from support.signing_in import visitors
from support.signing_in.visitors import Visitor
from tests.support.shop_rows import NOW, create_address, create_order


@pytest.fixture
async def visitor(session: AsyncSession) -> Visitor:
    return (await visitors.begin(session))[1]


@pytest.fixture
async def order(session: AsyncSession, customer: Customer) -> Order:
    return await create_order(session, customer, "HF-10432", address=await create_address(session, customer))


@pytest.fixture
async def at_noon() -> None:
    """The clock stands near NOW, for what reads it itself."""
    clock.shift(NOW - datetime.now(NOW.tzinfo))
