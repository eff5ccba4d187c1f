"""Places in a list that a text names: "the second one", "items 1 and 3", "2 to 4", "the first two", "the last one"."""

from collections.abc import Sequence

from support.grounding.filling import FILLING

ORDINALS = {
    word: place
    for place, names in enumerate((
        "first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th",
        "ninth 9th", "tenth 10th",
    ))
    for word in names.split()
}
_BEFORE_ORDINAL = frozenset({"the", "my", "that", "this", "and", "or", "only", "just", "your"})
_AFTER_ORDINAL = frozenset({
    "one", "item", "order", "line", "product", "option", "and", "or", "on", "in", "please", "of", "from", "purchase",
    "thing", "piece",
})
COUNTED = frozenset({
    "item", "items", "number", "numbers", "no", "nr", "line", "lines", "option", "options", "product", "products",
    "position", "positions",
})
_COUNTED_THINGS = frozenset({
    "of", "item", "items", "piece", "pieces", "order", "orders", "day", "week", "more", "thing", "things", "request",
    "question", "change",
})
# "These two" are no place
_BEFORE_COUNT = frozenset({"first", "last", "these", "those", "them", "both", "all", "other"})
_UP_TO = frozenset({"to", "through", "thru", "till", "until"})
LARGEST = 50


def positions(keys: Sequence[str], count: int) -> tuple[int, ...]:
    """The places, from 0, in a list of `count` that the words name, in the order they came; none beyond its end."""
    found = []
    bare = all(key in FILLING or key in ORDINALS or key.isdecimal() for key in keys)
    counting = False
    for place, key in enumerate(keys):
        before = keys[place - 1] if place else ""
        after = keys[place + 1] if place + 1 < len(keys) else ""
        counting = before in COUNTED or (counting and (before in ("and", "or") or before.isdecimal()))
        if several := _several(key, before, after, count):
            found += several
        elif key in ORDINALS and _is_ordinal(before, after, len(keys)):
            found.append(ORDINALS[key])
        elif key == "last" and before in ("the", "very") and after in ("one", "item", "line", "product", "thing", ""):
            found.append(count - 1)
        elif found and key.isdecimal() and before in _UP_TO and keys[place - 2].isdecimal():
            found += range(found[-1] + 1, min(int(key), LARGEST))
        elif key.isdecimal() and len(key) < 3 and (counting or before in COUNTED or (bare and _lone(keys, place))):
            found.append(int(key) - 1)
            counting = True
        elif key in ("1", "one") and before == "number":
            found.append(0)
    return tuple(dict.fromkeys(place for place in found if 0 <= place < min(count, LARGEST)))


def _several(key: str, before: str, after: str, count: int) -> list[int]:
    """The places of "the first two" and "the last 3"; none for other words."""
    if key not in ("first", "last") or before not in _BEFORE_ORDINAL | {""} or not after.isdecimal() or len(after) > 2:
        return []
    size = min(int(after), count)
    return list(range(size) if key == "first" else range(count - size, count))


def _is_ordinal(before: str, after: str, length: int) -> bool:
    return (before in _BEFORE_ORDINAL and (after in _AFTER_ORDINAL or not after)) or length < 3


def _lone(keys: Sequence[str], place: int) -> bool:
    """Whether a bare number stands for a place: nothing but numbers and words that do not count things is there."""
    after = keys[place + 1] if place + 1 < len(keys) else ""
    counted = place > 0 and keys[place - 1] in _BEFORE_COUNT
    return not counted and after not in _COUNTED_THINGS and len(keys) < 6
