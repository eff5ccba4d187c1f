from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.when_reading import read_days, read_when

DUBLIN = ZoneInfo("Europe/Dublin")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday


def told(text: str, at: datetime = NOW, zone: ZoneInfo = DUBLIN) -> list[str]:
    """The instant read, or the candidates after a question mark."""
    reading = read_when(text, at=at, zone=zone)
    mark = "" if reading.chosen else "?"
    return [mark + one.astimezone(zone).strftime("%m-%d %H:%M") for one in (reading.chosen or reading.candidates)]


class TestReadWhen:
    @pytest.mark.parametrize(("text", "expected"), [
        ("tomorrow at 3", ["11-22 15:00"]), ("Monday morning at half nine", ["11-23 09:30"]), ("in two hours", ["11-21 14:00"]),
        ("15:30", ["11-21 15:30"]), ("next Tuesday 10am", ["11-24 10:00"]), ("at 9", ["11-22 09:00"]), ("noon", ["11-22 12:00"]),
        ("in half an hour", ["11-21 12:30"]), ("friday 2pm please", ["11-27 14:00"]), ("December 5th at noon", ["12-05 12:00"]),
        ("can you call me on the 5th of December at quarter past ten", ["12-05 10:15"]), ("tonight at 7", ["11-21 19:00"]),
        ("saturday at 10", ["11-28 10:00"]), ("in an hour and a half", ["11-21 13:30"]), ("in 3 days at 11", ["11-24 11:00"]),
        ("quarter to four on wednesday", ["11-25 15:45"]), ("2026-12-01 09:00", ["12-01 09:00"]), ("tomorrow 3", ["11-22 15:00"]),
        ("9 o'clock", ["11-22 09:00"]), ("3.30pm", ["11-21 15:30"]), ("around 11 in the morning", ["11-22 11:00"]),
        ("not monday, tuesday at 3pm", ["11-24 15:00"]), ("the 1st at 8am", ["12-01 08:00"]), ("wed at 11:15", ["11-25 11:15"]),
        ("5 minutes past three", ["11-21 15:05"]), ("in a couple of hours", ["11-21 14:00"]), ("next week wednesday at 10", ["11-25 10:00"]),
    ])
    def test_a_day_and_a_time_are_an_instant(self, text, expected):
        assert told(text) == expected

    @pytest.mark.parametrize(("text", "expected"), [
        ("tomorrow morning", ["?11-22 09:00", "?11-22 10:00", "?11-22 11:00"]), ("at 7", ["?11-21 19:00", "?11-22 07:00"]),
        ("today at 9", ["?11-21 21:00"]), ("saturday at 14:00", ["?11-21 14:00", "?11-28 14:00"]),
        ("monday or tuesday at 3pm", ["?11-23 15:00", "?11-24 15:00"]),
    ])
    def test_what_may_mean_several_is_asked_about(self, text, expected):
        assert told(text) == expected

    @pytest.mark.parametrize("text", ["Monday", "yesterday at 5", "call me", "31 February at 3pm", "2 items", "asap", "", "25:00"])
    def test_half_a_time_a_past_one_and_none_are_nothing(self, text):
        assert told(text) == []

    def test_next_tuesday_on_a_monday_may_be_either(self):
        assert told("next tuesday at 10am", at=NOW + timedelta(days=2)) == ["?11-24 10:00", "?12-01 10:00"]

    def test_the_clock_is_that_of_the_zone(self):
        assert read_when("15:30", at=NOW, zone=ZoneInfo("Europe/Berlin")).chosen == (datetime(2026, 11, 21, 14, 30, tzinfo=UTC),)

    @given(st.text(max_size=200))
    def test_whatever_is_typed_nothing_past_is_read(self, text):
        reading = read_when(text, at=NOW, zone=DUBLIN)
        assert all(one >= NOW.replace(second=0, microsecond=0) for one in (*reading.chosen, *reading.candidates))

    @given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["tomorrow at {}", "call me tomorrow, {} please", "{} tomorrow"]))
    def test_a_time_in_four_digits_is_just_that_time(self, hour, minute, form):
        said = form.format(f"{hour:02}:{minute:02}")

        assert told(said) == [f"11-22 {hour:02}:{minute:02}"]


class TestReadDays:
    @pytest.mark.parametrize(("text", "expected"), [
        ("tomorrow", [22]), ("on Wednesday", [25]), ("in three days", [24]), ("the 26th", [26]), ("today", [21]),
        ("monday or tuesday", [23, 24]), ("30 November", [30]), ("yesterday", []), ("at 3", []), ("", []),
    ])
    def test_days_that_are_still_to_come(self, text, expected):
        assert [day.day for day in read_days(text, at=NOW, zone=DUBLIN)] == expected

    def test_a_day_of_the_year_that_has_gone_by_is_the_next_years(self):
        assert read_days("5 November", at=NOW, zone=DUBLIN) == (date(2027, 11, 5),)
