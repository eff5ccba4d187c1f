"""The months of the calendar: what people call them, and reckoning in them."""

from calendar import month_abbr, month_name
from datetime import date, timedelta
from difflib import get_close_matches

MONTHS = [name.lower() for name in month_name]  # from 1
_SHORT = [name.lower() for name in month_abbr]


def month_number(name: str) -> int | None:
    """1 to 12 for a month's name, short or long or misspelt a little, in small letters; None for what is none."""
    if name in _SHORT[1:] or name == "sept":
        return 9 if name == "sept" else _SHORT.index(name)
    near = get_close_matches(name, MONTHS[1:], n=1, cutoff=0.8)
    return MONTHS.index(near[0]) if near else None


def months_before(day: date, count: int) -> date:
    """The same day `count` months before (after, if negative), or the last day of a shorter month."""
    months = day.year * 12 + day.month - 1 - count
    year, month = divmod(months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
