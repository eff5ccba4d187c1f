"""Sums of what was done in the conversation and of what is planned, and returns that are only supposed."""

import pytest

from actions.faq import AnswerQuestion
from actions.handoff import NotUnderstood
from actions.payment_methods import ShowPaymentMethods
from actions.products import ShowProduct
from actions.refunds import RefundStatus
from actions.show_order import ShowOrder
from support.models.orders import OrderStatus
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    """Delivered: two kettles and a mug; another order, delivered too, of one striped mug at 6.00."""
    async with database.write() as session:
        bought = await buy(session, status=OrderStatus.DELIVERED)
        await create_order(session, bought.customer, "HF-77001", lines=((bought.striped, 1, 600),), paid_with=bought.card)
        return bought


@pytest.fixture
async def returned(bought) -> Talk:
    """The mug of the one order and the whole other one are on their way back."""
    talk = Talk(bought.customer)
    await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
    assert "Done" in await talk.say("yes, return it", "affirm")
    await talk.say("return the mug from HF-77001 to my card", "return_items")
    assert "Done" in await talk.say("yes, return it", "affirm")
    return talk


class TestDone:
    @pytest.mark.parametrize(("action", "text"), [
        (RefundStatus, "how much do I get back altogether from both orders?"), (ShowProduct, "And the total of both?"),
        (ShowOrder, "what's the total of everything I am returning?"), (ShowPaymentMethods, "how much have I saved in all?"),
    ])
    async def test_what_comes_back_is_added_up_whatever_the_question_was_taken_for(self, returned, bought, action, text):
        assert (await ask(action(), bought.customer, text=text)).text == (
            f"You get back €14.00 in all: €8.00 for the return from order {bought.order.number} and €6.00 for the return from "
            "order HF-77001."
        )

    @pytest.mark.parametrize(("action", "text", "amount"), [
        (ShowOrder, "so what do I get back for that one?", "€6.00"), (ShowProduct, "how much did I get back for HF-77001?", "€6.00"),
        (RefundStatus, "So €6.00, right? Thank you.", "€6.00"), (ShowOrder, "how much money comes back altogether?", "€14.00"),
        (NotUnderstood, "And both together, in one figure?", "€14.00"),
    ])
    async def test_what_one_of_them_brought_is_told_too(self, returned, bought, action, text, amount):
        assert (await ask(action(), bought.customer, text=text)).text.startswith(f"You get back {amount}")

    @pytest.mark.parametrize(("text", "told"), [
        ("how much goes on my gift card altogether now?", "To your gift card ending in 0815 you get back €6.00 for the return from"),
        ("and how much do I get back on my Visa in total?", "To your Visa ending in 4242 you get back €8.00 for the return from"),
    ])
    async def test_what_goes_to_one_method_is_told_alone(self, bought, text, told):
        talk = Talk(bought.customer)
        await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
        await talk.say("yes, return it", "affirm")
        await talk.say("return the mug from HF-77001 to my gift card", "return_items")
        await talk.say("yes, return it", "affirm")
        assert (await ask(RefundStatus(), bought.customer, text=text)).text.startswith(told)

    @pytest.mark.parametrize(("text", "told"), [
        ("So what's that in total, the cancelled order plus the return?", "You get back €14.00 in all:"),
        ("yes. and how much do i get back alltogether now?", "You get back €14.00 in all:"),
        ("how much do I get back on my Visa, and how much on my gift card?",
         "To your Visa ending in 4242 you get back €8.00 for the return from order {}. "
         "To your gift card ending in 0815 you get back €6.00 for the return from order HF-77001."),
        ("Taken together, am I up or down?", "You get back €14.00 in all:"),
    ])
    async def test_sums_in_other_words_and_by_method(self, bought, text, told):
        talk = Talk(bought.customer)
        await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
        await talk.say("yes, return it", "affirm")
        await talk.say("return the mug from HF-77001 to my gift card", "return_items")
        await talk.say("yes, return it", "affirm")
        answer = await ask(RefundStatus(), bought.customer, text=text)
        assert answer.text.startswith(told.format(bought.order.number))

    @pytest.mark.parametrize("text", [
        "what all of this costs me together?", "How much do I pay in total?", "what do i pay for both changes together", "so wat did the 2 cost me together", "how much did u take off my Visa in total?",
        "what does all of it cost me or bring me on balance?", "what does the exchange cost me?",
    ])
    async def test_what_exchanges_cost_is_told_once_they_are_made(self, bought, text):
        talk = Talk(bought.customer)
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        assert (await talk.say("yes", "affirm")).startswith("Done")
        assert "€11.00" in (await ask(RefundStatus(), bought.customer, text=text)).text

    async def test_a_general_answer_gives_way_to_the_sum(self, returned, bought):
        article = {"question": "refund_amount", "title": "What do I get back?", "answer": "What you paid."}
        text = "What do the two refunds come to in total?"
        answer = await ask(AnswerQuestion(), bought.customer, text=text, faq=article)
        assert answer.text.startswith("You get back €14.00 in all:")

    async def test_a_general_answer_gives_way_to_what_cancelling_would_bring(self, database, bought):
        async with database.write() as session:
            await create_order(
                session, bought.customer, "HF-88001", lines=((bought.striped, 1, 600),), paid_with=bought.card,
                status=OrderStatus.PENDING,
            )
        article = {"question": "cancellation_cost", "title": "What does it cost?", "answer": "Nothing."}
        text = "how much would be refunded if you cancelled HF-88001 and HF-77001?"
        answer = await ask(AnswerQuestion(), bought.customer, text=text, faq=article)
        assert answer.text == (
            "If order HF-88001 were cancelled, you would get back €6.00 to your Visa ending in 4242. "
            "Order HF-77001 can't be cancelled any more."
        )

    async def test_what_was_called_off_again_does_not_count(self, returned, bought):
        await returned.say("call off the return from HF-77001", "call_off_return")
        await returned.say("yes", "affirm")
        said = (await ask(ShowOrder(), bought.customer, text="what's the total of everything I am returning?")).text
        assert "€14.00" not in said

    async def test_without_anything_done_the_total_of_both_is_asked_about(self, bought):
        assert (await ask(ShowProduct(), bought.customer, text="And the total of both?")).text == (
            "What shall I add up? Tell me the orders or the things."
        )


