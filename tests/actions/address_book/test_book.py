"""The saved addresses: shown as asked, and taken out one by one."""

import pytest

from actions.address_book import ShowAddresses
from support.models.customers import Customer
from tests.actions.address_book import addresses
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer

pytestmark = pytest.mark.usefixtures("shop")
HOME_LINE, WORK_LINE = "Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland", "Aoife Brennan, 1 South Mall, Cork, T12 AB34, Ireland"


async def book(database, customer: Customer) -> list[tuple[str, bool]]:
    """(line 1, default) of each saved address, the default first."""
    return [(one[1], one[-1]) for one in await addresses.book(database, customer)]


class TestShowAddresses:
    @pytest.mark.parametrize(("text", "expected"), [
        ("which addresses do you have?", f"You have 2 addresses in your address book:\n1. Home: {HOME_LINE} (your default)\n2. Work: {WORK_LINE}"),
        ("what is my default address?", f"Your default address is {HOME_LINE}."),
        ("what's my work address?", f"Work: {WORK_LINE}."),
    ])
    async def test_what_was_asked_is_told(self, aoife, text, expected):
        assert (await ask(ShowAddresses(), aoife, text=text)).text == expected

    async def test_an_empty_book_is_told(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
        assert (await ask(ShowAddresses(), customer)).text == "There is no address in your address book yet."


class TestRemoveAddress:
    async def test_it_goes_after_a_yes(self, talk, aoife, database):
        said = await talk.say("remove my work address", "remove_address")
        assert said == f"I would remove {WORK_LINE} from your address book. Orders that go there still do.\nShall I remove it?"
        assert len(await book(database, aoife)) == 2
        assert (await talk.say("yes")).startswith("Done: 1 South Mall, Cork is out of your address book. Your reference is R-")
        assert await book(database, aoife) == [("14 Quay Lane", True)]

    async def test_without_the_default_the_next_one_takes_its_place(self, talk, aoife, database):
        await talk.say("remove an address", "remove_address")
        assert talk.buttons == ["14 Quay Lane, Kinsale", "1 South Mall, Cork"]
        assert f"{WORK_LINE} would be your default then." in await talk.say("the first one")
        await talk.say("yes, remove it")
        assert await book(database, aoife) == [("1 South Mall", True)]

    async def test_another_one_is_meant_before_the_yes(self, talk, aoife, database):
        await talk.say("delete my work address", "remove_address")
        assert HOME_LINE in await talk.say("no, the one in Kinsale")
        await talk.say("yes")
        assert await book(database, aoife) == [("1 South Mall", True)]

    async def test_an_empty_book_has_nothing_to_remove(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
        assert await Talk(customer).say("remove my address", "remove_address") == "There is no address in your address book."

    async def test_never_mind_keeps_it(self, talk, aoife, database):
        await talk.say("delete my work address", "remove_address")
        await talk.say("never mind")
        assert len(await book(database, aoife)) == 2
