"""What is wished instead of the lines that a text names."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from support.grounding.comparisons import price_asked
from support.grounding.known_lines import BoughtLine
from support.grounding.variant_reading import read_wish
from support.grounding.wish import UTMOST, OfferedForm, Wish
from support.grounding.words import Word, forms

_ANOTHER = re.compile(r"\b(?:another|a different)\b", re.IGNORECASE)
# "The black lamp for a less bright one" does not wish for a black one
_NAMED = re.compile(
    r"\W*(?:[\w'’]+\s+){0,3}?(?:the|my|that|this|those|these)\s+(?:[\w'’-]+\s+){1,4}?"
    r"(?=(?:for|to|into|with|should|shall|must|becomes?|instead)\b)", re.IGNORECASE,
)


@dataclass(slots=True)
class Swap:
    """Places of lines, where in the text their wish stands (`until` is 0: nowhere), and all that is `said` of them.

    Such as are only `pointed` at ("those changes") share no wish with the thing that is named next. Where it cannot
    be told which of several `candidates` is meant, there are no places.
    """

    places: tuple[int, ...]
    sentence: int = 0
    since: int = 0
    until: int = 0
    said: str = ""
    begun: int = 0
    pointed: bool = False
    candidates: tuple[int, ...] = ()

    def add(self, words: Sequence[Word]) -> None:
        if words:
            since = min(word.start for word in words)
            self.since = min(self.since, since) if self.until else since
            self.until = max(self.until, *(word.end for word in words))


def wishes_of[L: BoughtLine, V: OfferedForm](
    swaps: Sequence[Swap], text: str, lines: Sequence[L], variants_of: Callable[[L], Sequence[V]],
    changed: Sequence[L],
) -> tuple[tuple[L, Wish[V]], ...]:
    found: dict[int, Wish[V]] = {}
    following, sentence = "", -1
    for place, swap in enumerate(swaps):
        # "I have two tablets and I'd like to swap the small one": of both is only told
        if len(swap.places) > 1 and not swap.until:
            told = [one for one in swaps[place + 1:] if one.places and set(one.places) < set(swap.places)]
            swap.places = () if told else swap.places
    for swap in reversed(swaps):
        own = text[swap.since:swap.until] if swap.until else ""
        # "The mug and the lamp. The lamp in blue" wishes nothing for the mug
        following = following if swap.sentence == sentence else ""
        for place in swap.places:
            line = lines[place]
            variants = variants_of(line)
            texts = [said for said in (own, swap.said, "" if swap.pointed else following) if said] or [""]
            read = [read_wish(said, line.options, variants, name=line.product) for said in texts]
            twin = any(one is not line and one.product == line.product for one in lines)
            read = read if line in changed and not twin else [
                _changing(one, line, said) for one, said in zip(read, texts, strict=True)
            ]
            wish = next((one for one in read if not one.is_empty), read[0])
            if swap.said and swap.until:
                named = _NAMED.match(text, swap.begun, swap.until)
                if named and price_asked(forms(named[0])) in UTMOST:
                    named = None  # "the cheapest purifier for a small room" is wished so
                all_said = read_wish(
                    text[named.end() if named else swap.begun:swap.until], line.options, variants, name=line.product
                )
                priced = all_said.price in UTMOST and not wish.price
                wish = all_said if priced or _says_more(all_said, wish) else _fuller(wish, all_said, line)
            if place not in found or found[place].is_empty:
                found[place] = wish
        following, sentence = own or following, swap.sentence
    for swap in swaps:
        # "I have two pairs of boots. The size 12 ones should be a 9" wishes nothing for the other pair
        several = set(swap.places) if len(swap.places) > 1 and not swap.until else set()
        if any(set(one.places) < several and not found[one.places[0]].is_empty for one in swaps if one.places):
            found = {place: wish for place, wish in found.items() if place not in several or not wish.is_empty}
    return tuple((lines[place], found[place]) for place in sorted(found))


def _changing[V: OfferedForm](wish: Wish[V], line: BoughtLine, said: str) -> Wish[V]:
    """The wish, or an empty one if it says no more than what the line is; "another 2L one" is not the line itself."""
    same = wish.wished and all(values == (str(line.options.get(name)),) for name, values in wish.wished.items())
    if not same or wish.price or wish.unclear or wish.unknown or wish.otherwise:
        return wish
    return replace(wish, matches=()) if wish.near and _ANOTHER.search(said) else Wish()


def _says_more[V: OfferedForm](whole: Wish[V], wish: Wish[V]) -> bool:
    """Whether the `whole` text has what the wish has and more that can be had: "as a three-piece set, red as now"."""
    if not wish.wished or wish.price or whole.price or whole.unclear:
        return False
    has_it = all(whole.wished.get(name) == values for name, values in wish.wished.items())
    more = len(whole.wished) > len(wish.wished) or (whole.otherwise is not None and wish.otherwise is None)
    return has_it and more and any(one.stock > 0 for each in whole.in_order for one in (*each.matches, *each.near))


def _fuller[V: OfferedForm](wish: Wish[V], whole: Wish[V], line: BoughtLine) -> Wish[V]:
    """The wish with what the `whole` text wants kept of the line, where not all else can be: "a 15-inch one with i9".
    """
    own = {name: str(value) for name, value in line.options.items()}
    more = {name: said for name, said in whole.wished.items() if name not in wish.wished and said == (own.get(name),)}
    near = tuple(one for one in wish.near if all(str(one.options.get(name)) in said for name, said in more.items()))
    plain = not (wish.matches or wish.otherwise or wish.price)
    return replace(wish, wished={**wish.wished, **more}, near=near) if more and plain and near else wish
