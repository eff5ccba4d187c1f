"""The orders whose numbers, or parts of them, a text has."""

import re
from collections.abc import Sequence

from support.grounding.other_numbers import is_measure, is_measured, tells_who
from support.grounding.reading import Reading
from support.grounding.words import LONGEST
from support.ordering import order_numbers
from support.ordering.order_views import OrderSummary

_NUMBER = re.compile(r"#?\s?[^\W_]*\d[\w-]*", re.ASCII)
_LEADS = re.compile(r"(?:order|orders|number|no\.?|nr\.?|#|ending(?: in| with)?|ends(?: in| with)?)[\s:#]*$", re.I)

# "My Visa ending in 6087"
_OF_CARD = re.compile(
    r"\b(?:cards?|visa|master\s?card|amex|american express|maestro|discover|paypal|accounts?|iban)\b"
    r"(?:(?!\border)[^.;!?\n#\d]){0,30}$", re.IGNORECASE,
)
# "#2" is the second of what was listed
FEW = 4  # words in which a number that no order has is meant as one
_PLACE = re.compile(r"\d{1,2}")
_MONEY = tuple("$€£¥")
_LAST_DIGITS = re.compile(r"\d{2,4}")


def numbered(text: str, orders: Sequence[OrderSummary]) -> Reading[OrderSummary] | None:
    """The orders whose numbers, or whose last digits, the text has; None if there is no number of an order in it."""
    numbers = {one.id: one.number for one in orders}
    chosen: dict[str, None] = {}
    candidates: dict[str, None] = {}
    spans = []
    unknown = False
    plain = [order_numbers.plain(one) for one in numbers.values()]
    whole_numbers = {*plain, *(re.sub("^[A-Z]+", "", one) for one in plain)}
    for found in _NUMBER.finditer(text[:LONGEST]):
        typed = found[0].strip("-# \t\n")
        called = bool(_LEADS.search(text[max(0, found.start() - 14):found.start()]))
        led = called or found[0].startswith("#")
        looks = order_numbers.plain(typed)
        whole = looks in whole_numbers
        if not whole and _LAST_DIGITS.fullmatch(found[0].strip()) and _OF_CARD.search(text[:found.start()]):
            continue
        if not whole and text[:found.start()].rstrip()[-1:] in _MONEY:
            continue
        if not whole and (is_measured(text, typed, found.end()) or not (led or _long(typed))):
            continue
        ids = order_numbers.fitting(numbers, typed)
        spans.append(found.span())
        if len(ids) == 1:
            chosen[ids[0]] = None
        elif ids:
            candidates.update(dict.fromkeys(ids))
        elif not led and (tells_who(text, typed, *found.span()) or (typed.isdecimal() and _is_option(text, typed))):
            spans.pop()
        elif sum(map(str.isdigit, typed)) > 3 or (
            found[0].startswith("#") and (called or not _PLACE.fullmatch(typed))
        ):
            unknown = True
        else:
            spans.pop()
    if not spans or (unknown and not chosen and not candidates):
        return Reading() if unknown else None
    by_id = {one.id: one for one in orders}
    said = text[spans[0][0]:spans[-1][1]].strip()
    return Reading(
        tuple(by_id[one] for one in chosen), tuple(by_id[one] for one in candidates if one not in chosen), said
    )


def unknown_number(text: str, orders: Sequence[OrderSummary]) -> str:
    """The number of an order in `text` that none of `orders` has, as typed; "" if there is none."""
    reading = numbered(text, orders)
    if reading is None or reading.chosen or reading.candidates:
        return ""
    typed = [found[0].strip("- \t\n") for found in _NUMBER.finditer(text[:LONGEST])]
    typed = [one for one in typed if not is_measure(one)]
    return max(typed, key=lambda one: sum(map(str.isdigit, one)), default="")


def partly_numbered(text: str, orders: Sequence[OrderSummary]) -> Reading[OrderSummary]:
    """The orders of whose numbers the text has a part: three digits in a row or more, or the last two."""
    found: dict[str, OrderSummary] = {}
    for typed in re.findall(r"(?<![\d.,€$£])\d{2,}(?![\d€$£%]|[.,]\d)", text[:LONGEST]):
        for one in orders:
            digits = re.sub("[^0-9]", "", one.number)
            if digits.endswith(typed) or (len(typed) > 2 and typed in digits):
                found[one.id] = one
    some = tuple(found.values())
    return Reading(some, (), text.strip()) if len(some) == 1 else Reading((), some, text.strip())


def _is_option(text: str, typed: str) -> bool:
    """Whether a number that no order has is rather an option, as in "the puzzle with 1500": short, and not all."""
    return len(typed) < 5 and len(text.split()) > FEW


def _long(typed: str) -> bool:
    """Whether so many digits are no year, date or amount."""
    digits = sum(map(str.isdigit, typed))
    return digits > 4 or (digits == 4 and not typed.startswith(("19", "20")) and "-" not in typed)
