"""Wishes for other things that were understood as nothing, or as a look at goods."""

import pytest

from actions.handoff import NotUnderstood
from actions.products import SearchProducts
from support.models.orders import OrderStatus
from tests.actions.asking import ask
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def ada(database):
    """A customer with a pending order of a speaker and a lamp."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        lines = []
        for name, kinds in (
            ("Speaker", ({"battery life": "10 hours"}, {"battery life": "20 hours"})), ("Desk Lamp", ({"color": "white"}, {"color": "brass"})),
        ):
            product = await stocked(session, name, *((4000 + 100 * place, 5, one) for place, one in enumerate(kinds)))
            await session.refresh(product, ["variants"])
            lines.append((next(one for one in product.variants if one.options == kinds[0]), 1, 4000))
        await create_order(session, customer, "HF-6390527", lines=tuple(lines), status=OrderStatus.PENDING, paid_with=card)
    return customer


@pytest.mark.parametrize("text", [
    "the speaker i orderd shoud have 20 hours batery, rest same pls", "desk lamp needs to be brass actually", "instead of the white lamp the brass one",
])
async def test_what_was_not_understood_begins_the_swap_that_it_wishes_for(ada, text):
    answer = await ask(NotUnderstood(), ada, text=text, intent="nlu_fallback")
    assert (answer.messages, answer.loop) == ([], "task_form")
    talk = Talk(ada, form=True)
    assert "I would change your order HF-6390527" in await talk.say(text)


@pytest.mark.parametrize("text", [
    "does the lamp come in brass?", "the lamp is so bright", "I want a sofa", "my neighbour should buy brass", "hello",
])
async def test_what_wishes_for_nothing_of_theirs_is_not_understood(ada, text):
    answer = await ask(NotUnderstood(), ada, text=text, intent="nlu_fallback")
    assert answer.messages
    assert answer.loop is None


@pytest.mark.parametrize(("intent", "then"), [("deny", "action_listen"), ("nlu_fallback", None)])
async def test_where_no_story_goes_on_it_is_said_once(ada, intent, then):
    assert (await ask(NotUnderstood(), ada, text="no thanks, maybe next month", intent=intent)).followup == then


async def test_who_is_not_known_is_not_understood(ada):
    assert (await ask(NotUnderstood(), text="the lamp should be brass", intent="nlu_fallback")).messages


@pytest.mark.parametrize(("text", "begins"), [
    ("now the other one: I want the speaker with 20 hours and the lamp in brass", True), ("I want a brass lamp", False),
    ("a speaker that lasts 20 hours, do you have one?", False), ("show me the lamp in brass please", False),
])
async def test_a_look_at_goods_is_a_wish_where_several_things_of_theirs_shall_become_others(ada, text, begins):
    assert ((await ask(SearchProducts(), ada, text=text, intent="search_products")).loop == "task_form") is begins
