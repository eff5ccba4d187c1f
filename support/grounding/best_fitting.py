"""The lines that the words of a mention fit best, by what stands in their names and options."""

from collections.abc import Sequence
from dataclasses import dataclass

from support.grounding.filling import FILLING
from support.grounding.known_lines import NO_KIND_OF_IT, KnownLines
from support.grounding.mentions import Mention
from support.grounding.words import Word

_PAYING = frozenset({"gift", "credit", "debit", "bank", "my", "original", "same", "visa", "master", "other"})


@dataclass(frozen=True, slots=True)
class BestFitting:
    """The places of the lines that words fit best, whether that is sure, and the words."""

    places: tuple[int, ...]
    sure: bool
    words: tuple[Word, ...]


def best_fitting(mention: Mention, known: KnownLines) -> BestFitting:
    """The lines that the words of the mention fit best."""
    words = tuple(word for place, word in enumerate(mention.words) if _speaks(mention.keys, place, known))
    keys = [word.key for word in words]
    fits = {place: fit for place in range(len(known.described)) if (fit := known.fit(keys, place)).for_it}
    if not fits:
        return _by_ending(mention, known)
    ranks = {place: (fit.head, -len(fit.against), len(fit.for_it), fit.whole) for place, fit in fits.items()}
    best = max(ranks.values())
    group = tuple(place for place, rank in ranks.items() if rank == best)
    head, against, *_ = best
    sure = against == 0 and (head or not _another_noun(mention, words, known))
    return BestFitting(group, sure, words)


def _speaks(keys: Sequence[str], place: int, known: KnownLines) -> bool:
    """Whether the word there is known, and no mere count: "2 mugs" has none in size 2."""
    if not known.is_known(keys[place]):
        return False
    if keys[place] == "card" and place and keys[place - 1] in _PAYING and not known.is_known(keys[place - 1]):
        return False  # "To my gift card" names no camera with an SD card
    if keys[place : place + 2] and tuple(keys[place : place + 2]) in known.measures:
        return True  # "the 1 cup coffee maker"
    follows = any(known.is_named(key) for key in keys[place + 1:place + 4])
    return not (keys[place].isdecimal() and len(keys[place]) < 3 and follows and keys[max(0, place - 1)] != "size")


def _another_noun(mention: Mention, words: Sequence[Word], known: KnownLines) -> bool:
    """Whether an unknown word stands right after the known ones: "the wireless headphones" are no wireless earbuds."""
    place = mention.words.index(words[-1]) + 1
    if place >= len(mention.words):
        return False
    key = mention.words[place].key
    return key not in FILLING and not known.is_known(key) and key.isalpha() and len(key) > 2


def _by_ending(mention: Mention, known: KnownLines) -> BestFitting:
    """Lines whose name ends like a word: "phone" may be the smartphone; never sure."""
    for word in mention.words:
        if len(word.key) > 4 and word.key not in FILLING:
            ends = (one.head.endswith(word.key) and one.head not in NO_KIND_OF_IT for one in known.described)
            group = tuple(place for place, so in enumerate(ends) if so)
            if group:
                return BestFitting(group, False, (word,))
    return BestFitting((), False, ())
