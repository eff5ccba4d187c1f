"""Shops that are always, or never, open to people."""

from pathlib import Path

import pytest

from support.policy.business import Business
from tests.support.rules import load_rules

_WEEK = (
    "monday: [09:00-12:30, 13:30-17:00]", "tuesday: [09:00-17:00]", "wednesday: [09:00-17:00]",
    "thursday: [09:00-17:00]", "friday: [22:00-02:00]", "saturday: []", "sunday: []",
)
_NO_HOLIDAY = ("holidays: [2026-12-25]", "holidays: []")


def _with_hours(folder: Path, hours: str) -> Business:
    return load_rules(folder, _NO_HOLIDAY, *((day, f"{day.partition(':')[0]}: [{hours}]") for day in _WEEK))


@pytest.fixture
def always(tmp_path: Path) -> Business:
    return _with_hours(tmp_path, "00:00-24:00")


@pytest.fixture
def never(tmp_path: Path) -> Business:
    return _with_hours(tmp_path, "")
