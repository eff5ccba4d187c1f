"""Call-backs: at a time when people are there, one of them is free, and the customer can be reached."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from support.care import call_backs, case_log
from support.errors import IdReused, MessageEmpty, NotFound
from support.identity import Speaker
from support.models.cases import Case, CaseEvent, CaseKind
from support.models.conversations import Level
from support.refusals import IdentityTooLow, NotOpenThen, ProfileInvalid, TimeInvalid, TimeTaken
from support.text import new_id
from tests.support.rules import load_rules
from tests.support.shop_rows import NOW, create_customer, speaker_of
from tests.support.told import requests_made, told

VISITOR = Speaker(Level.VISITOR)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)  # UTC is the shop's time in winter


def monday(hour, minute=0):
    return MONDAY + timedelta(hours=hour, minutes=minute)


async def reachable(session):
    customer = await create_customer(session)
    customer.phone = "+353 20 915 0142"
    await session.flush()
    return customer


async def book(session, customer, at_time, rules, *, phone=None, about="My order", key=None, at=NOW):
    return await call_backs.book_call_back(
        session, speaker_of(customer, Level.VERIFIED), at_time, phone, about, key=key or new_id(), business=rules, at=at
    )


async def open_calls(session):
    query = select(Case).where(Case.kind == CaseKind.CALL_BACK, case_log.is_open()).order_by(Case.due_at)
    return list(await session.scalars(query))


class TestCallBackTimes:
    async def test_the_next_twenty_half_hours_in_which_people_are_there(self, session, rules):
        found = await call_backs.call_back_times(session, VISITOR, business=rules, at=NOW)
        assert len(found) == 20
        # Monday until lunch, after lunch, and the beginning of Tuesday
        halves = [monday(9) + timedelta(minutes=30 * n) for n in range(7)]
        halves += [monday(13, 30) + timedelta(minutes=30 * n) for n in range(7)]
        assert list(found[:14]) == halves
        assert found[14] == monday(33)

    @pytest.mark.parametrize(("at", "first"), [
        (monday(9), monday(9, 30)),
        (monday(9, 1), monday(10)),
        (monday(12, 0), monday(13, 30)),
        (monday(16, 0), monday(16, 30)),
        (monday(16, 1), monday(33)),
    ])
    async def test_the_first_is_a_whole_half_hour_after_the_time_that_it_takes(self, session, rules, at, first):
        assert (await call_backs.call_back_times(session, VISITOR, business=rules, at=at))[0] == first

    async def test_none_lies_beyond_the_days_ahead(self, session, tmp_path):
        rules = load_rules(tmp_path, ("days_ahead: 14", "days_ahead: 2"))
        found = await call_backs.call_back_times(session, VISITOR, business=rules, at=NOW)
        assert found[-1] == monday(12)  # two days to the minute, where lunch has not begun
        assert len(found) == 7

    async def test_ranges_that_do_not_begin_on_a_half_hour_are_rounded_inwards(self, session, tmp_path):
        rules = load_rules(tmp_path, ("monday: [09:00-12:30, 13:30-17:00]", "monday: [09:10-10:20]"))
        found = await call_backs.call_back_times(session, VISITOR, business=rules, at=NOW)
        assert found[:2] == (monday(9, 30), monday(33))

    async def test_half_hours_are_those_of_the_shops_clock(self, session, tmp_path):
        rules = load_rules(tmp_path, ("Europe/Dublin", "Asia/Kathmandu"))  # three quarters of an hour off
        found = await call_backs.call_back_times(session, VISITOR, business=rules, at=NOW)
        assert {one.astimezone(ZoneInfo("Asia/Kathmandu")).minute for one in found} == {0, 30}

    async def test_a_full_half_hour_is_left_out(self, session, rules):
        for _ in range(2):
            await book(session, await reachable(session), monday(9, 10), rules)
        await book(session, await reachable(session), monday(9, 30), rules)
        found = await call_backs.call_back_times(session, VISITOR, business=rules, at=NOW)
        assert found[:2] == (monday(9, 30), monday(10))

    async def test_a_shop_that_never_opens_has_none(self, session, tmp_path):
        rules = load_rules(
            tmp_path, ("[09:00-12:30, 13:30-17:00]", "[]"), ("[22:00-02:00]", "[]"),
            *((f"    {day}: [09:00-17:00]", f"    {day}: []") for day in ("tuesday", "wednesday", "thursday")),
        )
        assert await call_backs.call_back_times(session, VISITOR, business=rules, at=NOW) == ()


class TestBookCallBack:
    async def test_it_is_a_case_that_is_due_then(self, session, rules):
        customer = await reachable(session)
        in_dublin = monday(9, 15).astimezone(ZoneInfo("Europe/Dublin")) + timedelta(seconds=20)
        done = await book(session, customer, in_dublin, rules)
        (case,) = await open_calls(session)
        assert (case.due_at, case.phone, case.text) == (monday(9, 15), "+353 20 915 0142", "My order")
        assert done.details == {
            "case": case.reference, "at": "2026-11-23T09:15:00+00:00", "moved_from": None, "phone": case.phone,
        }
        assert await told(session) == [("call_back.booked", {
            "case": case.reference, "at": "2026-11-23T09:15:00+00:00", "moved_from": None, "phone": case.phone,
            "about": "My order",
        })]

    async def test_a_number_that_is_given_goes_before_the_one_on_file(self, session, rules):
        customer = await reachable(session)
        await book(session, customer, monday(9), rules, phone=" 01 234 5678 ")
        assert ((await open_calls(session))[0].phone, customer.phone) == ("01 234 5678", "+353 20 915 0142")

    async def test_without_any_number_or_with_none_that_can_be_dialled_it_is_refused(self, session, rules):
        customer = await create_customer(session)
        for phone in (None, "", "call me"):
            with pytest.raises(ProfileInvalid):
                await book(session, customer, monday(9), rules, phone=phone)
        assert (await open_calls(session), await requests_made(session)) == ([], 0)

    async def test_a_second_one_takes_the_place_of_the_first(self, session, rules):
        customer = await reachable(session)
        first = await book(session, customer, monday(9), rules)
        second = await book(session, customer, monday(10), rules)
        (case,) = await open_calls(session)
        assert (case.due_at, second.details["moved_from"]) == (monday(10), first.details["case"])
        closed = (await session.scalars(select(CaseEvent).where(CaseEvent.kind == "closed"))).one()
        assert closed.details["moved_to"] == case.reference

    @pytest.mark.parametrize(("at_time", "refusal"), [
        (monday(9).replace(tzinfo=None), TimeInvalid),
        ("2026-11-23T09:00", TimeInvalid),
        (None, TimeInvalid),
        (NOW - timedelta(minutes=1), TimeInvalid),
        (NOW + timedelta(minutes=29), TimeInvalid),
        (NOW + timedelta(days=14, minutes=1), TimeInvalid),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), TimeInvalid),
        (datetime(1, 1, 1, tzinfo=UTC), TimeInvalid),
        (datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo")), TimeInvalid),
        (monday(8, 59), NotOpenThen),
        (monday(12, 30), NotOpenThen),
        (monday(17), NotOpenThen),
        (monday(-20), NotOpenThen),
    ])
    async def test_past_far_and_closed_times_are_refused(self, session, rules, at_time, refusal):
        customer = await reachable(session)
        with pytest.raises(refusal):
            await book(session, customer, at_time, rules)
        assert (await open_calls(session), await requests_made(session)) == ([], 0)

    async def test_a_holiday_is_closed(self, session, tmp_path):
        rules = load_rules(tmp_path, ("2026-12-25", "2026-11-24"))
        with pytest.raises(NotOpenThen):
            await book(session, await reachable(session), monday(34), rules)

    async def test_a_full_half_hour_is_refused_but_ones_own_place_in_it_is_free(self, session, rules):
        customers = [await reachable(session) for _ in range(3)]
        for customer in customers[:2]:
            await book(session, customer, monday(9), rules)
        with pytest.raises(TimeTaken):
            await book(session, customers[2], monday(9, 29), rules)
        await book(session, customers[0], monday(9, 20), rules)
        assert [case.due_at for case in await open_calls(session)] == [monday(9), monday(9, 20)]
        await book(session, customers[0], monday(10), rules)
        await book(session, customers[2], monday(9, 29), rules)

    async def test_ten_at_once_for_one_half_hour_get_as_many_as_there_are_people(self, database, rules):
        async with database.write() as session:
            customers = [await reachable(session) for _ in range(10)]

        async def one(customer):
            async with database.write() as session:
                await book(session, customer, monday(9), rules)

        outcomes = await asyncio.gather(*(one(customer) for customer in customers), return_exceptions=True)
        assert sorted(type(one).__name__ for one in outcomes) == ["NoneType"] * 2 + ["TimeTaken"] * 8
        async with database.read() as session:
            assert len(await open_calls(session)) == 2

    async def test_a_repeat_answers_the_same_and_another_time_under_its_key_is_refused(self, session, rules):
        customer = await reachable(session)
        done = await book(session, customer, monday(9), rules, key="k")
        late = monday(9, 5)  # by when it could not be booked any more
        assert await book(session, customer, monday(9), rules, key="k", at=late) == done
        with pytest.raises(IdReused):
            await book(session, customer, monday(10), rules, key="k")
        assert len(await open_calls(session)) == 1

    async def test_who_is_unknown_or_says_nothing_is_refused(self, session, rules):
        customer = await reachable(session)
        with pytest.raises(MessageEmpty):
            await book(session, customer, monday(9), rules, about=" ")
        with pytest.raises(IdentityTooLow):
            await call_backs.book_call_back(session, VISITOR, monday(9), None, "x", key="k", business=rules, at=NOW)
        with pytest.raises(NotFound):
            await call_backs.book_call_back(
                session, Speaker.signed_in(new_id()), monday(9), None, "x", key="k", business=rules, at=NOW
            )
