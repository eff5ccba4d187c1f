"""Whether what is said fits as a wish for the things that may be meant: by a measure, by what they come in."""

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.mentions import Mention
from support.grounding.swap_mentions import said_in
from support.grounding.swap_wishes import Swap
from support.grounding.variant_reading import read_wish
from support.grounding.wish import OfferedForm
from support.grounding.words import forms

FURTHER = frozenset({"also", "too", "as", "add", "plus", "another", "other", "both", "all"})


def told_by_measure(said: str, candidates: Sequence[int], known: KnownLines) -> tuple[int, ...]:
    """The one of the candidates of which a measure is said: "the coffee maker, the one for just one cup"."""
    keys = ["1" if key in ("one", "single") else key for key in forms(said)]
    told = set(pairwise(keys)) & known.measures
    found = [place for place in candidates if told.intersection(known.described[place].phrases)]
    return tuple(found) if len(found) == 1 else ()


def is_of_the_last[L: BoughtLine, V: OfferedForm](
    mention: Mention, swap: Swap, text: str, lines: Sequence[L], known: KnownLines,
    variants_of: Callable[[L], Sequence[V]],
) -> bool:
    """Whether "the black one" tells how the thing shall be that was named before without a wish, and isn't black."""
    one = not {"one", "ones"}.isdisjoint(mention.keys) and not any(map(known.is_named, mention.keys))
    if len(swap.places) != 1 or swap.until or not one or mention.sentence - swap.sentence > 1:
        return False
    line, said = lines[swap.places[0]], said_in(text, mention.words)
    if sum(other.product == line.product for other in lines) > 1:
        return False
    wish = read_wish(said, line.options, variants_of(line), name=line.product)
    return any(str(line.options.get(name)) not in values for name, values in wish.wished.items())


def is_how_it_comes[L: BoughtLine, V: OfferedForm](
    mention: Mention, text: str, lines: Sequence[L], known: KnownLines, current: Sequence[int],
    variants_of: Callable[[L], Sequence[V]],
) -> bool:
    """Whether it only says how the things spoken of shall be: "which white ones have the longest battery?".

    A shirt that is white is meant by its colour no more then.
    """
    if not FURTHER.isdisjoint(mention.keys) or any(map(known.is_named, mention.keys)):
        return False
    said = said_in(text, mention.words)
    wishes = [read_wish(said, lines[at].options, variants_of(lines[at]), name=lines[at].product) for at in current]
    values = {word.key for word in mention.words if known.is_known(word.key)}
    return bool(values) and any(wish.wished and values.isdisjoint(wish.unknown) for wish in wishes)


def coming_so[L: BoughtLine, V: OfferedForm](
    said: str, lines: Sequence[L], candidates: Collection[int], variants_of: Callable[[L], Sequence[V]]
) -> dict[int, int | None]:
    """The one of the candidates that can be had as `said`: of two cameras the one that comes in 24MP."""
    known = {}
    for place in candidates:
        wish = read_wish(said, lines[place].options, variants_of(lines[place]), name=lines[place].product)
        known[place] = (len(wish.wished), -len(wish.unknown))
    best = max(known.values())
    found = [place for place, fits in known.items() if fits == best]
    return {found[0]: None} if len(found) == 1 and best[0] else {}
