"""Other variants instead of what is in an order: several at once, alternatives, questions and changed minds in between."""

import pytest
from sqlalchemy import select

from support.models.catalogue import Product, Variant
from support.models.customers import Address
from support.models.orders import Order, OrderLine, OrderStatus
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
PENDING = OrderStatus.PENDING


@pytest.fixture
async def talk(database) -> Talk:
    """A customer with two pending orders: lamp, wristwatch and tablet in one, earbuds in the other."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        bought = {}
        for name, *variants in (
            ("Desk Lamp", (4000, 5, {"color": "white"}), (4500, 5, {"color": "brass"}), (3500, 0, {"color": "black"})),
            ("Wristwatch", (9000, 5, {"strap": "silicone"}), (9900, 5, {"strap": "metal"}), (8000, 5, {"strap": "leather"})),
            ("Tablet", (20000, 5, {"size": "7-inch", "color": "silver"}), (21000, 5, {"size": "8-inch", "color": "black"}),
             (22000, 5, {"size": "10-inch", "color": "black"}), (23000, 5, {"size": "8-inch", "color": "gold"})),
            ("Earbuds", (5000, 5, {"color": "white"}), (5500, 5, {"color": "blue"})),
        ):
            product = await stocked(session, name, *variants)
            await session.refresh(product, ["variants"])
            price, _, options = variants[0]
            bought[name] = (next(one for one in product.variants if one.options == options), 1, price)
        await create_order(
            session, customer, "HF-6390527", lines=tuple(bought[name] for name in ("Desk Lamp", "Wristwatch", "Tablet")),
            status=PENDING, paid_with=card,
        )
        await create_order(session, customer, "HF-5550012", lines=(bought["Earbuds"],), status=PENDING, paid_with=card)
    return Talk(customer)


async def options(database, number: str) -> list[str]:
    async with database.read() as session:
        found = await session.scalars(
            select(OrderLine).join(Order).where(Order.number == number).order_by(OrderLine.position)
        )
        return [" ".join(one.options.values()) for one in found]


class TestSeveralWishes:
    async def test_a_part_of_a_name_in_a_list_is_a_wish_of_its_own(self, talk, database):
        said = await talk.say(
            "change items in HF-6390527: lamp to brass, watch to metal", "change_order_items"
        )
        assert "You pay €14.00 more" in said
        assert await options(database, "HF-6390527") == ["white", "silicone", "7-inch silver"]
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "metal", "7-inch silver"]

    async def test_a_wish_after_a_colon_is_about_the_thing_before_it(self, talk):
        said = await talk.say("change order HF-6390527. The lamp: black, or brass if that is sold out", "change_order_items")
        assert "becomes color brass" in said
        assert "Wristwatch" not in said

    async def test_what_can_not_be_had_is_said_and_the_choice_is_among_what_is_like_it(self, talk, database):
        said = await talk.say("in HF-6390527 I want the lamp in brass and the tablet in black", "change_order_items")
        assert said.startswith("Instead of the Tablet (7-inch, silver), which of these shall it be?")
        assert "gold" not in said
        # There is an 8-inch one in gold too, but it was not offered
        assert "becomes size 8-inch, color black" in await talk.say("the 8-inch one then")
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "8-inch black"]


    async def test_a_yes_takes_the_only_one_that_comes_near(self, talk, database):
        said = await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        assert said.startswith("Instead of the Tablet (7-inch, silver) this one comes nearest. Shall it be that?")
        assert "becomes size 8-inch, color gold" in await talk.say("yes please")
        assert await options(database, "HF-6390527") == ["white", "silicone", "7-inch silver"]


class TestChangedMinds:
    async def test_what_is_to_be_left_is_taken_out_of_the_plan(self, talk, database):
        await talk.say("HF-6390527: swap the lamp for brass and the watch for leather", "change_order_items")
        said = await talk.say("actually leave the lamp as it is")
        assert "Desk Lamp" not in said
        assert "You get back €10.00" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "leather", "7-inch silver"]

    async def test_a_question_for_a_price_changes_no_plan(self, talk, database):
        await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        said = await talk.say("hm, how much is the watch in leather?")
        assert "€80.00" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "7-inch silver"]


    @pytest.mark.parametrize("left", [
        "Forget the lamp then, only the watch", "Only the watch. Leave the lamp as it is.",
        "No, the lamp should be returned, not exchanged", "just the watch",
    ])
    async def test_a_thing_that_was_asked_about_can_be_left_out(self, talk, left):
        await talk.say("in HF-6390527 change the lamp and the watch", "change_order_items")
        assert (await talk.say(left)).startswith("What would you like instead of the Wristwatch (silicone)?")

    async def test_with_the_last_thing_left_out_it_ends(self, talk):
        await talk.say("in HF-6390527 change the lamp", "change_order_items")
        assert (await talk.say("leave the lamp as it is")).startswith("All right, then everything stays as it is.")
        assert not talk.form

    async def test_a_wish_that_only_another_thing_can_have_is_about_that_one(self, talk):
        await talk.say("in HF-6390527 swap the lamp for brass", "change_order_items")
        said = await talk.say("i want the 10-inch black one instead")
        assert "Desk Lamp (color white) becomes color brass" in said
        assert "Tablet (size 7-inch, color silver) becomes size 10-inch, color black" in said

    async def test_the_only_one_shown_is_taken_as_that_one(self, talk):
        await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        assert "becomes size 8-inch, color gold" in await talk.say("ok take that one")

    async def test_a_thing_of_another_sentence_has_no_part_in_a_wish(self, talk):
        said = await talk.say("in HF-6390527 change the lamp and the tablet. The tablet 8-inch in gold", "change_order_items")
        assert said.startswith("What would you like instead of the Desk Lamp (white)?")


class TestSeveralOrders:
    async def test_each_order_gets_what_is_said_of_it(self, talk, database):
        said = await talk.say(
            "in HF-6390527 the lamp should be brass, and in HF-5550012 the earbuds should be blue", "change_order_items"
        )
        assert "your order HF-6390527: 1 × Desk Lamp" in said
        assert "your order HF-5550012: 1 × Earbuds (color white) becomes color blue" in await talk.say("yes")
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "7-inch silver"]
        assert await options(database, "HF-5550012") == ["blue"]

    async def test_an_order_to_be_changed_is_not_the_one_to_cancel(self, talk):
        await talk.say(
            "order HF-6390527, change the lamp to brass. And cancel HF-5550012, I ordered that by mistake", "cancel_order"
        )
        assert talk.slots["order"] == "HF-5550012"

    async def test_one_corrected_to_the_other_of_two_is_done_once(self, talk):
        await talk.say("cancel HF-6390527 and HF-5550012, ordered by mistake", "cancel_order")
        await talk.say("no, HF-5550012")
        said = await talk.say("yes")
        assert "order HF-5550012 is cancelled" in said
        assert "can't be cancelled" not in said

    async def test_the_one_thing_in_an_order_is_what_was_wished_before_its_number(self, talk):
        await talk.say("I want the blue earbuds instead", "change_order_items")
        assert "becomes color blue" in "\n".join(one["text"] for one in talk.messages)


class TestOtherwiseLeft:
    async def test_what_cannot_be_had_stays_and_the_plan_says_so(self, talk, database):
        said = await talk.say(
            "in HF-6390527 the lamp in black, otherwise leave the lamp as it is, and the watch in metal", "change_order_items"
        )
        assert "The Desk Lamp stays as it is, for it is not in stock as you wish it (black). You pay €9.00 more" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]

    async def test_where_nothing_else_is_wished_it_ends_there(self, talk):
        said = await talk.say("the lamp of HF-6390527 in black, if it's sold out leave it", "change_order_items")
        assert said.startswith("None of that is in stock as you wish it, so nothing is changed.")
        assert not talk.form


class TestSpokenOf:
    async def test_mine_is_the_thing_that_was_asked_about_before(self, talk, database):
        async with database.read() as session:
            product = await session.scalar(select(Product.id).where(Product.name == "Wristwatch"))
        talk.slots["product"] = product
        said = await talk.say("swap mine for another one then", "change_order_items")
        assert "What would you like instead of the Wristwatch (silicone)?" in said

    async def test_without_such_a_word_the_order_is_asked_for(self, talk, database):
        async with database.read() as session:
            product = await session.scalar(select(Product.id).where(Product.name == "Wristwatch"))
        talk.slots["product"] = product
        assert "Which order do you want to change?" in await talk.say("I need to change an order", "change_order_items")

    async def test_that_one_is_the_variant_that_the_answer_came_to(self, talk, database):
        async with database.read() as session:
            metal = await session.scalar(select(Variant.id).where(Variant.price_minor == 9900))
        talk.slots["variant"] = metal
        await talk.say("swap the watch in HF-6390527 for that one please", "change_order_items")
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]


class TestYielding:
    async def test_an_address_that_waits_is_changed_before_the_items(self, talk, database):
        await talk.say("in HF-6390527 the watch in metal", "change_order_items")
        talk.slots["agenda"] = [
            {"text": "send it to 12 Rose Lane, Cork T12 AB34, Ireland", "intent": "change_order_address", "confidence": 0.9,
             "question": ""},
        ]
        said = await talk.say("yes")
        assert "First what else you want for it" in said
        assert "HF-6390527" in said
        assert "12 Rose Lane" in said
        said = await talk.say("yes")
        assert "Now back to where we were" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]
        async with database.read() as session:
            street = await session.scalar(select(Address.line_1).join(Order).where(Order.number == "HF-6390527"))
        assert street == "12 Rose Lane"


class TestCancelledMeanwhile:
    async def test_the_change_of_an_order_that_was_cancelled_instead_does_not_come_back(self, talk):
        await talk.say("I want the tablet of HF-6390527 in gold with 10 inches", "change_order_items")
        told = {"asks": True, "inquires": False, "intent": "cancel_order", "confidence": 0.95}
        await talk.say("ok cancel HF-6390527 then", "cancel_order", clauses=[{**told, "text": "ok cancel HF-6390527 then"}])
        await talk.say("no longer needed")
        said = await talk.say("yes")
        assert "is cancelled" in said
        assert "back to where we were" not in said
        assert not talk.form
