"""The address in the profile and those of orders, which keep theirs unless asked."""

import pytest
from sqlalchemy import select

from support.models.customers import Address
from support.models.orders import Order, OrderStatus
from tests.actions.address_book.addresses import DENVER, INTENT, WORK, book
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")


class TestWithOrders:
    @pytest.fixture
    async def order(self, database, aoife) -> Order:
        async with database.write() as session:
            home = await session.scalar(select(Address).where(Address.customer_id == aoife.id, Address.is_default))
            return await create_order(session, aoife, "HF-70001", status=OrderStatus.PENDING, address=home)

    async def test_an_order_keeps_its_address_and_that_is_said(self, talk, order, aoife, database):
        said = await talk.say("update my address to 12 Elm St, Denver CO 80201", INTENT)
        assert "Your order HF-70001 would still go where it goes now." in said
        await talk.say("yes")
        assert talk.slots.get("agenda") is None

    async def test_who_wants_both_has_the_order_seen_to_next(self, talk, order, aoife, database):
        said = await talk.say("change my address to 12 Elm St, Denver CO 80201 and also on my pending order", INTENT)
        assert "I'll see to where your order goes right after that." in said
        await talk.say("yes")
        assert await book(database, aoife) == [DENVER, WORK]
        [request] = talk.slots["agenda"]
        assert (request["intent"], request["text"]) == ("change_order_address", "send order HF-70001 to my default address")
        assert "I would send your order HF-70001" in (said := await talk.say(request["text"], request["intent"]))
        assert "12 Elm St, Denver, CO 80201" in said

    @pytest.mark.parametrize(("text", "yes"), [
        ("send order HF-70001 to 12 Elm St, Denver CO 80201 and change it in my profile as well", "yes"),
        ("My new address is 12 Elm St, Denver CO 80201, that's for everything from now on, and HF-70001 should go there", "yes"),
        ("send order HF-70001 to 12 Elm St, Denver CO 80201", "Yes, and my standard address too please"),
    ])
    async def test_who_sends_an_order_elsewhere_and_wants_both_has_the_profile_seen_to_next(self, talk, order, text, yes):
        await talk.say(text, "change_order_address")
        await talk.say(yes)
        [request] = talk.slots["agenda"]
        assert request["intent"] == INTENT
        said = await talk.say(request["text"], request["intent"])
        assert said.startswith("I would make Aoife Brennan, 12 Elm St, Denver, CO 80201, United States your default address")

    async def test_that_address_is_the_one_spoken_of_before(self, talk, order):
        await talk.say("send order HF-70001 to 12 Elm St, Denver CO 80201", "change_order_address")
        await talk.say("yes")
        said = await talk.say("great, make it my default address too", INTENT)
        assert said.startswith("I would make Aoife Brennan, 12 Elm St, Denver, CO 80201, United States your default address")


class TestOfAnOrder:
    async def test_the_address_of_an_order_that_is_named_is_not_the_one_in_the_profile(self, talk, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-7416167", status=OrderStatus.PENDING)
        before = await book(database, aoife)
        said = await talk.say("change the address of HF-7416167 to 12 Elm St, Denver, CO 80201, USA", INTENT)
        assert said.startswith("I would send your order HF-7416167")
        await talk.say("yes")
        assert await book(database, aoife) == before

    async def test_the_profile_is_meant_where_it_is_named_too(self, talk, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-7416167", status=OrderStatus.PENDING)
        said = await talk.say("set my default address to 12 Elm St, Denver, CO 80201, USA, not only for HF-7416167", INTENT)
        assert said.startswith("I would make")
