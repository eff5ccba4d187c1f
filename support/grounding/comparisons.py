"""Wishes by comparison: "bigger", "one size up", "the most storage", "cheapest"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from support.grounding.filling import listed
from support.grounding.option_values import OptionValues, measure, ordered
from support.grounding.slips import slips_for

_KINDS = {
    "": "more less most least max maximum minimum higher lower highest lowest better upgraded "
        "stronger weaker strongest weakest greater greatest",
    "size capacity storage screen diameter volume length width height dimension":
        "bigger larger smaller biggest largest smallest",
    "length battery life duration height": "longer shorter longest shortest",
    "height": "taller tallest",
    "thickness": "thicker thinner thickest thinnest",
    "brightness": "brighter dimmer brightest dimmest",
    "weight": "heavier lighter heaviest lightest",
    "width size": "wider narrower widest narrowest",
    "speed": "faster slower fastest slowest",
    "difficulty": "harder easier hardest easiest tougher toughest simpler simplest",
}
# "Just as tall", "half as long"
_ALIKE = {
    "tall": "taller", "high": "taller", "long": "longer", "big": "bigger", "large": "larger", "wide": "wider",
    "thick": "thicker", "bright": "brighter", "heavy": "heavier", "fast": "faster", "small": "smaller",
    "short": "shorter", "hard": "harder", "difficult": "harder", "tough": "tougher", "easy": "easier",
}
_AS_MANY = frozenset({"many", "much"})
_TIMES = {"half": 0.5, "twice": 2.0, "double": 2.0}
_OWN = frozenset({"mine", "my", "now", "before", "it", "this", "that", "ordered", "i", "they", "these", "those"})
_THERE_IS = frozenset({"come", "comes", "get", "gets", "have", "sell", "offer", "make", "can"})
_MOST_OF = _THERE_IS | {"possible", "be", "there"}
_ABOUT = {word: tuple(options.split()) for options, words in _KINDS.items() for word in words.split()}
_LESS = listed("""
less least minimum lower lowest smaller smallest shorter shortest thinner thinnest dimmer dimmest lighter lightest
narrower narrowest slower slowest easier easiest simpler simplest weaker weakest
""")
_UTMOST = frozenset({"most", "least", "max", "maximum", "minimum"})
_NEEDS_NAME = frozenset(_KINDS[""].split())
_ELSEWHERE = frozenset({"elsewhere", "somewhere"})
_NEAR_BY = 3  # words
_PRICES = {
    ("cheapest",): "lowest", ("least", "expensive"): "lowest", ("lowest", "price"): "lowest",
    ("lowest", "priced"): "lowest", ("most", "expensive"): "highest", ("priciest",): "highest",
    ("dearest",): "highest", ("highest", "price"): "highest", ("highest", "priced"): "highest",
    ("costliest",): "highest", ("cheaper",): "lower", ("less", "expensive"): "lower", ("pricier",): "higher",
    ("more", "expensive"): "higher", ("dearer",): "higher", ("lower", "price"): "lower",
}
_CHEAPEST = "cheapest"
_WHICHEVER = frozenset({"whichever", "whatever"})
_UTMOST_OF = {"lower": "lowest", "higher": "highest"}


@dataclass(frozen=True, slots=True)
class Compared:
    """An option and the values that a comparison allows, nearest first; or the word, if it fits several options.

    `best` are all values of the option, the best first, where the utmost is asked for.
    """

    option: str
    values: tuple[str, ...]
    unclear: str = ""
    best: tuple[str, ...] = ()


def compares(key: str) -> bool:
    """Whether the word is one of a comparison."""
    asked = key in _ABOUT or key in _ALIKE
    return asked or key == "expensive" or (key,) in _PRICES or slips_for(key, _CHEAPEST)


def price_asked(keys: Sequence[str]) -> str:
    """ "lowest", "highest", "lower" or "higher" if the words ask for such a price, else "".

    Another shop's price is none: "I found it cheaper elsewhere".
    """
    keys = [_CHEAPEST if (key,) not in _PRICES and slips_for(key, _CHEAPEST) else key for key in keys]
    for length in (2, 1):
        for place in range(len(keys) - length + 1):
            after = place + length
            if (found := _PRICES.get(tuple(keys[place:after]))) and _ELSEWHERE.isdisjoint(keys[after:after + _NEAR_BY]):
                # "Whichever display is cheaper": of those that there are
                utmost = not _WHICHEVER.isdisjoint(keys[max(0, place - _NEAR_BY - 1):place])
                return _UTMOST_OF.get(found, found) if utmost else found
    return ""


def compared(keys: Sequence[str], current: Mapping[str, Any], known: OptionValues) -> Compared | None:
    """What the words ask for by comparison with `current`; None if nothing, or nothing that can be compared."""
    scales = {name: values for name in known.names if len(values := ordered(known.of(name))) > 1}
    for place, key in enumerate(keys):
        after = keys[place + 1] if place + 1 < len(keys) else ""
        if key == "size" and after in ("up", "down"):
            return _stepped(key, _about("size", scales, known), scales, current, -1 if after == "down" else 1)
        if key == "size" and keys[place - 1 : place] == ["same"] and (found := _same_size(scales, current, known)):
            return found
        if (key, after) in (("up", "a"), ("down", "a")) and "size" in keys[place:place + 4]:
            return _stepped(key, _about("size", scales, known), scales, current, -1 if key == "down" else 1)
        if key in _AS_MANY and keys[place - 1:place] == ["as"] and (found := _as_many(keys, place, scales, known)):
            return found
        if key in _ALIKE and place and keys[place - 1] == "as":
            if found := _alike(keys, place, scales, current, known):
                return found
            continue
        if key in ("more", "less") and after in _ALIKE and not _near(keys, place, scales, known):
            if len(options := _by_kind(_ALIKE[after], scales, known)) == 1:
                step = (1 if key == "more" else -1) * (-1 if _ALIKE[after] in _LESS else 1)
                return _further(key, options, scales, current, step)
            continue
        if key not in _ABOUT or after in ("expensive", "price", "priced"):
            continue
        named = _near(keys, place, scales, known)
        options = named or (() if key in _NEEDS_NAME else _by_kind(key, scales, known))
        if not options:
            continue
        step = -1 if key in _LESS else 1
        if key in _UTMOST or key.endswith("est"):
            return _utmost(key, options, scales, step)
        one_size = keys[max(0, place - 2):place] in (["one", "size"], ["a", "size"], ["next", "size"])
        move = _stepped if one_size else _further
        return move(key, options, scales, current, step)
    return None


def _as_many(
    keys: Sequence[str], place: int, scales: Mapping[str, tuple[str, ...]], known: OptionValues
) -> Compared | None:
    """The most of it: "as many speed settings as possible", "with as much memory as you have"."""
    options = _near(keys, place, scales, known)
    rest = keys[place + 1:place + 8]
    if len(options) != 1 or "as" not in rest or _MOST_OF.isdisjoint(rest[rest.index("as"):]):
        return None
    return _utmost(keys[place], options, scales, 1)


def _alike(
    keys: Sequence[str], place: int, scales: Mapping[str, tuple[str, ...]], current: Mapping[str, Any],
    known: OptionValues,
) -> Compared | None:
    """What is to be as it is now in an option that has a measure, or so many times that: "just as tall"."""
    before = keys[place - 2] if place > 1 else ""
    after = keys[place + 1 : place + 3]
    # "As bright as they come", "as big as you have"
    ever = after[1:] == ["possible"] or not _THERE_IS.isdisjoint(keys[place + 3 : place + 4])
    options = _by_kind(_ALIKE[keys[place]], scales, known)
    if len(options) != 1 or (keys[place] == "long" and after[:1] == ["as"] and before not in ("just", "exactly")):
        return None  # "as long as it's not dearer"
    name, now = options[0], str(current.get(options[0]))
    if after[:1] == ["as"] and ever:
        return _utmost(keys[place], options, scales, -1 if _ALIKE[keys[place]] in _LESS else 1)
    if before in _TIMES:
        values = tuple(one for one in scales[name] if measure(one) == measure(now) * _TIMES[before])
        return Compared(name, values) if values else None
    if after[:1] == ["as"] and _OWN.isdisjoint(after[1:]):
        return None
    return _unchanged(options, scales, current)


def _unchanged(
    options: Sequence[str], scales: Mapping[str, tuple[str, ...]], current: Mapping[str, Any]
) -> Compared | None:
    """The one option as it is now; None for several, or without a measure."""
    if len(options) != 1 or (now := str(current.get(options[0]))) not in scales[options[0]]:
        return None
    return Compared(options[0], (now,))


def _same_size(
    scales: Mapping[str, tuple[str, ...]], current: Mapping[str, Any], known: OptionValues
) -> Compared | None:
    """"The same size" of what has a height or diameter, and no option that is called size."""
    if any("size" in name for name in known.names.values()):
        return None
    return _unchanged(_by_kind("bigger", scales, known), scales, current)


def _near(
    keys: Sequence[str], place: int, scales: Mapping[str, tuple[str, ...]], known: OptionValues
) -> tuple[str, ...]:
    """The options of which a word of the name stands close behind, or in front."""
    around = [*keys[place + 1:place + 3], *keys[max(0, place - 2):place]]
    for key in around:
        if found := tuple(name for name in scales if not known.meant(key).isdisjoint(known.names[name])):
            return found
    return ()


def _about(word: str, scales: Mapping[str, tuple[str, ...]], known: OptionValues) -> tuple[str, ...]:
    return tuple(name for name in scales if word in known.names[name]) or tuple(scales)


def _by_kind(key: str, scales: Mapping[str, tuple[str, ...]], known: OptionValues) -> tuple[str, ...]:
    for word in _ABOUT[key]:
        if found := tuple(name for name in scales if word in known.names[name]):
            return found
    return tuple(scales) if "size" in _ABOUT[key] and len(scales) == 1 else ()


def _utmost(key: str, options: Sequence[str], scales: Mapping[str, tuple[str, ...]], step: int) -> Compared:
    if len(options) > 1:
        return Compared("", (), key)
    best = tuple(scales[options[0]][::-step])
    return Compared(options[0], best[:1], best=best)


def _further(
    key: str, options: Sequence[str], scales: Mapping[str, tuple[str, ...]], current: Mapping[str, Any], step: int
) -> Compared:
    if len(options) > 1:
        return Compared("", (), key)
    values = scales[options[0]][::step]
    now = str(current.get(options[0]))
    return Compared(options[0], values[values.index(now) + 1:] if now in values else (), "" if now in values else key)


def _stepped(
    key: str, options: Sequence[str], scales: Mapping[str, tuple[str, ...]], current: Mapping[str, Any], step: int
) -> Compared:
    found = _further(key, options, scales, current, step) if options else Compared("", (), key)
    return Compared(found.option, found.values[:1], found.unclear)
