"""The ways in which customers write the number of an order, whatever form the shop gives its numbers."""

import re
import unicodedata
from collections.abc import Callable, Mapping

FEWEST_DIGITS = 2  # of the end of a number that still names an order
LONGEST = 300  # characters; a shop's number has at most 200
_LEAD = re.compile(r"^(ORDER|NUMBER|NO|NR)+")


def fitting(numbers: Mapping[str, str], reference: str) -> list[str]:
    """The ids of the orders, given as {id: number}, that `reference` may name: those that fit it best, or none.

    The number as it is goes before one in another case, that before one without signs and spaces ("#A17-b" by
    "a17b"), that before one without its leading letters ("HF-10432" by "10432"), that before its last digits.
    """
    written = _folded(reference.strip()[:LONGEST])
    wanted = plain(written)
    bare = _LEAD.sub("", wanted)
    digits = bare if bare.isascii() and bare.isdecimal() and len(bare) >= FEWEST_DIGITS else ""
    fits: tuple[Callable[[str], bool], ...] = (
        lambda number: number == reference.strip(),
        lambda number: _folded(number) == written,
        lambda number: wanted != "" and plain(number) == wanted,
        lambda number: bare != "" and plain(number) == bare,
        lambda number: bare != "" and _without_letters(plain(number)) == bare,
        lambda number: digits != "" and plain(number).endswith(digits),
        lambda number: digits != "" and re.sub("[^0-9]", "", number).endswith(digits),
    )
    for fit in fits:
        if ids := [order_id for order_id, number in numbers.items() if fit(number)]:
            return ids
    return []


def plain(reference: str) -> str:
    """Its letters and digits alone, letters as capitals."""
    return "".join(sign for sign in _folded(reference) if sign.isalnum())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def _without_letters(number: str) -> str:
    return number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
