"""Sending a pending order somewhere else, the address given in as many ways as people give one."""

import pytest
from sqlalchemy import select

from support.models.customers import Address
from support.models.orders import Order, OrderStatus
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_address, create_order

pytestmark = pytest.mark.usefixtures("shop")
INTENT = "change_order_address"


@pytest.fixture
async def bought(database) -> Bought:
    """The order goes to Quay Lane; the book has that address, the default, and one at work."""
    async with database.write() as session:
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        work = await create_address(session, bought.customer, line_1="1 South Mall", postcode="T12 AB34", is_default=False)
        work.label, work.town = "Work", "Cork"
        (await session.get_one(Order, bought.order.id)).address_id = home.id
        return bought


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


async def place_of(database, order: Order) -> tuple[str, ...]:
    """(recipient, line 1, line 2, town, region, postcode, country, saved) of where the order goes."""
    async with database.read() as session:
        row = await session.scalar(select(Address).join(Order, Order.address_id == Address.id).where(Order.id == order.id))
        return row.recipient, row.line_1, row.line_2, row.town, row.region, row.postcode, row.country, row.saved


HOME = ("Aoife Brennan", "14 Quay Lane", None, "Kinsale", None, "P17 AB12", "IE", True)
WORK = ("Aoife Brennan", "1 South Mall", None, "Cork", None, "T12 AB34", "IE", True)
DENVER = ("Aoife Brennan", "445 Maple Drive", "Suite 394", "Denver", "CO", "80202", "US", False)


class TestInOneSentence:
    @pytest.mark.parametrize("said", [
        "needs to go to my work in Cork, not to my home in Kinsale", "which is going to Kinsale: send it to work, in Cork",
        "should be sent to Cork instead, as I won't be in Kinsale", "should go to my work rather than to Kinsale",
        "should go to my work, not to Kinsale. The other one does keep going to Kinsale though",
    ])
    async def test_where_it_is_not_to_go_is_no_wish(self, talk, bought, said):
        asked = await talk.say(f"My order {bought.order.number} {said}.", INTENT)
        assert "to Aoife Brennan, 1 South Mall, Cork" in asked

    async def test_a_new_address_is_read_out_with_the_old_one_and_set_after_a_yes(self, talk, bought, database):
        said = await talk.say(
            f"Hi, please ship order {bought.order.number} to 445 Maple Drive, Suite 394, Denver, CO 80202 instead", INTENT
        )
        assert said == (
            f"I would send your order {bought.order.number} with 2 × Kettle (small) and Mug (plain) to Aoife Brennan, "
            "445 Maple Drive, Suite 394, Denver, CO 80202, United States, instead of Aoife Brennan, 14 Quay Lane, "
            "Kinsale, P17 AB12, Ireland.\nShall I change the address?"
        )
        assert await place_of(database, bought.order) == HOME
        said = await talk.say("yes")
        assert said.startswith(f"Done: your order {bought.order.number} goes to Aoife Brennan, 445 Maple Drive, Suite 394,")
        assert "Your reference is R-" in said
        assert await place_of(database, bought.order) == DENVER
        assert talk.slots["order_number"] == bought.order.number

    async def test_a_yes_may_say_the_street_again(self, talk, bought, database):
        await talk.say(f"please ship {bought.order.number} to 445 Maple Drive, Suite 394, Denver, CO 80202", INTENT)
        said = await talk.say("yep that's the one, 445 maple drive. do it")
        assert said.startswith(f"Done: your order {bought.order.number} goes to")
        assert await place_of(database, bought.order) == DENVER

    @pytest.mark.parametrize("text", [
        "change the address of my order to my work address", "send my order to the one in Cork please",
        "I'd like to change the shipping address on my order, please use 1 South Mall, Cork",
    ])
    async def test_an_address_of_the_book_is_meant_by_what_it_is_called(self, talk, bought, database, text):
        assert "to Aoife Brennan, 1 South Mall, Cork" in await talk.say(text, INTENT)
        await talk.say("yes please")
        assert await place_of(database, bought.order) == WORK

    async def test_who_speaks_is_no_address(self, talk, bought):
        said = await talk.say(
            f"Aoife Brennan, T12 AB34. Be quick please. Send order {bought.order.number} to my work address", "change_order_address"
        )
        assert "to Aoife Brennan, 1 South Mall, Cork" in said

    async def test_the_address_of_another_order_is_meant_by_its_number(self, talk, bought, database):
        async with database.write() as session:
            there = await create_address(session, bought.customer, line_1="9 Harbour View", is_default=False, saved=False)
            await create_order(session, bought.customer, "HF-77001", address=there)
        said = await talk.say(f"send order {bought.order.number} to the same address as order HF-77001", INTENT)
        assert "to Aoife Brennan, 9 Harbour View" in said
        await talk.say("go ahead")
        assert (await place_of(database, bought.order))[1] == "9 Harbour View"


