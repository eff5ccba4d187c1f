"""Things that stay as they are, and wishes for them that are given up."""

import pytest
from sqlalchemy import select

from support.models.payments import GiftCardEntry, MethodKind, PaymentMethod
from tests.support.shop_rows import NOW

pytestmark = pytest.mark.usefixtures("shop")


class TestReturned:
    @pytest.mark.parametrize("said", [
        "send the tablet back. Only the tablet, the rug stays.", "I want to return the tablet. The wool rug I keep.",
        "send the tablet back, the rug stays with me",
    ])
    async def test_what_stays_is_not_sent_back(self, delivered, said):
        plan = await delivered.say(said, "return_items")
        assert "Tablet" in plan
        assert "Rug" not in plan

    async def test_a_yes_beside_what_stays_is_one(self, delivered):
        await delivered.say("return the tablet and the lamp, money to the visa", "return_items")
        said = await delivered.say("Yes, please return both. The rug stays with me, right?")
        assert said.startswith("Done: your return")

    async def test_what_is_not_to_be_sent_back_besides_calls_nothing_off(self, delivered):
        await delivered.say("return the tablet and the lamp, money to the visa", "return_items")
        first = {"text": "No, please don't return the rug!", "intent": "call_off_return", "confidence": 0.9,
                 "asks": True, "inquires": False, "faq": {}}
        rest = {"text": "Only the tablet and the lamp go back.", "intent": "return_items", "confidence": 0.9,
                "asks": True, "inquires": False, "faq": {}}
        said = await delivered.say(f"{first['text']} {rest['text']}", clauses=[first, rest])
        assert "You would return" in said
        assert "Rug" not in said


    @pytest.mark.parametrize("said", [
        "No. Only the tablet goes back and the lamp stays.", "The lamp isn't to be returned. Only the tablet goes back, the lamp stays.",
    ])
    async def test_what_is_named_again_to_stay_is_taken_out(self, delivered, said):
        await delivered.say("return the tablet and the lamp, money to the visa", "return_items")
        plan = await delivered.say(said)
        assert "Tablet" in plan
        assert "Lamp" not in plan

    async def test_what_is_kept_goes_out_of_the_plan_though_its_sum_is_asked_too(self, delivered):
        await delivered.say("return the tablet and the lamp, money to the visa", "return_items")
        keeps = {"text": "I'd rather keep the lamp after all.", "intent": "deny", "confidence": 0.7, "asks": False,
                 "inquires": False, "faq": {}}
        asks = {"text": "how much would it be then?", "intent": "show_product", "confidence": 0.9, "asks": True,
                "inquires": True, "faq": {}}
        said = await delivered.say(f"{keeps['text']} {asks['text']}", clauses=[keeps, asks])
        assert "€200.00 goes back" in said

    async def test_what_is_taken_out_of_a_return_calls_off_no_other(self, delivered):
        await delivered.say("return the tablet and the lamp, money to the visa", "return_items")
        plan = await delivered.say("take the lamp out of the return, I'm keeping it", "call_off_return")
        assert "You would return" in plan
        assert "Lamp" not in plan


class TestKept:
    @pytest.mark.parametrize("said", [
        "Then I shall keep the red one as it is.", "No, thank you. I will keep the red rug.", "I'd rather keep mine then",
    ])
    async def test_who_keeps_the_thing_wants_nothing_instead(self, delivered, said):
        await delivered.say("exchange the rug for a blue one", "exchange_items")
        assert await delivered.say(said) == "All right, then everything stays as it is."
        assert not delivered.form

    async def test_a_no_to_the_only_one_there_is_ends_it(self, delivered):
        assert "Shall it be that?" in await delivered.say("exchange the tablet for an 8-inch one", "exchange_items")
        assert await delivered.say("nope") == "All right, then everything stays as it is."

    async def test_what_else_is_wished_beside_it_goes_on(self, delivered):
        await delivered.say("exchange the rug for a blue one and the lamp for brass", "exchange_items")
        said = await delivered.say("Then I keep the red rug. Money on my visa.")
        assert "Desk Lamp (white) for color brass" in said
        assert "Rug" not in said

    async def test_a_goodbye_ends_it(self, delivered):
        await delivered.say("exchange the rug for a blue one", "exchange_items")
        said = await delivered.say("Thank you for your help, goodbye!", "say_goodbye")
        assert said.startswith("All right, I leave that as it is.")
        assert not delivered.form


class TestGiftCard:
    @pytest.mark.parametrize("said", [
        "if the card isn't enough for both, leave the tablet", "if there isn't enough on my gift card, just the keyboard",
        "if my gift card doesn't cover it, skip the tablet",
    ])
    async def test_what_is_named_stays_if_the_card_does_not_cover_all(self, database, delivered, said):
        async with database.write() as session:
            (card,) = await session.scalars(select(PaymentMethod).where(PaymentMethod.kind == MethodKind.GIFT_CARD))
            session.add(GiftCardEntry(method_id=card.id, amount_minor=-7000, at=NOW, reason="Spent", idempotency_key="spent"))
        wish = "the keyboard for the clicky 60% one and the tablet for the 10-inch silver one with 128GB"
        plan = await delivered.say(f"exchange {wish}, by gift card; {said}", "exchange_items")
        assert "You pay €10.00 more, by your gift card" in plan
        assert "I leave the Tablet alone: " in plan
        assert "would make it €40.00 more in all, beyond your limit of €20.00" in plan

    async def test_nothing_stays_where_it_does(self, delivered):
        wish = "the keyboard for the clicky 60% one and the tablet for the 10-inch silver one with 128GB"
        plan = await delivered.say(f"exchange {wish}, by gift card; if it isn't enough, leave the tablet", "exchange_items")
        assert "You pay €40.00 more, by your gift card" in plan
