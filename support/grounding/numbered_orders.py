"""The orders whose numbers, or parts of them, a text has."""

import re
from collections.abc import Sequence

from support.grounding.address_parts import read_parts
from support.grounding.reading import Reading
from support.grounding.words import LONGEST
from support.ordering import order_numbers
from support.ordering.order_views import OrderSummary

_NUMBER = re.compile(r"#?\s?[^\W_]*\d[\w-]*", re.ASCII)
_UNITS_AFTER = re.compile(r"\s?(?:ml|cm|mm|gb|tb|kg|inch|euro|eur|usd|dollar|€|\$|%|day|week|month|item|piece)", re.I)
_MEASURE = re.compile(r"\d+(?:ml|l|oz|cm|mm|m|in|ft|g|gb|tb|mb|kg|lbs?|mah|w|mp|hz|k)", re.IGNORECASE)
_LEADS = re.compile(r"(?:order|orders|number|no\.?|nr\.?|#|ending(?: in| with)?|ends(?: in| with)?)[\s:#]*$", re.I)
_POSTCODE = re.compile(
    r"\b(?:zip|post\s?code|postal|eircode)(?:\s+code)?(?:\s+is|\s*:)?\s*$|"
    # "I'm Maria Lopez from 19122"
    r"\b(?:i['’]?m|i am|name is|name['’]s|this is|it['’]?s)(?:\s+[^\W\d_][\w'’-]*){1,5}[\s,]+(?:from|in|at|of)\s*$",
    re.IGNORECASE,
)

# "My Visa ending in 6087"
_OF_CARD = re.compile(
    r"\b(?:cards?|visa|master\s?card|amex|american express|maestro|discover|paypal|accounts?|iban)\b"
    r"(?:(?!\border)[^.;!?\n#\d]){0,30}$", re.IGNORECASE,
)
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
        led = bool(_LEADS.search(text[max(0, found.start() - 14):found.start()])) or found[0].startswith("#")
        looks = order_numbers.plain(typed)
        whole = looks in whole_numbers
        if not whole and _LAST_DIGITS.fullmatch(found[0].strip()) and _OF_CARD.search(text[:found.start()]):
            continue
        measure = _MEASURE.fullmatch(typed) or _UNITS_AFTER.match(text, found.end())
        if not whole and (measure or not (led or _long(typed))):
            continue
        ids = order_numbers.fitting(numbers, typed)
        spans.append(found.span())
        if len(ids) == 1:
            chosen[ids[0]] = None
        elif ids:
            candidates.update(dict.fromkeys(ids))
        elif not led and (
            _of_address(text, typed) or _POSTCODE.search(text[:found.start()]) or _of_account(text, *found.span())
        ):
            spans.pop()
        elif sum(map(str.isdigit, typed)) > 3 or found[0].startswith("#"):
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
    typed = [one for one in typed if not _MEASURE.fullmatch(one)]
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


def _of_address(text: str, typed: str) -> bool:
    """Whether the number belongs to an address: 80202 in "send it to 12 Elm Street, Denver, CO 80202"."""
    parts = read_parts(text[:LONGEST], None)
    named = " ".join(part for part in (parts.line_1, parts.line_2, parts.postcode) if part)
    return bool(parts.line_1 or parts.town or parts.region) and typed in re.split(r"[\s,]+", named)


def _of_account(text: str, start: int, end: int) -> bool:
    """Whether the number belongs to an e-mail address or the name of an account: jo_lee_8020, jo9620@example.com."""
    return text[max(0, start - 1):start] in ("_", ".", "@") or text[end:end + 1] == "@"


def _long(typed: str) -> bool:
    """Whether so many digits are no year, date or amount."""
    digits = sum(map(str.isdigit, typed))
    return digits > 4 or (digits == 4 and not typed.startswith(("19", "20")) and "-" not in typed)
