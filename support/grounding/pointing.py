"""Whether a text points to what was spoken of before."""

import re

_POINTS = re.compile(
    r"\b(?:it|its|it's|this|these|those|them|they|ones?|each|mine|same|other|another)\b|"
    r"\bthat(?! (?:is|are|isn't|aren't|has|have|can|comes?|will|would|you|i|fits?|costs?|does|do|don't)\b)",
    re.IGNORECASE,
)


def points_back(text: str) -> bool:
    """Whether `text` points there: "it", "that one", "mine", but not the "that" of "that is late"."""
    return _POINTS.search(text) is not None
