"""What a text says of an order: its number, its status, when it was placed, what is in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from support.formatting import local_date
from support.grounding.filling import listed
from support.grounding.known_lines import KnownLines
from support.grounding.mentions import Side, mentions
from support.grounding.named_lines import best_fitting
from support.grounding.reading import Reading
from support.grounding.words import LONGEST, Word
from support.models.orders import OrderStatus
from support.ordering import order_numbers
from support.ordering.order_views import OrderSummary
from support.periods import MONTHS, read_period

_NUMBER = re.compile(r"#?\s?[^\W_]*\d[\w-]*", re.ASCII)
_UNITS_AFTER = re.compile(r"\s?(?:ml|cm|mm|gb|tb|kg|inch|euro|eur|usd|dollar|€|\$|%|day|week|month|item|piece)", re.I)
_LEADS = re.compile(r"(?:order|orders|number|no\.?|nr\.?|#|ending(?: in| with)?|ends(?: in| with)?)[\s:#]*$", re.I)
_STATUSES = {
    "pending": (OrderStatus.PENDING,), "unshipped": (OrderStatus.PENDING, OrderStatus.PROCESSED),
    "open": (OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED),
    "processed": (OrderStatus.PROCESSED,), "processing": (OrderStatus.PENDING, OrderStatus.PROCESSED),
    "shipped": (OrderStatus.SHIPPED,), "delivered": (OrderStatus.DELIVERED,), "received": (OrderStatus.DELIVERED,),
    "arrived": (OrderStatus.DELIVERED,), "cancelled": (OrderStatus.CANCELLED,), "canceled": (OrderStatus.CANCELLED,),
    "returned": (OrderStatus.RETURNED, OrderStatus.RETURN_REQUESTED),
}
_NOT_SENT = (OrderStatus.PENDING, OrderStatus.PROCESSED)
_SENT = listed("sent shipped dispatched processed left delivered arrived received come")
_NOT = frozenset({"not", "hasnt", "isnt", "wasnt", "havent", "yet", "never", "didnt"})
_DATE_WORDS = listed("""
last this past previous yesterday today since christmas xmas spring summer autumn fall winter lately monday tuesday
wednesday thursday friday saturday sunday
""")
_HAS_BEEN = frozenset({"already", "was", "been", "just", "got", "is", "that"})
_THINGS = frozenset({"one", "ones", "order", "thing", "things", "stuff"})
_MONTHS = frozenset(MONTHS[1:]) | {name[:3] for name in MONTHS[1:]}
_BEFORE_MONTH = listed("in from of since during last this my the around on early late until back")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ids of the orders for which something speaks, and the words that say so."""

    ids: frozenset[str]
    words: tuple[Word, ...]
    sure: bool = True


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
        if not whole and (not (led or _long(typed)) or _UNITS_AFTER.match(text, found.end())):
            continue
        ids = order_numbers.fitting(numbers, typed)
        spans.append(found.span())
        if len(ids) == 1:
            chosen[ids[0]] = None
        elif ids:
            candidates.update(dict.fromkeys(ids))
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


def _long(typed: str) -> bool:
    """Whether so many digits are no year, date or amount."""
    digits = sum(map(str.isdigit, typed))
    return digits > 4 or (digits == 4 and not typed.startswith(("19", "20")) and "-" not in typed)


def with_status(words: Sequence[Word], orders: Sequence[OrderSummary]) -> Evidence | None:
    """The orders of the status that the words describe, as in "the delivered one" or "the one not sent yet"."""
    keys = [word.key for word in words]
    for place, key in enumerate(keys):
        before, after = keys[max(0, place - 4):place], keys[place + 1:place + 2]
        if key in _SENT and not _NOT.isdisjoint(before) and _describes(keys, place):
            return _having(_NOT_SENT, orders, words[max(0, place - 3):place + 1])
        if key in ("transit", "way") and before[-1:] in (["in"], ["its"], ["the"]) and _describes(keys, place):
            return _having((OrderStatus.SHIPPED,), orders, words[place - 1:place + 1])
        if key in ("pending", "unshipped", "open") or (
            key in _STATUSES and (
                after in (["order"], ["orders"], ["one"], ["ones"], ["purchase"])
                or (not _HAS_BEEN.isdisjoint(before[-1:]) and _describes(keys, place))
                or before[-1:] == ["the"]
            )
        ):
            return _having(_STATUSES[key], orders, words[place:place + 1])
    return None


def _describes(keys: Sequence[str], place: int) -> bool:
    """Whether a relative clause tells which order: "the one that has not been sent"."""
    return not {"that", "which", "thats"}.isdisjoint(keys[max(0, place - 4):place])


def _having(statuses: Sequence[OrderStatus], orders: Sequence[OrderSummary], words: Sequence[Word]) -> Evidence:
    return Evidence(frozenset(one.id for one in orders if one.status in statuses), tuple(words))


def in_period(
    words: Sequence[Word], text: str, orders: Sequence[OrderSummary], today: date, zone: ZoneInfo
) -> Evidence | None:
    """The orders placed in the period that the words name: "from May", "last week's", "on 3 June"."""
    for place, word in enumerate(words):
        dated = word.key in _DATE_WORDS or word.key[:2].isdecimal() or word.key[:1].isdecimal()
        month = word.key in _MONTHS and place > 0 and words[place - 1].key in _BEFORE_MONTH
        if not dated and not month:
            continue
        for length in range(min(6, len(words) - place), 0, -1):
            said = words[place:place + length]
            typed = " ".join(re.sub(r"['’]s?$", "", text[one.start:one.end]) for one in said)
            if length == 1 and typed.isdecimal():
                continue
            if period := read_period(typed, today):
                ids = (one.id for one in orders if period.since <= local_date(one.placed_at, zone) < period.until)
                return Evidence(frozenset(ids), tuple(said))
    return None


def with_goods(text: str, orders: Sequence[OrderSummary]) -> Evidence | None:
    """The orders that have what the text names of products and options; those with one of several are not sure."""
    lines = [line for order in orders for line in order.lines]
    owners = [order.id for order in orders for _ in order.lines]
    if not lines:
        return None
    known = KnownLines(lines)
    everywhere: frozenset[str] | None = None
    somewhere: frozenset[str] = frozenset()
    sure = True
    words: list[Word] = []
    for mention in mentions(text, known):
        fits = best_fitting(mention, known) if mention.side is Side.MEANT else None
        if fits is None or not fits.places:
            continue
        if not any(known.is_named(word.key) for word in fits.words) and _THINGS.isdisjoint(mention.keys):
            continue  # "I wanted blue" tells of no order
        theirs = frozenset(owners[place] for place in fits.places)
        everywhere = theirs if everywhere is None else everywhere & theirs
        somewhere |= theirs
        sure = sure and fits.sure
        words += fits.words
    if everywhere is None:
        return None
    return Evidence(everywhere, tuple(words), sure) if everywhere else Evidence(somewhere, tuple(words), False)
