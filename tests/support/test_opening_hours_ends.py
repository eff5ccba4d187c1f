"""Opening hours at their ends: around the clock, never, in the hour that the clocks skip, and promises in working days."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from support.chat.announcements import closed, opening_in_words
from support.policy.opening_hours import OpeningHours, OpenRange
from tests.support.rules import load_rules

DUBLIN = ZoneInfo("Europe/Dublin")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday


def every_day(text: str) -> OpeningHours:
    return OpeningHours(DUBLIN, ((OpenRange.parse(text),),) * 7)


class TestAroundTheClock:
    def test_is_said_in_words_and_is_open_at_any_instant(self):
        hours = every_day("00:00-24:00")
        assert hours.text() == "every day, around the clock"
        assert hours.next_opening(NOON) == NOON


class TestNever:
    def test_a_promise_in_working_days_is_one_in_days(self):
        never = OpeningHours(DUBLIN, ((),) * 7)
        assert never.working_days_after(NOON, 2) == datetime(2026, 11, 23, 12, tzinfo=UTC)

    def test_a_shop_that_never_opens_says_so_without_a_day(self, tmp_path):
        days = ("monday: [09:00-12:30, 13:30-17:00]", "tuesday: [09:00-17:00]", "wednesday: [09:00-17:00]",
                "thursday: [09:00-17:00]", "friday: [22:00-02:00]")
        rules = load_rules(tmp_path, *((day, f"{day.split(':')[0]}: []") for day in days))
        assert opening_in_words(rules, NOON) is None
        assert "09:00" not in closed(rules, NOON)


class TestWorkingDaysAfter:
    @pytest.mark.parametrize(("count", "expected"), [(1, "2026-11-23 17:00"), (2, "2026-11-24 17:00"), (6, "2026-11-30 17:00")])
    def test_are_counted_to_the_hour_at_which_people_go_home(self, count, expected, rules):
        # The last range of a day ends it, also one past midnight: Friday is the fifth, until 02:00 on Saturday
        assert rules.opening_hours.working_days_after(NOON, count) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


class TestTheSkippedHour:
    def test_a_range_that_falls_whole_into_it_is_not_that_day(self):
        hours = OpeningHours(DUBLIN, ((),) * 6 + ((OpenRange.parse("01:30-02:00"),),))
        assert hours.next_opening(datetime(2026, 3, 29, tzinfo=UTC)) == datetime(2026, 4, 5, 0, 30, tzinfo=UTC)
