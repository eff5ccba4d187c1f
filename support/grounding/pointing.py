"""Whether a text points to what was spoken of before."""

import re

_POINTS = re.compile(
    r"\b(?:it|its|it's|this|these|those|them|they|ones?|each|mine|same|other|another)\b|"
    r"\bthat(?! (?:is|are|isn't|aren't|has|have|can|comes?|will|would|you|i|fits?|costs?|does|do|don't)\b)",
    re.IGNORECASE,
)

_AT_ONE = re.compile(r"\b(?:it|that|this|mine)\b", re.IGNORECASE)
_FOR_IT = re.compile(
    r"\b(?:for|to|with|into|take|get|have|want)\s+(?:that|this|it)\b"
    r"(?=\s*(?:$|[,.;!?]|(?:one|then|please|instead|and|too|now)\b))",
    re.IGNORECASE,
)


def points_back(text: str) -> bool:
    """Whether `text` points there: "it", "that one", "mine", but not the "that" of "that is late"."""
    return _POINTS.search(text) is not None


def points_at_one(text: str) -> bool:
    """Whether `text` has a word for one thing that was spoken of: "it", "that", "mine"."""
    return _AT_ONE.search(text) is not None


def asks_for_it(text: str) -> bool:
    """Whether `text` wishes for what was spoken of: "swap mine for that", "I'd take it then", not "to that address"."""
    return _FOR_IT.search(text) is not None
