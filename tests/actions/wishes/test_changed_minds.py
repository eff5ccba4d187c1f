"""Other variants instead of what is in an order: changed minds, questions and other tasks in between."""

import pytest
from sqlalchemy import select

from support.models.customers import Address
from support.models.orders import Order
from support.models.payments import MethodKind
from tests.actions.wishes.ordered import options
from tests.support.shop_rows import create_method

pytestmark = pytest.mark.usefixtures("shop")


class TestChangedMinds:
    async def test_what_is_to_be_left_is_taken_out_of_the_plan(self, talk, database):
        await talk.say("HF-6390527: swap the lamp for brass and the watch for leather", "change_order_items")
        said = await talk.say("actually leave the lamp as it is")
        assert "Desk Lamp" not in said
        assert "You get back €10.00" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "leather", "7-inch silver"]

    async def test_another_order_that_was_meant_takes_the_wish_said_with_it(self, talk, database):
        await talk.say("change something in HF-6390527", "change_order_items")
        said = await talk.say("oh no, I mean the order with the earbuds. The blue ones, please")
        assert "Earbuds (color white) becomes color blue" in said
        await talk.say("yes")
        assert await options(database, "HF-5550012") == ["blue"]

    @pytest.mark.parametrize(("begun", "text", "confidence", "asks"), [
        ("change something in HF-6390527", "and it should go to 7 Elm Road, Cork, T12 AB34", 0.9, True),
        (
            "HF-6390527: swap the lamp for brass",
            "That sounds right, but before that this order should be sent to 7 Elm Road, Cork, T12 AB34", 0.93, False,
        ),
    ])
    async def test_an_address_said_in_between_comes_first(self, talk, begun, text, confidence, asks):
        await talk.say(begun, "change_order_items")
        said = await talk.say(text, clauses=[{
            "text": text, "intent": "change_order_address", "confidence": confidence, "asks": asks, "inquires": False,
            "faq": {},
        }])
        assert said.startswith("First the other thing you want for this order")
        assert "HF-6390527" in said
        assert "7 Elm Road" in said

    async def test_an_address_told_by_another_order_is_one_of_this_order_and_the_plan_comes_back(self, talk, database):
        await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        text = "this one should go to the same address as the one with the earbuds"
        said = await talk.say(f"oh wait, the address! {text}", clauses=[
            {"text": "oh wait, the address!", "intent": "change_default_address", "confidence": 0.41, "asks": False, "inquires": False, "faq": {}},
            {"text": text, "intent": "change_order_address", "confidence": 0.6, "asks": True, "inquires": False, "faq": {}},
        ])
        assert said.startswith("First the other thing you want for this order")
        assert talk.slots["order"] == "HF-6390527"
        assert [one["task"] for one in talk.slots["suspended"]] == ["change_order_items"]

    async def test_a_way_to_pay_beside_a_wish_is_for_the_difference(self, talk, database):
        async with database.write() as session:
            await create_method(session, talk.customer, MethodKind.WALLET)
        talk.slots["agenda"] = [
            {"text": "Please use my PayPal for it", "intent": "change_order_payment", "confidence": 0.6, "question": ""},
        ]
        said = await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        assert "You pay €5.00 more, by your PayPal." in said
        talk.slots["agenda"] = [
            {"text": "and pay that order with my PayPal", "intent": "change_order_payment", "confidence": 0.8, "question": ""},
        ]
        assert "Your PayPal would pay" in await talk.say("yes")

    @pytest.mark.parametrize("text", [
        "Would the white one save me €15?", "that one is the other one, right?", "Add to it: change the earbuds",
    ])
    async def test_what_may_be_in_another_order_changes_none_of_the_plan(self, talk, database, text):
        await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        await talk.say(text)
        await talk.say("yes")
        assert await options(database, "HF-5550012") == ["white"]

    async def test_a_thing_of_another_order_waits_until_this_one_is_done(self, talk, database):
        await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        text = "I'd also like the earbuds that I ordered in blue, please."
        said = await talk.say(text, clauses=[
            {"text": text, "intent": "exchange_items", "confidence": 0.98, "asks": True, "inquires": False, "faq": {}},
        ])
        assert "Desk Lamp" in said or "Earbuds" in said
        while "Shall I change it?" in said:
            said = await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "7-inch silver"]
        assert await options(database, "HF-5550012") == ["blue"]

    async def test_a_no_to_what_is_wrong_is_asked_what_should_be_different(self, talk):
        await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        assert "What should be different?" in await talk.say("No, that's wrong.")

    async def test_a_yes_to_what_is_wrong_is_none(self, talk, database):
        await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        await talk.say("that's wrong. Change the lamp to brass")
        assert await options(database, "HF-6390527") == ["white", "silicone", "7-inch silver"]

    async def test_what_stays_in_another_order_is_not_gone_on_with(self, talk, database):
        await talk.say("HF-6390527: swap the lamp for brass", "change_order_items")
        await talk.say("and the rest of it and my other earbuds stay with me, right")
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["brass", "silicone", "7-inch silver"]
        assert await options(database, "HF-5550012") == ["white"]

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

    async def test_what_is_wanted_of_another_order_is_begun_when_the_first_is_left(self, talk):
        await talk.say("in HF-6390527 change the lamp", "change_order_items")
        left, then = "Leave the lamp in HF-6390527 as it is.", "I'd like to change the earbuds in HF-5550012, to blue ones."
        said = await talk.say(f"{left} {then}", clauses=[
            {"text": left, "intent": "deny", "confidence": 0.9, "asks": False, "inquires": False, "faq": {}},
            {"text": then, "intent": "change_order_items", "confidence": 0.9, "asks": True, "inquires": False, "faq": {}},
        ])
        assert said.startswith("All right, then everything stays as it is.")
        assert [one["text"] for one in talk.slots["agenda"]] == [then]

    async def test_what_is_sent_back_instead_is_not_asked_for_any_more(self, delivered):
        await delivered.say("exchange the keyboard for a red one", "exchange_items")
        text = "Then I'll send mine back."
        said = await delivered.say(text, clauses=[
            {"text": text, "intent": "return_items", "confidence": 0.97, "asks": False, "inquires": False, "faq": {}},
        ])
        assert said.startswith("Keyboard (tactile, 80%): you get back €60.00.")

    async def test_what_is_meant_by_its_options_is_wished_for(self, delivered):
        await delivered.say("in the order with the lamp", "exchange_items")
        said = await delivered.say("I meant the silver one with 128GB")
        assert "for size 10-inch, storage 128GB, color silver" in said

    async def test_with_the_last_thing_left_out_it_ends(self, talk):
        await talk.say("in HF-6390527 change the lamp", "change_order_items")
        assert (await talk.say("leave the lamp as it is")).startswith("All right, then everything stays as it is.")
        assert not talk.form

    async def test_a_wish_that_only_another_thing_can_have_is_about_that_one(self, talk):
        await talk.say("in HF-6390527 swap the lamp for brass", "change_order_items")
        said = await talk.say("i want the 10-inch black one instead")
        assert "Desk Lamp (color white) becomes color brass" in said
        assert "Tablet (size 7-inch, color silver) becomes size 10-inch, color black" in said

    async def test_another_wish_for_the_same_thing_before_one_for_a_further_thing_is_of_the_same(self, talk):
        await talk.say("in HF-6390527 swap the tablet for the 8-inch gold one", "change_order_items")
        said = await talk.say("too dear. then let's do the 10-inch black one instead. and the lamp in there, could I have brass?")
        assert "Tablet (size 7-inch, color silver) becomes size 10-inch, color black" in said
        assert "Desk Lamp (color white) becomes color brass" in said

    async def test_the_price_to_the_cent_tells_which_of_those_as_wished(self, talk):
        await talk.say("in HF-6390527 swap the tablet for the 10-inch black one", "change_order_items")
        said = await talk.say("ah, a black one then, at 210.00 please")
        assert "becomes size 8-inch, color black at €210.00" in said

    async def test_the_only_one_shown_is_taken_as_that_one(self, talk):
        await talk.say("in HF-6390527 I want the tablet in gold", "change_order_items")
        assert "becomes size 8-inch, color gold" in await talk.say("ok take that one")

    async def test_a_thing_of_another_sentence_has_no_part_in_a_wish(self, talk):
        said = await talk.say("in HF-6390527 change the lamp and the tablet. The tablet 8-inch in gold", "change_order_items")
        assert said.startswith("What would you like instead of the Desk Lamp (white)?")


