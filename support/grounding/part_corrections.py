"""Slips in an address that was told, put right by a word: "typo, it's 1258 not 1528", "the house number is 7"."""

import re
from collections.abc import Mapping

_WORD = r"[\"'“]?(?P<{0}>[A-Za-z0-9][\w-]*)[\"'”]?"
_NOT_THAT = (
    re.compile(
        rf"{_WORD.format('new')}\s*,?\s*(?:and\s+|rather\s+)?(?:not|instead of|rather than)\s+{_WORD.format('old')}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bnot\s+{_WORD.format('old')}\s*,?\s*(?:but|it(?:['’]?s| is)|rather|i mean|sorry)\s+{_WORD.format('new')}",
        re.IGNORECASE,
    ),
)
_NUMBER = re.compile(
    r"\b(?:house|street|building)\s?(?:number|no\.?|nr\.?)\s+(?:is|should be|must be|has to be|needs to be|=|:)\s*"
    r"(?:actually\s+|really\s+)?(?P<new>\d+[a-z]?)\b", re.IGNORECASE,
)
_HOUSE = re.compile(r"\d+[a-zA-Z]?\b")
# "House number is wrong!! 12 Elm Street": what is wrong is no part of it
_WRONG = re.compile(
    r"(?:^|(?<=[.!?\n,]))[^.!?\n,]*\b(?:is|was|are|['’]s)\s+(?:still\s+)?"
    r"(?:wrong|incorrect|not (?:right|correct)|false)\b[.!?,:;\s]*", re.IGNORECASE,
)


def without_complaint(text: str) -> str:
    """`text` without what it says is wrong, if it says more than that."""
    bare = _WRONG.sub(" ", text)
    return bare if any(map(str.isalnum, bare)) else text


def corrected_parts(parts: Mapping[str, str], text: str) -> dict[str, str] | None:
    """`parts` with what `text` puts right in the one of them that has it; None if it puts nothing right."""
    for pattern in _NOT_THAT:
        for found in pattern.finditer(text):
            old = re.compile(rf"(?<![\w-]){re.escape(found['old'])}(?![\w-])", re.IGNORECASE)
            held = [name for name, part in parts.items() if old.search(part)]
            if len(held) == 1:
                return {**parts, held[0]: old.sub(found["new"], parts[held[0]], count=1)}
    number = _NUMBER.search(text)
    if number and "line_1" in parts and _HOUSE.search(parts["line_1"]):
        return {**parts, "line_1": _HOUSE.sub(number["new"], parts["line_1"], count=1)}
    return None
