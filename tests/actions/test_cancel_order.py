"""Cancelling an order, said in as many ways as people say it."""

import pytest
from sqlalchemy import select

from support.models.orders import Order, OrderStatus
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy, kept
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


async def status_of(database, order: Order) -> OrderStatus:
    async with database.read() as session:
        return await session.scalar(select(Order.status).where(Order.id == order.id))


class TestCancelling:
    async def test_asks_why_then_says_what_comes_back_and_does_it_after_a_yes(self, talk, bought, database):
        assert "May I ask why?" in await talk.say("I want to cancel my order", "cancel_order")
        assert bought.order.number in (said := await talk.say("I don't need it any more"))
        assert "Shall I cancel it?" in said
        assert await status_of(database, bought.order) is OrderStatus.PENDING
        assert "is cancelled" in await talk.say("yes please")
        assert await status_of(database, bought.order) is OrderStatus.CANCELLED
        async with database.read() as session:
            assert set((await kept(session, bought.order)).values()) <= {0}
        assert not talk.form
        assert talk.slots["order_number"] == bought.order.number

    async def test_what_only_a_person_may_cancel_is_said_with_the_reason(self, database):
        async with database.write() as session:
            customer = await create_customer(session, email="rich@example.com", reference="rich")
            card = await create_method(session, customer)
            await create_order(
                session, customer, "HF-91000", lines=(("Sofa", 1, 260000),), status=OrderStatus.PENDING, paid_with=card
            )
        talk = Talk(customer)
        said = await talk.say("cancel HF-91000, ordered by mistake", "cancel_order")
        assert "Your order HF-91000 came to more than €2,500.00: only a person may cancel that." in said
        assert "Yes, a person please" in talk.buttons

    async def test_says_everything_that_is_in_it(self, talk):
        said = await talk.say("cancel my last order please, I ordered it by mistake", "cancel_order")
        assert "with 2 × Kettle (small) and Mug (plain). You get back" in said

    async def test_thanks_in_the_middle_are_no_failed_try(self, talk):
        await talk.say("cancel my last order please, I ordered it by mistake", "cancel_order")
        for _ in range(3):
            said = await talk.say("thank you!", "thank")
            assert "Shall I cancel it?" in said
            assert "clear yes" not in said
        assert talk.handoff is None

    async def test_takes_everything_from_one_sentence(self, talk):
        said = await talk.say("cancel my last order please, I ordered it by mistake", "cancel_order")
        assert "Shall I cancel it?" in said

    async def test_the_same_turn_twice_is_one_cancellation(self, talk, bought, database):
        await talk.say("cancel my order, ordered by mistake", "cancel_order")
        before = dict(talk.slots)
        first = await talk.say("yes", turn="the turn")
        talk.slots, talk.form = before, True
        assert await talk.say("yes", turn="the turn") == first

    @pytest.mark.parametrize("yes", [
        "yes cancel it please, ordered by mistake is right", "In that case yes, please",
        "Just so I understand, I get €52.95 back instead? In that case yes, please.",
    ])
    async def test_a_yes_that_says_once_more_what_is_known_is_one(self, talk, bought, database, yes):
        assert "€52.95" in await talk.say("cancel my order, ordered by mistake", "cancel_order")
        assert "is cancelled" in await talk.say(yes)

    async def test_a_no_changes_nothing(self, talk, bought, database):
        await talk.say("cancel my order, ordered by mistake", "cancel_order")
        assert "What should be different?" in await talk.say("no")
        assert "Nothing about it has been changed" in await talk.say("leave it")
        assert await status_of(database, bought.order) is OrderStatus.PENDING
        assert not talk.form

    async def test_a_perhaps_is_no_yes(self, talk, bought, database):
        await talk.say("cancel my order, ordered by mistake", "cancel_order")
        assert "clear yes or no" in await talk.say("hmm, maybe")
        assert await status_of(database, bought.order) is OrderStatus.PENDING


