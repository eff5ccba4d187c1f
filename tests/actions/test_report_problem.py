"""Reporting what is damaged, wrong, missing or late."""

import pytest
from sqlalchemy import select

from support.models.cases import Case, CaseEvent, CaseEventKind, CaseKind, CaseLine
from support.models.loyalty import LedgerEntry
from support.models.orders import Order, OrderStatus
from tests.actions.talking import Talk
from tests.support.paid_orders import Bought, buy
from tests.support.shop_rows import create_order, lines_of

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def bought(database) -> Bought:
    async with database.write() as session:
        return await buy(session, status=OrderStatus.DELIVERED)


@pytest.fixture
def talk(bought) -> Talk:
    return Talk(bought.customer)


async def reported(database) -> list[tuple[CaseKind, str, list[str]]]:
    """(kind, text, ids of the lines) of each case, by its kind."""
    async with database.read() as session:
        found = []
        for case in await session.scalars(select(Case).order_by(Case.kind)):
            lines = await session.scalars(select(CaseLine.order_line_id).where(CaseLine.case_id == case.id))
            found.append((case.kind, case.text, sorted(lines)))
        return found


async def move_to(database, order: Order, status: OrderStatus) -> None:
    async with database.write() as session:
        (await session.get_one(Order, order.id)).status = status


class TestReporting:
    async def test_takes_all_from_one_sentence_and_does_it_after_a_yes(self, talk, bought, database):
        said = await talk.say("the mug from my last order arrived broken", "report_problem")
        assert said == (
            f"I'm sorry about that. I would report for your order {bought.order.number}: Mug (plain): damaged. You say: "
            "“the mug from my last order arrived broken” Somebody sees to it by Tuesday 24 November.\n"
            "Shall I report it like that?"
        )
        assert await reported(database) == []
        said = await talk.say("Yes, report it", "report_problem")
        assert "Done: this is case C-" in said
        assert "by Tuesday 24 November" in said
        assert await reported(database) == [
            (CaseKind.DAMAGED, "the mug from my last order arrived broken", [bought.mug.id]),
        ]
        assert f"Return something from {bought.order.number}" in talk.buttons
        assert talk.slots["order_number"] == bought.order.number
        assert not talk.form

    @pytest.mark.parametrize("said", ["There is no problem with an order.", "Nothing is wrong.", "I told you, no problem with any order."])
    async def test_where_nothing_is_wrong_it_is_over(self, talk, database, said):
        assert "What is wrong?" in await talk.say("I have a problem with my order", "report_problem")
        assert "Nothing about it has been changed." in await talk.say(said, "report_problem")
        assert not talk.form
        assert await reported(database) == []

    async def test_no_problem_with_one_thing_takes_none_back_of_another(self, talk):
        assert "What is wrong?" in await talk.say("I have a problem with my order", "report_problem")
        said = await talk.say("no problem with the kettles, but the mug arrived broken", "report_problem")
        assert "Nothing about it has been changed." not in said
        assert talk.form

    async def test_asks_one_thing_after_the_other(self, talk, bought, database):
        assert "What is wrong?" in await talk.say("I have a problem with my order", "report_problem")
        assert talk.buttons == [
            "It arrived damaged", "It is the wrong thing", "Something is missing", "It has not arrived",
        ]
        assert "is damaged?" in await talk.say("It arrived damaged", "report_problem")
        assert "What exactly is wrong" in await talk.say("both kettles")
        assert "Shall I report it" in await talk.say("dents all over the lid")
        await talk.say("yes")
        assert await reported(database) == [
            (CaseKind.DAMAGED, "dents all over the lid", [bought.kettles.id]),
        ]

    async def test_two_problems_are_two_cases(self, talk, bought, database):
        await talk.say("the mug is cracked and one kettle is missing", "report_problem")
        assert "Mug (plain): damaged" in talk.messages[-1]["text"]
        said = await talk.say("yes")
        assert "Kettle (small): missing" in said
        await talk.say("yes please")
        assert [(kind, lines) for kind, _, lines in await reported(database)] == [
            (CaseKind.DAMAGED, [bought.mug.id]), (CaseKind.MISSING, [bought.kettles.id]),
        ]
        assert not talk.form

    async def test_said_again_it_becomes_a_note(self, talk, bought, database):
        await talk.say("my mug arrived broken", "report_problem")
        first = await talk.say("yes")
        await talk.say("my mug arrived broken and the handle is off", "report_problem")
        assert "I have added what you say" in await talk.say("yes")
        assert len(await reported(database)) == 1
        async with database.read() as session:
            notes = await session.scalars(select(CaseEvent).where(CaseEvent.kind == CaseEventKind.NOTED))
            assert [note.details["text"] for note in notes] == ["my mug arrived broken and the handle is off"]
        assert "Done" in first

    async def test_points_come_with_it_only_if_something_is_asked_for_the_trouble(self, talk, database):
        await talk.say("my mug arrived broken, I'd like some compensation", "report_problem")
        assert "added 150 points to your account: they are worth €7.50" in await talk.say("yes")
        async with database.read() as session:
            assert list(await session.scalars(select(LedgerEntry.points))) == [150]


