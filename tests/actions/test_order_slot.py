"""Which order a task is about, however it is named."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from support.models.orders import Order, OrderStatus
from support.models.returns import Return, ReturnStatus
from tests.actions.talking import Talk
from tests.support.shop_rows import NOW, create_address, create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")
PENDING, DELIVERED = OrderStatus.PENDING, OrderStatus.DELIVERED


@pytest.fixture
async def talk(database) -> Talk:
    """A customer with four paid orders; what was delivered three months ago can't come back any more."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        for number, things, status, days in (
            ("HF-6390527", ("Desk lamp", "Mug"), PENDING, 1), ("HF-5550012", ("Kettle",), PENDING, 2),
            ("HF-4440031", ("Desk lamp", "Rug"), DELIVERED, 10), ("HF-3330044", ("Office chair", "Rug"), DELIVERED, 90),
        ):
            await create_order(
                session, customer, number, lines=tuple((one, 1, 1500) for one in things), status=status, paid_with=card,
                placed_at=NOW - timedelta(days=days),
            )
    return Talk(customer)


async def statuses(database) -> dict[str, OrderStatus]:
    async with database.read() as session:
        return dict((await session.execute(select(Order.number, Order.status))).all())


class TestNamed:
    async def test_the_whole_order_is_the_one_that_was_spoken_of(self, talk):
        talk.slots["order_number"] = "HF-5550012"
        assert "I would cancel your order HF-5550012" in await talk.say("Cancel the whole order then. No longer needed.", "cancel_order")

    async def test_a_thing_in_it_names_the_order_that_the_task_may_be_about(self, talk):
        assert "your order HF-6390527" in await talk.say("cancel the order with the lamp, ordered by mistake", "cancel_order")

    async def test_a_thing_to_return_names_the_delivered_order(self, talk):
        assert "You would return from order HF-4440031: Desk lamp (oat)" in await talk.say("I want to return the lamp", "return_items")

    async def test_asked_which_it_is_they_are_told_by_what_was_named(self, talk):
        asked = await talk.say("Where does the lamp come from and the rug, I want to return something", "return_items")
        assert "Desk lamp (oat) at €15.00 and Rug (oat) at €15.00" in asked

    @pytest.mark.parametrize("said", ["6390", "it's 0527", "HF-6390527", "the one ending in 527", "527 please", "order 6390527"])
    async def test_a_part_of_its_number_is_enough(self, talk, said):
        await talk.say("cancel an order", "cancel_order")
        await talk.say(said)
        assert talk.slots["order"] == "HF-6390527"

    async def test_all_pending_ones_are_cancelled_one_after_the_other(self, talk, database):
        assert "HF-6390527" in await talk.say("cancel all my pending orders, no longer needed", "cancel_order")
        assert "your order HF-5550012" in await talk.say("yes")
        assert not (await talk.say("yes please")).startswith("Sorry")
        found = await statuses(database)
        assert {number for number, status in found.items() if status is OrderStatus.CANCELLED} == {"HF-6390527", "HF-5550012"}

    async def test_one_that_is_excepted_is_not_and_what_comes_next_is_told(self, talk, database):
        said = await talk.say("cancel all my pending orders, no longer needed", "cancel_order")
        assert "Order HF-5550012 comes next." in said
        await talk.say("never mind", "deny")
        said = await talk.say("cancel all my pending orders except the one with the lamp, no longer needed", "cancel_order")
        assert "I would cancel your order HF-5550012" in said
        assert "comes next" not in said
        await talk.say("yes")
        assert (await statuses(database))["HF-6390527"] is OrderStatus.PENDING

    @pytest.mark.parametrize("left", [
        "oh wait, the kettle is a present. that order stays, just cancel the rest", "wait, keep the kettle order please", "not the one with the kettle",
    ])
    async def test_one_that_is_left_out_after_all_is_not_cancelled(self, talk, database, left):
        assert "Order HF-5550012 comes next." in await talk.say("cancel all my pending orders, no longer needed", "cancel_order")
        said = await talk.say(left, "cancel_order", confidence=0.6)
        assert said.startswith("All right, order HF-5550012 stays as it is.\nI would cancel your order HF-6390527")
        await talk.say("yes")
        found = await statuses(database)
        assert {number for number, status in found.items() if status is OrderStatus.CANCELLED} == {"HF-6390527"}
        assert not talk.form

    @pytest.mark.parametrize("left", [
        "noo that's the lamp one, that one stays! the other one should go", "the lamp one stays", "keep this order. cancel the rest",
    ])
    async def test_the_one_that_the_plan_is_for_may_be_left_out_and_the_others_follow(self, talk, database, left):
        assert "your order HF-6390527" in await talk.say("cancel all my pending orders, no longer needed", "cancel_order")
        said = await talk.say(left, "cancel_order", confidence=0.4)
        assert said.startswith("All right, order HF-6390527 stays as it is.\nI would cancel your order HF-5550012")
        await talk.say("yes")
        found = await statuses(database)
        assert {number for number, status in found.items() if status is OrderStatus.CANCELLED} == {"HF-5550012"}

    @pytest.mark.parametrize("but", [
        "all my pending ordrs except the one with the lamp", "all my pending orders. The lamp stays",
        "all my pending orders, only the order with the lamp stays", "the kettle order. The lamp stays",
    ])
    async def test_one_that_is_said_to_stay_in_whatever_words_is_not_among_them(self, talk, but):
        said = await talk.say(f"pls cancel {but}, no longer needed", "cancel_order")
        assert "I would cancel your order HF-5550012" in said
        assert "comes next" not in said

    async def test_the_one_planned_and_another_may_be_left_out_at_once(self, talk, database):
        await talk.say("cancel all my pending orders, no longer needed", "cancel_order")
        said = await talk.say("wait, that's got a lamp in it, that one stays!! and the kettle is a present so that order stays too")
        assert said == "All right, orders HF-6390527 and HF-5550012 stay as they are."
        assert not talk.form
        assert set((await statuses(database)).values()) == {PENDING, DELIVERED}

    @pytest.mark.parametrize("no", ["No. I said the lamp stays.", "Don't cancel the lamp order. Just tell me what I get back."])
    async def test_the_last_one_left_is_dropped(self, talk, database, no):
        await talk.say("cancel the lamp order, no longer needed", "cancel_order")
        assert "I leave that as it is" in await talk.say(no, "cancel_order", confidence=0.6)
        assert not talk.form
        assert (await statuses(database))["HF-6390527"] is PENDING

    @pytest.mark.parametrize("yes", ["yes, and the other one too please", "ok, then the next", "Yes. And the rest too"])
    async def test_a_yes_that_names_those_that_come_next_anyhow_is_one(self, talk, database, yes):
        await talk.say("cancel both pending orders, no longer needed", "cancel_order")
        said = await talk.say(yes)
        assert said.startswith("Done: your order HF-6390527 is cancelled.")
        assert "I would cancel your order HF-5550012" in said

    @pytest.mark.parametrize("said", ["cancel the lamp one then, ordered by mistake", "the lamp one please, ordered by mistake"])
    async def test_another_order_may_be_named_where_the_reason_was_asked_for(self, talk, said):
        assert "May I ask why?" in await talk.say("cancel the kettle order", "cancel_order")
        assert "your order HF-6390527" in await talk.say(said, "cancel_order")

    async def test_an_order_that_is_only_said_to_stay_is_not_meant_and_the_yes_counts(self, talk, database):
        await talk.say("cancel the kettle order, no longer needed", "cancel_order")
        text = "yes please, and since the lamp one is staying: what lamps do you have?"
        said = await talk.say(text, clauses=[
            {"text": text, "intent": "search_products", "confidence": 0.4, "asks": True, "inquires": True, "faq": {}},
        ])
        assert said.startswith("Done: your order HF-5550012 is cancelled.")

    async def test_what_cancelling_several_would_bring_is_told_before_and_they_are_those(self, talk):
        said = await talk.say("What would I get back if I cancelled all my pending orders?", "cancel_order")
        assert said == "If orders HF-6390527 and HF-5550012 were cancelled, you would get back €45.00 to your Visa ending in 4242."
        assert not talk.form
        said = await talk.say("ok cancel them, no longer needed", "cancel_order")
        assert "I would cancel your order HF-6390527" in said
        assert "Order HF-5550012 comes next." in said

    async def test_which_of_all_cannot_be_cancelled_any_more_is_told_with_the_first(self, talk, database):
        async with database.write() as session:
            order = await session.scalar(select(Order).where(Order.number == "HF-5550012"))
            order.status = OrderStatus.PROCESSED
        said = await talk.say("cancel all my orders please, no longer needed", "cancel_order")
        assert "I would cancel your order HF-6390527" in said
        assert "Order HF-5550012 can't be cancelled any more." in said

    async def test_one_of_two_named_by_number_that_cannot_be_is_told_of(self, talk, database):
        await talk.say("cancel HF-4440031 and HF-5550012, ordered by mistake", "cancel_order")
        said = await talk.say("yes")
        assert "order HF-5550012 is cancelled" in said
        assert "Your order HF-4440031 can't be cancelled any more: it is delivered. You can send it back instead." in said
        assert "Return something from order HF-4440031" in talk.buttons

    async def test_a_postcode_is_no_number_of_an_order(self, talk):
        said = await talk.say("I live in 12 Elm Street, Denver, CO 80202 and want to cancel my kettle order", "cancel_order")
        assert said == "May I ask why? It does not change anything for you."
        assert talk.slots["order"] == "HF-5550012"


    async def test_the_postcode_of_theirs_is_none_either(self, talk, database):
        async with database.write() as session:
            await create_address(session, await session.merge(talk.customer), postcode="80202")
        assert "your order HF-5550012" in await talk.say("jo 80202 cancel the order with the kettle, ordered by mistake", "cancel_order")

    async def test_what_names_the_order_is_not_what_goes_back(self, talk):
        said = await talk.say("I'd like to return a few things from the order with the lamp that was delivered", "return_items")
        assert said.startswith("What of order HF-4440031 do you want to return?")
        assert "You would return from order HF-4440031: Rug (oat)." in await talk.say("the rug")

    async def test_all_but_one_thing_of_the_order_with_another_is_all_but_that(self, talk):
        text = "Okay. And from the order with the rug I'd like to return everything except the lamp"
        clauses = [
            {"text": one, "asks": asks, "inquires": False, "intent": "return_items", "confidence": 0.9, "faq": {}}
            for one, asks in (("Okay.", False), (text[6:], True))
        ]
        assert "You would return from order HF-4440031: Rug (oat)." in await talk.say(text, "return_items", clauses=clauses)

    async def test_it_is_the_thing_that_tells_the_order(self, talk):
        assert "HF-4440031: Rug (oat)." in await talk.say("I want to return it, from my order with the rug I mean", "return_items")

    async def test_an_exchange_before_it_ships_changes_the_order_that_waits(self, talk):
        said = await talk.say("I'd like to exchange some things in my order with the lamp before it ships", "exchange_items")
        assert said.startswith("What of order HF-6390527 do you want to change, and for what?")

    async def test_an_order_that_was_cancelled_is_none_that_could_be_changed(self, talk, database):
        async with database.write() as session:
            for order in await session.scalars(select(Order).where(Order.number == "HF-4440031")):
                order.status = OrderStatus.CANCELLED
        said = await talk.say("can I exchange something in the order with the lamp?", "exchange_items")
        assert said.startswith("What of order HF-6390527 do you want to change, and for what?")

    async def test_a_thing_in_another_order_than_that_just_spoken_of_names_that(self, talk):
        talk.slots["order_number"] = "HF-5550012"
        talk.heard = ["no thanks. now my rug, return it please"]
        assert (await talk.say("return it please", "return_items")).startswith("What of order HF-4440031 do you want to return?")

    @pytest.mark.parametrize("before", [["and my other pending order?"], []])
    async def test_the_other_order_is_not_the_one_just_spoken_of(self, talk, before):
        talk.slots["order_number"] = "HF-6390527"
        talk.heard = before
        text = "please cancel it, no longer needed" if before else "cancel my other pending order, no longer needed"
        assert "I would cancel your order HF-5550012" in await talk.say(text, "cancel_order")

    async def test_what_an_order_comes_to_names_it(self, talk):
        assert "your order HF-6390527" in await talk.say("cancel the more expensive one, ordered by mistake", "cancel_order")
        await talk.say("never mind")
        await talk.say("cancel an order, ordered by mistake", "cancel_order")
        assert "your order HF-5550012" in await talk.say("the one that costs 15.00")


