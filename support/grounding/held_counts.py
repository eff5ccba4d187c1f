"""Which orders hold just so many of a thing: "the order with the 2 mice", "the one with only the three chairs"."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.words import Word, split

NEAR = 3  # words from the number to the thing: "the 2 black gaming mice"
_COUNT = re.compile(r"[2-9]|[1-9]\d")
_ALONE = re.compile(r"\b(?:just|only|nothing but)\s+(?:the|my|those)?\s*$", re.IGNORECASE)


class Held(Protocol):
    """An order with its lines."""

    @property
    def lines(self) -> Sequence[BoughtLine]: ...


def holding_so_many[O: Held](text: str, orders: Iterable[O]) -> list[O]:
    """The orders that hold as many of what `text` counts, two or more; none if it counts nothing of theirs."""
    words = split(text)
    counts = [place for place, word in enumerate(words) if _COUNT.fullmatch(word.key)]
    return [one for one in orders if _holds(text, words, counts, one.lines)] if counts else []


def _holds(text: str, words: Sequence[Word], counts: Sequence[int], lines: Sequence[BoughtLine]) -> bool:
    known, found = KnownLines(lines), False
    for place in counts:
        word = words[place]
        head = next((one for one in words[place + 1 : place + 1 + NEAR] if known.is_head(one.key)), None)
        if head is None or not _plural(text, head):
            continue
        some = [line for at, line in enumerate(lines) if at in known.owners(head.key)]
        alone = _ALONE.search(text, 0, word.start) is not None
        if sum(line.quantity for line in some) != int(word.key) or (alone and len(some) != len(lines)):
            return False
        found = True
    return found


def _plural(text: str, word: Word) -> bool:
    """Whether it was said of several: "mice", "chairs", but no "2 person tent"."""
    typed = text[word.start : word.end].casefold()
    return typed.endswith("s") or typed != word.key
