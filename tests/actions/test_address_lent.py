"""An order sent home, or to where another one goes; the order that lends its address stays what it is."""

import pytest
from sqlalchemy import select

from support.models.customers import Address, Customer
from support.models.orders import OrderStatus
from tests.actions.talking import Talk
from tests.support.shop_rows import create_address, create_customer, create_order

pytestmark = pytest.mark.usefixtures("shop")
ORDER, PROFILE = "change_order_address", "change_default_address"
QUAY = "to Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland"
ELM = "to Aoife Brennan, 12 Elm Street, Cork, T12 AB34, Ireland"


@pytest.fixture
async def aoife(database) -> Customer:
    """Her default is Quay Lane. The kettle went to Elm Street; the lamp and the rug wait, both for River Road."""
    async with database.write() as session:
        aoife = await create_customer(session)
        await create_address(session, aoife)
        elm = await create_address(session, aoife, line_1="12 Elm Street", postcode="T12 AB34", is_default=False)
        river = await create_address(session, aoife, line_1="7 River Road", postcode="D02 X285", is_default=False)
        elm.label, elm.town, elm.saved = "", "Cork", False
        river.label, river.town, river.saved = "", "Dublin", False
        for number, thing, status, address in (
            ("HF-70001", "Desk lamp", OrderStatus.PENDING, river), ("HF-70002", "Rug", OrderStatus.PENDING, river),
            ("HF-70003", "Kettle", OrderStatus.DELIVERED, elm),
        ):
            await create_order(session, aoife, number, lines=((thing, 1, 1500),), status=status, address=address)
        return aoife


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


class TestAnotherOrder:
    @pytest.mark.parametrize("text", ["the kettle one", "the kettle order's", "to the one that's on the kettle order", "it should go to the Cork one. Thanks so much!"])
    async def test_its_address_is_taken_whole_where_one_is_asked_for(self, talk, text):
        await talk.say("change where order HF-70001 goes", ORDER)
        assert (await talk.say(text)).startswith(f"I would send your order HF-70001 with Desk lamp (oat) {ELM}")


class TestHome:
    @pytest.mark.parametrize("text", [
        "could the lamp order go to my home adress?", "my lamp order goes to my home address now",
        "I'd like the lamp order to go to my home address instead of River Road, please", "send my lamp order home",
        "order HF-70001 should be delivered to my home address, 14 Quay Lane, instead", "the lamp order should be at home again",
        "ship the lamp order to my usual address please", "HF-70001 to my defualt adress pls",
    ])
    async def test_an_order_goes_to_the_default_address_at_once(self, talk, text):
        said = await talk.say(text, ORDER)
        assert said.startswith(f"I would send your order HF-70001 with Desk lamp (oat) {QUAY}, instead of Aoife Brennan, 7 River")

    @pytest.mark.parametrize("text", [
        "please send order HF-70001 to my default address", "could the lamp order go to my default address please?",
    ])
    async def test_an_order_that_goes_there_leaves_the_profile_alone(self, talk, text):
        assert (await talk.say(text, PROFILE)).startswith(f"I would send your order HF-70001 with Desk lamp (oat) {QUAY}")
        assert (await talk.say("yes, please change the address")).startswith("Done: your order HF-70001 goes to")
        assert (talk.form, talk.slots.get("agenda")) == (False, None)

    async def test_the_number_that_is_said_wins_over_the_order_of_before(self, talk):
        talk.slots["order_number"] = "HF-70003"
        said = await talk.say("I would first like the order HF-70001 to be delivered to my home, and then we see", ORDER)
        assert said.startswith(f"I would send your order HF-70001 with Desk lamp (oat) {QUAY}")

    async def test_an_order_shall_be_sent_and_not_cancelled(self, talk):
        said = await talk.say("send my lamp order to where the kettle went", "cancel_order")
        assert said.startswith(f"I would send your order HF-70001 with Desk lamp (oat) {ELM}")


