"""How a customer's cases stand, and adding to them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.cases import ShowCases
from support.care import cases, complaints
from support.identity import Speaker
from support.models.cases import CaseEvent, CaseEventKind
from support.models.customers import Customer
from support.text import new_id
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, create_order, lines_of, speaker_of

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        return await create_customer(session)


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


async def complained(database, customer, folder, text="The courier was rude.", *, ago=0) -> str:
    async with database.write() as session:
        done = await complaints.complain(
            session, speaker_of(customer), text, key=new_id(), business=load_rules(folder), at=NOW - timedelta(days=ago)
        )
        return done.details["case"]


async def damaged(database, customer, folder) -> tuple[str, str]:
    """The references of a case and of its order."""
    async with database.write() as session:
        order = await create_order(session, customer)
        (line,) = await lines_of(session, order)
        done = await cases.open_case(
            session, speaker_of(customer), "damaged", order.id, [line.id], "Cracked.", key=new_id(),
            business=load_rules(folder), at=NOW,
        )
        return done.details["case"], order.number


async def close(database, customer, case) -> None:
    async with database.write() as session:
        agent = Speaker.agent_for(customer.id, agent_id=new_id())
        await cases.close_case(session, agent, case, "Settled.", key=new_id(), at=NOW)


async def notes(database) -> list[str]:
    async with database.read() as session:
        rows = await session.scalars(select(CaseEvent).where(CaseEvent.kind == CaseEventKind.NOTED))
        return [row.details["text"] for row in rows]


class TestShowCases:
    async def test_none(self, aoife):
        answer = await ask(ShowCases(), aoife, text="my cases")
        assert answer.text == (
            "You have no open case, Aoife. If something is wrong with an order, tell me and I report it."
        )

    async def test_the_open_ones_with_what_they_are_about_and_by_when(self, aoife, database, tmp_path):
        late = await complained(database, aoife, tmp_path, ago=10)
        new, number = await damaged(database, aoife, tmp_path)
        await close(database, aoife, await complained(database, aoife, tmp_path, "Old."))
        answer = await ask(ShowCases(), aoife, text="which open cases do I have")
        assert answer.text == (
            "You have 2 open cases:\n"
            f"1. {new} · something damaged, order {number} · 21 November: “Cracked.”\n"
            "   It is open; somebody sees to it by Tuesday 24 November.\n"
            f"2. {late} · a complaint · 11 November: “The courier was rude.”\n"
            "   It is open and should have been seen to by Saturday 14 November: I'm sorry, a person can tell you why."
        )

    async def test_one_by_its_number_however_typed(self, aoife, database, tmp_path):
        case, number = await damaged(database, aoife, tmp_path)
        await complained(database, aoife, tmp_path)
        answer = await ask(ShowCases(), aoife, text=f"what about {case.lower().replace('-', ' ')}?")
        assert answer.text.startswith(f"Case {case} is about something damaged of order {number}, from 21 November")
        assert answer.slots == {"order_number": number}

    async def test_a_closed_one_is_said_to_be_so(self, aoife, database, tmp_path):
        case = await complained(database, aoife, tmp_path)
        await close(database, aoife, case)
        assert "It is closed." in (await ask(ShowCases(), aoife, text=f"status of {case}")).text

    async def test_another_customers_case_is_unknown(self, aoife, database, tmp_path):
        async with database.write() as session:
            other = await create_customer(session, email="other@example.com")
        case = await complained(database, other, tmp_path)
        answer = await ask(ShowCases(), aoife, text=f"status of {case}")
        assert answer.text == f"I can't find a case {case} of yours. No case of yours is open."

    async def test_all_of_them_with_the_closed_ones(self, aoife, database, tmp_path):
        await close(database, aoife, await complained(database, aoife, tmp_path))
        await damaged(database, aoife, tmp_path)
        answer = await ask(ShowCases(), aoife, text="show all my cases, closed ones too")
        assert answer.text.startswith("These are your 2 cases, 1 of them open:")

    async def test_by_what_it_is_about(self, aoife, database, tmp_path):
        case, _ = await damaged(database, aoife, tmp_path)
        await complained(database, aoife, tmp_path)
        assert f"Case {case}" in (await ask(ShowCases(), aoife, text="any news on the broken mug?")).text


class TestAddToCase:
    async def test_the_only_open_case_and_the_words_in_one_sentence(self, talk, aoife, database, tmp_path):
        case = await complained(database, aoife, tmp_path)
        said = await talk.say("please add to my case that the courier came back drunk", "add_to_case")
        assert f"Done: case {case} says now too: “please add to my case that the courier came back drunk”" in said
        assert await notes(database) == ["please add to my case that the courier came back drunk"]

    async def test_asks_which_case_and_what(self, talk, aoife, database, tmp_path):
        case, _ = await damaged(database, aoife, tmp_path)
        await complained(database, aoife, tmp_path)
        assert "Which of your cases" in await talk.say("I want to add something to my case", "add_to_case")
        assert "What shall I add?" in await talk.say("the damaged one")
        await talk.say("the handle has come off too", "report_problem")
        assert await notes(database) == ["the handle has come off too"]
        async with database.read() as session:
            (row,) = await session.scalars(select(CaseEvent).where(CaseEvent.kind == CaseEventKind.NOTED))
            assert (await cases.find(session, speaker_of(aoife), case)).id == row.case_id

    async def test_without_an_open_case_a_report_is_offered(self, talk):
        assert "no open case that I could add to" in await talk.say("add a note to my case", "add_to_case")
        assert not talk.form

    async def test_an_unknown_number_is_asked_about(self, talk, aoife, database, tmp_path):
        case = await complained(database, aoife, tmp_path)
        said = await talk.say("add to C-0000-0000 that the box was wet", "add_to_case")
        assert "I can't find an open case C-0000-0000 of yours. Is it one of these?" in said
        await talk.say(case)
        assert await notes(database) == ["add to C-0000-0000 that the box was wet"]

    async def test_stop_adds_nothing(self, talk, aoife, database, tmp_path):
        await complained(database, aoife, tmp_path)
        await talk.say("I want to add something to my case", "add_to_case")
        await talk.say("forget it")
        assert await notes(database) == []
