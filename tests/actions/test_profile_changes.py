"""Name, phone and e-mail address as people change them; the e-mail address with a code to the new one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.profile import ShowProfile
from support.models.customers import Customer
from support.models.outbox import Mail
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.shop_rows import NOW, create_address, create_customer
from tests.support.signing_in.test_codes import code_in, other_than

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        customer = await create_customer(session)
        customer.phone = "+353 87 123 4567"
        await create_address(session, customer)
        return customer


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


async def known(database, customer: Customer) -> tuple:
    """(first name, last name, e-mail, phone)"""
    async with database.read() as session:
        row = await session.get_one(Customer, customer.id)
        return row.first_name, row.last_name, row.email, row.phone


BEFORE = ("Aoife", "Brennan", "aoife@example.com", "+353 87 123 4567")


class TestChangeName:
    @pytest.mark.parametrize(("text", "name"), [
        ("please change my name to Eva Murphy", ("Eva", "Murphy")), ("my last name is now Murphy", ("Aoife", "Murphy")),
        ("I got married, my new surname is O'Neill-Walsh", ("Aoife", "O'Neill-Walsh")),
        ("change my last name from Brennan to Murphy", ("Aoife", "Murphy")),
        ("my name is spelled wrong, it should be Aoife Brennen", ("Aoife", "Brennen")),
        ("change my first name to Eva", ("Eva", "Brennan")),
    ])
    async def test_it_is_changed_after_a_yes(self, talk, aoife, database, text, name):
        said = await talk.say(text, "change_name")
        assert said == f"I would change your name with us from Aoife Brennan to {' '.join(name)}.\nShall I change it?"
        assert await known(database, aoife) == BEFORE
        assert (await talk.say("yes")).startswith(f"Done: your name with us is {' '.join(name)} now. Your reference is R-")
        assert (await known(database, aoife))[:2] == name

    async def test_it_is_asked_for_and_corrected(self, talk, aoife, database):
        assert await talk.say("I need to fix my name", "change_name") == "What is the new name, first and last name please?"
        assert "to Eva Merphy" in await talk.say("Eva Merphy")
        assert "to Eva Murphy" in await talk.say("sorry, it's Eva Murphy")
        await talk.say("yes")
        assert (await known(database, aoife))[:2] == ("Eva", "Murphy")

    async def test_the_same_name_is_no_change(self, talk):
        said = await talk.say("change my name to Aoife Brennan", "change_name")
        assert said == "Your name is Aoife Brennan with us already. What is the new name, first and last name please?"


class TestChangePhone:
    async def test_it_is_changed_after_a_yes(self, talk, aoife, database):
        said = await talk.say("change my number from +353 87 123 4567 to +353 86 765 4321", "change_phone")
        assert said.startswith("I would note +353 86 765 4321 as your phone number, in place of +353 87 123 4567.")
        await talk.say("yes")
        assert (await known(database, aoife))[3] == "+353 86 765 4321"

    async def test_it_is_removed(self, talk, aoife, database):
        assert "I would remove your phone number +353 87 123 4567" in await talk.say("delete my phone number", "change_phone")
        await talk.say("yes, remove it")
        assert (await known(database, aoife))[3] is None

    async def test_it_is_asked_for(self, talk, aoife, database):
        assert (await talk.say("I have a new number", "change_phone")).startswith("What is the new number?")
        await talk.say("086 765 4321")
        await talk.say("never mind")
        assert await known(database, aoife) == BEFORE

    async def test_the_number_on_file_is_no_change(self, talk):
        said = await talk.say("my number is +353 87 123 4567", "change_phone")
        assert said.startswith("+353 87 123 4567 is the number we have already. What is the new number?")


class TestChangeEmail:
    async def test_the_code_from_the_new_mailbox_changes_it(self, talk, aoife, database):
        said = await talk.say("change my email to eva@example.org please", "change_email")
        assert said == (
            "I've sent a code with 6 digits to eva@example.org; it is good for 10 minutes. What is the code? Your address changes "
            "once I have it."
        )
        assert talk.buttons == ["Send a new code", "Leave it"]
        [mail] = await sent(database)
        assert mail.recipient == "eva@example.org"
        assert await known(database, aoife) == BEFORE
        said = await talk.say(f"it's {code_in(mail)}")
        assert said.startswith("Done: your e-mail address with us is eva@example.org now. I've told aoife@example.com about it.")
        assert (await known(database, aoife))[2] == "eva@example.org"
        assert {one.recipient for one in await sent(database)} == {"eva@example.org", "aoife@example.com"}
        assert not talk.form

    async def test_a_wrong_code_changes_nothing_and_the_right_one_is_still_good(self, talk, aoife, database):
        await talk.say("change my email to eva@example.org", "change_email")
        [mail] = await sent(database)
        said = await talk.say(other_than(code_in(mail)))
        assert said.startswith("That code is not right, or it has expired. Nothing has changed so far.")
        assert (await talk.say("hmm let me look")).startswith("Sorry, I didn't get that.")
        assert len(await sent(database)) == 1
        assert "Done" in await talk.say(code_in(mail))
        assert (await known(database, aoife))[2] == "eva@example.org"

    async def test_an_expired_code_is_wrong_and_a_new_one_is_sent_when_asked_for(self, talk, aoife, database, monkeypatch):
        await talk.say("change my email to eva@example.org", "change_email")
        [mail] = await sent(database)
        monkeypatch.setattr("support.clock.now", lambda: NOW + timedelta(minutes=11))
        assert "That code is not right, or it has expired" in await talk.say(code_in(mail))
        await talk.say("Send a new code")
        [newer] = [one for one in await sent(database) if one.id != mail.id]
        assert "Done" in await talk.say(code_in(newer))

    async def test_another_address_in_between_gets_a_code_of_its_own(self, talk, aoife, database):
        await talk.say("I want to use another email", "change_email")
        await talk.say("eva@example.org")
        assert "to eve@example.org" in await talk.say("oh wait, it's eve@example.org")
        assert {one.recipient for one in await sent(database)} == {"eva@example.org", "eve@example.org"}

    async def test_the_address_on_file_is_no_change(self, talk, aoife, database):
        said = await talk.say("change my email to aoife@example.com", "change_email")
        assert said == "aoife@example.com is the address we have already. What is the new e-mail address?"
        assert await sent(database) == []

    async def test_the_fourth_code_in_ten_minutes_is_refused(self, talk, database):
        await talk.say("change my email to eva@example.org", "change_email")
        for _ in range(2):
            await talk.say("I didn't get it, send it again")
        said = await talk.say("send another code")
        assert said.startswith("I have sent several codes already")
        assert len(await sent(database)) == 3

    async def test_never_mind_changes_nothing(self, talk, aoife, database):
        await talk.say("change my email to eva@example.org", "change_email")
        assert await talk.say("never mind") == "All right, I leave that as it is. Nothing about it has been changed."
        assert await known(database, aoife) == BEFORE


class TestShowProfile:
    @pytest.mark.parametrize(("text", "expected"), [
        ("what email do you have for me?", "E-mail: aoife@example.com"),
        ("which phone number is on my account?", "Phone: +353 87 123 4567"),
        ("what's my default address?", "Default address: Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland"),
    ])
    async def test_just_what_was_asked_is_told(self, aoife, text, expected):
        assert (await ask(ShowProfile(), aoife, text=text)).text == expected

    async def test_all_of_it_is_told(self, aoife):
        assert (await ask(ShowProfile(), aoife, text="show me my profile")).text == (
            "This is what we have on file for you:\nName: Aoife Brennan\nE-mail: aoife@example.com\nPhone: +353 87 123 4567\n"
            "Default address: Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland\nCustomer since 12 September 2024"
        )


async def sent(database) -> list[Mail]:
    async with database.read() as session:
        return list(await session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)))