class TestStaying:
    @pytest.mark.parametrize("text", [
        "The rug one stays at River Road, just the other one should go to my home address", "send my orders home, only the one with the rug should go there, the other to my home address",
        "the rug order must stay as it is. The other one goes to my home address please",
    ])
    async def test_the_order_that_stays_is_not_sent(self, talk, text):
        assert f"I would send your order HF-70001 with Desk lamp (oat) {QUAY}" in await talk.say(text, ORDER)

    async def test_the_other_way_round(self, talk):
        await talk.say("send HF-70002 to my home address", ORDER)
        said = await talk.say("No, the other way round! The rug one stays, it's the other order that should go to my home address.")
        assert f"I would send your order HF-70001 with Desk lamp (oat) {QUAY}" in said


class TestLent:
    @pytest.mark.parametrize("text", [
        "send HF-70001 to where the kettle went", "the lamp order should go to the same address as my order with the kettle",
        "could order HF-70001 be shipped to the address that order HF-70003 went to?", "ship HF-70001 where you sent my kettle",
        "to Elm Street please, the same address as my order with the kettle, for HF-70001",
    ])
    async def test_an_order_goes_where_another_one_went(self, talk, text):
        assert (await talk.say(text, ORDER)).startswith(f"I would send your order HF-70001 with Desk lamp (oat) {ELM}")
        await talk.say("yes")
        assert (talk.form, talk.slots.get("agenda")) == (False, None)

    async def test_it_may_be_where_all_the_others_go(self, aoife, talk, database):
        async with database.write() as session:
            quay = await session.scalar(select(Address).where(Address.line_1 == "14 Quay Lane"))
            await create_order(session, aoife, "HF-70004", lines=(("Clock", 1, 1500),), status=OrderStatus.PENDING, address=quay)
        said = await talk.say("HF-70004 has to go to the same address as my other orders, can you do that?", ORDER)
        assert "HF-70004 with Clock (oat) to Aoife Brennan, 7 River Road" in said

    async def test_it_answers_the_question_for_the_address(self, talk):
        await talk.say("change the address of HF-70001", ORDER)
        assert ELM in await talk.say("same one the kettle order had")

    async def test_all_the_others_go_there_one_after_the_other(self, talk):
        said = await talk.say("that's where my kettle order went already. Can all my other orders go there as well?", ORDER)
        assert said.startswith("I would send your order HF-7000")
        both = said + await talk.say("yes")
        assert "I would send your order HF-70001" in both
        assert "I would send your order HF-70002" in both
        assert not (await talk.say("yes")).endswith("Shall I change the address?")

    @pytest.mark.parametrize("text", [
        "make my default address the one my kettle went to", "it should be the address on my order with the kettle, 12 Elm Street",
        "change the default address on my profile to the same address that is used for my order HF-70003",
    ])
    async def test_the_profile_takes_it_over_and_no_order_is_changed(self, talk, text):
        said = await talk.say(text, PROFILE)
        assert said.startswith("I would make Aoife Brennan, 12 Elm Street, Cork, T12 AB34, Ireland your default address")
        assert "right after" not in said
        assert (await talk.say("yes")).startswith("Done: your default address is Aoife Brennan, 12 Elm Street")
        assert (talk.form, talk.slots.get("agenda")) == (False, None)

    async def test_what_is_to_be_the_default_is_no_change_of_an_order(self, talk):
        said = await talk.say("make the address of my kettle order my default one", ORDER)
        assert talk.slots["task"]["task"] == PROFILE
        assert "12 Elm Street" in said


class TestAnotherDeed:
    async def test_a_yes_is_for_the_order_of_the_plan_and_not_for_one_that_shall_go_elsewhere(self, talk, database):
        await talk.say("cancel HF-70001, ordered by mistake", "cancel_order")
        said = await talk.say("Yes, please cancel it. After that, order HF-70002 should go to my default address.")
        assert "your order HF-70001 is cancelled" in said
        assert "HF-70002 is cancelled" not in said
