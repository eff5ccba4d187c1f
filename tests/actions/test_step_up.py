"""Somebody whom we don't know shows in the conversation who they are, and what they wanted goes on by itself."""


import pytest
from sqlalchemy import select

from actions.orders import ListOrders
from actions.who_i_am import TellWhoIAm
from support.models.conversations import Contact, Level
from support.models.customers import Customer
from support.models.orders import Order, OrderStatus
from support.models.outbox import Mail
from support.signing_in import identification
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import NOW, create_address
from tests.support.signing_in.test_codes import code_in, new_contact, other_than

pytestmark = pytest.mark.usefixtures("shop")
CODE_SENT = (
    "If that is the address we have of you, a code with 6 digits is on its way there; it is good for 10 minutes. What is the code?"
)


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        (await session.get_one(Order, bought.order.id)).address_id = home.id
        return bought


@pytest.fixture
async def visitor(bought, database) -> Talk:
    async with database.write() as session:
        return Talk(Customer(id=None), level="visitor", contact=(await new_contact(session)).id)


async def mails(database) -> list[Mail]:
    async with database.read() as session:
        return list(await session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)))


async def status(database, bought) -> OrderStatus:
    async with database.read() as session:
        return (await session.get_one(Order, bought.order.id)).status


async def level(database, visitor) -> Level:
    async with database.read() as session:
        contact = await session.get_one(Contact, visitor.contact)
        return (await identification.of_contact(session, contact, at=NOW)).level


class TestByCode:
    async def test_what_was_asked_for_goes_on_once_the_code_is_right(self, visitor, bought, database):
        number = bought.order.number
        said = await visitor.say(f"cancel order {number}, I no longer need it", "cancel_order")
        assert said.startswith("To cancel an order I need to know who you are. Tell me the e-mail address that we have of you")
        assert visitor.form
        assert await visitor.say("aoife@example.com") == CODE_SENT
        [mail] = await mails(database)
        said = await visitor.say(f"it's {code_in(mail)}")
        assert said.startswith(f"Thank you, I know who you are now.\nI would cancel your order {number} with ")
        assert await level(database, visitor) is Level.VERIFIED
        visitor.level, visitor.customer = "verified", bought.customer
        assert "is cancelled" in await visitor.say("yes")
        assert await status(database, bought) is OrderStatus.CANCELLED
        assert not visitor.form

    async def test_an_address_that_nobody_has_gets_the_same_answer_and_no_mail(self, visitor, database):
        await visitor.say("cancel my order", "cancel_order")
        assert await visitor.say("nobody@example.com") == CODE_SENT
        assert await mails(database) == []
        said = await visitor.say("123456")
        assert said.startswith("That code is not right, or it has expired.")
        assert await level(database, visitor) is Level.VISITOR

    async def test_an_address_told_with_the_request_gets_the_code_at_once(self, visitor, database):
        assert await visitor.say("cancel my order please, my email is aoife@example.com", "cancel_order") == CODE_SENT
        assert len(await mails(database)) == 1

    async def test_five_wrong_codes_make_the_right_one_worthless(self, visitor, bought, database):
        await visitor.say("cancel my order, aoife@example.com", "cancel_order")
        [mail] = await mails(database)
        for _ in range(5):
            assert (await visitor.say(other_than(code_in(mail)))).startswith("That code is not right")
        assert (await visitor.say(code_in(mail))).startswith("That code is not right")
        assert await level(database, visitor) is Level.VISITOR
        assert await status(database, bought) is OrderStatus.PENDING

    async def test_the_fourth_code_in_ten_minutes_is_not_sent(self, visitor, database):
        await visitor.say("cancel my order", "cancel_order")
        for _ in range(3):
            assert await visitor.say("aoife@example.com") == CODE_SENT
        assert (await visitor.say("aoife@example.com")).startswith("That has been tried too often just now.")
        assert len(await mails(database)) == 3
        assert not visitor.form

    async def test_the_same_turn_again_sends_no_second_code(self, visitor, database):
        await visitor.say("cancel my order", "cancel_order")
        before = dict(visitor.slots)
        await visitor.say("aoife@example.com", turn="t1")
        visitor.slots = before
        assert await visitor.say("aoife@example.com", turn="t1") == CODE_SENT
        assert len(await mails(database)) == 1


class TestByOrder:
    async def test_number_and_postcode_show_that_order(self, visitor, bought, database):
        held = await ask(ListOrders(), text="what have I ordered", contact=visitor.contact)
        assert ", or the number of an order with the postcode it goes to" in held.text
        visitor.slots, visitor.form = held.slots, True
        assert await visitor.say(bought.order.number) == "And which postcode does that order go to?"
        said = await visitor.say("p17ab12")
        assert said.startswith("Thank you, I know who you are now.\nYou have one order with us")
        assert "Aoife" not in said.split("\n")[0]
        assert await level(database, visitor) is Level.ORDER_HOLDER
        assert not visitor.form

    @pytest.mark.parametrize("told", ["{} and P17 AB99", "HF-99999, postcode P17 AB12"])
    async def test_a_wrong_number_and_a_wrong_postcode_sound_alike(self, visitor, bought, database, told):
        held = await ask(ListOrders(), text="my orders", contact=visitor.contact)
        visitor.slots, visitor.form = held.slots, True
        said = await visitor.say(told.format(bought.order.number))
        assert said == (
            "I can't find an order with that number and that postcode. Please look at both again and tell me them together."
        )
        assert await level(database, visitor) is Level.VISITOR

    async def test_the_sixth_try_is_refused(self, visitor, bought, database):
        held = await ask(ListOrders(), text="my orders", contact=visitor.contact)
        visitor.slots, visitor.form = held.slots, True
        for _ in range(5):
            await visitor.say(f"{bought.order.number} and P17 AB99")
        said = await visitor.say(f"{bought.order.number} and P17 AB12")
        assert said.startswith("That has been tried too often just now.")
        assert await level(database, visitor) is Level.VISITOR


