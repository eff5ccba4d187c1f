"""Which variant of a product a text wishes for: by options, by comparison, by price, with others to fall back on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from support.grounding.alternatives import alternatives
from support.grounding.comparisons import Compared, compared, compares, price_asked
from support.grounding.filling import FILLING
from support.grounding.no_matter import freely
from support.grounding.option_values import OptionValues
from support.grounding.ranked import ranked, tie_broken_by
from support.grounding.remarks import past_no
from support.grounding.said_options import said_options
from support.grounding.whichever import left_to_price
from support.grounding.wish import OfferedForm, Wish, allowed, fitted, is_foreign
from support.grounding.words import Word, fitting, forms, split

# "15 or 19 bar"
_EITHER = re.compile(r"\b(\d+(?:\.\d+)?) or (\d+(?:\.\d+)?)[ -]?([a-z]+)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:my|his|her|their|our) own\b|\bmine\b|\bone i have\b")


# "The mouse with a cable"
_CORD = re.compile(
    r"\b(?:(?P<none>(?:without|no) (?:an? |any |the )?(?:cable|cord|wire)s?|(?:cord|cable)-?less)|"
    r"with (?:a |the )?(?:cable|cord|wire)|corded)\b", re.IGNORECASE,
)


def _with_cord(text: str, variants: Sequence[OfferedForm]) -> str:
    """`text` with "wired" and "wireless" for what people say instead, where a product comes in both."""
    values = {str(value).casefold() for one in variants for value in one.options.values()}
    if not {"wired", "wireless"} <= values:
        return text
    return _CORD.sub(lambda found: "wireless" if found["none"] else "wired", text)


def read_wish[V: OfferedForm](
    text: str, current: Mapping[str, Any], variants: Sequence[V], *, name: str = ""
) -> Wish[V]:
    """What `text` wishes to have instead of a variant with the options `current`, among all `variants` of the product.

    Options that are not named stay as they are. `name` is the product's, whose words are no wish. "Blue, or green if
    that is sold out" is a wish with another `otherwise`, which keeps what the first one said of other options.
    """
    text, tie = tie_broken_by(past_no(left_to_price(ranked(freely(text, list(current))))))
    text = _with_cord(_EITHER.sub(r"\1 \3 or \2 \3", text), variants)
    known = OptionValues([current, *(one.options for one in variants)])
    named = frozenset(forms(name))
    read: list[Wish[V]] = []
    before: Mapping[str, tuple[str, ...]] = {}
    parts = alternatives(text, known.words(split(text)), known)
    for words, after in pairwise([*parts, ()]):
        if _OWN.search(" ".join(word.key for word in words)):
            before = {}  # "a red one in L, or else my own in L"
        wish = _one(words, current, variants, known, named, before)
        if after and text[words[-1].end:after[0].start].strip().casefold() == "or":
            # "Black or silver, with a leather band": the band is wished with either
            of_both = _one(after, current, variants, known, named, {}).wished
            if not of_both.keys().isdisjoint(wish.wished):
                more = {name: values for name, values in of_both.items() if name not in wish.wished}
                wish = _one(words, current, variants, known, named, {**before, **more})
        own = _one(words, current, variants, known, named, {}).wished
        instead = any(values != before.get(name, values) for name, values in own.items())
        if before and not instead and not (wish.is_empty or any(one.stock > 0 for one in (*wish.matches, *wish.near))):
            wish = _with_less(words, current, variants, known, named, before) or wish
        again = read and (wish.wished, wish.price) == (read[-1].wished, read[-1].price)
        if again or (wish.is_empty and not wish.unknown):
            continue
        before = wish.wished
        read.append(wish)
    preferred = said_options([word.key for word in known.words(split(tie))], current, known).wished if tie else {}
    price = price_asked([word.key for word in split(tie)]) if tie else ""
    result: Wish[V] | None = None
    for wish in reversed(read):
        result = replace(_narrowed(_by_price(wish, price), preferred), otherwise=result)
    return result or Wish()


def _by_price[V: OfferedForm](wish: Wish[V], price: str) -> Wish[V]:
    """The wish; of several in stock the cheapest or dearest, where that decides: "if there are two, the cheaper"."""
    if not price:
        return wish
    pick = max if price in ("higher", "highest") else min

    def best(some: Sequence[V]) -> tuple[V, ...]:
        able = [one for one in some if one.stock > 0]
        utmost = pick(one.price_minor for one in able) if able else None
        return tuple(one for one in able if one.price_minor == utmost) or tuple(some)

    return replace(wish, matches=best(wish.matches), near=wish.near if wish.matches else best(wish.near))


def _narrowed[V: OfferedForm](wish: Wish[V], preferred: Mapping[str, tuple[str, ...]]) -> Wish[V]:
    """The wish; of several in stock that it leaves to choose from, those that are as `preferred`, if any is."""
    def best(some: Sequence[V]) -> tuple[V, ...]:
        fits = [one for one in some if all(str(one.options.get(name)) in said for name, said in preferred.items())]
        return tuple(one for one in fits if one.stock > 0) or tuple(some)

    return replace(wish, matches=best(wish.matches), near=best(wish.near)) if preferred else wish


def _with_less[V: OfferedForm](
    words: Sequence[Word], current: Mapping[str, Any], variants: Sequence[V], known: OptionValues,
    named: frozenset[str], before: Mapping[str, tuple[str, ...]],
) -> Wish[V] | None:
    """The next best wish without what was said last of the first one and cannot be had: "glass, else the cheapest".

    "If that is sold out, the cheapest brass one" asks for no more than that. None if nothing is there all the same.
    """
    for option in reversed(list(before)):
        less = {name: values for name, values in before.items() if name != option}
        wish = _one(words, current, variants, known, named, less)
        if any(one.stock > 0 for one in (*wish.matches, *wish.near)):
            return wish
    bare = _one(words, current, variants, known, named, {})
    return bare if bare.price else None


def _one[V: OfferedForm](
    words: Sequence[Word], current: Mapping[str, Any], variants: Sequence[V], known: OptionValues,
    named: frozenset[str], before: Mapping[str, tuple[str, ...]],
) -> Wish[V]:
    keys = _counted([word.key for word in words], known)
    said = said_options(keys, current, known)
    wished, unclear = dict(said.wished), list(said.unclear)
    price = price_asked(keys)
    comparison = compared(keys, current, known)
    impossible = False
    if comparison is not None and comparison.option not in wished:
        if comparison.unclear:
            unclear.append(comparison.unclear)
        else:
            wished[comparison.option] = comparison.values
            impossible = not comparison.values
    unknown = tuple(dict.fromkeys(
        key for place, key in enumerate(keys)
        if place not in said.used and key not in FILLING and key not in named and not compares(key)
        and not known.meant(key) and not (named and _slip_of_name(key, named))
    ))
    impossible = impossible or any(map(is_foreign, unknown))
    if wished or price or unclear or unknown:
        wished = {**before, **wished}
    able = allowed(variants, said.never)
    matches, near = fitted(wished, price, current, able, impossible=impossible, unclear=bool(unclear))
    if comparison is not None and comparison.best and not any(one.stock > 0 for one in (*matches, *near)):
        # "A purple one in the biggest size there is": the biggest of the purple ones
        wished |= _best_there_is(comparison, wished, able)
        matches, near = fitted(wished, price, current, able, impossible=impossible, unclear=bool(unclear))
    return Wish(wished, price, tuple(unclear), unknown, matches, near, never=said.never)


def _best_there_is(
    comparison: Compared, wished: Mapping[str, tuple[str, ...]], variants: Sequence[OfferedForm]
) -> dict[str, tuple[str, ...]]:
    """The best value that can be had with all else that is wished; nothing if none can."""
    others = {name: values for name, values in wished.items() if name != comparison.option}
    there = {
        str(one.options.get(comparison.option)) for one in variants
        if one.stock > 0 and all(str(one.options.get(name)) in values for name, values in others.items())
    }
    best = next((value for value in comparison.best if value in there), None)
    return {comparison.option: (best,)} if best is not None else {}


def _counted(keys: Sequence[str], known: OptionValues) -> list[str]:
    """The keys, with "one" as a number where a value of the product begins so: "for one cup"."""
    ones = {value.words[1] for value in known.values if len(value.words) > 1 and value.words[0] == "1"}
    after = [*keys[1:], ""]
    return ["1" if key == "one" and then in ones else key for key, then in zip(keys, after, strict=True)]


def _slip_of_name(key: str, named: frozenset[str]) -> bool:
    return bool(fitting(key, named)) or any(one.endswith(key) for one in named if len(key) > 3)
