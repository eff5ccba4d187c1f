"""The one clock: UTC, and shiftable outside production so that expiries and time-outs can be tried."""

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_offset = timedelta()


def parse_offset(text: str) -> timedelta:
    """Read `90`, `-15m`, `36h` or `400d` (a whole number of seconds, minutes, hours or days).

    Raises ValueError for anything else.
    """
    match = re.fullmatch(r"([+-]?\d{1,9})([smhd]?)", text.strip())
    if not match:
        raise ValueError("a whole number, then s, m, h or d, such as 90s or -2d")
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


def shift(offset: timedelta) -> None:
    """Move this process's clock by `offset` from real time."""
    global _offset
    _offset = offset


def now() -> datetime:
    """The current time, timezone-aware, in UTC."""
    return datetime.now(UTC) + _offset
