"""Things that shall be just like another of the customer's."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.actions.wishes.ordered import options
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
HERE, THERE = "HF-7100001", "HF-7200002"


@pytest.fixture
async def talk(database) -> Talk:
    """A pending order with two mice and a kettle; a delivered one with a kettle and a rug."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        shops = {}
        for name, *variants in (
            ("Gaming Mouse", {"color": "white", "sensor": "laser", "connection": "wireless"},
             {"color": "RGB", "sensor": "optical", "connection": "wired"},
             {"color": "RGB", "sensor": "optical", "connection": "wireless"},
             {"color": "white", "sensor": "optical", "connection": "wireless"}),
            ("Tea Kettle", {"material": "glass", "size": "2 liters"}, {"material": "ceramic", "size": "1 liter"},
             {"material": "steel", "size": "1 liter"}),
            ("Wool Rug", {"color": "red"}, {"color": "green"}),
        ):
            product = await stocked(session, name, *((5000, 5, one) for one in variants))
            await session.refresh(product, ["variants"])
            shops[name] = {" ".join(one.options.values()): (one, 1, 5000) for one in product.variants}
        mice, kettles = shops["Gaming Mouse"], shops["Tea Kettle"]
        await create_order(
            session, customer, HERE, status=OrderStatus.PENDING, paid_with=card,
            lines=(mice["white laser wireless"], mice["RGB optical wired"], kettles["glass 2 liters"]),
        )
        await create_order(
            session, customer, THERE, status=OrderStatus.DELIVERED, paid_with=card,
            lines=(kettles["ceramic 1 liter"], shops["Wool Rug"]["red"]),
        )
    return Talk(customer)


class TestLikeAnother:
    @pytest.mark.parametrize("told", [
        f"in {HERE} the kettle should be exactly like the kettle in {THERE}",
        "The kettle in my pending order should be just like the one in the delivered order.",
        f"change {HERE}: the tea kettle should be the same as the one I already received",
        "in my pending order: the kettle that came with the mice, I'd like exactly the same one as in the order with the rug",
        f"{HERE}: can I have exactly the same kettle as the one I've already received?",
        "in my pending order I want the kettle to be exactly the same kettle as the one I bought together with the rug",
    ])
    async def test_of_another_order(self, talk, database, told):
        said = await talk.say(told, "change_order_items")
        assert f"I would change your order {HERE}" in said
        assert "material ceramic, size 1 liter" in said
        await talk.say("yes")
        assert await options(database, HERE) == ["white laser wireless", "RGB optical wired", "ceramic 1 liter"]

    @pytest.mark.parametrize("told", [
        f"in {HERE} the white mouse should be just like the other mouse in there but wireless",
        f"{HERE}: make the white mouse the same as the RGB one, only wireless",
    ])
    async def test_of_the_same_order_with_a_difference(self, talk, told):
        said = await talk.say(told, "change_order_items")
        assert "color white, sensor laser, connection wireless) becomes color RGB, sensor optical, connection wireless" in said
        assert "Kettle" not in said

    async def test_an_answer_tells_it_too(self, talk):
        assert "instead of the Tea Kettle" in await talk.say(f"in {HERE} change the kettle", "change_order_items")
        assert "material ceramic, size 1 liter" in await talk.say("like the one in my other order")

    async def test_both_become_alike(self, talk):
        said = await talk.say(f"in {HERE} both mice should be the same, both like the RGB one", "change_order_items")
        assert "becomes color RGB, sensor optical, connection wired" in said
