"""A yes that comes with more: what it agrees to is done, and the rest is wished for afterwards."""

from typing import Any

import pytest
from sqlalchemy import select

from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order, create_product, create_variant

pytestmark = pytest.mark.usefixtures("shop")
PENDING, CANCELLED = OrderStatus.PENDING, OrderStatus.CANCELLED


@pytest.fixture
async def talk(database) -> Talk:
    """A customer with two pending orders, a lamp in the one and a mug in the other."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        await create_method(session, customer, MethodKind.WALLET)
        for number, name in (("HF-20001", "Lamp"), ("HF-20002", "Mug")):
            product = await create_product(session, name)
            variant = await create_variant(session, product, price=2000, stock=5, colour="white")
            await create_variant(session, product, price=2000, stock=5, colour="blue")
            await create_order(session, customer, number, lines=((variant, 1, 2000),), status=PENDING, paid_with=card)
    return Talk(customer)


def clause(text: str, intent: str, confidence: float = 0.9, *, asks: bool = True, inquires: bool = False) -> dict[str, Any]:
    return {"text": text, "intent": intent, "confidence": confidence, "asks": asks, "inquires": inquires, "faq": {}}


async def say(talk: Talk, *clauses: dict[str, Any]) -> str:
    return await talk.say(" ".join(one["text"] for one in clauses), clauses[-1]["intent"], clauses=list(clauses))


async def statuses(database) -> list[OrderStatus]:
    async with database.read() as session:
        return list(await session.scalars(select(Order.status).order_by(Order.number)))


YES = clause("Yes, please cancel it.", "cancel_order")


class TestYesAndMore:
    @pytest.fixture(autouse=True)
    async def asked(self, shop, talk):
        assert "Shall I cancel it?" in await talk.say("cancel HF-20001, ordered by mistake", "cancel_order")

    @pytest.mark.parametrize("text", [
        "Just so I'm sure, is the lamp no dearer now?", "Is it the white one?", "Would that be for good?",
    ])
    async def test_fine_words_beside_a_question_about_it_agree_to_nothing(self, talk, database, text):
        said = await say(talk, clause("That sounds wonderful.", "affirm"), clause(text, "show_product", inquires=True))
        assert "Done" not in said
        assert await statuses(database) == [PENDING, PENDING]

    @pytest.mark.parametrize("more", [
        clause("After that, HF-20002 should go to my default address.", "change_order_address"),
        clause("And cancel HF-20002 as well.", "cancel_order"),
        clause("And how much do I get back altogether from both orders?", "refund_status", 0.4, inquires=True),
        clause("Which of my orders are still open?", "list_orders", inquires=True),
    ])
    async def test_another_wish_after_a_yes_waits_until_it_is_done(self, talk, database, more):
        assert "HF-20001 is cancelled" in await say(talk, YES, more)
        assert await statuses(database) == [CANCELLED, PENDING]
        assert [(one["text"], one["intent"]) for one in talk.slots["agenda"]] == [(more["text"], more["intent"])]

    @pytest.mark.parametrize("more", [
        clause("But is that really all that comes back?", "refund_status", inquires=True),
        clause("How much do you charge for it?", "faq", 0.4, inquires=True),
    ])
    async def test_a_question_that_the_yes_may_hang_on_is_no_yes_yet(self, talk, database, more):
        await say(talk, YES, more)
        assert await statuses(database) == [PENDING, PENDING]
        assert talk.form

    async def test_a_right_before_another_wish_agrees_to_nothing(self, talk, database):
        await say(talk, clause("Right.", "affirm", asks=False), clause("You know what, show me HF-20002.", "show_order"))
        await say(talk, clause("Right.", "affirm", asks=False), clause("Change the lamp.", "change_order_items"))
        assert await statuses(database) == [PENDING, PENDING]

    async def test_what_was_asked_for_again_meanwhile_does_not_come_back(self, talk, database):
        talk.slots["agenda"] = [{"text": "cancel it please", "intent": "cancel_order", "confidence": 0.9, "question": ""}]
        await talk.say("yes")
        assert await statuses(database) == [CANCELLED, PENDING]
        assert talk.slots["agenda"] is None

    async def test_the_same_for_another_order_comes_back(self, talk):
        waits = {"text": "cancel HF-20002", "intent": "cancel_order", "confidence": 0.9, "question": ""}
        talk.slots["agenda"] = [waits]
        await talk.say("yes")
        assert talk.slots["agenda"] == [waits]

    @pytest.mark.parametrize("instead", [
        clause("I'd like it paid by PayPal.", "change_order_payment"),
        clause("can I just have the lamp in blue?", "show_product", 0.2, inquires=True),
    ])
    async def test_a_no_with_another_wish_is_about_the_other(self, talk, database, instead):
        await say(talk, clause("No wait, don't cancel it.", "deny", asks=False), instead)
        assert await statuses(database) == [PENDING, PENDING]
        wanted = talk.slots["task"]["task"] if talk.form else talk.slots["agenda"][0]["intent"]
        assert wanted in ("change_order_payment", "change_order_items")


    @pytest.mark.parametrize("hedged", ["Yes, I think so, cancel it", "Yes, I suppose so, please do that."])
    async def test_a_yes_said_twice_may_be_hedged(self, talk, database, hedged):
        await talk.say(hedged)
        assert await statuses(database) == [CANCELLED, PENDING]

    @pytest.mark.parametrize("remark", ["Oh that's less than I thought, lovely.", "Well, it was cheaper at the time.", "Oh lovely, so I even get money back!", "Understood, the lamp it is."])
    async def test_a_remark_before_the_yes_asks_for_nothing(self, talk, database, remark):
        await say(talk, clause(remark, "product_prices", 0.6, asks=False), clause("Yes please, cancel it.", "cancel_order"))
        assert await statuses(database) == [CANCELLED, PENDING]

    @pytest.mark.parametrize("yes", ["Yes please, and the same for HF-20002!", "yes cancel it. The same for the one with the mug please"])
    async def test_the_same_for_another_order_comes_after_it(self, talk, database, yes):
        said = await talk.say(yes, "cancel_order")
        assert "HF-20001 is cancelled" in said
        assert "I would cancel your order HF-20002" in said
        assert await statuses(database) == [CANCELLED, PENDING]

    async def test_another_order_that_was_meant_is_planned(self, talk, database):
        said = await say(
            talk, clause("No no no, please keep that one!", "deny", asks=False),
            clause("I meant HF-20002, that's the one to cancel.", "cancel_order", asks=False),
        )
        assert "I would cancel your order HF-20002" in said
        assert await statuses(database) == [PENDING, PENDING]

    async def test_a_yes_after_all_shows_the_plan_again(self, talk, database):
        assert "What should be different?" in await talk.say("no")
        assert "Shall I cancel it?" in await talk.say("oh sorry, yes, cancel it please", "cancel_order")
        await talk.say("yes")
        assert await statuses(database) == [CANCELLED, PENDING]

    async def test_what_comes_then_is_another_wish_whatever_it_is(self, talk, database):
        await say(talk, clause("yes", "affirm", asks=False), clause("then the mug in blue", "search_products", 0.3, asks=False))
        assert await statuses(database) == [CANCELLED, PENDING]
        assert talk.slots["agenda"][0]["text"] == "then the mug in blue"

    async def test_what_only_surrounds_another_wish_goes_with_it(self, talk, database):
        await say(
            talk, YES, clause("One more:", "affirm", 0.4, asks=False), clause("can I return the mug?", "return_items", inquires=True),
            clause("It was a present.", "deny", asks=False),
        )
        assert await statuses(database) == [CANCELLED, PENDING]
        assert talk.slots["agenda"][0]["text"] == "One more: can I return the mug? It was a present."


class TestNotAtAll:
    @pytest.fixture(autouse=True)
    async def asked(self, shop, talk):
        assert "May I ask why?" in await talk.say("cancel HF-20001", "cancel_order")

    @pytest.mark.parametrize("no", [
        "hmm actually wait no, dont cancel it.", "no cancelling pls.", "stop the cancelation.", "no, don't cancel anything.",
    ])
    async def test_the_question_why_is_left_by_a_no_to_the_deed(self, talk, database, no):
        assert "Nothing about it has been changed." in await say(talk, clause(no, "cancel_order"))
        assert not talk.form
        assert await statuses(database) == [PENDING, PENDING]

    @pytest.mark.parametrize("clauses", [
        (clause("no, dont cancel it.", "deny", asks=False), clause("can I have the lamp in blue instead?", "change_order_items", inquires=True)),
        (clause("ok change the lamp to blue.", "change_order_items"), clause("and NOT cancel", "cancel_order")),
    ])
    async def test_what_is_wanted_instead_is_begun(self, talk, clauses):
        await say(talk, *clauses)
        assert [one["intent"] for one in talk.slots["agenda"]] == ["change_order_items"]


class TestBeginningAnew:
    @pytest.fixture(autouse=True)
    async def asked(self, shop, talk):
        assert "What would you like" in await talk.say("in HF-20001 I want another lamp", "change_order_items")

    async def test_starting_over_drops_what_was_said(self, talk):
        said = await say(talk, clause("Let's start over.", "resume_subscription", 0.6))
        assert said == "All right, I leave that as it is. Nothing about it has been changed."
        assert not talk.form

    async def test_starting_over_with_a_wish_begins_with_that(self, talk):
        said = await say(
            talk, clause("May we start again:", "resume_subscription", inquires=True),
            clause("change the mug in HF-20002 to blue.", "change_order_items"),
        )
        assert "Mug (colour white) becomes colour blue" in said
        assert "Lamp" not in said

    @pytest.mark.parametrize("over", [
        "Forget about that exchange.", "Please don't exchange anything after all.", "Cancel this exchange request please.",
    ])
    async def test_calling_off_what_was_not_asked_for_yet_drops_it(self, talk, over):
        assert "Nothing about it has been changed" in await say(talk, clause(over, "call_off_return", asks=False))
        assert not talk.form

    @pytest.mark.parametrize("over", ["that's all, thank you", "I'm keeping it as it is now", "no, we're done with it"])
    async def test_there_is_nothing_more_to_it(self, talk, over):
        assert "Nothing about it has been changed" in await talk.say(over)
        assert not talk.form


class TestAdded:
    async def test_what_is_to_be_added_to_a_request_that_waits_goes_with_that(self, talk):
        await talk.say("cancel HF-20001, no longer needed", "cancel_order")
        talk.slots["agenda"] = [{"text": "return the keyboard", "intent": "return_items", "confidence": 0.9, "question": ""}]
        await say(
            talk, clause("yes please.", "affirm"),
            clause("And might I add the kit to the return as well?", "return_items", inquires=True),
        )
        assert [one["text"] for one in talk.slots["agenda"]] == [
            "return the keyboard And might I add the kit to the return as well?"
        ]


class TestRemarked:
    @pytest.mark.parametrize("remarks", [
        (("Oh lovely, that's under my fifty dollars", "faq"), ("isn't it?", "deny")), (("So that is all of it, right?", "faq"),),
        (("Wonderful!", "give_praise"),),
    ])
    async def test_a_yes_behind_a_remark_is_one(self, talk, database, remarks):
        await talk.say("cancel HF-20001, no longer needed", "cancel_order")
        said = await say(talk, *(clause(text, intent, 0.4, inquires=True) for text, intent in remarks), clause("Yes please, do that!", "affirm"))
        assert said.startswith("Done: your order HF-20001 is cancelled.")

    @pytest.mark.parametrize("said", [
        ("€20 back, that's more than I figured.", "OK you convinced me", "let's do that one then, yes!"),
        ("my Visa is fine then, yes please",), ("Yes please, go ahead!", "So it's only €20 in the end?"),
    ])
    async def test_a_yes_is_one_beside_what_was_planned_anyhow(self, talk, database, said):
        await talk.say("cancel HF-20001, no longer needed", "cancel_order")
        heard = await say(talk, *(clause(text, "nlu_fallback", 0.3, asks=False, inquires=text.endswith("?")) for text in said))
        assert heard.startswith("Done: your order HF-20001 is cancelled.")

    async def test_beside_a_sum_that_it_is_not_it_is_none(self, talk, database):
        await talk.say("cancel HF-20001, no longer needed", "cancel_order")
        await say(talk, clause("Yes please!", "affirm"), clause("So it's only €12 in the end?", "nlu_fallback", 0.3, inquires=True))
        assert (await statuses(database))[0] == PENDING

    @pytest.mark.parametrize("remark", ["But that's only the lamp, right?", "Is that really all?", "Not the lamp!"])
    async def test_behind_a_doubt_it_is_none(self, talk, database, remark):
        await talk.say("cancel HF-20001, no longer needed", "cancel_order")
        await say(talk, clause(remark, "faq", 0.4, inquires=True), clause("Yes please, do that!", "affirm"))
        assert (await statuses(database))[0] == PENDING


class TestInstead:
    async def test_what_is_wanted_in_place_of_what_was_dropped_comes_before_what_waits(self, talk):
        await talk.say("cancel HF-20001, no longer needed", "cancel_order")
        talk.slots["agenda"] = [{"text": "show my points", "intent": "show_points", "confidence": 0.9, "question": ""}]
        await say(
            talk, clause("Oh wait, please don't cancel it after all.", "cancel_order", 0.4, asks=False),
            clause("I'd rather swap it for the blue one.", "exchange_items", 0.45),
        )
        assert [one["intent"] for one in talk.slots["agenda"]] == ["exchange_items", "show_points"]

    async def test_a_question_for_what_was_just_asked_for_goes_with_that(self, talk, database):
        await talk.say("cancel HF-20001, no longer needed", "cancel_order")
        said = await say(
            talk, clause("Yes.", "affirm"), clause("And return the hose from my other order.", "return_items"),
            clause("How much is that?", "show_product", inquires=True),
        )
        assert said.startswith("Done: your order HF-20001 is cancelled.")
        assert [one["text"] for one in talk.slots["agenda"]] == ["And return the hose from my other order. How much is that?"]
