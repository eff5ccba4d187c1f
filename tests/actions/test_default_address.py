"""The address in the profile: another default, a further one, one of the book; orders keep theirs unless asked."""

import pytest
from sqlalchemy import select

from support.models.customers import Address, Customer
from support.models.orders import Order, OrderStatus
from tests.actions.talking import Talk
from tests.support.shop_rows import create_address, create_customer, create_order

pytestmark = pytest.mark.usefixtures("shop")
INTENT = "change_default_address"
HOME = ("Home", "14 Quay Lane", None, "Kinsale", None, "P17 AB12", "IE", True)
WORK = ("Work", "1 South Mall", None, "Cork", None, "T12 AB34", "IE", False)
DENVER = ("Home", "12 Elm St", None, "Denver", "CO", "80201", "US", True)


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        customer = await create_customer(session)
        await create_address(session, customer)
        work = await create_address(session, customer, line_1="1 South Mall", postcode="T12 AB34", is_default=False)
        work.label, work.town = "Work", "Cork"
        return customer


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


async def book(database, customer: Customer) -> list[tuple]:
    """(label, line 1, line 2, town, region, postcode, country, default) of each saved address, the default first."""
    async with database.read() as session:
        rows = await session.scalars(
            select(Address).where(Address.customer_id == customer.id, Address.saved)
            .order_by(Address.is_default.desc(), Address.label)
        )
        return [
            (row.label, row.line_1, row.line_2, row.town, row.region, row.postcode, row.country, row.is_default)
            for row in rows
        ]


