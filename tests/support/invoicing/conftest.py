import pytest

from support.models.customers import Customer
from tests.support.shop_rows import create_customer


@pytest.fixture
async def aoife(session) -> Customer:
    return await create_customer(session)
