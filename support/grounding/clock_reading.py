"""Times of day as people write them: 15:30, half nine, quarter to four, 3 pm, noon, in the morning."""

import re
from dataclasses import dataclass
from datetime import time

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOURS = {word: hour for hour, word in enumerate(_WORDS, 1)}
_HOUR = rf"(\d{{1,2}}|{'|'.join(_HOURS)})"
_MERIDIEM = r"(?:\s*(a\.?m\b\.?|p\.?m\b\.?))?"
_DIGITAL = re.compile(rf"(?<![\d:.])([01]?\d|2[0-3])\s?[:.h]\s?([0-5]\d)(?!\d|[.:]\d){_MERIDIEM}")
_HALF = re.compile(rf"\bhalf(?: past)?\s+{_HOUR}\b(?!\s*(?:hours?|minutes?|days?)){_MERIDIEM}")
_QUARTER = re.compile(
    rf"\b(?:a )?(quarter|five|ten|twenty|twenty[ -]five|\d{{1,2}})(?: minutes?)? (past|after|to|"
    rf"before)\s+{_HOUR}\b{_MERIDIEM}",
)
_PLAIN = re.compile(rf"(?<![\d:.#/-]){_HOUR}(?![\d:./-]|st\b|nd\b|rd\b|th\b)\s*(?:(o['’]?\s?clock)\b)?{_MERIDIEM}")
_AT = re.compile(r"\b(?:at|around|about|by|after|from|say|approx(?:imately)?|for|@)\s*$")
_MANNERS = re.compile(r"\W*(?:please|thanks)?\W*")
_DAY_BEFORE = re.compile(r"(?:day|morning|afternoon|evening|tomorrow|today|tonight)[,\s]*$")
_DAY_BEHIND = re.compile(r"\s*(?:in the|this|tomorrow|today|tonight|on)\b")
_NO_TIME = re.compile(r"\s*(?:days?|weeks?|hours?|minutes?|times|or|calls?)\b")
_MINUTES = {"quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25, "twenty-five": 25}
PARTS = {
    "morning": (6, 12), "afternoon": (12, 18), "evening": (17, 23), "tonight": (17, 23), "night": (18, 24),
    "lunchtime": (12, 14), "lunch": (12, 14),
}
_OFFERED = {"morning": (9, 10, 11), "afternoon": (13, 14, 15, 16), "evening": (17, 18, 19), "lunchtime": (12, 13)}


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The times that a text may mean; `sure` if it is one, `span` is where it stands in the text."""

    times: tuple[time, ...] = ()
    sure: bool = False
    span: tuple[int, int] = (0, 0)


def read_clock(text: str) -> ClockReading:
    """The time of day in `text`, which is in lower case.

    Without am or pm a time is taken within the day: 1 to 6 are after noon, 8 to 12 before it, 7 may be both. A part of
    the day alone, "in the morning", gives its full hours.
    """
    part = next((name for name in PARTS if re.search(rf"\b{name}s?\b", text)), None)
    if found := re.search(r"\b(noon|midday|midnight)\b", text):
        return ClockReading((time(0 if found[1] == "midnight" else 12),), True, found.span())
    if found := _DIGITAL.search(text):
        exact = len(found[1]) == 2 and found[1][0] == "0"
        return _times(int(found[1]), int(found[2]), found[3], part, found.span(), exact=exact)
    if found := _HALF.search(text):
        return _times(_hour(found[1]), 30, found[2], part, found.span())
    if found := _QUARTER.search(text):
        minutes = _MINUTES.get(found[1]) or (int(found[1]) if found[1].isdecimal() else 0)
        hour = _hour(found[3])
        if found[2] in ("to", "before"):
            hour, minutes = (hour - 1 or 12), 60 - minutes
        return _times(hour, minutes, found[4], part, found.span())
    for found in _PLAIN.finditer(text):
        before, behind = text[: found.start()], text[found.end():]
        alone = _MANNERS.fullmatch(before + behind)
        after_day = _DAY_BEFORE.search(before) and not _NO_TIME.match(behind)
        if found[2] or found[3] or alone or after_day or _AT.search(before) or _DAY_BEHIND.match(behind):
            return _times(_hour(found[1]), 0, found[3], part, found.span())
    if part:
        hours = _OFFERED.get({"tonight": "evening", "night": "evening", "lunch": "lunchtime"}.get(part, part), ())
        return ClockReading(tuple(time(hour) for hour in hours))
    return ClockReading()


def _hour(word: str) -> int:
    return _HOURS.get(word) or int(word)


def _times(
    hour: int, minute: int, meridiem: str | None, part: str | None, span: tuple[int, int], *, exact: bool = False
) -> ClockReading:
    if hour > 23 or not 0 <= minute < 60:
        return ClockReading()
    if meridiem and 1 <= hour <= 12:
        hour = hour % 12 + (12 if meridiem.startswith("p") else 0)
        return ClockReading((time(hour, minute),), True, span)
    if exact or hour > 12 or hour == 0:
        return ClockReading((time(hour, minute),), True, span)
    both = [time(hour % 12, minute), time(hour % 12 + 12, minute)]
    if part:
        first, last = PARTS[part]
        fitting = [one for one in both if first <= one.hour < last]
        return ClockReading(tuple(fitting), len(fitting) == 1, span)
    if hour == 7:
        return ClockReading(tuple(both), False, span)
    return ClockReading((both[0] if 8 <= hour <= 11 else both[1],), True, span)