class TestYielding:
    async def test_an_address_that_waits_is_changed_before_the_items(self, talk, database):
        await talk.say("in HF-6390527 the watch in metal", "change_order_items")
        talk.slots["agenda"] = [
            {"text": "send it to 12 Rose Lane, Cork T12 AB34, Ireland", "intent": "change_order_address", "confidence": 0.9,
             "question": ""},
        ]
        said = await talk.say("yes")
        assert "First the other thing you want for this order" in said
        assert "HF-6390527" in said
        assert "12 Rose Lane" in said
        said = await talk.say("yes")
        assert "Now back to where we were" in said
        await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]
        async with database.read() as session:
            street = await session.scalar(select(Address.line_1).join(Order).where(Order.number == "HF-6390527"))
        assert street == "12 Rose Lane"


    async def test_another_order_that_waits_is_not_put_first(self, talk, database):
        await talk.say("in HF-6390527 the watch in metal", "change_order_items")
        talk.slots["agenda"] = [
            {"text": "send HF-5550012 to 12 Rose Lane, Cork T12 AB34", "intent": "change_order_address", "confidence": 0.9,
             "question": ""},
        ]
        assert "HF-6390527 is changed" in await talk.say("yes")
        assert await options(database, "HF-6390527") == ["white", "metal", "7-inch silver"]

    async def test_a_question_after_a_refusal_is_answered(self, talk):
        await talk.say("in HF-6390527 the watch in metal", "change_order_items")
        await talk.say("yes")
        assert "only a person" in await talk.say("in HF-6390527 the lamp in brass", "change_order_items")
        said = await talk.say("No need. I just want to know which item in HF-6390527 was the cheapest.", "show_order")
        assert "Desk Lamp" in said


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
