"""Two things of the same product in one order, and a wish for one of them."""

import pytest

from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.actions.wishes.conftest import PENDING
from tests.actions.wishes.ordered import options
from tests.support.shop_rows import create_customer, create_method, create_order

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    """A customer with a pending order of a small suitcase, a lamp and a big suitcase."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer, MethodKind.CARD)
        cases = await stocked(
            session, "Suitcase", (9000, 5, {"size": "small", "color": "blue"}), (12000, 5, {"size": "big", "color": "silver"}),
            (10000, 5, {"size": "medium", "color": "blue"}), (13000, 5, {"size": "medium", "color": "red"}),
        )
        lamps = await stocked(session, "Desk Lamp", (4000, 5, {"color": "white"}), (4500, 5, {"color": "brass"}))
        for one in (cases, lamps):
            await session.refresh(one, ["variants"])
        small, big = (next(one for one in cases.variants if one.options["size"] == size) for size in ("small", "big"))
        lamp = next(one for one in lamps.variants if one.options["color"] == "white")
        await create_order(
            session, customer, "HF-6390527", lines=((small, 1, 9000), (lamp, 1, 4000), (big, 1, 12000)),
            status=PENDING, paid_with=card,
        )
    return Talk(customer)


BOTH = "In HF-6390527 I want the lamp in brass and the small suitcase in medium and blue"
SMALL = "1 × Suitcase (size small, color blue) becomes size medium, color blue"


async def test_only_those_two_keeps_the_one_that_was_planned(talk):
    assert SMALL in await talk.say(BOTH, "change_order_items")
    said = await talk.say("Wait: only the suitcase and the lamp, nothing else")
    assert SMALL in said
    assert "Desk Lamp" in said


async def test_a_wish_for_one_of_them_is_for_the_one_planned(talk):
    await talk.say(BOTH, "change_order_items")
    said = await talk.say("no, the suitcase in medium and red please")
    assert "1 × Suitcase (size small, color blue) becomes size medium, color red" in said


@pytest.mark.parametrize("said", [
    "No. I said I want the other suitcase in medium and blue", "why the small one? that one's fine. it's the other one that should be medium, blue",
])
async def test_the_other_one_takes_the_place_of_the_one_planned(talk, said):
    await talk.say("in HF-6390527 the small suitcase in medium and red", "change_order_items")
    plan = await talk.say(said, "change_order_items")
    assert "1 × Suitcase (size big, color silver) becomes size medium, color blue" in plan
    assert "size small" not in plan


async def test_what_shall_be_like_its_twin_is_not_the_twin(talk, database):
    said = await talk.say("in HF-6390527 the big suitcase should be exactly like the small one", "change_order_items")
    assert "1 × Suitcase (size big, color silver) becomes size small, color blue" in said


@pytest.mark.parametrize("no", ["no. then leave the suitcases as they are", "no, leave them as they are"])
async def test_both_left_ends_it(talk, no):
    await talk.say("in HF-6390527 the small suitcase in medium and red", "change_order_items")
    assert "everything stays as it is" in await talk.say(no, "deny") or not talk.form


@pytest.mark.parametrize("more", [
    "Hmm, that's a different size. I'd want everything else the same. Don't you have that one?", "all else as it is please",
])
async def test_what_was_wished_is_remembered_while_more_of_it_is_told(talk, more):
    asked = await talk.say("in HF-6390527 the small suitcase in red", "change_order_items")
    assert "can't be had just so (red, all else the same). This one comes nearest, with another size." in asked
    assert "can't be had just so (red, all else the same)" in await talk.say(more, "change_order_items")


async def test_where_neither_is_planned_it_is_asked_which(talk, database):
    await talk.say("HF-6390527: swap the lamp for a brass one", "change_order_items")
    said = await talk.say("change the suitcase in HF-6390527 to medium, blue")
    assert said.startswith("Which of these do you mean?")
    assert await options(database, "HF-6390527") == ["small blue", "white", "big silver"]


async def test_a_yes_to_the_one_offered_and_the_other_one_too(talk):
    asked = await talk.say("in HF-6390527 the small suitcase in red and the big suitcase in medium and blue", "change_order_items")
    assert "This one comes nearest, with another size. Shall it be that?" in asked
    said = await talk.say("Yes, that sounds right. And the big one too, please.")
    assert "1 × Suitcase (size small, color blue) becomes size medium, color red" in said
    assert "1 × Suitcase (size big, color silver) becomes size medium, color blue" in said


async def test_the_blue_one_is_the_one_of_those_that_were_spoken_of(talk):
    talk.heard.append("I have two suitcases with you. What does each of them cost?")
    said = await talk.say("Then make the blue one medium and red, please.", "change_order_items")
    assert "1 × Suitcase (size small, color blue) becomes size medium, color red" in said


@pytest.mark.parametrize("text", ["Add to it: change the lamp to brass", "Yes, change the lamp, and add a kettle too"])
async def test_what_is_to_be_added_agrees_to_nothing(talk, database, text):
    await talk.say("HF-6390527: swap the lamp for a brass one", "change_order_items")
    assert (await talk.say(text)).startswith("I would change your order HF-6390527: 1 × Desk Lamp")
    assert await options(database, "HF-6390527") == ["small blue", "white", "big silver"]


async def test_of_two_one_of_which_goes_back_it_is_asked_which(database):
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer, MethodKind.CARD)
        await create_order(
            session, customer, "HF-4440031", lines=(("Suitcase", 1, 9000), ("Suitcase", 1, 9000)), status=OrderStatus.DELIVERED, paid_with=card,
        )
    talk = Talk(customer)
    assert (await talk.say("I got two suitcases, one has to go back", "return_items")).startswith("Which of these do you mean?")


@pytest.fixture
async def returning(database) -> Talk:
    """A delivered order of two suitcases, the small one dearer, and a lamp."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer, MethodKind.CARD)
        cases = await stocked(session, "Suitcase", (12000, 5, {"size": "small", "color": "blue"}), (9000, 5, {"size": "large", "color": "red"}))
        lamps = await stocked(session, "Desk Lamp", (4000, 5, {"color": "white"}))
        for one in (cases, lamps):
            await session.refresh(one, ["variants"])
        small, big = (next(one for one in cases.variants if one.options["size"] == size) for size in ("small", "large"))
        await create_order(
            session, customer, "HF-4440031", lines=((small, 1, 12000), (lamps.variants[0], 1, 4000), (big, 1, 9000)), paid_with=card,
        )
    return Talk(customer)