class TestPlanned:
    async def test_the_new_total_of_an_order_is_told_before_it_is_changed(self, database):
        async with database.write() as session:
            bought = await buy(session)
        talk = Talk(bought.customer)
        await talk.say(f"in {bought.order.number} change the kettles to large ones, by my Visa", "change_order_items")
        answer = await ask(
            ShowOrder(), bought.customer, text="How much will the whole order cost after this change?", slots=talk.slots
        )
        assert answer.text == f"Order {bought.order.number} would come to €63.95 then; now it is €52.95."

    @pytest.mark.parametrize("text", ["how much is that together?", "what does the return bring? how much in total?"])
    async def test_one_plan_alone_is_its_own_sum(self, bought, text):
        talk = Talk(bought.customer)
        await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
        said = await talk.say(text, "refund_status")
        assert said.startswith("You would get back €8.00 for the return from order")

    async def test_a_question_for_the_sum_of_everything_adds_nothing_to_a_return(self, bought):
        talk = Talk(bought.customer)
        await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
        await talk.say("what's the total of everything I'm returning?")
        assert [one["line"] for one in talk.slots["lines"]] == [bought.mug.id]

    async def test_a_plan_is_added_to_what_is_done(self, bought):
        talk = Talk(bought.customer)
        await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
        await talk.say("yes, return it", "affirm")
        await talk.say("return the mug from HF-77001 to my card", "return_items")
        text = "how much do I get back altogether?"
        assert (await ask(RefundStatus(), bought.customer, text=text, slots=talk.slots)).text == (
            f"You would get back €14.00 in all: €8.00 for the return from order {bought.order.number} and €6.00 for the "
            "return from order HF-77001, once you say yes to it."
        )


class TestSupposed:
    async def test_a_return_that_is_only_supposed_is_reckoned_and_offered(self, bought):
        answer = await ask(
            RefundStatus(), bought.customer, text=f"if I sent back the mug from {bought.order.number}, how much would I get?"
        )
        assert answer.text == (
            f"For Mug (plain) from order {bought.order.number} you would get back €8.00, to your Visa ending in 4242 or gift "
            "card ending in 0815. Nothing has been asked for yet; tell me if I shall begin the return."
        )
        assert f"Return the Mug from order {bought.order.number}" in answer.buttons

    async def test_an_order_that_is_not_delivered_brings_no_such_sum(self, database):
        async with database.write() as session:
            bought = await buy(session)
        text = f"what would I get back if I returned the mug of {bought.order.number}?"
        assert "only what is delivered can come back" in (await ask(RefundStatus(), bought.customer, text=text)).text


class TestGiftCard:
    async def test_whether_it_covers_an_order_is_answered_with_both_sums(self, bought):
        text = "would my gift card be enough to pay for it?"
        answer = await ask(ShowPaymentMethods(), bought.customer, text=text, slots={"order_number": bought.order.number})
        assert answer.text == (
            f"No: order {bought.order.number} comes to €52.95, and a gift card has to cover all of it. There is €10.00 on "
            "your gift card ending in 0815."
        )