class TestAnotherDefault:
    async def test_a_new_one_takes_the_place_of_the_old_after_a_yes(self, talk, aoife, database):
        said = await talk.say("update my address to 12 Elm St, Denver CO 80201", INTENT)
        assert said == (
            "I would make Aoife Brennan, 12 Elm St, Denver, CO 80201, United States your default address, instead of "
            "Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland.\nShall I change it?"
        )
        assert await book(database, aoife) == [HOME, WORK]
        said = await talk.say("yes please")
        assert said.startswith("Done: your default address is Aoife Brennan, 12 Elm St, Denver, CO 80201, United States now.")
        assert await book(database, aoife) == [DENVER, WORK]
        assert not talk.form

    @pytest.mark.parametrize("text", [
        "make my work address the default", "set 1 South Mall as my default address", "use my Cork address as default please",
        "I want my default address to be the one at work", "change my default address to the work one",
    ])
    async def test_one_of_the_book_is_picked_by_what_it_is_called(self, talk, aoife, database, text):
        said = await talk.say(text, INTENT)
        assert said.startswith("I would make Aoife Brennan, 1 South Mall, Cork, T12 AB34, Ireland your default address")
        await talk.say("yes")
        assert await book(database, aoife) == [(*WORK[:-1], True), (*HOME[:-1], False)]

    @pytest.mark.parametrize("text", ["I want to change my home address", "my default address is wrong", "change my account address"])
    async def test_the_one_that_is_to_change_is_not_the_one_to_change_to(self, talk, text):
        assert (await talk.say(text, INTENT)).startswith("What is the new address?")

    async def test_back_to_the_one_of_before(self, talk, aoife, database):
        await talk.say("make my work address the default", INTENT)
        await talk.say("yes")
        assert "14 Quay Lane" in await talk.say("use my home address as default again", INTENT)
        await talk.say("yes")
        assert await book(database, aoife) == [HOME, WORK]

    async def test_what_is_missing_is_asked_for(self, talk, aoife, database):
        said = await talk.say("I've moved, I need to change my address", INTENT)
        assert said.startswith("What is the new address? You can also pick one of yours.")
        assert await talk.say("12 Elm St, Denver") == "12 Elm St, Denver: what is the postcode?"
        assert "which country is that in?" in await talk.say("80201")
        await talk.say("USA")
        assert "Denver, CO 80201, United States your default" in await talk.say("Colorado")
        await talk.say("do it")
        assert await book(database, aoife) == [DENVER, WORK]

    async def test_the_new_one_may_have_a_name_of_its_own(self, talk, aoife, database):
        said = await talk.say("change my default address to 12 Elm St, Denver CO 80201 and call it Denver flat", INTENT)
        assert "which stays in your address book" in said
        await talk.say("yes")
        assert await book(database, aoife) == [("Denver flat", *DENVER[1:]), (*HOME[:-1], False), WORK]

    async def test_the_old_one_stays_if_that_is_wanted(self, talk, aoife, database):
        said = await talk.say("change my address to 12 Elm St, Denver CO 80201 but keep the old one too", INTENT)
        assert "instead of Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland, which stays in your address book" in said
        await talk.say("yes")
        assert await book(database, aoife) == [("Denver", *DENVER[1:]), (*HOME[:-1], False), WORK]

    async def test_a_part_is_corrected_before_the_yes(self, talk, aoife, database):
        await talk.say("update my address to 12 Elm St, Denver CO 80201", INTENT)
        assert "14 Elm St, Denver, CO 80201" in await talk.say("sorry, it's 14 Elm St")
        await talk.say("yes")
        assert (await book(database, aoife))[0][1] == "14 Elm St"

    async def test_without_any_address_the_first_becomes_the_default(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
        talk = Talk(customer)
        said = await talk.say("please save my address: 12 Elm St, Denver CO 80201, USA", INTENT)
        assert "It would be your default address." in said or "your default address." in said
        await talk.say("yes")
        assert await book(database, customer) == [("", *DENVER[1:])]


class TestAFurtherOne:
    @pytest.mark.parametrize("text", [
        "add another address to my account: 12 Elm St, Denver CO 80201, USA",
        "save a second address for me, 12 Elm St, Denver CO 80201, USA",
    ])
    async def test_is_saved_beside_the_others(self, talk, aoife, database, text):
        said = await talk.say(text, INTENT)
        assert said == (
            "I would save Aoife Brennan, 12 Elm St, Denver, CO 80201, United States in your address book. Your default address "
            "stays Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland.\nShall I save it?"
        )
        assert "is in your address book" in await talk.say("yes")
        assert await book(database, aoife) == [HOME, ("", *DENVER[1:-1], False), WORK]

    async def test_becomes_the_default_if_that_is_said_before_the_yes(self, talk, aoife, database):
        await talk.say("add another address to my account: 12 Elm St, Denver CO 80201, USA", INTENT)
        assert "your default address" in await talk.say("no, make it my default")
        await talk.say("yes")
        assert (await book(database, aoife))[0] == DENVER


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

    async def test_who_sends_an_order_elsewhere_and_wants_both_has_the_profile_seen_to_next(self, talk, order):
        await talk.say(
            "send order HF-70001 to 12 Elm St, Denver CO 80201 and change it in my profile as well", "change_order_address"
        )
        await talk.say("yes")
        [request] = talk.slots["agenda"]
        assert request["intent"] == INTENT
        said = await talk.say(request["text"], request["intent"])
        assert said.startswith("I would make Aoife Brennan, 12 Elm St, Denver, CO 80201, United States your default address")

    async def test_that_address_is_the_one_spoken_of_before(self, talk, order):
        await talk.say("send order HF-70001 to 12 Elm St, Denver CO 80201", "change_order_address")
        await talk.say("yes")
        said = await talk.say("great, make it my default address too", INTENT)
        assert said.startswith("I would make Aoife Brennan, 12 Elm St, Denver, CO 80201, United States your default address")


class TestRefused:
    async def test_the_default_is_the_default_already(self, talk, aoife, database):
        said = await talk.say("make 14 Quay Lane, Kinsale my default address", INTENT)
        assert said == "Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland is your default address already."
        assert not talk.form

    async def test_a_question_in_between_is_answered_first(self, talk):
        await talk.say("change my address to 12 Elm St", INTENT)
        said = await talk.say("which addresses do you have?", "show_addresses")
        assert "1 South Mall" in said
        assert said.endswith("12 Elm St: which town or city is that in?")

    async def test_never_mind_changes_nothing(self, talk, aoife, database):
        await talk.say("update my address to 12 Elm St, Denver CO 80201", INTENT)
        said = await talk.say("never mind")
        assert said == "All right, I won't change the address in your profile. Nothing has been changed."
        assert await book(database, aoife) == [HOME, WORK]

    async def test_a_visitor_is_told_to_sign_in(self, aoife):
        assert "sign in on the shop's page" in await Talk(aoife, level="visitor").say("change my address", INTENT)


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
