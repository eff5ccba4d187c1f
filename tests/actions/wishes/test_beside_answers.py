"""What an answer to the question for the payment method says besides: another wish, one more thing, one less."""

import pytest
from sqlalchemy import select

from support.models.payments import GiftCardEntry, MethodKind, PaymentMethod
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.actions.three_orders import clause, say
from tests.support.shop_rows import NOW, create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def talk(delivered) -> Talk:
    return delivered


class TestExchange:
    @pytest.mark.parametrize(("wish", "said", "becomes"), [
        ("the tablet for the 8-inch black one with 128GB",
         "Hmm, 8 inches are small. Make it the silver one, 10-inch 128GB. And the Visa is fine for the difference.",
         "size 10-inch, storage 128GB, color silver"),
        ("the tablet for the 10-inch silver one with 64GB",
         "Could I have the cheapest one with 128GB instead? And the Visa is fine for the difference.",
         "size 8-inch, storage 128GB, color black"),
        ("the keyboard for the clicky 60% one", "that's too dear. then the clicky 80%, visa", "switch clicky, size 80%"),
        ("the tablet for the 10-inch silver one with 64GB",
         "Phew, a bit rich. I'll go for the cheapest tablet with 128GB then. Difference on my Visa please",
         "size 8-inch, storage 128GB, color black"),
        ("the tablet for the 10-inch silver one with 64GB", "Visa. And take the cheapest one with 128GB instead",
         "size 8-inch, storage 128GB, color black"),
    ])
    async def test_another_wish_beside_the_method_is_taken(self, talk, wish, said, becomes):
        assert "How do you want to pay it" in await talk.say(f"exchange {wish} in HF-7001234", "exchange_items")
        plan = await talk.say(said)
        assert becomes in plan
        assert "by your Visa" in plan

    @pytest.mark.parametrize("said", [
        "To my gift card, I guess. But wait, the keyboard too, I'd rather have the clicky one with 80%. And the rug in green.",
        "Gift card, if there is enough on it. And the keyboard too, please, for the clicky 80% one, and the rug for a green one",
    ])
    async def test_further_things_beside_the_method_are_added(self, talk, said):
        await talk.say("exchange the lamp for the brass one in HF-7001234", "exchange_items")
        plan = await talk.say(said)
        assert "color brass" in plan
        assert "switch clicky, size 80%" in plan
        assert "color green" in plan
        assert "You pay €11.00 more, by your gift card" in plan

    @pytest.mark.parametrize("stays", [
        ["And just that one, the rug I keep"], ["the keyboard and the rug I'm keeping"], ["the rug stays with us, right?"],
        ["I'm keeping the rug, I just said!", "And the keyboard."],
    ])
    async def test_what_is_kept_besides_is_no_wish(self, talk, stays):
        beside = [clause(one, "exchange_items", 0.3, asks=False) for one in stays]
        await talk.say("exchange the lamp for the brass one in HF-7001234", "exchange_items")
        plan = await say(talk, clause("On the Visa please.", "faq", 0.3, asks=False), *beside)
        assert "You would exchange from order HF-7001234: Desk Lamp (white) for color brass" in plan
        assert "Rug" not in plan
        assert (await say(talk, clause("Yes please!", "affirm", asks=False), *beside)).startswith("Done: your exchange")

    @pytest.mark.parametrize("only", ["nah just the lamp, that's right. swap it", "No, only the lamp. Exchange it please"])
    async def test_no_to_anything_else_is_no_no(self, talk, only):
        await talk.say("exchange the lamp for the brass one in HF-7001234, by my Visa", "exchange_items")
        first, then = only.split(". ")
        said = await say(talk, clause(f"{first}.", "exchange_items", 0.4, asks=False), clause(then, "exchange_items"))
        assert said.startswith("Done: your exchange")

    async def test_what_is_kept_at_the_beginning_of_a_sentence_is_no_wish_either(self, talk):
        await talk.say("exchange the tablet for the 10-inch silver one with 64GB in HF-7001234", "exchange_items")
        said = await talk.say("That is too much. Then the 10-inch black one. Lamp stays. Difference on the Visa.")
        assert "size 10-inch, storage 128GB, color black" in said
        assert "Lamp" not in said

    async def test_what_is_merely_told_of_another_thing_changes_nothing(self, talk):
        await talk.say("exchange the lamp for the brass one in HF-7001234", "exchange_items")
        plan = await talk.say("The gift card. The rug is lovely, by the way.")
        assert "You pay €5.00 more, by your gift card" in plan
        assert "Rug" not in plan

    async def test_a_thing_left_beside_the_method_is_left(self, talk):
        await talk.say("exchange the lamp for brass and the rug for green in HF-7001234", "exchange_items")
        plan = await talk.say("Visa, but leave the rug as it is")
        assert "You pay €5.00 more, by your Visa" in plan


