"""Which part of a text is about which of the orders whose numbers it has."""

import re
from collections.abc import Sequence
from itertools import pairwise

# "..., and in my other order #", "2) order #": the number stands where its part begins
_LEADS = re.compile(
    r"(?:^|[.;,!?\n]|\band\b|\balso\b|\(?\b\d{1,2}[.)]\s)"
    r"(?:\s|and\b|also\b|then\b)*(?:(?:in|from|for|on|with|of|as for)\s+)?"
    r"(?:(?:the|my|other|second|next|first|order|one|number|no\.?|nr\.?)\s+)*#?$",
    re.IGNORECASE,
)
# "The lamp of #, and the mug of #": the part before ends with its number
_ENDS = re.compile(r"\s*(?:,\s*)?\b(?:and|plus)\b", re.IGNORECASE)
_JOINTS = (re.compile(r"[.!?]\s+|[;\n]"), re.compile(r","), re.compile(r"\b(?:and|plus|then)\b", re.IGNORECASE))


def parts_by_order(text: str, numbers: Sequence[str]) -> dict[str, str]:
    """{number: what `text` says of that order} for those of `numbers` that it has in full, in the order of the text."""
    found: dict[str, tuple[int, int]] = {}
    for number in numbers:
        digits = re.sub(r"^\D+", "", number)
        place = re.search(rf"(?<![\d]){re.escape(digits)}(?!\d)", text) if len(digits) > 3 else None
        if place is not None:
            start = re.search(r"[#\w-]*$", text[:place.start()])
            found[number] = (start.start() if start else place.start(), place.end())
    places = dict(sorted(found.items(), key=lambda one: one[1]))
    spans = list(places.values())
    cuts = [0, *(_cut(text, before[1], after[0]) for before, after in pairwise(spans)), len(text)]
    # Without a number there is one stretch, of nothing
    return {number: text[begin:end] for number, (begin, end) in zip(places, pairwise(cuts), strict=False)}


def about_order(text: str, number: str, numbers: Sequence[str]) -> str:
    """What `text` says of the order `number`; all of it unless it tells of several of the `numbers`."""
    parts = parts_by_order(text, numbers)
    return parts[number] if len(parts) > 1 and number in parts else text


def _cut(text: str, since: int, until: int) -> int:
    """Where between two numbers the second one's part begins."""
    between = text[since:until]
    if lead := _LEADS.search(between):
        return since + lead.start()
    if _ENDS.match(between):
        return since + len(between) - len(between.lstrip())
    for joint in _JOINTS:
        if places := [one.start() for one in joint.finditer(between)]:
            return since + places[-1]
    return until
