"""The options of a product and their values, as words: which of them a text names, and in which order values lie."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from support.grounding.filling import FILLING
from support.grounding.words import Word, fitting, forms, fused

_YES, _NO = frozenset({"yes", "true", "included"}), frozenset({"no", "none", "false", "not", "non", "without"})
_SCALES = (
    ("xxs", "xs", "s", "small", "m", "medium", "l", "large", "xl", "xxl", "xxxl"),
    ("low", "medium", "high"), ("short", "medium", "long", "tall"), ("single", "double", "queen", "king"),
    ("a6", "a5", "a4", "a3", "a2", "a1"), ("thin", "medium", "thick"), ("half", "full"),
    ("720p", "1080p", "4k", "5k", "8k"), ("slow", "medium", "fast"),
    ("beginner", "intermediate", "advanced", "expert"),
)
_SAME_SIZE = {"small": "s", "medium": "m", "large": "l"}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(.*)")
_ALSO = {"waterproof": ("water", "resistance"), "rainproof": ("water", "resistance"), "waterproofing": ("waterproof",)}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an option with the forms of its words."""

    option: str
    value: str
    words: tuple[str, ...]

    @property
    def says_yes(self) -> bool:
        return bool(self.words) and self.words[0] in _YES

    @property
    def says_no(self) -> bool:
        return bool(self.words) and self.words[0] in _NO


_ENDINGS = frozenset({"ic", "ical", "al", "ed", "able", "shell"})
SHORTEST = 4  # letters of a word from which another is formed


class OptionValues:
    """All options that a product comes in, with their values."""

    def __init__(self, options: Iterable[Mapping[str, Any]]) -> None:
        seen: dict[tuple[str, str], Value] = {}
        for one in options:
            for option, value in one.items():
                seen.setdefault((option, str(value)), Value(option, str(value), forms(str(value))))
        self.values = tuple(seen.values())
        self.names = {option: _name(option) for option, _ in seen}
        named = {word for name in self.names.values() for word in name}
        self._known = frozenset(word for one in self.values for word in one.words) - {""} | named
        self._meant: dict[str, frozenset[str]] = {}

    def meant(self, key: str) -> frozenset[str]:
        """The words of options and values that the form is, or is a slip for."""
        if key not in self._meant:
            self._meant[key] = fitting(key, self._known) or self._beginning(key)
        return self._meant[key]

    def _beginning(self, key: str) -> frozenset[str]:
        """The one word of a value that is formed from this one: a robot is robotic, a soft set a softshell one."""
        found = frozenset(one for one in self._known if one.startswith(key) and one[len(key):] in _ENDINGS)
        return found if len(found) == 1 and len(key) >= SHORTEST and key not in FILLING else frozenset()

    def words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words, where two make one that is known, or one makes two, as that; "Wi-Fi and cellular" is one value."""
        found = fused(words, self._known, [one.words for one in self.values])
        pairs = {pair for one in self.values for pair in pairwise(one.words)}
        keys = ["", *(word.key for word in found), ""]
        return tuple(
            word for place, word in enumerate(found)
            if word.key not in ("and", "plus") or (keys[place], keys[place + 2]) not in pairs
        )

    def of(self, option: str) -> tuple[Value, ...]:
        return tuple(one for one in self.values if one.option == option)

    def named_at(self, keys: Sequence[str], place: int) -> tuple[frozenset[str], int]:
        """The options whose name begins there, and how many words the longest name takes."""
        best: tuple[frozenset[str], int] = (frozenset(), 0)
        for option, name in self.names.items():
            in_a_word = _ALSO.get(keys[place]) == name
            length = 1 if in_a_word else len(name)
            if (in_a_word or self._stands(name, keys, place)) and length >= best[1]:
                best = (best[0] | {option} if length == best[1] else frozenset({option}), length)
        return best

    def value_at(self, keys: Sequence[str], place: int) -> tuple[tuple[Value, ...], int]:
        """The values that stand there whole, and how many words they take; the longest only."""
        found: list[Value] = []
        longest = 0
        for one in self.values:
            if len(one.words) >= max(longest, 1) and not one.says_yes and self._stands(one.words, keys, place):
                found = [*found, one] if len(one.words) == longest else [one]
                longest = len(one.words)
        return tuple(found), longest

    def partly(self, key: str) -> tuple[Value, ...]:
        """The values that have the word among others."""
        if key in FILLING or key in _YES | _NO:
            return ()
        meant = self.meant(key)
        return tuple(one for one in self.values if not one.says_no and not meant.isdisjoint(set(one.words) - FILLING))

    def _stands(self, words: Sequence[str], keys: Sequence[str], place: int) -> bool:
        there = keys[place:place + len(words)]
        return len(there) == len(words) > 0 and all(
            word in self.meant(key) or word == key for word, key in zip(words, there, strict=True)
        )


def ordered(values: Iterable[Value]) -> tuple[str, ...]:
    """The values from least to most, or none if they lie on no scale: sizes, or numbers of one unit."""
    theirs = list(values)
    for scale in _SCALES:
        places = {one.value: _on(scale, one) for one in theirs}
        if theirs and all(place is not None for place in places.values()):
            return tuple(sorted(places, key=lambda value: places[value] or 0))
    numbers = {one.value: _NUMBER.fullmatch(one.words[0]) if one.words else None for one in theirs}
    units = {found[2] for found in numbers.values() if found}
    if not theirs or not all(numbers.values()) or len(units) != 1:
        return ()
    return tuple(sorted(numbers, key=lambda value: float(found[1]) if (found := numbers[value]) else 0.0))


def in_words(name: str, value: str) -> str:
    """The value as one wishes for it: "blue", "water resistance", "no water resistance"."""
    said = Value(name, value, forms(value))
    return name if said.says_yes else f"no {name}" if said.says_no else value


def measure(value: str) -> float:
    """The number that a value begins with, 0 where it is none."""
    found = _NUMBER.match(value)
    return float(found[1]) if found else 0.0


def _on(scale: Sequence[str], value: Value) -> int | None:
    if len(value.words) != 1:
        return None
    word = _SAME_SIZE.get(value.words[0], value.words[0]) if scale is _SCALES[0] else value.words[0]
    return scale.index(word) if word in scale else None


def _name(option: str) -> tuple[str, ...]:
    return forms(option.replace("_", " "))
