"""Which thing "the other camera" is, where one of two was chosen."""

import re
from collections.abc import Collection, Sequence

from support.grounding.known_lines import BoughtLine, head_of
from support.grounding.twins import described
from support.grounding.words import forms

# "No, it's the other one that should be blue" takes the one that was chosen back
_NOT_THAT = re.compile(
    r"^\W*(?:no|nope|not)\b|\b(?:i (?:said|meant|was talking about|am talking about)|(?:it|that)['’]?s the other|wrong|"
    r"why\b[^.;!?]*\?|that one(?:['’]s| is) (?:fine|ok(?:ay)?|good|alright))",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\b(?:also|too|as well|both)\b", re.IGNORECASE)


def other_named[L: BoughtLine](text: str, lines: Sequence[L], chosen: Collection[int]) -> str:
    """`text` with the name of the line in place of "the other camera", of two that are one; `chosen` are places.

    Who says that it is the other of two alike leaves the one that was chosen: that is put before the text.
    """
    by_head: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        by_head.setdefault(head_of(forms(line.product)), []).append(place)
    for head, places in by_head.items():
        left = [lines[place] for place in places if place not in chosen]
        taken = [lines[place] for place in places if place in chosen]
        if len(left) != 1 or len(taken) != 1:
            continue
        alike = left[0].product == taken[0].product
        name = described(left[0], taken[0]) if alike else f"the {left[0].product}"
        pattern = re.compile(rf"\b(?:the|my) other {f'(?:{head}|one)' if alike else head}\b", re.IGNORECASE)
        named = pattern.sub(lambda _, name=name: name, text)  # type: ignore[misc]
        if alike and named != text and _NOT_THAT.search(text) and not _ADDS.search(text):
            named = f"not {described(taken[0], left[0])}. {named}"
        text = named
    return text
