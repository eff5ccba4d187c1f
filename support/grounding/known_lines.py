"""What the words of a text have to do with each line of an order: its name, its options, or those of other lines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from support.grounding.filling import FILLING, listed
from support.grounding.words import Word, fitting, forms, fused, unit_of

COLOURS = listed("""
beige black blue bronze brown burgundy charcoal copper cream crimson cyan gold golden gray green indigo ivory khaki
lavender lilac magenta maroon mint mustard navy olive orange peach pink purple red rose silver tan teal turquoise violet
white yellow
""")
# Headphones are no phones
NO_KIND_OF_IT = listed("headphone earphone microphone keyboard notebook sunglass")
# A glass kettle has nothing to do with sunglasses, which are glasses all the same
_GLASSES = re.compile(r"\b(?<!of )glasses\b", re.IGNORECASE)
_AFTER_HEAD = frozenset({"for", "of", "with", "in", "from", "to"})
_YES, _NO = frozenset({"yes", "true"}), frozenset({"no", "none", "false"})


def with_sunglasses(text: str, lines: Iterable["BoughtLine"]) -> str:
    """`text` with "sunglasses" for "glasses" where lines are such, and none are other glasses."""
    names = [line.product.casefold() for line in lines]
    if not any("sunglasses" in name for name in names) or any(re.search(r"\bglasses\b", name) for name in names):
        return text
    return _GLASSES.sub("sunglasses", text)


class BoughtLine(Protocol):
    """A line as bought: `product` is its name, `options` such as {"colour": "brass"}."""

    @property
    def product(self) -> str: ...
    @property
    def options(self) -> Mapping[str, Any]: ...
    @property
    def quantity(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Described:
    """The forms of a line's words: all of its name, the head of it ("lamp" of "desk lamp"), and of its options."""

    name: tuple[str, ...]
    head: str
    options: Mapping[str, frozenset[str]]
    lacks: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]

    @property
    def values(self) -> frozenset[str]:
        return frozenset().union(*self.options.values())


@dataclass(frozen=True, slots=True)
class Fit:
    """How the words of a mention fit a line.

    `against` are words that speak of something else than this line; `whole` counts name and values named in full.
    """

    head: bool
    for_it: frozenset[str]
    against: frozenset[str]
    whole: int


class KnownLines:
    """The lines, read once. A word's form is looked up among the words of all lines, so that slips are found."""

    def __init__(self, lines: Sequence[BoughtLine]) -> None:
        self.described = tuple(_described(line) for line in lines)
        self.heads = frozenset(one.head for one in self.described if one.head)
        # A case or a light is a thing where it is what a name ends with
        self._names = frozenset(word for one in self.described for word in one.name) - FILLING | self.heads
        self._values = frozenset(word for one in self.described for word in one.values | one.lacks) - FILLING
        self._known = self._names | self._values | COLOURS
        self._units = frozenset(map(unit_of, self._values)) - {""}
        self._phrases = [phrase for one in self.described for phrase in one.phrases]
        # "1 cup" of what comes in one and in four cups
        self.measures = frozenset(
            phrase for one in self.described for phrase in one.phrases if len(phrase) == 2 and phrase[0].isdecimal()
        )
        self._fits: dict[str, frozenset[str]] = {}

    def meant(self, key: str) -> frozenset[str]:
        """The known words that the form is, or is a slip for."""
        if key not in self._fits:
            self._fits[key] = fitting(key, self._known) or self._ending(key)
            if not self._fits[key] and unit_of(key) in self._units:
                self._fits[key] = frozenset((key,))
        return self._fits[key]

    def _ending(self, key: str) -> frozenset[str]:
        """The one head that ends like the word: a shirt is the T-shirt where nothing else is called a shirt."""
        found = frozenset(one for one in self.heads if one.endswith(key) and one not in NO_KIND_OF_IT)
        return found if len(found) == 1 and len(key) > 4 and key not in FILLING else frozenset()

    def is_named(self, key: str) -> bool:
        """Whether the word is one of a product's name."""
        return not self.meant(key).isdisjoint(self._names)

    def is_head(self, key: str) -> bool:
        """Whether the word says by itself what kind of thing is meant."""
        return not self.meant(key).isdisjoint(self.heads)

    def tells_which(self, key: str) -> bool:
        """Whether the word alone says what is meant: a head, or a part of one name only ("organizer")."""
        return self.is_head(key) or len(self.owners(key)) == 1

    def owners(self, key: str) -> frozenset[int]:
        """The places of the lines in whose name the word is."""
        meant = self.meant(key)
        return frozenset(place for place, one in enumerate(self.described) if not meant.isdisjoint(one.name))

    def is_known(self, key: str) -> bool:
        """Whether the word is in a name or an option of any line, or is a colour."""
        return bool(self.meant(key))

    def words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words, where two make one that is known ("lap top"), or one makes two, as that."""
        return fused(words, self._known, self._phrases)

    def together(self) -> frozenset[tuple[str, str]]:
        """Pairs of words that an "and" or a sign between does not part, for they are one value: "black and white"."""
        pairs = (zip(phrase, phrase[step:], strict=False) for phrase in self._phrases for step in (1, 2))
        return frozenset(pair for some in pairs for pair in some)

    def fit(self, keys: Sequence[str], place: int) -> Fit:
        """How the words fit the line at `place`; words that are unknown say nothing for it or against it."""
        line = self.described[place]
        for_it, against = set(), set()
        head = False
        for key in keys:
            meant = self.meant(key)
            if not meant:
                continue
            if len(key) > 4 and line.head.endswith(key) and key in self.heads:
                # A wristwatch is a watch too
                for_it.add(key)
                head = True
            elif meant & line.values or not meant.isdisjoint(line.name):
                for_it.add(key)
                head = head or line.head in meant
            elif (
                meant & line.lacks or meant & (self._names | self._values) or self._other_colour(meant, line)
                or unit_of(key) in set(map(unit_of, line.values)) - {""}
            ):
                against.add(key)
        said = frozenset().union(*map(self.meant, keys))
        contents = (set(phrase) - FILLING for phrase in line.phrases)
        whole = sum(said.issuperset(content) for content in contents if content)
        return Fit(head, frozenset(for_it), frozenset(against), whole)

    @staticmethod
    def _other_colour(meant: frozenset[str], line: Described) -> bool:
        return bool(meant & COLOURS) and any("color" in name.split() for name in line.options)


def head_of(name: Sequence[str]) -> str:
    """The word of a name that says what the thing is: the last one before a "for", "of" or "with"."""
    for place, word in enumerate(name):
        if word in _AFTER_HEAD and place:
            name = name[:place]
            break
    words = [word for word in name if not word[:1].isdigit()]
    return words[-1] if words else ""


def _described(line: BoughtLine) -> Described:
    name = forms(str(line.product))
    options: dict[str, frozenset[str]] = {}
    lacks: set[str] = set()
    values = [forms(str(value)) for value in line.options.values()]
    asked_for = frozenset(word for option in line.options for word in forms(str(option)))
    for option, value in line.options.items():
        asked, words = forms(str(option)), forms(str(value))
        if words and words[0] in _YES:
            options[" ".join(asked)] = frozenset(asked) - FILLING
        elif words and words[0] in _NO:
            lacks.update(set(asked) - FILLING)
        else:
            # "Size" is said of every size; it is no sign of the one whose size is "full size"
            options[" ".join(asked)] = frozenset(words) - asked_for or frozenset(words)
    return Described(name, head_of(name), options, frozenset(lacks) - set(name), (name, *values))
