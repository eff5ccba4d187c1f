"""Reading a stretch of time as customers write it: May, last month, the last 3 months, 2025, since March."""

import re
from calendar import day_name, month_name
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from support.months import month_number, months_before

_DAYS = [name.lower() for name in day_name]
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_WORDS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: count for count, word in enumerate(_WORDS, 1)} | {"one": 1, "couple": 2, "few": 3}
LARGEST_COUNT = 240
LONGEST = 60  # characters; nobody names a period in more, and reading nests
_BEGINNING = date(2000, 1, 1)


@dataclass(frozen=True)
class Period:
    """The days from `since` up to but without `until`; `label` follows "you bought": `in May 2026`."""

    since: date
    until: date
    label: str

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first instant of the period and the first after it, in UTC, for days in `zone`."""
        first, last = (datetime.combine(day, time(), zone) for day in (self.since, self.until))
        return first.astimezone(UTC), last.astimezone(UTC)


def last_days(count: int, today: date) -> Period:
    """The last `count` days, today among them."""
    return Period(today - timedelta(days=count - 1), _after(today), f"in the last {count} days")


def read_period(text: str, today: date) -> Period | None:
    """The period that `text` names, seen from `today`; a month without a year is the last one that has begun.

    None if it names none, or one that lies ahead.
    """
    words = re.sub(r"[^a-z0-9/-]+", " ", text[:LONGEST].lower()).strip()
    # The article stays: "last year" is a calendar year, "the last year" the twelve months up to today
    words = re.sub(r"^(?:(?:in|during|over|from|for|on|of|within|back|around|about)\s+)+", "", words)
    for read in (_since, _named, _rolling, _relative, _span, _date, _month, _season, _year):
        period = read(words, today)
        if period is not None:
            return period if period.since <= today else None
    return None


def _named(words: str, today: date) -> Period | None:
    if words in ("today", "this day"):
        return Period(today, _after(today), "today")
    if words == "yesterday":
        return Period(today - timedelta(days=1), today, "yesterday")
    if words in ("lately", "recently", "recent", "these days"):
        return last_days(90, today)
    if words in ("ever", "all", "all time", "everything", "so far", "always", "until now", "in total"):
        return Period(_BEGINNING, _after(today), "so far")
    if (found := re.fullmatch(r"(?:last |this )?(\w+day)", words)) and found[1] in _DAYS:
        back = (today.weekday() - _DAYS.index(found[1]) - 1) % 7 + 1
        day = today - timedelta(days=back)
        return Period(day, _after(day), f"on {found[1].capitalize()} {_written(day, today)}")
    if words in ("christmas", "xmas", "last christmas"):
        year = today.year if today.month == 12 else today.year - 1
        return Period(date(year, 12, 1), date(year + 1, 1, 1), f"around Christmas {year}")
    return None


def _since(words: str, today: date) -> Period | None:
    found = re.fullmatch(r"since (.+)", words)
    start = read_period(found[1], today) if found else None
    return Period(start.since, _after(today), f"since {_written(start.since, today)}") if start else None


def _rolling(words: str, today: date) -> Period | None:
    unit = r"(day|week|month|year)"
    found = re.fullmatch(rf"(?:the (?:last|past)|past|a|one)() {unit}", words)
    count = 1
    if found is None:
        before = r"(?:the |these )?(?:last |past |previous )?(?:a )?"
        found = re.fullmatch(rf"{before}(\w+)(?: of)? {unit}s?", words)
        named = found[1] if found else ""
        count = int(named[:6]) if named.isdecimal() else _COUNTS.get(named, 0)
    if found is None or not 1 <= count <= LARGEST_COUNT:
        return None
    since = {
        "day": lambda: today - timedelta(days=count - 1),
        "week": lambda: today - timedelta(days=7 * count - 1),
        "month": lambda: months_before(today, count),
        "year": lambda: months_before(today, 12 * count),
    }[found[2]]()
    span = found[2] if count == 1 else f"{count} {found[2]}s"
    return Period(max(since, _BEGINNING), _after(today), f"in the last {span}")


def _relative(words: str, today: date) -> Period | None:
    found = re.fullmatch(r"(this|last|previous|the previous) (week|month|quarter|half year|year)", words)
    if not found:
        return None
    this = found[1] == "this"
    if found[2] == "week":
        monday = today - timedelta(days=today.weekday() + (0 if this else 7))
        return Period(monday, monday + timedelta(days=7), f"{'this' if this else 'last'} week")
    size = {"month": 1, "quarter": 3, "half year": 6, "year": 12}[found[2]]
    begun = today.replace(month=(today.month - 1) // size * size + 1, day=1)
    first = begun if this else months_before(begun, size)
    return Period(first, months_before(first, -size), f"{'this' if this else 'last'} {found[2]}")


def _span(words: str, today: date) -> Period | None:
    found = re.fullmatch(r"(?:between )?(.+?) (?:to|and|until|till|through|-) (.+)", words)
    last = read_period(found[2], today) if found else None
    first = read_period(found[1], last.since if last else today) if found else None
    if not first or not last or first.since >= last.until:
        return None
    end = last.until - timedelta(days=1)
    return Period(first.since, last.until, f"from {_written(first.since, today)} to {_written(end, today)}")


def _date(words: str, today: date) -> Period | None:
    day = _calendar_day(words, today)
    return Period(day, _after(day), f"on {_written(day, today)}") if day else None


def _calendar_day(words: str, today: date) -> date | None:
    try:
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?", words):
            number, name, year = found[1], found[2], found[3]
        elif found := re.fullmatch(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", words):
            number, name, year = found[2], found[1], found[3]
        else:
            return None
        if not (month := month_number(name)):
            return None
        day = date(int(year) if year else today.year, month, int(number))
        return day if year or day <= today else day.replace(year=day.year - 1)
    except ValueError:
        return None


def _month(words: str, today: date) -> Period | None:
    found = re.fullmatch(r"(last |this )?([a-z]+)( \d{4}| last year| this year)?", words)
    month = month_number(found[2]) if found else None
    if not found or not month:
        return None
    year = _year_of((found[3] or "").strip(), date(today.year, month, 1), today)
    first = date(year, month, 1)
    return Period(first, months_before(first, -1), f"in {month_name[month]} {year}")


def _season(words: str, today: date) -> Period | None:
    seasons = "|".join(_SEASONS)
    found = re.fullmatch(rf"(?:the )?(last |this )?({seasons})( \d{{4}}| last year| this year)?", words)
    if not found:
        return None
    month = _SEASONS[found[2]]
    first = date(_year_of((found[3] or "").strip(), date(today.year, month, 1), today), month, 1)
    until = months_before(first, -3)
    if (found[1] or "").strip() == "last" and first <= today < until:
        first, until = months_before(first, 12), months_before(first, 9)
    years = str(first.year) if first.year == until.year else f"{first.year}/{until.year % 100:02}"
    return Period(first, until, f"in {found[2]} {years}")


def _year(words: str, _today: date) -> Period | None:
    found = re.fullmatch(r"(?:the )?(?:year )?(20\d\d)", words)
    if not found:
        return None
    first = date(int(found[1]), 1, 1)
    return Period(first, first.replace(year=first.year + 1), f"in {first.year}")


def _year_of(named: str, this_year: date, today: date) -> int:
    if named.isdecimal():
        return min(max(int(named), _BEGINNING.year), 9000)
    if named == "last year":
        return today.year - 1
    return today.year if named == "this year" or this_year <= today else today.year - 1


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _written(day: date, today: date) -> str:
    return f"{day.day} {month_name[day.month]}" + (f" {day.year}" if day.year != today.year else "")
