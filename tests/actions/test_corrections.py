"""Another value for what was proposed, and another order for what could not be done."""

import pytest
from sqlalchemy import select

from support.models.customers import Customer
from support.models.orders import OrderStatus
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        for number, status in (("HF-20001", OrderStatus.SHIPPED), ("HF-20002", OrderStatus.PENDING)):
            await create_order(session, customer, number, lines=(("Lamp", 1, 2000),), status=status, paid_with=card)
    return Talk(customer)


@pytest.mark.parametrize("text", ["sorry, Eva Murphy-Roche", "oops, it's Eva Murphy-Roche", "make that Eva Murphy-Roche"])
async def test_a_name_is_said_anew_before_the_yes(talk, database, text):
    await talk.say("change my name to Eva Murhpy", "change_name")
    assert "to Eva Murphy-Roche" in await talk.say(text)
    await talk.say("yes")
    async with database.read() as session:
        assert (await session.scalar(select(Customer.last_name))) == "Murphy-Roche"


@pytest.mark.parametrize("text", ["sorry, what?", "no", "oops"])
async def test_words_that_only_correct_say_no_name(talk, text):
    await talk.say("change my name to Eva Murphy", "change_name")
    said = (await talk.say(text)).lower()
    assert "to what" not in said
    assert "to oops" not in said


async def test_what_was_refused_for_one_order_is_tried_for_the_one_that_was_meant(talk, database):
    assert "can't be cancelled" in await talk.say("cancel HF-20001, I ordered it by mistake", "cancel_order")
    said = await talk.say("sorry, I meant HF-20002", "mean_another")
    assert "I would cancel your order HF-20002" in said
    assert "ordered by mistake" in said  # the reason was told before


async def test_without_anything_before_it_is_not_understood(talk):
    assert "Sorry" in await talk.say("sorry, I meant HF-20002", "mean_another")


@pytest.mark.parametrize("text", [
    "Oh wait, the lamp is a birthday present! It all stays, please", "No! I said it stays as it is. Why would you do that?",
    "hm, everything stays then", "I see. Then leave that as it is.",
])
async def test_what_keeps_all_of_it_is_no(talk, text):
    assert "I would cancel" in await talk.say("cancel HF-20002, I ordered it by mistake", "cancel_order")
    assert "Nothing about it has been changed" in await talk.say(text)
    assert not talk.form


async def test_a_yes_that_keeps_the_rest_is_a_yes(talk):
    await talk.say("cancel HF-20002, I ordered it by mistake", "cancel_order")
    assert "Done" in await talk.say("yes, everything else stays as it is")
