"""Paying a pending order another way."""

import pytest

from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind, PaymentMethod
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, balance, buy, kept
from tests.support.shop_rows import create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
INTENT = "change_order_payment"


@pytest.fixture
async def bought(database) -> Bought:
    """52.95 paid by a Visa card, and a gift card with 60.00 on it."""
    async with database.write() as session:
        return await buy(session, balance=6000)


@pytest.fixture
async def paypal(database, bought) -> PaymentMethod:
    async with database.write() as session:
        return await create_method(session, bought.customer, MethodKind.WALLET)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


async def paid(database, bought) -> dict[str, int]:
    async with database.read() as session:
        return await kept(session, bought.order)


class TestChangingThePayment:
    async def test_all_in_one_sentence_then_a_yes(self, talk, bought, paypal, database):
        said = await talk.say(f"change the payment of order {bought.order.number} from Visa to PayPal", INTENT)
        assert said == (
            f"Your PayPal would pay the €52.95 for order {bought.order.number} with 2 × Kettle (small) and Mug (plain), "
            "and the €52.95 that your Visa ending in 4242 paid goes back to it.\nShall I change the payment?"
        )
        assert await paid(database, bought) == {bought.card.id: 5295}
        assert (await talk.say("yes")).startswith(
            f"Done: your order {bought.order.number} is paid by your PayPal now, and €52.95 goes back to your Visa ending in "
            "4242. Your reference is R-"
        )
        assert await paid(database, bought) == {paypal.id: 5295}
        assert talk.slots["order_number"] == bought.order.number

    async def test_which_way_is_asked_with_those_that_could_pay(self, talk, bought, paypal):
        said = await talk.say("I want to pay my order another way", INTENT)
        assert said == f"How do you want to pay for order {bought.order.number} instead of by your Visa ending in 4242?"
        assert talk.buttons == ["Gift card ending in 0815", "PayPal"]
        assert "Your gift card ending in 0815, which then has €7.05 left, would pay" in await talk.say("Gift card ending in 0815")

    async def test_the_only_other_way_goes_without_saying(self, talk, bought, database):
        assert "Your gift card ending in 0815, which then has €7.05 left, would pay the €52.95" in await talk.say("change how my order is paid", INTENT)
        await talk.say("yes")
        async with database.read() as session:
            assert await balance(session, bought.gift_card) == 705

    @pytest.mark.parametrize(("text", "intent"), [
        ("I want to change the payment method of my order, not the kettle", "change_order_items"),
        ("so put the kettle on the gift card ending in 0815 too", "exchange_items"),
    ])
    async def test_what_sounds_like_a_wish_for_another_thing_may_be_for_another_way_to_pay(self, talk, bought, text, intent):
        assert "Your gift card ending in 0815, which then has €7.05 left, would pay the €52.95" in await talk.say(text, intent)

    async def test_as_another_order_was_paid(self, talk, bought, paypal, database):
        async with database.write() as session:
            await create_order(session, bought.customer, "HF-7770002", lines=(("Rug", 1, 1500),), paid_with=paypal)
        talk.slots["order_number"] = "HF-7770002"
        said = await talk.say(f"pay order {bought.order.number} with the same card as that order", INTENT)
        assert said.startswith("Your PayPal would pay the €52.95")
        await talk.say("no, never mind", "deny")
        said = await talk.say(f"order {bought.order.number} with the same method as my order with the rug", INTENT)
        assert said.startswith("Your PayPal would pay the €52.95")

    async def test_another_mind_before_the_yes(self, talk, bought, paypal, database):
        await talk.say("pay my order by gift card", INTENT)
        assert "Your PayPal would pay" in await talk.say("no wait, use PayPal instead")
        await talk.say("yes, do it")
        assert await paid(database, bought) == {paypal.id: 5295}

    async def test_which_methods_there_are_is_answered_in_between(self, talk, paypal):
        await talk.say("pay my order another way", INTENT)
        said = await talk.say("what do I have on file?", "show_payment_methods")
        assert said.startswith("You can pay with these 3:\n1. Visa ending in 4242")
        assert "How do you want to pay for order" in said

    async def test_a_no_leaves_it(self, talk, bought, paypal, database):
        await talk.say("pay my order by PayPal", INTENT)
        await talk.say("no")
        assert "Nothing about it has been changed" in await talk.say("leave it as it is")
        assert await paid(database, bought) == {bought.card.id: 5295}


