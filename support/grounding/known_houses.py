"""The house of an address on record where a text tells it in other words around, or with "St" for "Street"."""

import re
from collections.abc import Sequence

from support.grounding.known_addresses import KnownAddress

_SHORT = {
    "street": "st", "avenue": r"ave?", "road": "rd", "lane": "ln", "drive": "dr", "court": "ct", "place": "pl",
    "boulevard": "blvd", "square": "sq", "highway": "hwy", "parkway": "pkwy", "circle": "cir",
}
_WORD = re.compile(r"[^\W_]+")


def from_known_house(text: str, known: Sequence[KnownAddress]) -> str:
    """`text` from the one house of the `known` addresses on that it tells, as it is on record; all of it without."""
    lines = {one.line_1.casefold(): one.line_1 for one in known if any(map(str.isdigit, one.line_1))}
    found = [(line, told) for line in lines.values() if (told := _pattern(line).search(text))]
    if len(found) != 1:
        return text
    [(line, told)] = found
    return f"{line}{text[told.end():]}"


def _pattern(line: str) -> re.Pattern[str]:
    words = [_one(word) for word in _WORD.findall(line)]
    return re.compile(rf"\b{r'[\W_]+'.join(words)}(?!\w)", re.IGNORECASE)


def _one(word: str) -> str:
    short = _SHORT.get(word.lower())
    return rf"(?:{re.escape(word)}|{short}\.?)" if short else re.escape(word)