class TestMeanwhile:
    async def test_what_rasa_calls_again_in_the_same_turn_says_nothing(self, visitor):
        held = await ask(ListOrders(), text="my orders", contact=visitor.contact, turn="t1")
        visitor.slots, visitor.form = held.slots, True
        assert await visitor.say("my orders", "list_orders", turn="t1") == ""
        assert visitor.form

    async def test_a_question_to_the_shop_is_answered_and_the_open_one_repeated(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        article = {"question": "opening_hours", "answer": "Nine to five.", "buttons": []}
        said = await visitor.say("when are you open?", "faq", faq=article)
        assert said.startswith("Nine to five.\nTo cancel an order I need to know who you are.")

    async def test_a_person_comes_when_asked_for(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        await visitor.say("give me a human", "request_person")
        assert visitor.handoff == "asked"
        assert not visitor.form

    async def test_never_mind_ends_it(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        assert (await visitor.say("never mind")).startswith("All right, I leave it at that.")
        assert not visitor.form
        assert visitor.slots["step_up"] is None

    async def test_after_three_answers_that_were_none_it_gives_up_and_offers_a_person(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        for _ in range(2):
            assert (await visitor.say("hmm")).startswith("Sorry, I didn't get that.")
        assert (await visitor.say("hmm")).startswith("I can't find out who you are this way.")
        assert "Talk to a person" in visitor.buttons
        assert not visitor.form

    async def test_another_request_takes_its_place(self, visitor, bought, database):
        await visitor.say("cancel my order", "cancel_order")
        said = await visitor.say("actually just show me my points", "show_points")
        assert said.startswith("To show you your points I need to know who you are.")
        assert await visitor.say("aoife@example.com") == CODE_SENT
        [mail] = await mails(database)
        assert "points" in (await visitor.say(code_in(mail))).split("\n")[1]

    async def test_what_needs_a_sign_in_is_waited_for_elsewhere(self, visitor):
        await visitor.say("cancel my order", "cancel_order")
        assert "Please sign in on the shop's page" in await visitor.say("no, change my name to Eva", "change_name")
        assert not visitor.form


class TestSignedIn:
    async def test_what_needs_a_sign_in_goes_on_once_they_have_signed_in(self, visitor, bought, database):
        said = await visitor.say("change my phone number to 086 765 4321", "change_phone")
        assert said.startswith("To change your phone number I need to be sure that it's you. Please sign in on the shop's page")
        assert not visitor.form
        answer = await ask(TellWhoIAm(), bought.customer, text="I've signed in now", slots=visitor.slots)
        assert answer.messages == []
        visitor.level, visitor.customer, visitor.form = "signed_in", bought.customer, True
        assert (await visitor.say("I've signed in now", "tell_who_i_am")).startswith("I would note 086 765 4321 as your phone number")
        await visitor.say("yes")
        async with database.read() as session:
            assert (await session.get_one(Customer, bought.customer.id)).phone == "086 765 4321"

    async def test_a_code_is_not_enough_for_it(self, visitor, bought, database):
        visitor.level, visitor.customer = "verified", bought.customer
        said = await visitor.say("change my phone number to 086 765 4321", "change_phone")
        assert "Please sign in on the shop's page" in said
        assert not visitor.form

    async def test_a_task_whose_level_lapses_waits_for_the_code(self, visitor, bought, database):
        number = bought.order.number
        visitor.level, visitor.customer = "verified", bought.customer
        await visitor.say(f"cancel {number}", "cancel_order")
        visitor.level = "visitor"
        said = await visitor.say("I no longer need it")
        assert said.startswith("To cancel an order I need to know who you are.")
        assert await visitor.say("aoife@example.com") == CODE_SENT
        [mail] = await mails(database)
        assert f"I would cancel your order {number}" in await visitor.say(code_in(mail))


class TestTellWhoIAm:
    async def test_who_is_known_is_greeted_by_name(self, bought):
        answer = await ask(TellWhoIAm(), bought.customer, text="My name is Aoife Brennan, zip 19122")
        assert answer.text == "Thank you, Aoife, I know who you are. What can I do for you?"

    @pytest.mark.parametrize("text", ["My name is Yusuf Rossi, zip 19122", "my email is yusuf@example.org"])
    async def test_who_says_to_be_another_hears_who_they_are_here(self, bought, text):
        answer = await ask(TellWhoIAm(), bought.customer, text=text)
        assert answer.text.startswith("I know you here as Aoife Brennan, so I can only see and change what belongs to that")

    async def test_a_visitor_is_told_how(self, visitor):
        answer = await ask(TellWhoIAm(), text="My name is Yusuf Rossi", contact=visitor.contact)
        assert answer.text.startswith("To look up what is yours I need to know who you are. Tell me the e-mail address")

    async def test_a_visitor_with_an_address_gets_a_code_and_is_welcomed(self, visitor, bought, database):
        held = await ask(TellWhoIAm(), text="my email is aoife@example.com", intent="tell_who_i_am", contact=visitor.contact)
        assert held.text == CODE_SENT
        visitor.slots, visitor.form = held.slots, True
        [mail] = await mails(database)
        said = await visitor.say(code_in(mail))
        assert said == "Thank you, I know who you are now.\nThank you, Aoife, I know who you are. What can I do for you?"