class TestComingBack:
    async def test_the_one_order_whose_time_is_not_over_goes_without_saying(self, talk):
        said = await talk.say("I want to send something back", "return_items")
        assert said.startswith(
            "The one order that you can return something from just now is HF-4440031 with Desk lamp (oat) and 1 more thing."
        )

    async def test_one_whose_time_is_over_is_refused_with_its_reason_when_it_is_named(self, talk):
        said = await talk.say("I want to return something of order HF-3330044", "return_items")
        assert said.startswith("The time in which things of order HF-3330044 can be sent back is over.")

    async def test_one_that_is_not_delivered_is_refused_before_anything_else_is_asked(self, talk):
        said = await talk.say("I'd like to return something of HF-6390527", "return_items")
        assert said == "Your order HF-6390527 is waiting to be packed; things can be sent back once it is delivered."

    async def test_an_exchange_out_of_one_that_waits_to_be_packed_is_a_change_of_it(self, talk):
        said = await talk.say("I'd like to exchange something of HF-6390527", "exchange_items")
        assert said.startswith("What of order HF-6390527 do you want to change, and for what?")

    async def test_a_change_of_what_has_been_delivered_is_an_exchange(self, talk):
        said = await talk.say("change the rug in HF-4440031", "change_order_items")
        assert talk.slots["task"]["task"] == "exchange_items"
        assert "HF-4440031" in said or "Rug" in said

    async def test_the_order_called_by_a_thing_is_that_one_though_another_has_what_is_wished_too(self, talk):
        said = await talk.say("from the chair order I'd like to return the rug", "return_items")
        assert said.startswith("The time in which things of order HF-3330044 can be sent back is over.")

    async def test_both_of_those_that_were_listed_are_meant(self, talk, database):
        await talk.say("cancel an order, I don't need it any more", "cancel_order")
        await talk.say("both")
        await talk.say("yes")
        await talk.say("yes")
        found = await statuses(database)
        assert {number for number, status in found.items() if status is OrderStatus.CANCELLED} == {"HF-6390527", "HF-5550012"}

    async def test_without_any_that_may_come_back_it_is_told(self, talk, database):
        async with database.write() as session:
            for order in await session.scalars(select(Order).where(Order.status == DELIVERED)):
                order.status_since = NOW - timedelta(days=31)
        said = await talk.say("I want to exchange something", "exchange_items")
        assert said.startswith("There is no order of yours of which anything can be exchanged just now")
        assert not talk.form

    async def test_nobody_is_asked_which_of_several_it_is_where_none_may_come_back(self, talk, database):
        async with database.write() as session:
            for order in await session.scalars(select(Order).where(Order.status == DELIVERED)):
                order.status_since = NOW - timedelta(days=31)
        said = await talk.say("I want to return the rug", "return_items")
        assert said.startswith("There is no order of yours of which anything can be sent back just now")

    async def test_goods_of_two_orders_are_returned_one_order_after_the_other(self, talk, database):
        async with database.write() as session:
            for order in await session.scalars(select(Order).where(Order.status == DELIVERED)):
                order.status_since = NOW
        said = await talk.say("I'd like to return the lamp and the chair", "return_items")
        assert "from order HF-4440031: Desk lamp (oat)." in said
        assert "from order HF-3330044: Office chair (oat)." in await talk.say("yes")
        await talk.say("yes")
        async with database.read() as session:
            assert list(await session.scalars(select(Return.status))) == [ReturnStatus.REQUESTED] * 2

    async def test_all_but_the_first_thing_of_the_list_leaves_that_out(self, talk):
        await talk.say("send something back", "return_items")
        assert "You would return from order HF-4440031: Rug (oat)." in await talk.say("all of it except the first thing")
