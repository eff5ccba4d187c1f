"""Which of a few named things a text means: by words of their names, well or badly typed, or by place in a list."""

from collections.abc import Sequence

from support.grounding.filling import FILLING
from support.grounding.positions import positions
from support.grounding.reading import Reading
from support.grounding.words import fitting, forms

_ALL = frozenset({"all", "both", "every", "everything", "each"})


def read_named[T](
    text: str, named: Sequence[tuple[T, str]], *, shown: Sequence[T] = (), besides: frozenset[str] = frozenset()
) -> Reading[T]:
    """Those of `named`, (thing, name), that `text` means. Two of which one was meant are candidates.

    `shown` are the things as last listed, for "the second one"; `besides` are words that tell none of them from others.
    """
    said = forms(text)
    known = [frozenset(forms(name)) - FILLING - besides for _, name in named]
    every = frozenset().union(*known) if known else frozenset()
    meant = frozenset().union(*(fitting(key, every) for key in said if key not in FILLING and key not in besides))
    hits = [words & meant for words in known]
    if any(hits):
        # None of which another one is named more fully; a whole name counts before a part of one
        best = [place for place, own in enumerate(hits) if own and not any(own < other for other in hits)]
        whole = [place for place in best if hits[place] == known[place]]
        if not _wants_all(said):
            best = [place for place in best if place in whole or not any(hits[place] & hits[one] for one in whole)]
        shared = any(hits[place] & hits[other] for place in best for other in best if other != place)
        if not shared or _wants_all(said):
            return Reading(tuple(named[place][0] for place in best), (), text.strip())
        return Reading((), tuple(named[place][0] for place in best), text.strip())
    if len(named) > 1 and _wants_all(said):
        return Reading(tuple(thing for thing, _ in named), (), text.strip())
    places = positions(said, len(shown))
    return Reading(tuple(shown[place] for place in places), (), text.strip() if places else "")


def _wants_all(said: Sequence[str]) -> bool:
    return not _ALL.isdisjoint(said) and "not" not in said
