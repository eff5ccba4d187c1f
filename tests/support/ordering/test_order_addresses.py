"""Where each order goes."""

from support.ordering import order_addresses
from tests.support.paid_orders import buy
from tests.support.shop_rows import create_address, create_order


class TestSentTo:
    async def test_each_order_with_its_address_and_none_of_anybody_else(self, session):
        bought, other = await buy(session), await buy(session)
        there = await create_address(session, bought.customer, line_1="9 Harbour View", saved=False, is_default=False)
        await create_order(session, bought.customer, "HF-77001", address=there)
        await create_order(session, other.customer, "HF-77002", address=await create_address(session, other.customer))
        found = await order_addresses.sent_to(session, bought.speaker)
        assert {number: (one.id, one.line_1, one.is_default) for number, one in found.items()} == {
            "HF-77001": (there.id, "9 Harbour View", False)
        }