@pytest.mark.parametrize("said", [
    "First, I received two suitcases and I want to send the pricier one back, and the lamp",
    "I also got two suitcases. I'd like to return the smaller one and the lamp",
    "return the one that cost more of the two suitcases, together with the lamp",
])
async def test_of_two_that_were_bought_the_one_that_is_told_goes_back(returning, said):
    plan = await returning.say(said, "return_items")
    assert "Suitcase (small, blue) at €120.00" in plan
    assert "Desk Lamp (white) at €40.00" in plan
    assert "Suitcase (large" not in plan


async def test_the_one_planned_stays_so_while_more_is_said(returning):
    await returning.say("return the more expensive suitcase of the two, and the lamp", "return_items")
    plan = await returning.say("actually I'll keep the lamp after all. just the suitcase then")
    assert "Suitcase (small, blue). €120.00" in plan
    plan = await returning.say("yes that suitcase, but the lamp goes back as well")
    assert "Suitcase (small, blue)" in plan
    assert "Desk Lamp (white)" in plan
    assert "Suitcase (large" not in plan


async def test_not_both_leaves_what_else_was_planned(returning):
    await returning.say("return everything in HF-4440031", "return_items")
    plan = await returning.say("not both suitcases! only the more expensive one")
    assert "Suitcase (small, blue)" in plan
    assert "Desk Lamp (white)" in plan
    assert "Suitcase (large" not in plan


async def test_which_one_is_told_in_words_that_agree_to_nothing(returning, database):
    await returning.say("return the lamp from HF-4440031", "return_items")
    plan = await returning.say("I want to return the one that cost more of the suitcases, together with the lamp", "return_items")
    assert not plan.startswith("Done")
    assert "Suitcase (small, blue)" in plan


@pytest.mark.parametrize(("first", "which"), [
    ("in HF-6390527 I want a suitcase in medium instead, same colour", "the blue one"),
    ("swap a suitcase in HF-6390527 for a medium one, colour as now", "the first one"),
])
async def test_what_was_wished_before_it_was_clear_which_is_not_asked_again(talk, first, which):
    assert (await talk.say(first, "change_order_items")).startswith("Which of these do you mean?")
    assert "1 × Suitcase (size small, color blue) becomes size medium, color blue" in await talk.say(which)


async def test_what_could_be_is_told_of_the_one_that_it_is(talk):
    said = await talk.say("could the blue suitcase in HF-6390527 be a medium red suitcase?", "change_order_items")
    assert "1 × Suitcase (size small, color blue) becomes size medium, color red" in said
