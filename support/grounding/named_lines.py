"""Which lines one mention names: by words of names and options, place in the list, price, or as "it" and "both"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from support.grounding.best_fitting import best_fitting
from support.grounding.filling import FILLING
from support.grounding.known_lines import BoughtLine, KnownLines
from support.grounding.mentions import Mention
from support.grounding.positions import positions
from support.grounding.words import Word

_CHEAPEST = frozenset({("cheapest",), ("least", "expensive"), ("lowest", "price"), ("lowest", "priced")})
_DEAREST = frozenset({
    ("priciest",), ("dearest",), ("costliest",), ("most", "expensive"), ("highest", "price"), ("highest", "priced"),
})
_POINTING = frozenset({"it", "that", "this", "them", "these", "those", "they"})
_MONEY = frozenset({"money", "refund", "refunds", "amount", "cash", "fund", "funds"})
_OF_THE = frozenset({"of", "the", "my", "that", "this"})
_NOT_ALL_AFTER = frozenset({"at", "after", "thats", "that", "is", "was", "of", "above"})
_NOT_ALL_BEFORE = frozenset({"right", "set", "good", "done", "fine", "i", "else", "is", "was", "looks", "seems", "ok"})
MOST_PIECES = 999


@dataclass(frozen=True, slots=True)
class Named:
    """The places of the lines that a mention names; `whole` if it speaks of all there are."""

    chosen: Mapping[int, int | None] = field(default_factory=dict)
    candidates: tuple[int, ...] = ()
    whole: bool = False
    words: tuple[Word, ...] = ()


def named(
    mention: Mention, text: str, lines: Sequence[BoughtLine], known: KnownLines, listed: Sequence[int],
    current: Sequence[int],
) -> Named:
    """The lines that the mention names; `listed` and `current` are places of those shown and those spoken of."""
    keys = mention.keys
    fitting = best_fitting(mention, known)
    group, sure, words = list(fitting.places), fitting.sure, fitting.words
    price = _extreme(keys)
    if price and (pool := group or list(range(len(lines)))):
        return _by_price(pool, lines, words, dearest=price == "dearest")
    if not group:
        return _pointed_at(keys, lines, listed, current)
    if not sure:
        return Named(candidates=tuple(group), words=words)
    unknown = [key for key in keys if not key.isdecimal() and (key in FILLING or not known.is_known(key))]
    if len(group) > 1 and (places := positions(unknown, len(group))):
        return Named({group[place]: None for place in places}, words=words)
    return _counted(group, mention, text, lines, known, words)


def _pointed_at(
    keys: Sequence[str], lines: Sequence[BoughtLine], listed: Sequence[int], current: Sequence[int]
) -> Named:
    if count := _others(keys):
        others = [place for place in listed if place not in current]
        sure = len(others) == count
        return Named(dict.fromkeys(others)) if sure else Named(candidates=tuple(others) if current else ())
    if places := positions(keys, len(listed)):
        return Named({listed[place]: None for place in places})
    if "both" in keys:
        for pair in (current, listed, range(len(lines))):
            if len(pair) == 2:
                return Named(dict.fromkeys(pair))
        return Named({listed[0]: None}) if len(listed) == 1 and lines[listed[0]].quantity == 2 else Named()
    if (count := _all_of(keys)) and count != len(lines):
        return Named(dict.fromkeys(current) if len(current) == count else {})
    if speaks_of_all(keys):
        return Named(whole=True)
    return Named(dict.fromkeys(current)) if not _POINTING.isdisjoint(keys) else Named()


def speaks_of_all(keys: Sequence[str]) -> bool:
    """Whether the words mean all there is: "everything", "the whole order", but not "that's all" or "all right"."""
    for place, key in enumerate(keys):
        before, after = keys[place - 1] if place else "", keys[place + 1] if place + 1 < len(keys) else ""
        if key == "everything" and after not in _NOT_ALL_BEFORE:
            return True
        if key == "all" and before not in _NOT_ALL_AFTER and after not in _NOT_ALL_BEFORE:
            return next((one for one in keys[place + 1:] if one not in _OF_THE), "") not in _MONEY
        if key in ("whole", "entire", "complete") and after in ("order", "thing", "lot", "purchase"):
            return True
        if key == "lot" and before == "the":
            return True
        if key in ("every", "each") and after in ("item", "one", "single", "thing", "product", "of"):
            return True
    return False


def _all_of(keys: Sequence[str]) -> int:
    """How many are meant by "all three" or "each of the three"; 0 if no number is said."""
    for place, key in enumerate(keys):
        after = [one for one in keys[place + 1:place + 4] if one not in _OF_THE]
        if key in ("all", "each") and after and after[0].isdecimal() and len(after[0]) < 3:
            return int(after[0])
    return 0


def _others(keys: Sequence[str]) -> int:
    """How many are meant by "the other one" or "the other two"; 0 if neither is said."""
    for place, key in enumerate(keys):
        after = keys[place + 1] if place + 1 < len(keys) else ""
        if key == "other" and after in ("one", "item", "product", "thing", "please", ""):
            return 1
        if key in ("other", "others") and after.isdecimal() and len(after) < 3:
            return int(after)
    return 0


def _extreme(keys: Sequence[str]) -> str:
    said = {(key,) for key in keys} | set(pairwise(keys))
    return "cheapest" if said & _CHEAPEST else "dearest" if said & _DEAREST else ""


def _by_price(pool: Sequence[int], lines: Sequence[BoughtLine], words: tuple[Word, ...], *, dearest: bool) -> Named:
    asked = {place: getattr(lines[place], "unit_price_minor", None) for place in pool}
    prices = {place: price for place, price in asked.items() if isinstance(price, int)}
    if not prices:
        return Named(candidates=tuple(pool), words=words)
    wanted = max(prices.values()) if dearest else min(prices.values())
    found = [place for place, price in prices.items() if price == wanted]
    return Named(dict.fromkeys(found), words=words) if len(found) == 1 else Named(candidates=tuple(found), words=words)


def _counted(
    group: Sequence[int], mention: Mention, text: str, lines: Sequence[BoughtLine], known: KnownLines,
    words: tuple[Word, ...],
) -> Named:
    count = _count(mention, words)
    if all(str(count) in known.described[place].values for place in group):
        count = None  # "the 3-piece set"
    quantities = [lines[place].quantity for place in group]
    if len(group) == 1:
        if count is None or count == quantities[0]:
            return Named({group[0]: None}, words=words)
        if count < quantities[0]:
            return Named({group[0]: count}, words=words)
        all_of_them = "both" in mention.keys
    elif count is None:
        every = not {"all", "every", "each"}.isdisjoint(mention.keys)
        all_of_them = every or _is_plural(group, text, lines, known, words)
    else:
        all_of_them = count == sum(quantities) or ("both" in mention.keys and len(group) == 2)
    return Named(dict.fromkeys(group), words=words) if all_of_them else Named(candidates=tuple(group), words=words)


def _count(mention: Mention, words: Sequence[Word]) -> int | None:
    """How many are named: 2 for "two of the four mugs", "both mugs", "2 mugs"; None if nothing is said."""
    keys = mention.keys
    first = mention.words.index(words[0])
    for place in range(max(0, first - 6), first):
        key = keys[place]
        if key == "both":
            return 2
        if key == "one" and (keys[place + 1] == "of" or place + 1 == first) and keys[max(0, place - 1)] != "the":
            return 1
        named = keys[max(0, place - 1)] in ("item", "size", "number")
        if key.isdecimal() and 0 < int(key[:4]) <= MOST_PIECES and not named:
            return int(key)
    return None


def _is_plural(
    group: Sequence[int], text: str, lines: Sequence[BoughtLine], known: KnownLines, words: Sequence[Word]
) -> bool:
    """Whether the text has "mugs" for what the shop calls "mug"."""
    heads = [word for word in words if known.is_head(word.key)]
    typed = text[heads[-1].start:heads[-1].end].casefold() if heads else ""
    return typed.endswith("s") and not any(_own_plural(lines[place], typed) for place in group)


def _own_plural(line: BoughtLine, typed: str) -> bool:
    return typed in line.product.casefold().split()
