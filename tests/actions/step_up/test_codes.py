"""Somebody whom we don't know shows by a code in their mail who they are, and what they wanted goes on by itself."""

import pytest

from support.models.conversations import Level
from support.models.orders import Order, OrderStatus
from tests.actions.step_up.outcome import CODE_SENT, level, mails
from tests.support.signing_in.asking import code_in, other_than

pytestmark = pytest.mark.usefixtures("shop")


async def status(database, bought) -> OrderStatus:
    async with database.read() as session:
        return (await session.get_one(Order, bought.order.id)).status


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
