"""Payment methods that are named for a refund or a difference: taken, or told why not, and what is left on a gift card."""

import pytest

from support.models.orders import OrderStatus
from support.models.payments import MethodKind, PaymentMethod
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
ONLY_BACK = "A refund of a return can only go back to how you paid (Visa ending in 4242) or to a gift card of yours. "
TOO_LITTLE = "There is €10.00 on your gift card ending in 0815, too little for €11.00. "


@pytest.fixture
async def bought(database) -> Bought:
    """Paid by Visa; 10.00 on the gift card."""
    async with database.write() as session:
        return await buy(session, status=OrderStatus.DELIVERED, balance=1000)


@pytest.fixture
async def paypal(database, bought) -> PaymentMethod:
    async with database.write() as session:
        return await create_method(session, bought.customer, MethodKind.WALLET)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


class TestReturns:
    async def test_what_cannot_take_it_is_told_with_the_reason_before_the_choice(self, talk, bought, paypal):
        said = await talk.say(f"return the mug from {bought.order.number}, the money to my PayPal", "return_items")
        assert said.startswith(f"{ONLY_BACK}Mug (plain): you get back")

    async def test_what_it_must_not_go_to_is_no_second_choice(self, talk, bought):
        await talk.say(f"return the mug from {bought.order.number}", "return_items")
        said = await talk.say("only if it goes on my gift card. if it has to go to my visa i keep it")
        assert "goes back to your gift card ending in 0815" in said

    async def test_with_one_way_only_it_goes_on_with_that_and_says_why(self, database, talk, bought, paypal):
        async with database.write() as session:
            (await session.get_one(PaymentMethod, bought.gift_card.id)).removed_at = bought.order.placed_at
        said = await talk.say(f"return the mug from {bought.order.number}, the money to my PayPal", "return_items")
        assert said.startswith(f"{ONLY_BACK}You would return from order {bought.order.number}")
        said = await talk.say("is PayPal not possible?", "faq", confidence=0.4)
        assert said.startswith(f"{ONLY_BACK}You would return from order {bought.order.number}")
        assert "is asked for" in await talk.say("yes")


    @pytest.mark.parametrize("no", [
        "Neither works for me. I'm closing the account behind that Visa.", "NOT the Visa 4242, and no gift card", "not on my visa and not to the gift card",
    ])
    async def test_where_all_are_ruled_out_none_is_taken(self, talk, bought, paypal, no):
        await talk.say(f"return the mug from {bought.order.number}, the money to my PayPal", "return_items")
        assert await talk.say(no) == f"{ONLY_BACK}Shall I leave it, or shall a person look at it?"
        assert "Talk to a person" in talk.buttons


    async def test_as_before_is_the_one_used_last_in_the_conversation(self, database, talk, bought, paypal):
        async with database.write() as session:
            await create_order(session, bought.customer, "HF-77001", lines=((bought.small, 1, 2000),), paid_with=bought.card)
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by PayPal", "exchange_items")
        assert (await talk.say("yes", "affirm")).startswith("Done")
        said = await talk.say("exchange the kettle in HF-77001 for a large one. Same card as before please", "exchange_items")
        assert "by your PayPal." in said

    async def test_what_an_answer_begins_with_is_taken_whatever_else_it_names(self, talk, bought, paypal):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones", "exchange_items")
        assert "by your PayPal." in await talk.say("PayPal please, I keep losing that Visa haha")


class TestSaidAlong:
    """What was told of methods in a sentence of its own waits on the agenda."""

    async def test_of_a_return_it_is_told_in_the_plan(self, talk, bought, paypal):
        talk.slots["agenda"] = [waits("I want the money on my PayPal", "change_order_payment")]
        said = await talk.say(f"return the mug from {bought.order.number}", "return_items")
        assert said.startswith(f"{ONLY_BACK}Mug (plain): you get back")

    async def test_a_gift_card_asked_for_is_told_to_hold_too_little(self, talk, bought, paypal):
        talk.slots["agenda"] = [waits("Can I pay with the gift card?", "faq")]
        said = await talk.say(f"exchange the kettles in {bought.order.number} for large ones", "exchange_items")
        assert said.startswith(f"{TOO_LITTLE}2 × Kettle")

    async def test_one_that_can_be_is_taken(self, talk, bought, paypal):
        talk.slots["agenda"] = [waits("I want the difference on my PayPal", "change_order_payment")]
        said = await talk.say(f"exchange the kettles in {bought.order.number} for large ones", "exchange_items")
        assert "by your PayPal." in said

    async def test_a_way_to_pay_another_order_is_none(self, talk, bought, paypal):
        talk.slots["agenda"] = [waits("pay my order with the PayPal instead", "change_order_payment")]
        said = await talk.say(f"exchange the kettles in {bought.order.number} for large ones", "exchange_items")
        assert said.endswith("How do you want to pay it: Visa ending in 4242 or PayPal?")


