"""Which thing "the other camera" is, where one of two was chosen."""

import re
from collections.abc import Collection, Sequence

from support.grounding.known_lines import BoughtLine, head_of
from support.grounding.words import forms


def other_named[L: BoughtLine](text: str, lines: Sequence[L], chosen: Collection[int]) -> str:
    """`text` with the name of the line in place of "the other camera", of two that are one; `chosen` are places."""
    by_head: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        by_head.setdefault(head_of(forms(line.product)), []).append(place)
    for head, places in by_head.items():
        left = [place for place in places if place not in chosen]
        if len(places) == 2 and len(left) == 1 and lines[places[0]].product != lines[places[1]].product:
            pattern = re.compile(rf"\b(?:the|my) other {re.escape(head)}\b", re.IGNORECASE)
            text = pattern.sub(lambda _, name=lines[left[0]].product: f"the {name}", text)  # type: ignore[misc]
    return text
