"""What is to stay, and what a deed hangs on: other orders, the way of its money, a wish that cannot be had."""

import pytest
from sqlalchemy import select

from actions.show_order import ShowOrder
from support.models.orders import Order, OrderStatus
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.actions.three_orders import ADDRESS, CANCEL, ITEMS, clause, say, waiting, with_three_orders

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    return Talk(await with_three_orders(database))


class TestOrdersThatAreKept:
    @pytest.fixture(autouse=True)
    async def asked(self, shop, talk):
        talk.slots["order_number"] = "HF-1003"

    async def test_the_one_just_spoken_of_is_kept_and_all_others_are_cancelled(self, talk):
        said = await talk.say("ok that one I keep! but cancel all the others, I don't need them anymore", CANCEL)
        assert "cancel your order HF-1001" in said
        assert "HF-1003" not in said

    async def test_an_order_that_stays_after_all_may_be_wished_to_go_elsewhere(self, talk):
        await talk.say("cancel all my orders, no longer needed", CANCEL)
        said = await say(
            talk, clause("the tablet is a present, that order stays!", ITEMS, 0.4, asks=False),
            clause("It should go to my work address", ADDRESS),
        )
        assert "order HF-1003 stays as it is" in said
        assert "cancel your order HF-1001" in said
        assert "comes next" not in said
        assert waiting(talk) == [(ADDRESS, "It should go to my work address (HF-1003)")]

    async def test_what_nothing_is_to_be_done_with_may_be_said_to_stay(self, talk):
        await talk.say("cancel HF-1001, no longer needed", CANCEL)
        said = await say(
            talk, clause("no no, keep the tablet order!", "deny"),
            clause("And the tablet order goes to my work address, 8 Mill Lane", ADDRESS, asks=False),
        )
        assert "I would send your order HF-1003" in said
        assert talk.slots["suspended"][0]["values"]["order"] == "HF-1001"

    async def test_a_no_that_says_what_is_not_wanted_drops_it(self, talk, database):
        await talk.say("cancel HF-1001, no longer needed", CANCEL)
        said = await say(
            talk, clause("No!", "deny", asks=False), clause("I said I do NOT want that cancelled.", "deny", asks=False),
            clause("Which of my two orders is more expensive?", "list_orders", inquires=True),
        )
        assert "Nothing about it has been changed" in said
        assert not talk.form

    async def test_who_does_not_want_to_cancel_the_rest_is_asked_nothing(self, talk):
        said = await talk.say("Then leave it in, I don't want to cancel the rest.", CANCEL)
        assert said == "All right, then the order stays as it is."


class TestMoneyThatHangsOnItsWay:
    async def test_a_plan_that_goes_the_way_they_do_not_want_is_dropped(self, talk):
        await talk.say("return the rug, the money to my Visa", "return_items")
        said = await say(talk, clause("No.", "deny", asks=False), clause(
            "If it can only go to my Visa, I keep the rug.", "change_order_payment", 0.6,
        ))
        assert "Nothing about it has been changed" in said

    @pytest.mark.parametrize("text", [
        "cancel HF-1001, no longer needed, but only if the money goes on my PayPal",
        "cancel HF-1001, no longer needed. I said only if it goes to my PayPal",
    ])
    async def test_an_order_is_not_cancelled_if_its_money_cannot_go_there(self, talk, text):
        said = await talk.say(text, CANCEL)
        assert "can only go back to what paid for it: your Visa ending in 4242. So I leave it all as it is." in said


class TestFallbacks:
    async def test_an_order_is_cancelled_where_the_wish_cannot_be_had(self, talk):
        text = "the lamp in HF-1001 in pink. If you don't have that just cancel the order, refund to paypal"
        talk.slots["agenda"] = [
            {"text": "If you don't have that just cancel the order, refund to paypal", "intent": "change_order_payment",
             "confidence": 0.6, "question": ""},
        ]
        said = await talk.say(text.split(". ")[0], ITEMS)
        assert "May I ask why?" in said
        assert talk.slots["task"]["task"] == CANCEL

    async def test_what_is_only_said_once_more_is_no_other_wish(self, talk):
        text = (
            "the lamp in HF-1001 in brass, and the headphones in pink, but if there aren't any in the same type, just "
            "leave them as they are. To PayPal"
        )
        said = await talk.say(text, ITEMS)
        assert "Lamp" in said
        assert "becomes type wireless" not in said


class TestSingleThings:
    async def test_nothing_of_an_order_that_is_packed_can_be_taken_out(self, database, talk):
        async with database.write() as session:
            order = await session.scalar(select(Order).where(Order.number == "HF-1001"))
            order.status = OrderStatus.PROCESSED
        said = await talk.say("please take the lamp out of order HF-1001", CANCEL)
        assert said.startswith("Single things can't be taken out of an order, so the Lamp (black) would have to stay")
        assert "nothing of it can be changed any more" in said


async def test_the_other_one_too_comes_next_anyhow(talk):
    await talk.say("cancel all my orders, no longer needed", CANCEL)
    said = await say(talk, clause("Yes please!", "affirm", asks=False), clause("And the other one too", "mean_another", asks=False))
    assert "HF-1003 is cancelled" in said
    assert "cancel your order HF-1001" in said


class TestWhatACancellationWouldBring:
    @pytest.mark.parametrize("text", [
        "I'm thinking about cancelling my two pending orders. How much would I get back if I did?",
        "I only want to know how much money I'd get back if I cancel both.",
    ])
    async def test_it_is_told_and_nothing_begun(self, talk, text):
        assert await talk.say(text, CANCEL) == (
            "If orders HF-1003 and HF-1001 were cancelled, you would get back €280.00 to your Visa ending in 4242."
        )
        assert not talk.form

    async def test_what_has_come_long_ago_is_not_told_of(self, talk):
        talk.slots["order_number"] = "HF-1003"
        answer = await ask(
            ShowOrder(), talk.customer, text="that one I keep, but what would I get back if I cancelled all the others?",
            slots={"order_number": "HF-1003"},
        )
        assert "HF-1002" not in answer.text

    async def test_a_question_behind_it_is_answered_with_it(self, talk):
        behind = "How much would I get back if I did?"
        talk.slots["agenda"] = [{"text": behind, "intent": "refund_status", "confidence": 0.9, "question": ""}]
        assert "€280.00" in await talk.say("I'm thinking about cancelling my two pending orders.", CANCEL)
        assert waiting(talk) == []
