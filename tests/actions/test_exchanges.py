"""Exchanging delivered things, and returning them: what cannot be had, and ways to pay that the customer has not."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session, status=OrderStatus.DELIVERED)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


class TestWished:
    async def test_what_does_not_come_like_that_is_said_before_others_are_offered(self, talk, bought):
        said = await talk.say(f"exchange the kettle in {bought.order.number} for a large copper one", "exchange_items")
        assert said.startswith("The Kettle is not in stock as you wish it (")
        assert "These can be had:" in said


class TestMethod:
    async def test_a_method_that_the_customer_does_not_have_is_told_so(self, talk, bought):
        said = await talk.say(f"return the mug from {bought.order.number}, money to my PayPal", "return_items")
        assert said.startswith("That can't go by PayPal. Where shall the €8.00 go:")
