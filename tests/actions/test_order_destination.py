"""Orders told by where they go."""

import pytest

from support.models.orders import OrderStatus
from tests.actions.talking import Talk
from tests.actions.wishes.ordered import status
from tests.support.shop_rows import create_address, create_customer, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    """Two pending orders, one for Cork and one for Dublin."""
    async with database.write() as session:
        customer = await create_customer(session)
        await create_address(session, customer)
        for number, thing, town in (("HF-80001", "Desk lamp", "Cork"), ("HF-80002", "Rug", "Dublin")):
            place = await create_address(session, customer, line_1="7 River Road", postcode="D02 X285", is_default=False)
            place.label, place.town, place.saved = "", town, False
            await create_order(session, customer, number, lines=((thing, 1, 1500),), status=OrderStatus.PENDING, address=place)
    return Talk(customer)


@pytest.mark.parametrize("told", [
    "cancel the order that's going to Cork, ordered by mistake", "the Cork order, cancel it please, ordered by mistake",
])
async def test_the_town_tells_which_order(talk, database, told):
    assert "I would cancel your order HF-80001" in await talk.say(told, "cancel_order")
    await talk.say("yes")
    assert [await status(database, number) for number in ("HF-80001", "HF-80002")] == ["cancelled", "pending"]


async def test_where_it_shall_go_tells_nothing(talk):
    said = await talk.say("The order that's going to Dublin has to go to my home address", "change_order_address")
    assert "I would send your order HF-80002" in said


async def test_a_town_that_none_goes_to_asks(talk):
    assert "Which order" in await talk.say("cancel the order that's going to Galway", "cancel_order")