class TestOpenPlan:
    async def plan(self, talk: Talk) -> None:
        await talk.say("in HF-7001234 exchange the lamp for brass and the tablet for the 10-inch 128GB in black, on my Visa",
                       "exchange_items")

    async def test_what_is_missing_is_added_as_it_is_wished(self, talk):
        await self.plan(talk)
        plan = await talk.say("The keyboard is missing. Please add it: the clicky 80% one.")
        assert "color brass" in plan
        assert "switch clicky, size 80%" in plan

    @pytest.mark.parametrize("said", [
        "the tablet in silver", "could the tablet be silver?",
        "I still want those changes in my order, only the tablet should be silver.",
        "No, it's about the tablet. Make it silver.",
    ])
    async def test_a_correction_of_one_thing_keeps_the_rest_of_it_and_the_others(self, talk, said):
        await self.plan(talk)
        plan = await talk.say(said)
        assert "size 10-inch, storage 128GB, color silver at €230.00" in plan
        assert "color brass" in plan


class TestReturn:
    @pytest.mark.parametrize(("said", "back"), [
        ("The rug too, I never use it. So only the lamp stays. To my Visa.", "€350.00"),
        ("To my Visa. Everything but the keyboard stays.", "€60.00"),
        ("Visa, and put the rug in as well", "€350.00"),
        ("To the Visa. The keyboard is a bit loud.", "€260.00"),
    ])
    async def test_what_is_said_of_things_beside_the_method_counts(self, talk, said, back):
        assert "€260.00" in await talk.say("return the keyboard and the tablet of HF-7001234", "return_items")
        assert f"{back} goes back to your Visa" in await talk.say(said)

    async def test_things_that_are_missing_are_added_though_another_order_has_such(self, talk, database):
        async with database.write() as session:
            product = await stocked(session, "Rug Pad", (900, 5, {"color": "red"}))
            await session.refresh(product, ["variants"])
            await create_order(session, talk.customer, "HF-7005678", lines=((product.variants[0], 1, 900),))
        await talk.say("return the keyboard of HF-7001234, on my Visa", "return_items")
        plan = await talk.say("hm no, the wool rug and the tablet are missing")
        assert "€350.00 goes back to your Visa" in plan


