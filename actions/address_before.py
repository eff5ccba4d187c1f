"""An address that was told in an earlier message, and is only pointed to now: "send my order there, too"."""

import re
from collections.abc import Sequence

from actions.personal import Question
from support.grounding.address_reading import read_address
from support.people.address_book import SavedAddress

_PLACE = (
    r"\b(?:there|(?:to|at) (?:(?:that|this|my|the) (?:(?:new|same) )?(?:address|one|place|flat|house|home)|the new one)"
    r"(?: (?:that )?(?:i|we)(?:['’]ve)? (?:just |already )?(?:gave|given|told|sent|said|mentioned|wrote|typed))?)\b"
)
_THERE = re.compile(
    rf"\b(?:send|sent|ship\w*|deliver\w*|redirect\w*|go|goes|going)\b.*{_PLACE}", re.IGNORECASE | re.DOTALL
)
_JUST_TOLD = re.compile(
    r"\b(?:i|we)(?:['’]ve)? (?:just |already )?(?:gave|given|told|sent|said|mentioned|wrote|typed)\b|"
    r"\b(?:the|that) (?:new|same) (?:address|one|place|flat|house)\b|^\W*(?:to )?(?:there|the same)\b", re.IGNORECASE,
)
EARLIER = 6  # messages


def told_before(
    question: Question, text: str, known: Sequence[SavedAddress], *, asked: bool
) -> SavedAddress | dict[str, str] | None:
    """The one of the `known` addresses that was told last, or the parts of a new one.

    None unless `text` points to it and tells none itself. To the question where to, "the address I just gave you" does.
    """
    if not (_THERE.search(text) or (asked and _JUST_TOLD.search(text))) or any(map(str.isdigit, text)):
        return None
    for said in reversed(question.said[-EARLIER:]):
        reading = read_address(said, known=known)
        if reading.known:
            return reading.known
        if line := reading.parts.get("line_1"):
            same = next((one for one in known if one.line_1.casefold() == line.casefold()), None)
            whole = "postcode" in reading.parts and "town" in reading.parts
            return same or (dict(reading.parts) if whole else None)
    return None
