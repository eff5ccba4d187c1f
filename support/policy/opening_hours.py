"""When people are there: opening hours per weekday and holidays, in the shop's time zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = 24 * 60
_HORIZON = 366 * 2


@dataclass(frozen=True, order=True, slots=True)
class OpenRange:
    """A range in minutes since the midnight of its day; a `closes` above 1440 lies on the next day."""

    opens: int
    closes: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `09:00-18:00`; `22:00-02:00` runs past midnight, `00:00-24:00` is the whole day.

        Raises ValueError for anything else.
        """
        match = re.fullmatch(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", text.strip())
        if not match:
            raise ValueError("must be a range such as 09:00-18:00")
        from_hour, from_minute, to_hour, to_minute = (int(part) for part in match.groups())
        opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
        if from_minute > 59 or to_minute > 59 or opens >= _DAY or closes > _DAY:
            raise ValueError("must hold times between 00:00 and 24:00")
        if opens == closes:
            raise ValueError("must not open and close at the same time")
        return cls(opens, closes if closes > opens else closes + _DAY)

    def __str__(self) -> str:
        return f"{_clock(self.opens)}–{_clock(self.closes)}"


@dataclass(frozen=True)
class OpeningHours:
    """Ranges for the seven weekdays (Monday first), a zone, and the dates on which no range begins."""

    zone: ZoneInfo
    week: tuple[tuple[OpenRange, ...], ...]
    holidays: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """Whether people are there at the instant `at` (timezone-aware)."""
        today = at.astimezone(self.zone).date()
        return any(
            opens <= at < closes
            for day in (today - timedelta(days=1), today)
            for opens, closes in self._periods(day)
        )

    def next_opening(self, at: datetime) -> datetime | None:
        """The first instant from `at` on when people are there, in UTC: `at` itself while it is open.

        None if no range begins within two years.
        """
        if self.is_open(at):
            return at.astimezone(UTC)
        today = at.astimezone(self.zone).date()
        for ahead in range(_HORIZON):
            begin = [opens for opens, _ in self._periods(today + timedelta(days=ahead)) if opens >= at]
            if begin:
                return min(begin)
        return None

    def working_days_after(self, at: datetime, count: int) -> datetime:
        """When people go home on the `count`th day after the one of `at` on which they are there, in UTC.

        Days without a range and holidays do not count. With fewer such days within two years: `count` whole days on.
        """
        today = at.astimezone(self.zone).date()
        for ahead in range(1, _HORIZON):
            closing = [closes for _, closes in self._periods(today + timedelta(days=ahead))]
            count -= bool(closing)
            if count == 0:
                return max(closing)
        return (at + timedelta(days=count)).astimezone(UTC)

    def text(self) -> str:
        """`Monday to Wednesday 09:00–18:00, Thursday 09:00–20:00, closed on Sunday`."""
        if all(str(one) == "00:00–24:00" for day in self.week for one in day) and all(self.week):
            return "every day, around the clock"
        runs: list[tuple[int, int]] = []
        for day in range(7):
            if runs and self.week[runs[-1][1]] == self.week[day]:
                runs[-1] = (runs[-1][0], day)
            else:
                runs.append((day, day))
        return ", ".join(self._run_text(first, last) for first, last in runs)

    def _run_text(self, first: int, last: int) -> str:
        days = WEEKDAYS[first].capitalize()
        if last > first:
            days += f" to {WEEKDAYS[last].capitalize()}"
        ranges = " and ".join(str(one) for one in self.week[first])
        return f"{days} {ranges}" if ranges else f"closed on {days}"

    def _periods(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The ranges that begin on `day`, as instants; a range past midnight ends on the day after."""
        if day in self.holidays:
            return
        for one in self.week[day.weekday()]:
            opens, closes = self._instant(day, one.opens), self._instant(day, one.closes)
            if opens < closes:  # a range may fall whole into the hour that the clocks skip
                yield opens, closes

    def _instant(self, day: date, minutes: int) -> datetime:
        # Wall time becomes an instant before comparing: arithmetic on local times ignores the clocks' change
        day, minutes = day + timedelta(days=minutes // _DAY), minutes % _DAY
        return datetime.combine(day, time(minutes // 60, minutes % 60), self.zone).astimezone(UTC)


def _clock(minutes: int) -> str:
    hours = minutes if minutes <= _DAY else minutes - _DAY
    return f"{hours // 60:02}:{hours % 60:02}"
