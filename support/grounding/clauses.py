"""A text cut where people begin to speak of another thing: at "and", commas, full stops and the like."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from support.grounding.positions import COUNTED
from support.grounding.words import Word

_SENTENCE = re.compile(r"[.!?;\n]")
_COMMA = re.compile(r"[,:&+/]|\s[-–—]\s|[–—]")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that go together; `sentence` counts the sentences before, `after_comma` says what cut it off."""

    words: tuple[Word, ...]
    sentence: int
    after_comma: bool

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)


def clauses(text: str, words: tuple[Word, ...], together: Collection[tuple[str, str]] = ()) -> list[Clause]:
    """The clauses of `text`, none of them empty; `together` are pairs that an "and" or a sign between does not part."""
    found: list[Clause] = []
    current: list[Word] = []
    sentence, comma = 0, False
    for place, word in enumerate(words):
        before = words[place - 1] if place else None
        gap = text[before.end:word.start] if before else ""
        if place and _SENTENCE.search(gap):
            _close(found, current, sentence, comma)
            sentence, comma = sentence + 1, False
        elif before and _COMMA.search(gap) and (before.key, word.key) not in together and not _listed(words, place):
            _close(found, current, sentence, comma)
            comma = True
        if word.key in ("and", "plus", "also") and not _kept(words, place, together):
            if current:
                _close(found, current, sentence, comma)
                comma = False
            continue
        current.append(word)
    _close(found, current, sentence, comma)
    return found


def _kept(words: tuple[Word, ...], place: int, together: Collection[tuple[str, str]]) -> bool:
    if _listed(words, place + 1):
        return True
    around = (words[place - 1].key if place else "", words[place + 1].key if place + 1 < len(words) else "")
    return around in together


def _listed(words: tuple[Word, ...], place: int) -> bool:
    """Whether a number goes on with a list of places: the 3 of "items 1, 2 and 3"."""
    if place >= len(words) or not words[place].key.isdecimal():
        return False
    while place and (words[place].key.isdecimal() or words[place].key in ("and", "or")):
        place -= 1
    return words[place].key in COUNTED


def _close(found: list[Clause], current: list[Word], sentence: int, comma: bool) -> None:
    if current:
        found.append(Clause(tuple(current), sentence, comma))
        current.clear()
