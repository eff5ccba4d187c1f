"""Slips in the words that lead to an address, put right: "adress", "defualt"."""

import re

from rapidfuzz.distance import OSA

_SLIPS = 2  # letters left out, doubled, swapped or mistaken
_WORDS = ("address", "default")
_LIKE_THEM = re.compile(r"\b[ad][a-z]{4,9}\b", re.IGNORECASE)


def spelt(text: str) -> str:
    """`text` with "address" and "default" where one of them was mistyped; all else stays as it is."""
    return _LIKE_THEM.sub(lambda typed: _right(typed[0]), text)


def _right(typed: str) -> str:
    said = typed.lower()
    for word in _WORDS:
        # Their first letter is hardly ever missed, and a "dress" is a dress
        if said[0] == word[0] and not said.startswith(word) and OSA.distance(said, word) <= _SLIPS:
            return word
    return typed