class TestSeveralInOneMessage:
    async def test_it_and_another_thing_both_get_their_wish(self, talk):
        said = await talk.say("In HF-7001234, make it the clicky 60% one, and the rug the green one", "exchange_items")
        assert "switch clicky, size 60%" in said
        assert "color green" in said

    async def test_a_limit_that_leaves_a_thing_is_told_with_the_question_for_another(self, talk):
        said = await talk.say(
            "exchange in HF-7001234 the rug for a blue one, and the tablet for the 8-inch black one, but only if that "
            "costs at most 5 euro more", "exchange_items",
        )
        assert "I leave the Tablet alone" in said
        assert "The Wool Rug can't be had as you wish it" in said

    @pytest.mark.parametrize("said", ["the rug instead of the lamp please", "make that the rug and the tablet"])
    async def test_other_things_take_the_place_of_those_in_a_plan(self, talk, said):
        await talk.say("return the lamp and the tablet from HF-7001234 to my Visa", "return_items")
        plan = await talk.say(said)
        assert "Wool Rug (red)" in plan
        assert "Tablet" in plan
        assert "Lamp" not in plan

    async def test_what_stays_is_not_sent_back(self, talk):
        plan = await talk.say(
            "I'd like to return the lamp and the rug of HF-7001234 to my Visa. The tablet is lovely, that one stays", "return_items"
        )
        assert "Wool Rug" in plan
        assert "Tablet" not in plan

    async def test_who_wants_no_person_but_something_else_wants_all_of_it(self, talk):
        clauses = [
            {"text": text, "intent": intent, "confidence": 0.9, "asks": asks, "inquires": False, "faq": {}}
            for text, intent, asks in (
                ("No.", "deny", False), ("return the lamp from HF-7001234", "return_items", True),
                ("and the rug", "show_product", False),
            )
        ]
        talk.slots |= {"task": {"task": "return_items"}, "requested_slot": "person"}
        talk.form = True
        await talk.say("No. return the lamp from HF-7001234 and the rug", "return_items", clauses=clauses)
        assert [one["text"] for one in talk.slots["agenda"]] == ["return the lamp from HF-7001234 and the rug"]


class TestNothingCovers:
    async def test_what_no_method_can_pay_is_told_and_can_be_made_smaller(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
            card = await create_method(session, customer, MethodKind.GIFT_CARD, balance=900, last_digits="0815")
            lines = []
            for name, cheap, dear in (("Lamp", 4000, 4800), ("Rug", 9000, 9700)):
                product = await stocked(session, name, (cheap, 5, {"color": "white"}), (dear, 5, {"color": "brass"}))
                await session.refresh(product, ["variants"])
                lines.append((next(one for one in product.variants if one.price_minor == cheap), 1, cheap))
            await create_order(session, customer, "HF-7001234", lines=tuple(lines), paid_with=card)
        talk = Talk(customer)
        said = await talk.say("exchange the lamp and the rug in HF-7001234 for brass ones", "exchange_items")
        assert said == (
            "That costs €15.00 more, and you have no payment method that could pay it. There is €9.00 on your gift card "
            "ending in 0815. What shall I leave out or change?"
        )
        assert "You pay €8.00 more, by your gift card ending in 0815, which then has €1.00 left." in await talk.say("then leave the rug out")


class TestTwoNamed:
    @pytest.mark.parametrize("said", [
        "My gift card, please, if there is enough on it; otherwise the Visa ending in 4242.",
        "gift card. n how much is left on it then",
    ])
    async def test_the_first_is_taken_where_it_can_be(self, talk, said):
        await talk.say("exchange the rug in HF-7001234 for the green one", "exchange_items")
        assert "by your gift card ending in 0815, which then has €89.00 left." in await talk.say(said)


class TestNoOtherMethod:
    @pytest.mark.parametrize("wish", [
        "the tablet for the 10-inch silver one with 64GB and the rug for the green one, the gift card only please",
        "the tablet for the 10-inch silver one with 64GB and the rug for the green one, from my gift card, nothing on my Visa",
        "the tablet for the 10-inch silver one with 64GB and the rug for the green one, gift card, I don't want to use my Visa",
    ])
    async def test_what_one_does_not_cover_is_put_on_no_other(self, database, talk, wish):
        async with database.write() as session:
            (card,) = await session.scalars(select(PaymentMethod).where(PaymentMethod.kind == MethodKind.GIFT_CARD))
            session.add(GiftCardEntry(method_id=card.id, amount_minor=-8900, at=NOW, reason="Spent", idempotency_key="spent"))
        said = await talk.say(f"exchange {wish} in HF-7001234", "exchange_items")
        assert "There is €1.00 on your gift card ending in 0815, too little for €36.00. What shall I leave out or change?" in said
        said = await talk.say("then leave the tablet, just the rug")
        assert "Wool Rug (red) for color green" in said
        assert "by your gift card" in said
