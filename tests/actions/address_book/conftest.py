import pytest

from support.models.customers import Customer
from tests.support.shop_rows import create_address, create_customer


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        customer = await create_customer(session)
        await create_address(session, customer)
        work = await create_address(session, customer, line_1="1 South Mall", postcode="T12 AB34", is_default=False)
        work.label, work.town = "Work", "Cork"
        return customer