class TestPartByPart:
    async def test_only_what_is_missing_is_asked_for(self, talk, bought, database):
        said = await talk.say("I need to change the address of my order", INTENT)
        assert said == (
            "Where shall the order go? You can also pick one of yours.\n"
            "1. Work: Aoife Brennan, 1 South Mall, Cork, T12 AB34, Ireland"
        )
        assert talk.buttons == ["1 South Mall, Cork"]
        assert await talk.say("445 Maple Drive, Suite 394") == "445 Maple Drive, Suite 394: which town or city is that in?"
        assert await talk.say("Denver") == "445 Maple Drive, Suite 394, Denver: what is the postcode?"
        assert "which country is that in?" in await talk.say("80202")
        assert "which state or province is that in?" in await talk.say("the US")
        assert "Denver, CO 80202, United States" in await talk.say("Colorado")
        await talk.say("yes")
        assert await place_of(database, bought.order) == DENVER

    async def test_the_country_goes_without_saying_where_the_postcode_fits(self, talk):
        await talk.say("change the address of my order", INTENT)
        assert "3 Pearse Street, Kinsale, P17 XY99, Ireland" in await talk.say("3 Pearse Street, Kinsale P17 XY99")

    async def test_a_place_in_the_list_picks_that_address(self, talk, bought, database):
        await talk.say("change the address of my order", INTENT)
        assert "1 South Mall" in await talk.say("the first one")
        await talk.say("yes")
        assert await place_of(database, bought.order) == WORK

    async def test_a_part_is_corrected_before_the_yes(self, talk, bought, database):
        await talk.say("ship my order to 445 Maple Drive, Suite 12, Denver, CO 80202", INTENT)
        assert "445 Maple Drive, suite 394, Denver, CO 80202" in await talk.say("no, it's suite 394")
        await talk.say("yes, that's right")
        assert (await place_of(database, bought.order))[:4] == ("Aoife Brennan", "445 Maple Drive", "suite 394", "Denver")

    async def test_a_street_is_corrected_with_its_number_alone(self, talk, bought, database):
        await talk.say("I moved. New address: 14 Patrick Street, Cork, T12 W8XY. Please update my order.", INTENT)
        assert "to Aoife Brennan, 15 Patrick Street, Cork, T12 W8XY" in await talk.say("Actually make that 15 Patrick Street.")

    async def test_somebody_else_may_be_named_to_get_it(self, talk, bought, database):
        await talk.say("ship my order to 445 Maple Drive, Suite 394, Denver, CO 80202", INTENT)
        assert "to Mary Murphy, 445 Maple Drive" in await talk.say("the recipient is Mary Murphy")
        await talk.say("yes")
        assert await place_of(database, bought.order) == ("Mary Murphy", *DENVER[1:])

    async def test_an_address_that_is_called_wrong_is_not_where_it_goes(self, talk):
        said = await talk.say("update the address of my order, the one on file is wrong", INTENT)
        assert said.startswith("Where shall the order go?")

    async def test_a_state_may_come_before_it_is_asked_for(self, talk):
        await talk.say("ship my order to 10 Main Street, Boston", INTENT)
        assert await talk.say("MA") == "10 Main Street, Boston, MA: what is the ZIP code?"
        assert "10 Main Street, Boston, MA 02110, United States" in await talk.say("02110")

    async def test_a_state_may_come_with_the_town(self, talk):
        await talk.say("ship my order to 615 Willow Lane, 43085", INTENT)
        await talk.say("Columbus, Ohio")
        said = await talk.say("United States")
        assert "615 Willow Lane, Columbus, OH 43085, United States" in said

    async def test_a_question_in_between_is_answered_and_the_part_is_asked_again(self, talk):
        await talk.say("ship my order to 445 Maple Drive", INTENT)
        said = await talk.say("what are my orders?", "list_orders")
        assert "You have one order with us" in said
        assert said.endswith("445 Maple Drive: which town or city is that in?")

    async def test_never_mind_changes_nothing(self, talk, bought, database):
        await talk.say("ship my order to 445 Maple Drive", INTENT)
        assert await talk.say("never mind") == "All right, I leave that as it is. Nothing about it has been changed."
        assert await place_of(database, bought.order) == HOME


