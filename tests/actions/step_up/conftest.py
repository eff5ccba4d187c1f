import pytest

from support.models.customers import Customer
from support.models.orders import Order
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_address
from tests.support.signing_in.asking import new_contact


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        (await session.get_one(Order, bought.order.id)).address_id = home.id
        return bought


@pytest.fixture
async def visitor(bought, database) -> Talk:
    async with database.write() as session:
        return Talk(Customer(id=None), level="visitor", contact=(await new_contact(session)).id)