class TestRefused:
    async def test_an_order_on_its_way_is_told_why_not_and_what_instead(self, talk, bought, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.SHIPPED
        said = await talk.say(f"cancel {bought.order.number}, ordered by mistake", "cancel_order")
        assert "can't be cancelled any more: it is on its way" in said
        assert not talk.form

    async def test_what_is_cancelled_is_not_brought_back(self, talk, bought, database):
        async with database.write() as session:
            (await session.get_one(Order, bought.order.id)).status = OrderStatus.CANCELLED
        gone = "A cancelled order can't be brought back. What was in it can be ordered anew."
        assert (await talk.say("can you bring my cancelled order back?", "cancel_order")).endswith(gone)
        assert (await talk.say(f"please reinstate {bought.order.number}", "cancel_order")).endswith(gone)

    async def test_an_unknown_number_is_asked_about(self, talk, bought):
        said = await talk.say("cancel order HF-9998877", "cancel_order")
        assert "can't find an order 9998877" in said
        assert bought.order.number in talk.buttons


class TestInBetween:
    async def test_three_answers_that_answer_nothing_bring_a_person(self, talk):
        await talk.say("cancel my order", "cancel_order")
        await talk.say("qwertz")
        await talk.say("asdf")
        await talk.say("yxcv")
        assert talk.handoff == "failed_tries"

    async def test_asking_for_a_person_brings_one_at_any_step(self, talk):
        await talk.say("cancel my order", "cancel_order")
        await talk.say("I'd rather talk to somebody", "request_person")
        assert talk.handoff == "asked"

    async def test_even_where_it_is_not_wholly_clear(self, talk):
        await talk.say("cancel my order", "cancel_order")
        await talk.say("no wait, somebody who works there", "request_person", confidence=0.45)
        assert talk.handoff == "asked"

    @pytest.mark.parametrize(("text", "intent", "reason", "words"), [
        ("I want to die", "speak_of_self_harm", "self_harm", "utter_not_alone"),
        ("your lamp is on fire", "report_danger", "safety", "utter_safety_first"),
        ("somebody used my stolen card", "report_fraud", "fraud", "utter_stop_fraud"),
        ("I'll see you in court", "threaten_legal_action", "legal", "utter_legal_matter"),
        ("I am a journalist", "contact_as_press", "press", "utter_press"),
        ("you idiots", "express_frustration", "upset", "utter_sorry"),
    ])
    async def test_what_a_bot_must_not_answer_goes_to_a_person_at_any_step(self, talk, text, intent, reason, words):
        await talk.say("cancel my order", "cancel_order")
        await talk.say(text, intent)
        assert [one["response"] for one in talk.messages if one.get("response")] == [words]
        assert talk.handoff == reason

    async def test_the_most_pressing_of_several_counts(self, talk):
        await talk.say("cancel my order", "cancel_order")
        clauses = [
            {"text": text, "asks": True, "inquires": False, "intent": intent, "confidence": 0.9, "faq": {}}
            for text, intent in (("a person please", "request_person"), ("I want to die", "speak_of_self_harm"))
        ]
        await talk.say("a person please, I want to die", "request_person", clauses=clauses)
        assert talk.handoff == "self_harm"

    @pytest.mark.parametrize(("sighs", "reason"), [(True, None), (False, "upset")])
    async def test_a_sigh_beside_a_wish_brings_nobody(self, talk, sighs, reason):
        clauses = [
            {"text": text, "asks": asks, "inquires": False, "intent": intent, "confidence": 0.9, "faq": {},
             "sighs": sighs and not asks}
            for text, intent, asks in (("this is so annoying", "express_frustration", False),
                                       ("cancel my order", "cancel_order", True))
        ]
        await talk.say("cancel my order", "cancel_order")
        await talk.say("this is so annoying, cancel my order", "cancel_order", clauses=clauses)
        assert talk.handoff == reason

    async def test_what_it_would_bring_is_told_and_not_what_was_refunded(self, talk, bought):
        await talk.say(f"cancel {bought.order.number}, no longer needed", "cancel_order")
        said = await talk.say("how much will I get back?", "refund_status")
        assert said.startswith(f"You would get back €52.95 for cancelling order {bought.order.number}.")

    async def test_another_look_up_is_answered_and_the_task_goes_on(self, talk):
        await talk.say("cancel my order", "cancel_order")
        said = await talk.say("what are my orders?", "list_orders")
        assert "You have one order with us" in said
        assert said.endswith("May I ask why? It does not change anything for you.")

    async def test_a_no_with_another_wish_drops_it_and_takes_up_that_one(self, talk, bought, database):
        await talk.say("cancel my order, ordered by mistake", "cancel_order")
        no, wish = "no, keep it", f"pay {bought.order.number} with my gift card instead"
        clauses = [
            {"text": no, "asks": True, "inquires": False, "intent": "deny", "confidence": 0.9, "faq": {}},
            {"text": wish, "asks": True, "inquires": False, "intent": "change_order_payment", "confidence": 0.9, "faq": {}},
        ]
        said = await talk.say(f"{no}, {wish}", "change_order_payment", clauses=clauses)
        assert said.startswith("All right, I leave that as it is. Nothing about it has been changed.\n")
        assert "your gift card ending in 0815" in said
        assert not talk.slots.get("suspended")
        assert await status_of(database, bought.order) is OrderStatus.PENDING

    async def test_never_mind_drops_it(self, talk):
        await talk.say("cancel my order", "cancel_order")
        assert "Nothing about it has been changed" in await talk.say("never mind")
        assert not talk.form
        assert talk.slots["order"] is None


class TestKept:
    async def test_keep_that_order_leaves_it_and_what_else_is_wanted_comes(self, talk, bought, database):
        await talk.say("cancel an order, no longer needed", "cancel_order")
        texts = (("Hmm wait, keep that order!", "deny", True), ("Just make the kettle a large one.", "change_order_items", True))
        clauses = [
            {"text": text, "intent": intent, "confidence": 0.9, "asks": asks, "inquires": False, "faq": {}}
            for text, intent, asks in texts
        ]
        said = await talk.say(" ".join(text for text, *_ in texts), "change_order_items", clauses=clauses)
        assert said.startswith("All right, I leave that as it is.")
        assert [one["intent"] for one in talk.slots["agenda"]] == ["change_order_items"]


class TestMoney:
    async def test_that_it_can_go_nowhere_else_is_told_and_not_at_all_leaves_it(self, talk):
        said = await talk.say("Cancel my order, no longer needed, and put the money back to my PayPal", "cancel_order")
        assert "The money of a cancelled order can only go back to what paid for it." in said
        assert await talk.say("to my PayPal or not at all") == "All right, I leave that as it is. Nothing about it has been changed."


class TestWhy:
    @pytest.mark.parametrize("only", [
        "But only if the money goes back to my gift card, I need it.", "the refund to my gift card, otherwise leave the order",
    ])
    async def test_who_wants_the_money_elsewhere_or_nothing_is_told_before_being_asked_why(self, talk, bought, database, only):
        said = await talk.say(f"cancel {bought.order.number} please. {only}", "cancel_order")
        assert said == (
            "The money of a cancelled order can only go back to what paid for it: your Visa ending in 4242. "
            "So I leave it all as it is."
        )
        assert not talk.form
        assert await status_of(database, bought.order) is OrderStatus.PENDING

    async def test_where_the_money_goes_is_answered_with_the_plan_and_not_with_the_rule_of_returns(self, talk, bought):
        await talk.say(f"cancel {bought.order.number}, no longer needed", "cancel_order")
        article = {"question": "refund_method", "title": "Where does a refund go?", "answer": "I ask you which."}
        said = await talk.say("But does the money go to my gift card?", "faq", faq=article)
        assert "I ask you which" not in said
        assert "The money of a cancelled order can only go back to what paid for it." in said

    async def test_a_reason_in_other_words_is_shown_before_it_is_noted(self, talk):
        said = await talk.say("cancel my order, I found it for less in town", "cancel_order")
        assert "I'll note “found it cheaper elsewhere” as the reason." in said
        await talk.say("never mind")
        assert "I'll note" not in await talk.say("cancel my order: ordered by mistake", "cancel_order")

    async def test_too_expensive_is_none_of_the_reasons_here(self, talk):
        assert await talk.say("cancel my order, it is too expensive for me after all", "cancel_order") == (
            "May I ask why? It does not change anything for you."
        )

    async def test_a_reason_that_was_given_along_with_the_wish_is_not_asked_again(self, talk, bought):
        await talk.say(f"send {bought.order.number} to 12 Elm Street", "change_order_address")
        await talk.say("You know what, just cancel it, I don't think I need it any more.")
        await talk.say("stop")
        said = await talk.say("Cancel my order please", "cancel_order")
        assert "I'll note “no longer needed” as the reason.\nShall I cancel it?" in said

    async def test_a_reason_for_another_order_is_not_taken(self, talk):
        talk.heard += ["cancel HF-9999, ordered by mistake", "yes"]
        assert "May I ask why?" in await talk.say("Cancel my order please", "cancel_order")