def waits(text: str, intent: str) -> dict[str, object]:
    return {"text": text, "intent": intent, "confidence": 0.9, "question": ""}


class TestExchanges:
    async def test_a_difference_back_goes_to_any_method_of_theirs(self, talk, bought, paypal):
        said = await talk.say(f"exchange the kettles in {bought.order.number} for copper ones, money to PayPal", "exchange_items")
        assert "You get back €6.02 to your PayPal" in said

    async def test_a_gift_card_with_too_little_is_told_with_what_is_on_it(self, talk, bought, paypal):
        text = f"exchange the kettles in {bought.order.number} for large ones, by gift card"
        said = await talk.say(text, "exchange_items")
        assert said.startswith(f"{TOO_LITTLE}2 × Kettle")
        said = await talk.say("then PayPal")
        assert said.startswith("You would exchange")
        assert "by your PayPal." in said

    async def test_it_is_told_at_the_plan_too_and_the_plan_again(self, talk, bought):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        said = await talk.say("can i not pay with my gift card??")
        assert said.startswith(f"{TOO_LITTLE}You would exchange")
        assert "by your Visa ending in 4242." in said

    async def test_what_is_left_on_a_gift_card_is_answered_and_the_plan_said_again(self, talk, bought):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        said = await talk.say("How much is left on that gift card?", "show_payment_methods")
        assert said.startswith("There is €10.00 on your gift card ending in 0815. You would exchange")

    @pytest.mark.parametrize("only", ["I'd only do it with my gift card, is there enough on it?", "No. I only pay with my gift card."])
    async def test_who_pays_with_that_only_is_offered_no_other(self, talk, bought, only):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        assert await talk.say(only, "faq", confidence=0.6) == f"{TOO_LITTLE}What shall I leave out or change?"

    async def test_the_difference_by_another_card_is_no_change_of_the_orders_payment(self, talk, bought, paypal):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        said = await talk.say("I would prefer to pay the difference with PayPal instead of the Visa", "change_order_payment")
        assert said.startswith("You would exchange")
        assert "by your PayPal." in said

    async def test_the_first_of_two_is_taken_if_it_can_be(self, talk, bought, paypal):
        text = f"exchange the kettles in {bought.order.number} for large ones, by gift card if possible, else PayPal"
        said = await talk.say(text, "exchange_items")
        assert said.startswith(f"{TOO_LITTLE}You would exchange")
        assert "by your PayPal." in said

    async def test_with_several_ways_and_none_named_it_is_asked(self, talk, bought, paypal):
        said = await talk.say(f"exchange the kettles in {bought.order.number} for the same ones but large", "exchange_items")
        assert said.endswith("How do you want to pay it: Visa ending in 4242 or PayPal?")

    async def test_the_last_digits_of_a_card_are_no_order(self, talk, bought, paypal):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by PayPal", "exchange_items")
        said = await talk.say("I'd rather have it on my Visa ending in 4242 than on PayPal")
        assert "by your Visa ending in 4242." in said

    async def test_a_yes_that_names_the_method_of_the_plan_is_a_yes(self, talk, bought, paypal):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        assert (await talk.say("visa is fine then, yes")).startswith("Done: your exchange")

    async def test_a_yes_that_names_another_method_is_asked_about_again(self, talk, bought, paypal):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        said = await talk.say("paypal is fine then, yes")
        assert said.startswith("You would exchange")
        assert "by your PayPal." in said

    async def test_an_answer_about_things_names_no_method(self, talk, bought, paypal):
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones", "exchange_items")
        said = await talk.say("Yes, swap it for that one, and the mug for the same one but striped please")
        assert "How do you want to pay it: Visa ending in 4242 or PayPal?" in said

    async def test_asking_what_is_left_on_a_gift_card_chooses_nothing(self, database, talk, bought):
        async with database.write() as session:
            await create_method(session, bought.customer, MethodKind.GIFT_CARD, balance=9000)
        await talk.say(f"exchange the kettles in {bought.order.number} for large ones, by Visa", "exchange_items")
        said = await talk.say("How much is left on my gift cards?", "show_payment_methods")
        assert said.startswith("There is €10.00 on your gift card ending in 0815 and €90.00 on your gift card ending in")
        assert "by your Visa ending in 4242." in said
