"""Another deed in the place of the one in hand: a return that becomes an exchange, a cancellation that is thought over."""

from typing import Any

import pytest

from support.models.orders import OrderStatus
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order, create_product, create_variant

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    """A white towel and a white lamp have come in HF-20001, a white mug waits in HF-20002; each can be had in blue."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        bought = {}
        for name in ("Towel", "Lamp", "Mug"):
            product = await create_product(session, name)
            bought[name] = await create_variant(session, product, price=2000, stock=5, colour="white")
            await create_variant(session, product, price=2000, stock=5, colour="blue")
        for number, names, status in (
            ("HF-20001", ("Towel", "Lamp"), OrderStatus.DELIVERED), ("HF-20002", ("Mug",), OrderStatus.PENDING),
        ):
            lines = tuple((bought[name], 1, 2000) for name in names)
            await create_order(session, customer, number, lines=lines, status=status, paid_with=card)
    return Talk(customer)


def clause(text: str, intent: str, confidence: float = 0.9, *, asks: bool = True) -> dict[str, Any]:
    return {
        "text": text, "intent": intent, "confidence": confidence, "asks": asks, "inquires": text.endswith("?"), "faq": {},
    }


async def say(talk: Talk, *clauses: dict[str, Any]) -> str:
    return await talk.say(" ".join(one["text"] for one in clauses), clauses[-1]["intent"], clauses=list(clauses))


async def test_a_return_becomes_an_exchange_of_the_same_things(talk):
    await talk.say("return the towel from HF-20001", "return_items")
    said = await say(
        talk, clause("hm, I'd rather have it in blue,", "exchange_items", 0.45),
        clause("could I exchange it instead?", "exchange_items"),
    )
    assert "You would exchange from order HF-20001: Towel (white) for colour blue" in said
    assert not talk.slots.get("suspended")


async def test_an_exchange_becomes_a_return_of_the_same_things(talk):
    await talk.say("exchange the lamp in HF-20001 for a blue one", "exchange_items")
    said = await say(talk, clause("No, I'd rather send it back,", "return_items"), clause("the money to my Visa", "faq", 0.3, asks=False))
    assert "You would return from order HF-20001: Lamp (white)" in said


async def test_of_an_exchange_beside_a_return_of_the_same_order_it_is_told_that_only_one_can_be(talk):
    await talk.say("return the towel from HF-20001", "return_items")
    said = await talk.say("I also want to exchange the lamp for a blue one", "exchange_items")
    assert said.startswith(
        "An order can have one exchange or one return, and not both. Which shall it be: that you exchange the Lamp, or that you return the Towel?"
    )
    assert "You would return from order HF-20001: Towel (white)" in await talk.say("the return then")


async def test_a_cancellation_that_is_thought_over_becomes_the_change_that_is_wished(talk):
    await talk.say("cancel HF-20002, ordered by mistake", "cancel_order")
    said = await talk.say(
        "or can I keep it and have the mug in blue instead?", "exchange_items", confidence=0.4,
    )
    assert "Nothing about it has been changed" in said
    assert [one["text"] for one in talk.slots["agenda"]] == ["or can I keep it and have the mug in blue instead?"]


@pytest.mark.parametrize("text", ["no, I think I'll keep it", "you know what, forget about it", "no, I'd rather keep it after all"])
async def test_to_keep_it_is_the_end_of_a_cancellation(talk, text):
    await talk.say("cancel HF-20002, ordered by mistake", "cancel_order")
    assert "Nothing about it has been changed" in await talk.say(text, "deny")
    assert not talk.form


async def test_who_asks_for_a_moment_for_something_else_first_comes_back_to_it(talk):
    await talk.say("cancel HF-20002, ordered by mistake", "cancel_order")
    said = await say(
        talk, clause("one moment,", "deny", asks=False),
        clause("first return the towel from HF-20001", "return_items"),
    )
    assert "Nothing about it has been changed" not in said
    assert [one["task"] for one in talk.slots["suspended"]] == ["cancel_order"]


async def test_a_mind_changed_about_one_thing_keeps_the_rest(talk):
    await talk.say("exchange the towel and the lamp in HF-20001 for blue ones", "exchange_items")
    said = await talk.say("I changed my mind about the lamp, leave the lamp out", "deny")
    assert "You would exchange from order HF-20001: Towel (white) for colour blue" in said
    assert "Lamp" not in said
