"""Exchanging delivered things, and returning them: what cannot be had, and ways to pay that the customer has not."""

import pytest
from sqlalchemy import select

from support.models.catalogue import Product
from support.models.orders import Order, OrderStatus
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session, status=OrderStatus.DELIVERED)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


class TestWished:
    async def test_what_does_not_come_like_that_is_said_before_others_are_offered(self, talk, bought):
        said = await talk.say(f"exchange the kettle in {bought.order.number} for a large copper one", "exchange_items")
        assert said.startswith("The Kettle can't be had as you wish it (")
        assert "These can be had:" in said


    async def test_a_swap_where_all_has_been_delivered_is_an_exchange_of_an_order_that_is_asked_for(self, talk, bought, database):
        async with database.write() as session:
            await create_order(
                session, bought.customer, "HF-77002", lines=((bought.small, 1, 2000),), status=OrderStatus.DELIVERED,
                paid_with=bought.card,
            )
        said = await talk.say("I'd like something in another colour", "change_order_items")
        assert said.startswith("Which order do you want to exchange something from?")

    async def test_of_an_order_that_was_cancelled_before_it_is_the_other_one(self, talk, bought, database):
        async with database.write() as session:
            order = await session.get_one(Order, bought.order.id)
            order.status = OrderStatus.PENDING
            await create_order(
                session, bought.customer, "HF-77003", lines=((bought.small, 1, 2000),), status=OrderStatus.CANCELLED,
                paid_with=bought.card,
            )
        talk.slots["order_number"] = "HF-77003"
        said = await talk.say("in the order I keep, could the kettle be a large one?", "change_order_items")
        assert "Kettle (size small) becomes size large" in said
        assert talk.slots["order"] == bought.order.number


class TestNothingElse:
    """The plan asks for anything else that should go along: that there is none answers that, and not the plan."""

    @pytest.mark.parametrize("yes", [
        "Yes, return it. No, nothing else.", "No, nothing else from there. Yes please!", "No, nothing else. Go ahead.", "that's all. yes",
    ])
    async def test_beside_a_yes_it_is_one(self, talk, bought, yes):
        await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
        parts = [f"{part.strip()}." for part in yes.rstrip("!.").split(".")]
        said = await talk.say(yes, clauses=[
            {"text": part, "intent": "deny" if "nothing" in part else "affirm", "confidence": 0.9, "asks": False,
             "inquires": False, "faq": {}} for part in parts
        ])
        assert said.startswith("Done: your return")

    async def test_alone_the_plan_is_asked_about_again(self, talk, bought):
        await talk.say(f"return the mug from {bought.order.number} to my card", "return_items")
        assert "Shall I ask for this return?" in await talk.say("No, nothing else", "deny")


class TestMethod:
    async def test_a_method_that_the_customer_does_not_have_is_told_so(self, talk, bought):
        said = await talk.say(f"return the mug from {bought.order.number}, money to my PayPal", "return_items")
        assert said.startswith(
            "I can't find PayPal among your payment methods. Mug (plain): you get back €8.00. Where shall it go:"
        )

    @pytest.mark.parametrize("insists", [
        ", but only if the money goes to my PayPal", ", to my PayPal, otherwise forget it", " with the money only to PayPal",
    ])
    async def test_who_insists_on_a_method_that_cannot_be_is_offered_no_other(self, talk, bought, insists):
        said = await talk.say(f"return the mug from {bought.order.number}{insists}", "return_items")
        assert said == (
            "I can't find PayPal among your payment methods. So I leave it, and nothing has been changed."
        )
        assert not talk.form

    @pytest.mark.parametrize("beside", ["I want only to return the mug from {}, to my PayPal", "only with the mug from {}: return it to PayPal"])
    async def test_an_only_that_is_not_about_the_method_insists_on_none(self, talk, bought, beside):
        said = await talk.say(beside.format(bought.order.number), "return_items")
        assert said.startswith("I can't find PayPal among your payment methods. Mug (plain): you get back €8.00.")

    async def test_a_question_about_the_sum_brings_the_amount_again_and_no_apology(self, talk, bought):
        await talk.say(f"return the mug from {bought.order.number}", "return_items")
        said = await talk.say("so how much do I get back in total?")
        assert said.startswith(f"You would get back €8.00 for the return from order {bought.order.number}.\nMug (plain): you get")

    async def test_a_question_to_the_shop_that_names_no_method_is_answered(self, talk, bought):
        await talk.say(f"return the mug from {bought.order.number}", "return_items")
        known = {"question": "refund_time", "title": "When is my refund there?", "answer": "Within {refund_days}."}
        said = await talk.say("how long do refunds take?", "faq", faq=known)
        assert said == "Within 5 working days.\nMug (plain): you get back €8.00. Where shall it go: Visa ending in 4242 or gift "\
            "card ending in 0815?"

    async def test_the_method_of_the_plan_said_again_is_no_failed_answer(self, talk, bought):
        await talk.say(f"return the mug from {bought.order.number}, money to my Visa", "return_items")
        assert (await talk.say("ok then the Visa")).startswith("You would return from order")
        assert "is asked for" in await talk.say("yes")


