"""The rows that are being made, before they go to the database in bulk."""

import random
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from support.models.base import Base
from support.policy.business import Business

Row = dict[str, Any]


@dataclass
class Draft:
    """One making of the shop: `chance` decides everything, so the same seed and `at` make the same rows."""

    business: Business
    at: datetime
    chance: random.Random
    rows: defaultdict[type[Base], list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def zone(self) -> ZoneInfo:
        return self.business.shop.zone

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def add(self, model: type[Base], **values: Any) -> Row:
        self.rows[model].append(values)
        return values

    def moment(self, days_ago: float, *, earliest: int = 7, latest: int = 22) -> datetime:
        """A moment of the day that many days ago, between two hours of the shop's clock, never ahead of `at`."""
        day = (self.at - timedelta(days=days_ago)).astimezone(self.zone)
        hour, minute = self.chance.randint(earliest, latest), self.chance.randint(0, 59)
        moment = self._instant(day, hour, minute, self.chance.randint(0, 59))
        return min(moment, self.at - timedelta(minutes=self.chance.randint(20, 90)))

    def on_working_day(self, after: datetime, working_days: int) -> datetime:
        """A moment in working hours that many working days after `after`."""
        day = after.astimezone(self.zone)
        while working_days:
            day += timedelta(days=1)
            working_days -= day.weekday() < 5
        while day.weekday() >= 5:
            day += timedelta(days=1)
        moment = self._instant(day, self.chance.randint(9, 17), self.chance.randint(0, 59))
        return max(moment, after + timedelta(minutes=30))

    def _instant(self, day: date, hour: int, minute: int, second: int = 0) -> datetime:
        # In UTC, so that what is added to it later is real time also when the clocks change
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=self.zone).astimezone(UTC)


def working_days_after(day: date, count: int) -> date:
    """The date `count` working days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
