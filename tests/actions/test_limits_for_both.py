"""Limits for all that is wished together, and ways to pay that are named with a condition."""

import pytest
from sqlalchemy import select

from support.models.catalogue import Product
from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from tests.actions.talking import Talk
from tests.actions.three_orders import ITEMS, with_three_orders
from tests.support.shop_rows import create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    return Talk(await with_three_orders(database))


class TestLimitsForBoth:
    @pytest.mark.parametrize("limit", [
        "but only if both together aren't more than €5, otherwise just the headphones",
        "if that costs me over €5 extra, only do the headphones",
        "together they mustn't cost more than the €5.50 I have left, else only the headphones",
    ])
    async def test_what_no_thing_costs_so_little_is_a_limit_to_the_difference(self, talk, limit):
        said = await talk.say(f"the headphones in HF-1001 wireless and the lamp in brass, to PayPal. {limit}", ITEMS)
        assert "I leave the Lamp alone" in said
        assert "€2.00 more" in said


class TestWaysToPay:
    @pytest.mark.parametrize("text", [
        "Paid with my gift card if there is enough on it, otherwise with my Visa.",
        "From the gift card if there's enough on it, else PayPal.",
    ])
    async def test_the_gift_card_pays_where_it_holds_enough(self, database, talk, text):
        async with database.write() as session:
            await create_method(session, talk.customer, MethodKind.GIFT_CARD, balance=5000, last_digits="0815")
        said = await talk.say(f"the headphones in HF-1001 should be wireless. {text}", ITEMS)
        assert "by your gift card" in said

    async def test_a_card_that_is_not_to_be_charged_names_none(self, database, talk):
        async with database.write() as session:
            await create_method(session, talk.customer, MethodKind.GIFT_CARD, balance=5000, last_digits="0815")
        await talk.say("return the rug", "return_items")
        assert "goes back to your gift card" in await talk.say("hmm not the 4242, put it on the gift card then")

    async def test_a_card_that_is_to_be_saved_is_not_charged(self, database, talk):
        async with database.write() as session:
            await create_method(session, talk.customer, MethodKind.GIFT_CARD, balance=50000, last_digits="0815")
        said = await talk.say(
            "I'd rather save my gift card for later. Could HF-1001 be charged to my PayPal?", "change_order_payment"
        )
        assert said.startswith("Your PayPal would pay")

    async def test_no_visa_wishes_nothing_of_a_thing(self, talk):
        await talk.say("the headphones in HF-1001 should be wireless, on my Visa", ITEMS)
        said = await talk.say("No Visa please. PayPal.", "faq")
        assert "You pay €2.00 more, by your PayPal" in said


class TestOtherOrdersThings:
    async def test_a_thing_of_the_order_is_not_looked_for_in_another(self, database, talk):
        async with database.write() as session:
            lamp = await session.scalar(select(Product).where(Product.name == "Lamp"))
            await session.refresh(lamp, ["variants"])
            brass = max(lamp.variants, key=lambda one: one.price_minor)
            await create_order(session, talk.customer, "HF-1008", lines=((brass, 1, 3500),), status=OrderStatus.PROCESSED)
        await talk.say("the headphones in HF-1001 should be wireless", ITEMS)
        assert "€7.00 more" in await talk.say("And the lamp in brass", ITEMS)

    async def test_values_to_choose_from_are_those_of_the_thing_before(self, database, talk):
        said = await talk.say("swap the lamp in HF-1001. Pink if possible, else brass. By PayPal", ITEMS)
        assert "1 × Lamp (colour black) becomes colour brass" in said
