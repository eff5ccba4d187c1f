"""What one mention says of a swap: where its wish begins, and whether it points at what was spoken of."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from support.grounding.comparisons import price_asked
from support.grounding.known_lines import KnownLines
from support.grounding.mentions import Mention
from support.grounding.wish import UTMOST
from support.grounding.words import Word

POINTING = frozenset({"it", "them", "both", "one", "ones", "those", "these", "that", "all", "everything"})
_IT = frozenset({"it", "them", "that", "those", "this", "these"})
_BECOME = frozenset({"be", "become", "becomes"})
_LEADS = frozenset({"in", "but", "size", "as", "with"})


def parted(mention: Mention, known: KnownLines) -> Mention:
    """The mention with what follows the thing's name, or an "in", as its wish: "the blue mug | in green"."""
    heads = [place for place, word in enumerate(mention.words) if known.is_head(word.key)]
    cut = heads[-1] + 1 if heads else 0
    # "The black lamp should become a battery lamp"
    become = (at for at, (key, then) in enumerate(pairwise(mention.keys), 1) if key in _BECOME and then in ("a", "an"))
    if (wish := next(become, 0)) and heads and heads[0] < wish:
        return replace(mention, words=mention.words[:wish], wishes=(*mention.wishes, *mention.words[wish:]))
    if not heads:
        seen = False
        for place, key in enumerate(mention.keys):
            if seen and key in _LEADS:
                cut = place
                break
            seen = seen or key in POINTING or known.is_known(key)
    if not 0 < cut < len(mention.words):
        return mention
    # "The cheapest tablet that has 128GB"
    price = next((at for at in range(cut - 1) if heads and price_asked(mention.keys[at:at + 2]) in UTMOST), cut)
    return replace(mention, words=mention.words[:cut], wishes=(*mention.words[price:cut - 1], *mention.words[cut:]))


def makes_it(mention: Mention, known: KnownLines) -> bool:
    """Whether it tells what the thing spoken of shall be: "make it the black one with 128GB"."""
    points = "make" in mention.keys and not _IT.isdisjoint(mention.keys)
    return points and not any(map(known.is_named, mention.keys))


def by_price(mention: Mention, known: KnownLines) -> bool:
    """Whether it asks for the cheapest or dearest of what was spoken of: "the cheapest one with 128GB"."""
    return price_asked(mention.keys) in UTMOST and not any(map(known.is_head, mention.keys))


def said_in(text: str, words: Sequence[Word]) -> str:
    """What `text` has from the first of the words to the last one."""
    return text[min(word.start for word in words):max(word.end for word in words)]