class TestRefused:
    async def test_an_order_on_its_way_goes_on(self, talk, bought, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.SHIPPED
        said = await talk.say(f"send {bought.order.number} to my work address", INTENT)
        assert said == (
            f"The address of your order {bought.order.number} can't be changed any more: it is on its way. Only an order "
            "that is still waiting to be packed can go elsewhere."
        )
        assert not talk.form

    async def test_it_is_told_before_an_address_is_asked_for(self, talk, bought, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.DELIVERED
        said = await talk.say(f"send {bought.order.number} to another address", INTENT)
        assert said.startswith(f"The address of your order {bought.order.number} can't be changed any more: it is delivered.")

    async def test_without_a_pending_order_it_is_told_at_once(self, talk, bought, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.DELIVERED
        assert (await talk.say("I want another delivery address", INTENT)).startswith("None of your orders can be sent elsewhere")

    async def test_where_it_goes_already_there_is_nothing_to_change(self, talk, bought):
        said = await talk.say("send my order to my home address", INTENT)
        assert said == (
            f"Your order {bought.order.number} goes to Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland already, so "
            "there is nothing to change."
        )
        assert not talk.form


class TestToldBefore:
    @pytest.mark.parametrize("there", ["to the address I just gave you", "the new place", "send it to the new address please"])
    async def test_it_is_the_one_that_was_told_though_it_is_in_no_book_yet(self, talk, bought, there):
        await talk.say("Please make 445 Maple Drive, Suite 394, Denver, CO 80202 my default", "change_default_address")
        talk.form, talk.slots = False, {}
        await talk.say("change where my order goes", INTENT)
        assert "to Aoife Brennan, 445 Maple Drive, Suite 394, Denver, CO 80202" in await talk.say(there)

    async def test_there_is_the_address_that_was_told_a_message_ago(self, talk, bought, database):
        await talk.say("Please make 445 Maple Drive, Suite 394, Denver, CO 80202 my default", "change_default_address")
        await talk.say("yes")
        assert "to Aoife Brennan, 445 Maple Drive, Suite 394, Denver, CO 80202" in await talk.say(
            "and send my pending order there too", INTENT
        )
        await talk.say("yes")
        assert (await place_of(database, bought.order))[1:6] == DENVER[1:6]


class TestDefaultStays:
    """Who sends an order elsewhere may add that the default address is not meant."""

    @pytest.mark.parametrize("aside", [
        "But my default address has to stay Kinsale, ok?", "My home address should just stay as it is, though.",
        "Please don't change my default address.",
    ])
    async def test_the_yes_beside_it_counts(self, talk, bought, database, aside):
        await talk.say(f"send {bought.order.number} to my work address", INTENT)
        said = await talk.say(f"Yes please! {aside}", clauses=[
            {"text": "Yes please!", "intent": "affirm", "confidence": 1.0, "asks": False, "inquires": False, "faq": {}},
            {"text": aside, "intent": "change_default_address", "confidence": 0.93, "asks": True, "inquires": False, "faq": {}},
        ])
        assert said.startswith("Your default address stays as it is.\nDone: your order")
        assert await place_of(database, bought.order) == WORK

    async def test_alone_it_changes_nothing(self, talk):
        said = await talk.say("My default address should just stay as it is, though.", "change_default_address")
        assert said == "Your default address stays as it is."
        assert not talk.form