class TestRefused:
    async def test_a_gift_card_with_too_little_is_told_with_what_is_on_it(self, database):
        async with database.write() as session:
            bought = await buy(session, balance=1000)
            await create_method(session, bought.customer, MethodKind.WALLET)
        talk = Talk(bought.customer)
        said = await talk.say("pay my order with my gift card", INTENT)
        assert said.startswith(
            "There is €10.00 on your gift card ending in 0815, and a gift card has to cover the whole €52.95. How do you "
            f"want to pay for order {bought.order.number}"
        )
        assert talk.buttons == ["PayPal"]
        await talk.say("then PayPal")
        await talk.say("yes")
        assert bought.card.id not in await paid(database, bought)

    async def test_the_same_method_is_told_and_that_is_the_end_of_it(self, talk, bought, paypal):
        said = await talk.say("use my Visa for my order", INTENT)
        assert said == f"Order {bought.order.number} is paid by your Visa ending in 4242 already, so there is nothing to change."
        assert not talk.form

    async def test_a_sum_is_not_split_however_often_it_is_asked(self, talk, bought, paypal):
        said = await talk.say("pay my order half with my gift card and half by PayPal", INTENT)
        assert said == "One payment can't be split over several methods. Which one shall pay for all of it?"
        await talk.say("PayPal")
        assert (await talk.say("no, half on PayPal and half on the gift card")) == said

    async def test_what_they_do_not_have_is_told(self, talk, bought, paypal):
        assert "I can't find Apple Pay among your payment methods" in await talk.say("pay my order by Apple Pay", INTENT)
        assert talk.buttons == ["Gift card ending in 0815", "PayPal"]

    async def test_without_another_way_it_ends_with_a_person(self, database):
        async with database.write() as session:
            bought = await buy(session, balance=1000)
        talk = Talk(bought.customer)
        assert (await talk.say("pay my order differently", INTENT)).startswith("No other payment method of yours could pay")
        assert talk.buttons == ["Talk to a person"]
        assert not talk.form

    async def test_an_order_on_its_way_stays_paid_as_it_is(self, talk, bought, paypal, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.SHIPPED
        said = await talk.say(f"pay {bought.order.number} by PayPal", INTENT)
        assert said == f"How your order {bought.order.number} is paid can't be changed any more: it is on its way."


class TestNotMeant:
    @pytest.mark.parametrize("said", [
        "leave the payment alone", "no, the payment is fine as it is", "I don't mean the payment", "don't change the payment!",
    ])
    async def test_that_the_payment_shall_stay_ends_it(self, talk, bought, paypal, database, said):
        await talk.say("pay my order by PayPal", INTENT)
        assert await talk.say(said) == "All right, how the order is paid stays as it is."
        assert not talk.form
        assert await paid(database, bought) == {bought.card.id: 5295}

    async def test_that_the_payment_shall_stay_begins_nothing(self, talk, bought, paypal):
        assert await talk.say("please don't change the payment", INTENT) == "All right, how the order is paid stays as it is."
        assert not talk.form

    @pytest.mark.parametrize("said", [
        "change the kettle in {} to the copper one, money to PayPal", "please chnage my kettle to copper. And the money back to the Visa",
    ])
    async def test_a_thing_to_be_changed_with_a_word_on_its_money_is_a_change_of_the_thing(self, talk, bought, paypal, said):
        plan = await talk.say(said.format(bought.order.number), INTENT)
        assert plan.startswith(f"I would change your order {bought.order.number}: 2 × Kettle")

    async def test_the_order_with_a_thing_in_it_is_still_paid_another_way(self, talk, bought, paypal):
        said = await talk.say("change the payment of the order with the kettle to PayPal", INTENT)
        assert said.startswith("Your PayPal would pay the €52.95")