class TestSaidAlong:
    async def test_a_yes_before_a_question_is_a_yes(self, talk, bought):
        await talk.say(f"return the mug from {bought.order.number}, money to my Visa", "return_items")
        known = {"question": "parcel_label", "title": "Do I get a label?", "answer": "You find it in the parcel."}
        said = await talk.say("Yes, and how long until I get a label?", "faq", faq=known)
        assert said.startswith("You find it in the parcel.\nDone: your return from order")

    async def test_more_may_be_left_out_with_the_answer_where_the_money_goes(self, talk, bought):
        await talk.say(f"return the mug and the kettle from {bought.order.number}", "return_items")
        said = await talk.say("on my Visa, and without the kettle after all")
        assert "Mug (plain). €8.00 goes back to your Visa" in said

    async def test_a_thing_suggested_is_added_and_no_idea_for_the_shop(self, talk, bought):
        await talk.say(f"return the mug from {bought.order.number}, money to my Visa", "return_items")
        said = await talk.say("what about if i add the kettle too", "suggest_idea")
        assert said.startswith(f"You would return from order {bought.order.number}: 2 × Kettle (small) at €40.00 and Mug (plain) at €8.00.")

    async def test_the_thing_last_spoken_of_counts_before_an_order_of_which_nothing_can_come_back(
        self, talk, bought, database
    ):
        async with database.write() as session:
            product = await session.scalar(select(Product.id).where(Product.name == "Mug"))
            await create_order(
                session, bought.customer, "HF-88001", lines=(("Lamp", 1, 4000),), status=OrderStatus.PROCESSED
            )
        talk.slots |= {"product": product, "order_number": "HF-88001"}
        said = await talk.say("I want to return it, the money to my Visa", "return_items")
        assert said.startswith(f"You would return from order {bought.order.number}: Mug (plain).")

    async def test_the_thing_last_spoken_of_is_it(self, talk, bought, database):
        async with database.read() as session:
            product = await session.scalar(select(Product.id).where(Product.name == "Mug"))
        talk.slots |= {"product": product, "order_number": bought.order.number}
        assert (await talk.say("ok then return it please", "return_items")).startswith("Mug (plain): you get back €8.00.")

    async def test_a_no_to_a_person_in_other_words_leaves_it_at_that(self, talk, bought):
        for _ in range(2):
            said = await talk.say(f"return the mug from {bought.order.number}, money to my Visa", "return_items")
            if "Shall I ask" in said:
                await talk.say("yes")
        assert "Shall I bring in a person" in said
        assert (await talk.say("no its fine, leave it")) == "All right. Is there anything else I can do for you?"


class TestOnlyThatWay:
    @pytest.mark.parametrize("told", [
        "If it can't go on the PayPal, then I don't want to return it.", "PayPal or no return!",
    ])
    async def test_who_wants_it_by_no_other_way_is_offered_none(self, talk, bought, told):
        said = await talk.say(f"return the mug from {bought.order.number}, money to my PayPal. {told}", "return_items")
        assert "So I leave it, and nothing has been changed." in said


class TestTold:
    @pytest.mark.parametrize("told", [
        "I got a kettle and a mug from you in {} and I'd love to send back the mug",
        "I want to return the mug of {}. It came with the kettle",
    ])
    async def test_what_only_tells_the_order_does_not_come_back(self, talk, bought, told):
        assert (await talk.say(told.format(bought.order.number), "return_items")).startswith("Mug (plain): you get back €8.00.")

    @pytest.mark.parametrize("said", [
        "stop. dont change anything, just leave that order like it is", "NO. keep all as is. thats all",
        "please keep it as it is", "don't do anything",
    ])
    async def test_stopping_in_many_words_stops(self, talk, bought, said):
        await talk.say(f"return the mug of {bought.order.number}", "return_items")
        assert (await talk.say(said)) == "All right, I leave that as it is. Nothing about it has been changed."

    async def test_what_is_told_before_the_wish_does_not_come_back_too(self, talk, bought):
        story, wish = "I got a kettle and a mug and I'm not happy.", f"I want to send the mug of {bought.order.number} back"
        told = [
            {"text": story, "asks": False, "inquires": False, "intent": "express_frustration", "confidence": 0.2},
            {"text": wish, "asks": True, "inquires": False, "intent": "return_items", "confidence": 0.8},
        ]
        said = await talk.say(f"{story} {wish}", "return_items", clauses=told)
        assert said.startswith("Mug (plain): you get back €8.00.")

    async def test_it_in_the_wish_is_what_was_told_of_before(self, talk, bought):
        story, wish = f"The mug in {bought.order.number} is too small.", "I want to send it back"
        told = [
            {"text": story, "asks": False, "inquires": False, "intent": "report_problem", "confidence": 0.2},
            {"text": wish, "asks": True, "inquires": False, "intent": "return_items", "confidence": 0.8},
        ]
        said = await talk.say(f"{story} {wish}", "return_items", clauses=told)
        assert said.startswith("Mug (plain): you get back €8.00.")
