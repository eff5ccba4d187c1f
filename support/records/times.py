"""How a cell that holds a time or a date is read; see `values`."""

import re
from datetime import UTC, date, datetime, timedelta

from support.policy.business import Business
from support.records.faults import Wrong
from support.records.values import shown

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_TIME = re.compile(
    _DAY.pattern + r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?", re.ASCII
)
_YEARS = range(1900, 2200)


def time(cell: str, business: Business) -> datetime:
    """An ISO 8601 time, in UTC; without an offset it is the shop's, and a date alone its midnight there."""
    if _TIME.fullmatch(cell) or _DAY.fullmatch(cell):
        try:
            at = datetime.fromisoformat(cell)
        except ValueError:
            raise Wrong("time_format", f"is no time that there is: “{cell}”") from None
        if at.year not in _YEARS:
            raise Wrong("out_of_range", f"must be from {_YEARS.start} to {_YEARS.stop - 1}")
        return (at if at.tzinfo else at.replace(tzinfo=business.shop.zone)).astimezone(UTC)
    raise Wrong("time_format", f"must be a time such as 2026-05-01T14:30:00+02:00 or 2026-05-01, not “{shown(cell)}”")


def day(cell: str, _: Business) -> date:
    """A date such as 2026-05-01."""
    if not _DAY.fullmatch(cell):
        raise Wrong("date_format", f"must be a date such as 2026-05-01, not “{shown(cell)}”")
    try:
        found = date.fromisoformat(cell)
    except ValueError:
        raise Wrong("date_format", f"is no date that there is: “{cell}”") from None
    if found.year not in _YEARS:
        raise Wrong("out_of_range", f"must be from {_YEARS.start} to {_YEARS.stop - 1}")
    return found


def day_or_month(cell: str, business: Business) -> date:
    """A date, or a month such as 2027-08, which stands for its last day."""
    if (match := _MONTH.fullmatch(cell)) and 1 <= int(match[2]) <= 12:
        first = day(f"{cell}-01", business)
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return day(cell, business)
