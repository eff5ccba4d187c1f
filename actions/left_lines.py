"""Lines that were chosen, and that the customer takes back: they stay as they are after all."""

import re
from collections.abc import Collection, Sequence

from support.errors import SupportError
from support.grounding.leaving import left_alone, only_these, staying
from support.ordering.order_views import OrderedLine

_FURTHER = re.compile(r"\b(?:also|too|as well|additionally|add)\b", re.IGNORECASE)
_POLITELY = re.compile(r"\b(?:could|can|would) you just\b", re.IGNORECASE)


class AllLeft(SupportError):
    """All that was to be done with lines shall be left after all."""

    code = "all_left"

    def __init__(self) -> None:
        super().__init__("All right, then everything stays as it is.")


def taken_back(
    text: str, lines: Sequence[OrderedLine], chosen: Collection[str], *, current: Sequence[OrderedLine] = (),
    unwanted: bool = True,
) -> set[str]:
    """The ids of the lines that `text` leaves as they are; where it wants "only the lamp", all others `chosen` too."""
    planned = [line for line in lines if line.id in chosen]
    named = left_alone(text, lines, current=current, planned=planned, unwanted=unwanted)
    left = {line.id for line in (*named, *staying(text, lines))}
    only = {line.id for line in only_these(text, lines, planned=planned)}
    only = only - left or only  # "only the lamp goes back and the mug stays"
    if only and not _FURTHER.search(text) and not _POLITELY.search(text):
        left |= set(chosen) - only
    return left - only
