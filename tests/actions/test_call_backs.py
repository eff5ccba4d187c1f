"""Booking a call."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from support.care import call_backs, case_log
from support.models.cases import Case, CaseKind
from support.models.customers import Customer
from tests.actions.talking import Talk
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, speaker_of

pytestmark = pytest.mark.usefixtures("shop")
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)  # NOW is a Saturday


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        customer = await create_customer(session)
        customer.phone = "+353 20 915 0142"
        return customer


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


async def booked(database) -> list[tuple[datetime, str, str]]:
    """(when, number, what about) of each open call."""
    async with database.read() as session:
        rows = await session.scalars(select(Case).where(Case.kind == CaseKind.CALL_BACK, case_log.is_open()))
        return [(row.due_at, row.phone, row.text) for row in rows]


class TestBooking:
    async def test_all_in_one_sentence(self, talk, database):
        said = await talk.say("please call me on Monday at 3 about my broken lamp", "book_call_back")
        assert said == (
            "Somebody would call you on Monday 23 November, 15:00 on +353 20 915 0142, about: “my broken lamp”.\n"
            "Shall I book that?"
        )
        assert await booked(database) == []
        assert "Done: we call you on Monday 23 November, 15:00 on +353 20 915 0142." in await talk.say("yes please")
        assert await booked(database) == [(MONDAY + timedelta(hours=15), "+353 20 915 0142", "my broken lamp")]

    async def test_open_times_are_offered_and_one_can_be_pressed(self, talk, database):
        said = await talk.say("can somebody call me back", "book_call_back")
        assert "When shall we call you? These times are free" in said
        assert talk.buttons[:2] == ["Monday 23 November, 09:00", "Monday 23 November, 09:30"]
        assert "What is the call about?" in await talk.say("Monday 23 November, 09:30")
        assert "09:30" in await talk.say("my refund")
        await talk.say("yes")
        assert await booked(database) == [(MONDAY + timedelta(hours=9.5), "+353 20 915 0142", "my refund")]

    async def test_one_of_the_list_by_its_place(self, talk):
        await talk.say("call me back about my refund", "book_call_back")
        assert "Monday 23 November, 10:00" in await talk.say("the third one")

    @pytest.mark.parametrize(("said", "when"), [
        ("as soon as possible", "Monday 23 November, 09:00"), ("tuesday half ten", "Tuesday 24 November, 10:30"),
        ("at 3", "Monday 23 November, 15:00"), ("noon", "Monday 23 November, 12:00"),
    ])
    async def test_times_as_people_say_them(self, talk, said, when):
        await talk.say("call me back about my refund", "book_call_back")
        assert f"call you on {when} on" in await talk.say(said)

    async def test_a_day_alone_is_asked_at_what_time(self, talk):
        await talk.say("call me back about my refund", "book_call_back")
        assert "At what time shall we call?" in await talk.say("Wednesday")
        assert talk.buttons[0] == "Wednesday 25 November, 09:00"

    async def test_a_time_alone_is_meant_on_the_day_that_was_spoken_of(self, talk):
        await talk.say("call me back about my refund", "book_call_back")
        await talk.say("Wednesday")
        assert "call you on Wednesday 25 November, 14:00 on" in await talk.say("2pm")

    async def test_a_part_of_the_day_is_offered_by_its_times(self, talk):
        await talk.say("call me back about my refund", "book_call_back")
        assert "When exactly shall we call?" in await talk.say("in the afternoon")
        assert talk.buttons[0] == "Monday 23 November, 14:00"

    async def test_another_number_than_the_one_on_record(self, talk, database):
        await talk.say("call me on Monday at 3 on +44 20 7946 0018 about my broken lamp", "book_call_back")
        await talk.say("yes")
        assert [phone for _, phone, _ in await booked(database)] == ["+44 20 7946 0018"]

    async def test_without_a_number_on_record_it_is_asked_for(self, database):
        async with database.write() as session:
            talk = Talk(await create_customer(session, email="no-phone@example.com"))
        assert "On which number" in await talk.say("call me on Monday at 3 about my broken lamp", "book_call_back")
        assert "+353 1 555 0100" in await talk.say("+353 1 555 0100")

    async def test_another_time_takes_the_place_of_the_first(self, talk, database):
        await talk.say("call me on Monday at 3 about my broken lamp", "book_call_back")
        await talk.say("yes")
        said = await talk.say("call me on Tuesday at 11 about my broken lamp instead", "book_call_back")
        assert "It takes the place of your call on Monday 23 November, 15:00." in said
        await talk.say("yes")
        assert [when for when, _, _ in await booked(database)] == [MONDAY + timedelta(hours=35)]


class TestRefused:
    async def test_a_closed_hour_is_answered_with_open_ones(self, talk):
        said = await talk.say("call me tomorrow at 3 about my broken lamp", "book_call_back")
        assert "Nobody is here at that time; we are there Monday 09:00–12:30 and 13:30–17:00, Tuesday to" in said
        assert talk.buttons[0] == "Monday 23 November, 09:00"

    async def test_a_closed_day(self, talk):
        said = await talk.say("call me tomorrow about my broken lamp", "book_call_back")
        assert "On Sunday 22 November nobody can call." in said

    async def test_too_far_ahead(self, talk):
        said = await talk.say("call me on 20 December at 3 about my broken lamp", "book_call_back")
        assert "too far ahead: a call can be booked for the next 14 days." in said

    async def test_a_time_that_others_have_taken(self, talk, database, tmp_path):
        async with database.write() as session:
            for n in range(2):
                other = await create_customer(session, email=f"{n}@example.com")
                await call_backs.book_call_back(
                    session, speaker_of(other), MONDAY + timedelta(hours=15), "+353 1 555 0100", "Mine", key="k",
                    business=load_rules(tmp_path), at=NOW,
                )
        said = await talk.say("call me on Monday at 3 about my broken lamp", "book_call_back")
        assert "At that time nobody is free to call." in said
        assert talk.buttons[0] == "Monday 23 November, 15:30"


class TestInBetween:
    async def test_a_correction_of_the_time(self, talk, database):
        await talk.say("call me on Monday at 3 about my broken lamp", "book_call_back")
        assert "16:00" in await talk.say("no, make it 4 pm on Monday")
        await talk.say("yes")
        assert [when for when, _, _ in await booked(database)] == [MONDAY + timedelta(hours=16)]

    async def test_stop_books_nothing(self, talk, database):
        await talk.say("call me on Monday at 3 about my broken lamp", "book_call_back")
        await talk.say("never mind")
        assert await booked(database) == []
        assert not talk.form
