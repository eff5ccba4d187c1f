"""Everything about one order, and about what pays for it."""

import pytest

from actions.payment_methods import ShowPaymentMethods
from actions.show_order import ShowOrder
from support.models.orders import Order
from support.models.payments import MethodKind
from tests.actions.asking import ask
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_address, create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        bought = await buy(session)
        home = await create_address(session, bought.customer)
        (await session.get_one(Order, bought.order.id)).address_id = home.id
        return bought


async def told(bought: Bought, text: str, **more: object) -> str:
    return (await ask(ShowOrder(), bought.customer, text=text, **more)).text


class TestShowOrder:
    async def test_the_whole_order_has_lines_sums_address_and_payment(self, bought):
        answer = await ask(ShowOrder(), bought.customer, text="show me my order")
        assert answer.text == (
            f"Order {bought.order.number} of 21 November: waiting to be packed.\n"
            "1. 2 × Kettle (small): €40.00 (€20.00 each)\n2. Mug (plain): €8.00\n"
            "It comes to €52.95: €48.00 for the goods and €4.95 for delivery.\n"
            "It goes to Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland.\n"
            "It was paid with €52.95 by your Visa ending in 4242."
        )
        assert list(answer.buttons) == [f"Change order {bought.order.number}", f"Cancel order {bought.order.number}"]
        assert answer.slots == {"order_number": bought.order.number}

    async def test_the_sum_of_some_things_is_told_beside_their_prices(self, bought):
        assert await told(bought, "what is the total of the mug alone?") == f"Mug (plain): €8.00, in order {bought.order.number}."

    @pytest.mark.parametrize(("asked", "answer"), [
        ("what did I pay for the mug?", "Mug (plain): €8.00, in order {number}."),
        ("how much were the kettles", "2 × Kettle (small): €40.00 (€20.00 each), in order {number}."),
        ("what's the total of my order", "Your order {number} comes to €52.95: €48.00 for the goods and €4.95 for delivery."),
        ("which address does my order go to?", "Your order {number} goes to Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland."),
        ("how did I pay for my order", "Your order {number} was paid with €52.95 by your Visa ending in 4242."),
        ("how much was the delivery fee of my order", "Your order {number} comes to €52.95: €48.00 for the goods and €4.95 "
         "for delivery. It costs €4.95 for delivery."),
        ("how many items are in my order", "Your order {number} has 3 things in it: 2 × Kettle (small) and Mug (plain)."),
        ("when did I place my order", "Your order {number} was placed on 21 November."),
        ("which size is the kettle in my order", "2 × Kettle (small): €40.00 (€20.00 each), in order {number}."),
        ("what is the cheapest thing in my order", "Mug (plain): €8.00, in order {number}."),
        ("status of my order and the address please", "Your order {number} goes to Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, "
         "Ireland. It is waiting to be packed since 21 November."),
    ])
    async def test_only_what_is_asked_is_answered(self, bought, asked, answer):
        assert await told(bought, asked) == answer.format(number=bought.order.number)

    async def test_a_thing_chooses_the_order_that_has_it(self, bought, database):
        async with database.write() as session:
            await create_order(session, bought.customer, "HF-88001", lines=(("Desk lamp", 1, 8900),))
        assert await told(bought, "what did I pay for the lamp?") == "Desk lamp (oat): €89.00, in order HF-88001."

    @pytest.mark.parametrize("asked", [
        "how much was the order with the mug?", "what did I pay in total for the order that has the mugs", "how much was my mug order",
        "what's the sum of the one with the kettle in it",
    ])
    async def test_the_order_that_a_thing_tells_is_asked_about_and_not_the_thing(self, bought, asked):
        assert (await told(bought, asked)).startswith(f"Your order {bought.order.number} comes to €52.95")

    async def test_a_thing_beside_that_which_tells_the_order_is_asked_about(self, bought):
        answer = await told(bought, "how much was the mug in the order with the kettles?")
        assert answer == f"Mug (plain): €8.00, in order {bought.order.number}."

    async def test_an_order_that_is_only_named_before_more_follows_is_kept_in_mind(self, bought):
        answer = await ask(ShowOrder(), bought.customer, text=f"Order {bought.order.number}.", left=1)
        assert (answer.messages, answer.slots) == ([], {"order_number": bought.order.number})

    async def test_the_order_last_spoken_of_is_meant(self, bought, database):
        async with database.write() as session:
            await create_order(session, bought.customer, "HF-88001", lines=(("Desk lamp", 1, 8900),))
        assert (await told(bought, "what's the total?", slots={"order_number": "HF-88001"})).startswith("Your order HF-88001 comes to €89.00")

    async def test_which_of_several_is_asked_with_a_button_each(self, bought, database):
        async with database.write() as session:
            await create_order(session, bought.customer, "HF-88001", lines=(("Desk lamp", 1, 8900),))
        answer = await ask(ShowOrder(), bought.customer, text="what's the total of my order?")
        assert answer.text.startswith("Which of your orders do you mean?")
        assert answer.buttons["Show HF-88001"] == '/show_order{"order_number": "HF-88001"}'
        pressed = await ask(ShowOrder(), bought.customer, text='/show_order{"order_number": "HF-88001"}', order_number="HF-88001")
        assert pressed.text.startswith("Order HF-88001 of 21 November: delivered.")

    async def test_an_unknown_number_and_somebody_elses_are_the_same(self, bought, database):
        async with database.write() as session:
            await create_order(session, await create_customer(session, email="else@example.com"), "HF-99123")
        for number in ("HF-99123", "HF-99124"):
            said = await told(bought, f"show order {number}")
            assert said.startswith(f"I can't find an order {number.removeprefix('HF-')} among yours. Is it one of these?\n1. ")


class TestShowPaymentMethods:
    @pytest.mark.parametrize(("asked", "answer"), [
        ("which payment methods do I have", "You can pay with these 2:\n1. Visa ending in 4242\n2. Gift card ending in 0815 (€10.00 on it)"),
        ("how much is left on my gift card?", "There is €10.00 on your gift card ending in 0815."),
        ("do I have PayPal saved?", "No, PayPal is not among your payment methods. You have Visa ending in 4242 and gift card ending in 0815."),
        ("do I have a Visa on file", "Yes, you have Visa ending in 4242."),
    ])
    async def test_what_is_asked_is_answered(self, bought, asked, answer):
        assert (await ask(ShowPaymentMethods(), bought.customer, text=asked)).text == answer

    async def test_several_gift_cards_are_added_up(self, bought, database):
        async with database.write() as session:
            await create_method(session, bought.customer, MethodKind.GIFT_CARD, balance=250, last_digits="0999")
        assert (await ask(ShowPaymentMethods(), bought.customer, text="gift card balance")).text.startswith(
            "You have 2 gift cards with €12.50 in all:\n1. gift card ending in 0815 (€10.00 on it)"
        )
