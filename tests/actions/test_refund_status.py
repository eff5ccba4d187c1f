"""Where the money is that comes back."""

from datetime import timedelta

import pytest

from actions.refunds import RefundStatus
from support.ordering import cancellations
from tests.actions.asking import ask
from tests.support.paid_orders import Bought, buy, pay_in_part
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database, tmp_path) -> Bought:
    """Cancelled: 52.95 are on their way to the card."""
    async with database.write() as session:
        bought = await buy(session)
        await cancellations.cancel(
            session, bought.speaker, bought.order.id, reason="ordered by mistake", key="cancel", business=load_rules(tmp_path),
            at=NOW,
        )
        return bought


async def told(bought: Bought, text: str) -> str:
    return (await ask(RefundStatus(), bought.customer, text=text)).text


class TestToldByThePlan:
    @pytest.mark.parametrize("text", ["how much do i get back?", "how much would be refunded then?"])
    async def test_what_the_same_message_wants_returned_is_not_answered_from_the_past(self, bought, text):
        waits = [{"intent": "return_items", "text": "return the mug", "confidence": 0.9, "question": ""}]
        assert (await ask(RefundStatus(), bought.customer, text=text, slots={"agenda": waits})).messages == []

    async def test_what_was_refunded_is_told_all_the_same(self, bought):
        waits = [{"intent": "return_items", "text": "return the mug", "confidence": 0.9, "question": ""}]
        answer = await ask(RefundStatus(), bought.customer, text="where is my refund?", slots={"agenda": waits})
        assert answer.text.startswith("€52.95 for order")


class TestRefundStatus:
    async def test_one_on_its_way_with_the_day_it_is_expected(self, bought):
        assert await told(bought, "where is my refund?") == (
            f"€52.95 for order {bought.order.number} went off to your Visa ending in 4242 on 21 November and should be there "
            "by 27 November."
        )

    async def test_one_that_is_late_is_excused_and_a_person_offered(self, bought, monkeypatch):
        monkeypatch.setattr("support.clock.now", lambda: NOW + timedelta(days=30))
        answer = await ask(RefundStatus(), bought.customer, text="where is my refund?")
        assert answer.text.endswith("and should have been there by 27 November. I'm sorry that it is late.")
        assert "Talk to a person" in answer.buttons

    async def test_those_of_another_order_are_left_out_if_one_is_named(self, bought, database):
        async with database.write() as session:
            other = await create_order(session, bought.customer, "HF-66001", paid_with=bought.card)
        assert (await told(bought, f"has order {other.number} been refunded?")).startswith(
            "There is no refund on its way to you for your order HF-66001, and none was made."
        )

    async def test_several_are_added_up_if_asked(self, database, tmp_path):
        async with database.write() as session:
            bought = await buy(session, balance=9000)
            await pay_in_part(session, bought.order, bought.gift_card, 1000)
            await cancellations.cancel(
                session, bought.speaker, bought.order.id, reason="ordered by mistake", key="cancel",
                business=load_rules(tmp_path), at=NOW,
            )
        said = await told(bought, "how much am I getting back in total?")
        assert "€10.00" in said
        assert "€52.95" in said
