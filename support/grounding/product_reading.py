"""Which products of the catalogue a text speaks of, by the words of their names."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from support.grounding.filling import FILLING
from support.grounding.known_lines import head_of
from support.grounding.words import Word, fitting, forms, fused, split

_JOINT = re.compile(r",|;|\?|\b(?:and|or|vs|versus|than|with)\b", re.IGNORECASE)
_MODALS = frozenset({"can", "may", "will", "might", "must"})
_SUBJECTS = frozenset({"i", "you", "we", "they", "he", "she", "it", "there", "one", "be"})
_ARTICLES = frozenset({"the", "a", "an", "my", "your", "another"})


class NamedProduct(Protocol):
    """A product; only its name counts."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Named:
    name: str


@dataclass(frozen=True, slots=True)
class Meant[P]:
    """Products that the same words name, in the order they were given; `whole` are those named in full.

    `words` are the forms of these words, `start` is where the first of them stands in the text.
    """

    products: tuple[P, ...]
    whole: tuple[P, ...]
    words: frozenset[str]
    start: int


def read_products[P: NamedProduct](text: str, products: Sequence[P]) -> tuple[Meant[P], ...]:
    """The products that `text` names, one group a thing that is named, in the text's order; none if it names none.

    "The desk lamp" is no other lamp, "a lamp" may be each of them. A word that only describes ("tide" of "Tide clock")
    names nothing where another one says what the thing is.
    """
    names = [forms(one.name) for one in products]
    heads = frozenset(map(head_of, names)) - {""}
    # A case is a thing where it is what a name ends with
    known = frozenset(word for name in names for word in name) - FILLING | heads
    words = fused(split(text), known, names)
    meant = [_meant(word, known, heads) for word in words]
    for place, word in enumerate(words):
        # "My card can pay it" asks for no watering can
        after = words[place + 1].key if place + 1 < len(words) else ""
        named = place and (meant[place - 1] or words[place - 1].key in _ARTICLES)
        if word.key in _MODALS and (not named or after in _SUBJECTS):
            meant[place] = frozenset()
    said = {place: spots for place, name in enumerate(names) if (spots := _spots(name, meant))}
    # "What do the two cost?" asks for no bench for two
    said = {place: spots for place, spots in said.items() if any(not words[spot].key.isdigit() for spot in spots)}
    headed = {place for place, spots in said.items() if any(head_of(names[place]) in meant[spot] for spot in spots)}
    said = {place: spots for place, spots in said.items() if place in headed} or said
    longest = [spots for spots in said.values() if not any(spots < other for other in said.values())]
    groups = sorted(set(longest), key=lambda spots: sorted(spots))
    return tuple(_group(products, names, words, meant, said, spots) for spots in groups)


def _group[P: NamedProduct](
    products: Sequence[P], names: Sequence[tuple[str, ...]], words: Sequence[Word], meant: Sequence[frozenset[str]],
    said: dict[int, frozenset[int]], spots: frozenset[int],
) -> Meant[P]:
    heard = frozenset().union(*(meant[spot] for spot in spots))
    theirs = [place for place in said if said[place] == spots]
    whole = tuple(products[place] for place in theirs if heard >= set(names[place]) - FILLING)
    named = tuple(products[place] for place in theirs)
    return Meant(named, whole, frozenset(words[spot].key for spot in spots), words[min(spots)].start)


def read_names(text: str, names: Collection[str]) -> set[str]:
    """Those of the products' names that `text` may mean."""
    groups = read_products(text, [_Named(name) for name in sorted(names)])
    return {one.name for group in groups for one in group.products}


def stretches(text: str, groups: Sequence[Meant[object]]) -> list[str]:
    """What `text` says of each of the groups that it names: cut at the "and" or comma before the next one's name."""
    cuts = [0]
    for before, group in pairwise(groups):
        joints = [one.start() for one in _JOINT.finditer(text, before.start, group.start)]
        cuts.append(joints[-1] if joints else group.start)
    return [text[begin:end] for begin, end in pairwise([*cuts, len(text)])]


def _meant(word: Word, known: frozenset[str], heads: frozenset[str]) -> frozenset[str]:
    found = fitting(word.key, known)
    if not found and len(word.key) > 4:
        # A shirt may be a T-shirt, and a watch a wristwatch, where nothing else is called that
        return frozenset(head for head in heads if head.endswith(word.key))
    return found


def _spots(name: Sequence[str], meant: Sequence[frozenset[str]]) -> frozenset[int]:
    return frozenset(spot for spot, words in enumerate(meant) if not words.isdisjoint(name))
