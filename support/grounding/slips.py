"""Whether a word is another one mistyped."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_DOUBLED = re.compile(r"([a-z])\1")
# Words that turn what is said; no other word is so near to one of them
_LONG = ("everything", "anything", "otherwise", "instead", "without", "whichever", "whatever")


def slips(key: str) -> int:
    """How many typing mistakes a word of that form may hold and still be taken for another."""
    if len(key) < 4 or not key.isalpha():
        return 0
    return 1 if len(key) < 8 else 2


@lru_cache(maxsize=100_000)
def slips_for(key: str, known: str) -> bool:
    """Whether `key` may be a slip for `known`: few letters wrong for the length of both, and the first one right.

    Letters that are doubled or not do not count in a long word, nor does f for ph or y for i: "dumbels" are dumbbells.
    """
    if min(slips(key), slips(known)) and len(key) > 5 and _sound(key) == _sound(known):
        return True
    allowed = min(slips(key), slips(known))
    return allowed > 0 and key[0] == known[0] and OSA.distance(key, known, score_cutoff=allowed) <= allowed


def _sound(key: str) -> str:
    return _DOUBLED.sub(r"\1", key.replace("ph", "f").replace("y", "i"))


def long_word(key: str) -> str:
    """The long word that turns what is said, if `key` is one mistyped: "everythng"; "" if it is none."""
    if len(key) < 6 or key in _LONG:
        return ""
    return next((one for one in _LONG if OSA.distance(key, one, score_cutoff=2) <= (1 if len(one) < 9 else 2)), "")
