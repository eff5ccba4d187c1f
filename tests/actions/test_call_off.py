"""Calling off a return or exchange, and looking at those there are."""

import pytest
from sqlalchemy import select

from actions.refunds import RefundStatus
from actions.show_returns import ShowReturns
from support.models.orders import Order, OrderStatus
from support.models.returns import Return, ReturnStatus
from support.returning import exchanges, returns
from support.returning.exchanges import ExchangedLine
from support.returning.returns import ReturnedLine
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy, stock
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW

pytestmark = pytest.mark.usefixtures("shop")
INTENT = "call_off_return"


@pytest.fixture
def rules(tmp_path):
    return load_rules(tmp_path)


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session, status=OrderStatus.DELIVERED)


@pytest.fixture
async def sent_back(database, bought, rules) -> str:
    """The reference of a return of the mug, 8.00 to the card."""
    async with database.write() as session:
        done = await returns.request_return(
            session, bought.speaker, bought.order.id, [ReturnedLine(bought.mug.id)], method_id=bought.card.id, reason=None,
            key="return", business=rules, at=NOW,
        )
        return done.details["return"]


@pytest.fixture
async def exchanged(database, bought, rules) -> str:
    """The reference of an exchange of both small kettles for large ones, 11.00 dearer."""
    async with database.write() as session:
        done = await exchanges.request_exchange(
            session, bought.speaker, bought.order.id, [ExchangedLine(bought.kettles.id, bought.large.id)],
            method_id=bought.card.id, reason=None, key="exchange", business=rules, at=NOW,
        )
        return done.details["return"]


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


async def standing(database, reference: str) -> tuple[ReturnStatus, OrderStatus]:
    async with database.read() as session:
        return tuple((await session.execute(
            select(Return.status, Order.status).join(Order, Order.id == Return.order_id).where(Return.reference == reference)
        )).one())


class TestCallingOff:
    async def test_the_only_one_is_read_out_and_called_off_after_a_yes(self, talk, bought, sent_back, database):
        said = await talk.say("cancel my return", INTENT)
        assert said == (
            f"I would call off your return {sent_back} from order {bought.order.number}: you would keep Mug (plain). The "
            "€8.00 would not go back to your Visa ending in 4242 then.\nShall I call off the return?"
        )
        assert await standing(database, sent_back) == (ReturnStatus.REQUESTED, OrderStatus.RETURN_REQUESTED)
        said = await talk.say("yes, cancel it")
        assert said.startswith(
            f"Done: your return {sent_back} from order {bought.order.number} is called off. Until 21 December you can "
            "still ask for another one. Your reference is R-"
        )
        assert await standing(database, sent_back) == (ReturnStatus.CANCELLED, OrderStatus.DELIVERED)

    async def test_what_an_exchange_had_set_aside_goes_back(self, talk, bought, exchanged, database):
        said = await talk.say("please withdraw my exchange", INTENT)
        assert "The €11.00 more would not be taken from your Visa ending in 4242 then. What was set aside" in said
        async with database.read() as session:
            assert await stock(session, bought.large) == [1]
        await talk.say("yes")
        async with database.read() as session:
            assert await stock(session, bought.large) == [3]

    async def test_of_several_the_one_is_asked_for_and_may_be_named_by_its_goods(self, talk, bought, sent_back, database, rules):
        async with database.write() as session:
            other = await buy(session, status=OrderStatus.DELIVERED)
            (await session.get_one(Order, other.order.id)).customer_id = bought.customer.id
            done = await returns.request_return(
                session, bought.speaker, other.order.id, [ReturnedLine(other.kettles.id)], method_id=bought.gift_card.id,
                reason=None, key="other", business=rules, at=NOW,
            )
        second = done.details["return"]
        said = await talk.say("call off a return", INTENT)
        assert said.startswith("Which of these do you mean?\n1. Return ")
        assert {sent_back, second} == set(talk.buttons)
        await talk.say(second)
        await talk.say("yes")
        assert (await standing(database, second))[0] is ReturnStatus.CANCELLED
        assert (await standing(database, sent_back))[0] is ReturnStatus.REQUESTED

    async def test_a_no_leaves_it(self, talk, sent_back, database):
        await talk.say("cancel my return", INTENT)
        await talk.say("no")
        assert "Nothing about it has been changed" in await talk.say("leave it")
        assert (await standing(database, sent_back))[0] is ReturnStatus.REQUESTED


class TestRefused:
    async def test_nothing_to_call_off(self, talk):
        said = await talk.say("cancel my return", INTENT)
        assert said == "No return or exchange of yours is waiting for its parcel, so there is nothing to call off."
        assert not talk.form

    async def test_one_that_is_settled_is_told_of(self, talk, bought, sent_back, database):
        async with database.write() as session:
            row = await session.scalar(select(Return).where(Return.reference == sent_back))
            row.status, row.completed_at = ReturnStatus.COMPLETED, NOW
        said = await talk.say(f"call off {sent_back}", INTENT)
        assert said == (
            f"That can't be called off any more: Return {sent_back}, order {bought.order.number}: Mug (plain), €8.00 to "
            "your Visa ending in 4242. Asked for on 21 November, settled on 21 November. Shall I bring in a person who "
            "can look at it?"
        )


class TestLookingAtThem:
    async def test_a_return_is_told_with_its_goods_money_and_standing(self, bought, sent_back):
        answer = await ask(ShowReturns(), bought.customer, text="what's the status of my return?")
        assert answer.text == (
            f"Return {sent_back}, order {bought.order.number}: Mug (plain), €8.00 to your Visa ending in 4242. Asked for on "
            "21 November, waiting for the parcel."
        )
        assert f"Call off return {sent_back}" in answer.buttons
        assert answer.slots == {"order_number": bought.order.number}

    async def test_an_exchange_is_told_with_what_comes_instead(self, bought, exchanged):
        answer = await ask(ShowReturns(), bought.customer, text="how is my exchange going")
        assert "2 × Kettle (small) for (large), €11.00 from your Visa ending in 4242." in answer.text

    async def test_none_is_told(self, bought):
        assert (await ask(ShowReturns(), bought.customer, text="my returns")).text == (
            "You haven't sent anything back so far. What has been delivered can come back."
        )

    async def test_a_refund_that_waits_for_its_parcel_is_told_by_amount_and_days(self, bought, sent_back):
        answer = await ask(RefundStatus(), bought.customer, text="where is my refund?")
        assert answer.text == (
            f"€8.00 for order {bought.order.number} go to your Visa ending in 4242 within 5 working days after your return "
            f"{sent_back} has reached us; it was asked for on 21 November."
        )

    async def test_no_refund_is_told(self, bought):
        answer = await ask(RefundStatus(), bought.customer, text="where is my refund?")
        assert answer.text.startswith("There is no refund on its way to you, and none was made.")
