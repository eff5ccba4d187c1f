"""Who sees what: a visitor, the holder of one order, somebody verified by a code."""

import pytest

from actions.history import ShowLastConversations
from actions.orders import ListOrders
from actions.points import ShowPoints
from actions.purchases import ShowPurchases
from actions.tracking import TrackOrder
from support.errors import NotFound
from support.models.customers import Customer
from support.models.orders import OrderStatus
from tests.actions.asking import ask
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")

PERSONAL = (ListOrders, TrackOrder, ShowPurchases, ShowPoints, ShowLastConversations)


class TestVisitor:
    @pytest.mark.parametrize("action", PERSONAL)
    async def test_is_asked_to_sign_in_and_told_what_can_be_done_instead(self, action):
        answer = await ask(action(), order_number="HF-1", slots={"customer_id": "1", "order_number": "HF-1"})
        assert "sign in on the shop's page" in answer.text
        assert answer.buttons["Talk to a person"] == "rapport:person"
        assert set(answer.slots) == {"step_up"}

    @pytest.mark.parametrize("action", PERSONAL)
    async def test_a_level_below_signed_in_shows_nothing_even_with_a_customer(self, action, aoife):
        answer = await ask(action(), aoife, level="visitor")
        assert "sign in" in answer.text

    async def test_a_customer_who_is_gone_is_a_failure_and_no_answer(self):
        gone = Customer(id="00000000-0000-4000-8000-000000000000")
        with pytest.raises(NotFound):
            await ask(ListOrders(), gone)


class TestOrderHolder:
    @pytest.fixture
    async def held(self, aoife, database) -> str:
        async with database.write() as session:
            await create_order(session, aoife, "HF-2", status=OrderStatus.SHIPPED)
            return (await create_order(session, aoife, "HF-1", status=OrderStatus.SHIPPED)).id

    async def test_hears_of_the_one_order_alone(self, aoife, held):
        listed = await ask(ListOrders(), aoife, level="order_holder", order_id=held)
        assert listed.text.startswith("You have one order with us, Aoife:\n1. HF-1 ")
        tracked = await ask(TrackOrder(), aoife, level="order_holder", order_id=held)
        assert tracked.text.startswith("Your order HF-1 is on its way.")
        other = await ask(TrackOrder(), aoife, level="order_holder", order_id=held, order_number="HF-2")
        assert other.text.startswith("I can't find an order HF-2 among yours.")

    @pytest.mark.parametrize("action", [ShowPurchases, ShowPoints, ShowLastConversations])
    async def test_is_asked_to_sign_in_for_all_else(self, aoife, held, action):
        answer = await ask(action(), aoife, level="order_holder", order_id=held)
        assert "sign in on the shop's page" in answer.text


class TestVerified:
    async def test_sees_what_a_signed_in_customer_sees(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1")
        for action in PERSONAL:
            assert (await ask(action(), aoife, level="verified")).text == (await ask(action(), aoife)).text
