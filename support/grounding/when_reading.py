"""When somebody wants to be called: the day and the time in what they typed."""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from support.grounding.clock_reading import read_clock
from support.grounding.reading import Reading

LONGEST = 300  # characters of a text that are read
_WEEKDAYS = {name.lower(): number for names in (day_name, day_abbr) for number, name in enumerate(names)} | {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}
_MONTHS = {
    name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name
} | {"sept": 9}
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "a": 1,
    "an": 1, "couple of": 2, "few": 3, "half an": 0.5, "half": 0.5,
}
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_NEAR = {"day after tomorrow": 2, "tomorrow": 1, "tomorow": 1, "tmrw": 1} | dict.fromkeys(
    ("today", "tonight", "this afternoon", "this evening", "this morning"), 0
)
_IN = re.compile(
    r"\b(?:in|within)\s+(?:about |around |the next )?(?:a )?(\d{1,3}|half an|couple of|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|an?|few)?\s*(minutes?|mins?|hours?|hrs?|h|days?|weeks?)\b(\s+and\s+a\s+half)?"
)
_WEEKDAY = re.compile(
    r"\b(next|this|"
    rf"coming)?\s*(?:week(?:['’]s)?\s+)?(?:on\s+)?({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b(\s+(?:next "
    r"week|week))?",
)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_NAMES})\b")
_MONTH_DAY = re.compile(rf"\b({_NAMES}) (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)")
_NTH = re.compile(r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)\b")
_NEGATED = re.compile(r"\b(?:not|except|but not|never|any day but)\s*(?:on\s*|the\s*)*$")


def read_when(text: str, *, at: datetime, zone: ZoneInfo) -> Reading[datetime]:
    """The instant, in UTC, that `text` names, seen from `at` by the clocks of `zone`; or those that it may mean.

    A time without a day is the next such time. A day without a time, and a past one, give nothing; what was read of
    the text is told all the same.
    """
    said = " ".join(text[:LONGEST].lower().split())
    now = at.astimezone(zone)
    if (found := _IN.search(said)) and (amount := _amount(found)):
        if not found[2].startswith(("d", "w")):
            return Reading(((at + amount).astimezone(UTC).replace(second=0, microsecond=0),), (), found[0])
        days: list[date] | None = [now.date() + amount]
        rest = said.replace(found[0], " ")
    elif re.search(r"\b(?:as soon as possible|asap|right now|straight away|immediately|yesterday|last \w+day)\b", said):
        return Reading()
    else:
        days, rest = _days(said, now.date())
    clock = read_clock(rest)
    if days is None or not clock.times:
        return Reading(text=said if days or days is None else "")
    if days:
        found_at = [_instant(day, hour, zone) for day in days for hour in clock.times]
        ahead = [instant for instant in found_at if instant > at]
        if not ahead and clock.sure and days == [now.date()]:
            evening = [time(hour.hour + 12, hour.minute) for hour in clock.times if hour.hour < 12]
            later = [_instant(days[0], hour, zone) for hour in evening]
            return Reading((), tuple(instant for instant in later if instant > at), said)
    else:
        ahead = [_next(hour, now, zone) for hour in clock.times]
    if len(ahead) == 1 and (clock.sure or len(clock.times) > 1):
        return Reading((ahead[0],), (), said) if clock.sure else Reading((), (ahead[0],), said)
    return Reading((), tuple(sorted(ahead)), said)


def read_days(text: str, *, at: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """The days, from the one of `at` on, that `text` names, by the calendar of `zone`; no past ones."""
    said = " ".join(text[:LONGEST].lower().split())
    today = at.astimezone(zone).date()
    if (found := _IN.search(said)) and found[2].startswith(("d", "w")) and (amount := _amount(found)):
        return (today + amount,)
    return tuple(day for day in _days(said, today)[0] or () if day >= today)


def _amount(found: re.Match[str]) -> timedelta | None:
    count = found[1] or "a"
    number = float(count) if count.isdecimal() else float(_COUNTS.get(count, 0))
    number += 0.5 if found[3] else 0
    return timedelta(minutes=number * _MINUTES[found[2][0]]) or None


def _days(said: str, today: date) -> tuple[list[date] | None, str]:
    """The days that are named, None for one that never comes, and the text without their names."""
    for word, ahead in _NEAR.items():
        if found := re.search(rf"\b(?:the )?{word}\b", said):
            return [today + timedelta(days=ahead)], said if ahead == 0 else _without(said, found.span())
    if found := _ISO.search(said):
        return _dates(int(found[1]), int(found[2]), int(found[3]), today) or None, _without(said, found.span())
    if found := _DAY_MONTH.search(said):
        return _dates(None, _MONTHS[found[2]], int(found[1]), today) or None, _without(said, found.span())
    if found := _MONTH_DAY.search(said):
        return _dates(None, _MONTHS[found[1]], int(found[2]), today) or None, _without(said, found.span())
    named: list[date] = []
    rest = said
    for found in _WEEKDAY.finditer(said):
        if not _NEGATED.search(said[: found.start()]):
            named += _weekday(found, today)
        rest = rest.replace(found[0], " day ", 1)
    if not named and (found := _NTH.search(said)):
        return _dates(None, None, int(found[1]), today) or None, _without(said, found.span())
    return named, rest


def _weekday(found: re.Match[str], today: date) -> list[date]:
    """A weekday is the next one, or today; "next" is that of the next week, unless this week's is still to come."""
    number = _WEEKDAYS[found[2]]
    ahead = (number - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    following = today + timedelta(days=7 - today.weekday() + number)
    if found[3]:
        return [following if "next" in found[3] else coming + timedelta(days=7)]
    if found[1] == "next" and ahead and following != coming:
        return [coming, following]
    if found[1] == "next":
        return [following]
    return [coming] if ahead else [today, today + timedelta(days=7)]


def _dates(year: int | None, month: int | None, day: int, today: date) -> list[date]:
    """The next such date, or none if the calendar has it not or it is past."""
    first = today.replace(day=1)
    for _ in range(13):
        wanted = first if month is None else first.replace(month=month)
        try:
            found = wanted.replace(year=year or wanted.year, day=day)
        except ValueError:
            found = None
        if found is not None and found >= today:
            return [found]
        if year is not None:
            return []
        step = 1 if month is None else 12
        months = first.year * 12 + first.month - 1 + step
        first = date(months // 12, months % 12 + 1, 1)
    return []


def _next(hour: time, now: datetime, zone: ZoneInfo) -> datetime:
    today = _instant(now.date(), hour, zone)
    return today if today > now else _instant(now.date() + timedelta(days=1), hour, zone)


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _without(said: str, span: tuple[int, int]) -> str:
    return f"{said[: span[0]]} day {said[span[1]:]}"