class TestLate:
    async def test_an_order_on_its_way_is_reported_as_late_without_more_questions(self, talk, bought, database):
        await move_to(database, bought.order, OrderStatus.SHIPPED)
        assert "it is late" in await talk.say("my parcel still hasn't arrived", "report_problem")
        await talk.say("yes")
        assert await reported(database) == [(CaseKind.LATE, "my parcel still hasn't arrived", [])]

    async def test_what_is_said_to_be_delivered_and_never_came_is_missing(self, talk, bought, database):
        await talk.say(f"{bought.order.number} says delivered but I never got it", "report_problem")
        await talk.say("yes")
        assert [(kind, lines) for kind, _, lines in await reported(database)] == [
            (CaseKind.MISSING, sorted([bought.kettles.id, bought.mug.id])),
        ]

    async def test_a_delivered_order_cannot_be_late_and_is_asked_about(self, talk, bought, database):
        said = await talk.say(f"order {bought.order.number} is late", "report_problem")
        assert f"Your order {bought.order.number} is delivered since 21 November, so I can't report it as late." in said
        assert "What is wrong?" in said
        await talk.say("the mug is missing")
        await talk.say("yes")
        assert [kind for kind, _, _ in await reported(database)] == [CaseKind.MISSING]


class TestRefused:
    async def test_what_has_not_arrived_cannot_be_damaged(self, talk, bought, database):
        await move_to(database, bought.order, OrderStatus.SHIPPED)
        said = await talk.say(f"the mug of {bought.order.number} is broken, completely shattered", "report_problem")
        assert "is on its way: as far as we know it has not arrived yet" in said
        assert f"Track {bought.order.number}" in talk.buttons
        assert not talk.form

    async def test_nothing_that_it_could_be_said_of(self, talk, bought, database):
        await move_to(database, bought.order, OrderStatus.CANCELLED)
        assert "None of your orders has come so far" in await talk.say("a plate was broken", "report_problem")
        assert not talk.form


class TestInBetween:
    async def test_a_correction_changes_the_line(self, talk, bought, database):
        await talk.say("my mug arrived broken", "report_problem")
        assert "Kettle (small): damaged" in await talk.say("no, I mean the kettle")
        await talk.say("yes")
        assert [lines for _, _, lines in await reported(database)] == [[bought.kettles.id]]

    async def test_more_words_are_added(self, talk, database):
        await talk.say("my mug arrived broken", "report_problem")
        assert "“my mug arrived broken the box was crushed too”" in await talk.say("yes, but add that the box was crushed too")
        await talk.say("yes")
        assert [text for _, text, _ in await reported(database)] == ["my mug arrived broken\nthe box was crushed too"]

    async def test_what_else_is_told_of_it_belongs_to_it(self, talk, database):
        await talk.say("my kettle is faulty, I can't use it", "report_problem")
        assert "“my kettle is faulty, I can't use it it won't turn on”" in await talk.say("it won't turn on")
        await talk.say("yes")
        assert [text for _, text, _ in await reported(database)] == [
            "my kettle is faulty, I can't use it\nit won't turn on",
        ]

    async def test_a_question_in_between_is_answered(self, talk, bought):
        await talk.say("I have a problem with my order", "report_problem")
        said = await talk.say("what are my orders?", "list_orders")
        assert "You have one order" in said
        assert "What is wrong?" in said

    async def test_anger_while_it_is_told_is_about_the_matter(self, talk):
        await talk.say("I have a problem with my order", "report_problem")
        await talk.say("this is ridiculous, the mug came in pieces", "express_frustration")
        assert talk.handoff is None

    async def test_several_orders_are_asked_about(self, talk, bought, database):
        async with database.write() as session:
            other = await create_order(session, bought.customer, lines=(("Vase", 1, 900),))
            (vase,) = await lines_of(session, other)
        assert "Which order is it about?" in await talk.say("it arrived broken", "report_problem")
        await talk.say(other.number)
        await talk.say("it has a crack from top to bottom")
        await talk.say("yes")
        assert [lines for _, _, lines in await reported(database)] == [[vase.id]]

    async def test_never_mind_reports_nothing(self, talk, database):
        await talk.say("my mug arrived broken", "report_problem")
        assert "Nothing about it has been changed" in await talk.say("never mind")
        assert await reported(database) == []
        assert not talk.form
