"""The address in the profile: another default, a further one, one of the book."""

import pytest

from tests.actions.address_book.addresses import DENVER, HOME, INTENT, WORK, book
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer

pytestmark = pytest.mark.usefixtures("shop")


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
        "I live in Cork now, so could that be my default address?", "And my Cork address should be the default one",
        "no. the cork one should be my default",
    ])
    async def test_one_of_the_book_is_picked_by_what_it_is_called(self, talk, aoife, database, text):
        said = await talk.say(text, INTENT)
        assert said.startswith("I would make Aoife Brennan, 1 South Mall, Cork, T12 AB34, Ireland your default address")
        await talk.say("yes")
        assert await book(database, aoife) == [(*WORK[:-1], True), (*HOME[:-1], False)]

    @pytest.mark.parametrize("text", ["I want to change my home address", "my default address is wrong", "change my account address"])
    async def test_the_one_that_is_to_change_is_not_the_one_to_change_to(self, talk, text):
        assert (await talk.say(text, INTENT)).startswith("What is the new address?")

    async def test_a_no_that_speaks_of_something_else_is_no_part_of_the_address(self, talk, aoife, database):
        await talk.say("update my address to 12 Elm St, Denver CO 80201", INTENT)
        await talk.say("no, my order has to go there too!")
        await talk.say("yes")
        assert (await talk.say("yes")).startswith("Done: your default address is Aoife Brennan, 12 Elm St, Denver, CO 80201")
        assert await book(database, aoife) == [DENVER, WORK]

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

    @pytest.mark.parametrize("said", ["no, leave my default as it is", "default = the home one, leave it", "my default stays where it is"])
    async def test_who_wants_it_to_stay_is_asked_for_none(self, talk, aoife, database, said):
        await talk.say("change my default address", INTENT)
        await talk.say(said)
        assert not talk.form
        assert await book(database, aoife) == [HOME, WORK]

    async def test_parts_may_come_as_they_come_to_mind(self, talk, aoife, database):
        await talk.say("I moved, can you put my new address in as my default one?", INTENT)
        await talk.say("its 12 Elm Street")
        assert await talk.say("oh and Apt 4, in Denver") == "12 Elm Street, Apt 4, Denver: what is the postcode?"
        await talk.say("hm wait where did I put it.. 80201")
        assert "12 Elm Street, Apt 4, Denver, CO 80201, United States your default" in await talk.say("CO, usa")

    async def test_a_postcode_is_one_whatever_is_said_behind_it(self, talk):
        await talk.say("change my default address to 12 Elm St, Denver, CO", INTENT)
        said = await talk.say("80201 i think.. yes 80201, USA. that should be my default from now on")
        assert said.startswith("I would make Aoife Brennan, 12 Elm St, Denver, CO 80201, United States your default address")

    async def test_an_answer_begins_as_people_begin(self, talk, aoife, database):
        await talk.say("change my default address to 12 Elm St", INTENT)
        assert await talk.say("oh right, Denver") == "12 Elm St, Denver: what is the postcode?"

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
        assert said == "All right, I leave that as it is. Nothing about it has been changed."
        assert await book(database, aoife) == [HOME, WORK]

    async def test_a_visitor_is_told_to_sign_in(self, aoife):
        assert "sign in on the shop's page" in await Talk(aoife, level="visitor").say("change my address", INTENT)
