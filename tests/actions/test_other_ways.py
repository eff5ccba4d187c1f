"""What a task makes of words that point elsewhere: at what was offered, at another order's address, at how it was paid."""

import pytest
from sqlalchemy import select

from support.models.customers import Address
from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_address, create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
PENDING = OrderStatus.PENDING
ITEMS, ADDRESS, DEFAULT = "change_order_items", "change_order_address", "change_default_address"


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


@pytest.fixture
async def keyboards(database) -> Talk:
    """A clicky keyboard in HF-1001, paid by PayPal, and another in HF-1002, paid by gift card."""
    async with database.write() as session:
        customer = await create_customer(session)
        paypal = await create_method(session, customer, MethodKind.WALLET)
        card = await create_method(session, customer, MethodKind.GIFT_CARD, balance=90000, last_digits="0815")
        product = await stocked(
            session, "Keyboard", (64000, 5, {"switch": "clicky", "size": "80%", "waterproof": "yes"}),
            (53000, 5, {"switch": "tactile", "size": "full size", "waterproof": "yes"}),
            (46000, 5, {"switch": "tactile", "size": "60%", "waterproof": "yes"}),
            (30000, 5, {"switch": "linear", "size": "60%", "waterproof": "yes"}),
            (29000, 5, {"switch": "clicky", "size": "80%", "waterproof": "no"}),
        )
        await session.refresh(product, ["variants"])
        clicky = next(one for one in product.variants if one.price_minor == 64000)
        await create_order(session, customer, "HF-1001", lines=((clicky, 1, 64000),), status=PENDING, paid_with=paypal)
        await create_order(session, customer, "HF-1002", lines=((clicky, 1, 64000),), status=PENDING, paid_with=card)
    return Talk(customer)


class TestWhatWasOffered:
    @pytest.mark.parametrize(("text", "size"), [
        ("the cheaper one", "60%"), ("the most expensive please", "full size"), ("60% then", "60%"),
    ])
    async def test_one_of_those_offered_is_picked_by_its_price(self, keyboards, text, size):
        said = await keyboards.say("swap the keyboard in HF-1001 for a tactile one", ITEMS)
        assert said.startswith(
            "The Keyboard can't be had just so (tactile, all else the same). Which of these shall it be instead of the "
            "Keyboard (clicky, 80%, waterproof: yes)?"
        )
        assert f"becomes switch tactile, size {size}" in await keyboards.say(text)

    async def test_a_bare_no_is_no_value_of_an_option(self, keyboards):
        assert "becomes switch linear" in await keyboards.say("swap the keyboard in HF-1001 for a linear 60% one", ITEMS)
        assert "waterproof no" not in await keyboards.say("no wait")

    async def test_a_way_that_has_not_paid_is_taken_until_another_is_named(self, keyboards):
        await keyboards.say("swap the keyboard in HF-1002 for a linear 60% one", ITEMS)
        said = await keyboards.say("can the refund go to my PayPal")
        assert "You get back €340.00 to your PayPal" in said
        assert "You get back €340.00 to your gift card ending in 0815" in await keyboards.say("Fine, the gift card then.")


class TestHowItWasPaid:
    @pytest.mark.parametrize(("text", "number"), [
        ("cancel the PayPal order, I don't need it", "HF-1001"), ("cancel the one I paid with my gift card", "HF-1002"),
    ])
    async def test_tells_which_order_is_meant(self, keyboards, text, number):
        await keyboards.say(text, "cancel_order")
        assert keyboards.slots["order"] == number

    async def test_answers_which_of_several(self, keyboards):
        await keyboards.say("cancel my order", "cancel_order")
        await keyboards.say("the one I paid with PayPal")
        assert keyboards.slots["order"] == "HF-1001"


class TestTheStatusDecides:
    async def test_an_exchange_of_what_still_waits_is_a_change_of_the_order(self, talk, bought, database):
        async with database.write() as session:
            await create_order(
                session, bought.customer, "HF-77", lines=((bought.small, 1, 2000),), status=OrderStatus.DELIVERED
            )
        said = await talk.say("I'd rather have my kettle in copper, the difference to my Visa", "exchange_items")
        assert said.startswith("You would exchange from order HF-77")
        said = await talk.say(f"no, the one in order {bought.order.number}")
        assert f"change your order {bought.order.number}" in said or "€" in said
        assert talk.slots["task"]["task"] == ITEMS

    async def test_a_change_of_what_has_arrived_is_an_exchange(self, talk, bought, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.DELIVERED
            await create_order(session, bought.customer, "HF-78", lines=((bought.plain, 1, 800),), status=PENDING)
        await talk.say("change what is in my order", ITEMS)
        await talk.say(f"sorry, I mean order {bought.order.number}")
        assert talk.slots["task"]["task"] == "exchange_items"


class TestAnotherOrdersAddress:
    @pytest.fixture
    async def there(self, database, bought) -> None:
        async with database.write() as session:
            there = await create_address(session, bought.customer, line_1="9 Harbour View", is_default=False, saved=False)
            await create_address(session, bought.customer, line_1="14 Quay Lane")
            await create_order(session, bought.customer, "HF-77001", address=there, status=PENDING)

    @pytest.mark.parametrize("text", [
        "send order {} to the address that I used for my order HF-77001", "change {} so it goes to 9 Harbour View like HF-77001",
        "order {} should go to the same address as order HF-77001", "use the address from order HF-77001 for order {}",
    ])
    async def test_only_the_other_order_changes(self, talk, bought, there, database, text):
        assert "9 Harbour View" in await talk.say(text.format(bought.order.number), ADDRESS)
        said = await talk.say("yes")
        assert said.count("Done:") == 1
        assert "HF-77001" not in said

    async def test_that_same_address_is_that_of_the_order_just_sent(self, talk, bought, there, database):
        await talk.say(f"send order {bought.order.number} to 9 Harbour View", ADDRESS)
        await talk.say("yes")
        said = await talk.say("set that same address as my default address", DEFAULT)
        assert "9 Harbour View" in said.split("instead of")[0]
        await talk.say("yes")
        async with database.read() as session:
            assert await session.scalar(select(Address.line_1).where(Address.is_default)) == "9 Harbour View"


class TestLeavingIt:
    async def test_keep_it_ends_what_was_proposed(self, talk, bought):
        await talk.say("cancel my order, I don't need it", "cancel_order")
        assert await talk.say("No, keep it.") == "All right, I leave that as it is. Nothing about it has been changed."
        assert not talk.form

    async def test_what_is_in_it_shows_the_order(self, talk, bought):
        await talk.say("cancel my order, I don't need it", "cancel_order")
        said = await talk.say("Wait, what's in it exactly?")
        assert f"Order {bought.order.number}" in said
        assert "Mug (plain)" in said

    async def test_an_order_that_was_refused_is_the_one_spoken_of(self, talk, bought, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.PROCESSED
        await talk.say(f"cancel order {bought.order.number}", "cancel_order")
        assert talk.slots["order_number"] == bought.order.number
