"""An address that was told in an earlier message, and is only pointed to now: "send my order there, too"."""

import re
from collections.abc import Sequence

from actions.personal import Question
from support.grounding.address_reading import read_address
from support.people.address_book import SavedAddress

_THERE = re.compile(
    r"\b(?:send|sent|ship\w*|deliver\w*|redirect\w*|go|goes|going)\b.*"
    r"\b(?:there|(?:to|at) (?:that|this|the (?:new|same)) (?:address|one|place))\b",
    re.IGNORECASE | re.DOTALL,
)
EARLIER = 6  # messages


def told_before(question: Question, text: str, known: Sequence[SavedAddress]) -> SavedAddress | None:
    """The one of the `known` addresses that was told last, if `text` points to it and tells none itself."""
    if not _THERE.search(text) or "line_1" in read_address(text, known=known).parts:
        return None
    for said in reversed(question.said[-EARLIER:]):
        reading = read_address(said, known=known)
        if reading.known:
            return reading.known
        if line := reading.parts.get("line_1"):
            return next((one for one in known if one.line_1.casefold() == line.casefold()), None)
    return None
