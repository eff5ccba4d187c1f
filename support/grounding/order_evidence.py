"""What a text says of an order without naming it: its status, when it was placed, what is in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from support.formatting import local_date
from support.grounding.best_fitting import best_fitting
from support.grounding.filling import FILLING, listed
from support.grounding.known_lines import KnownLines
from support.grounding.mentions import Mention, mentions
from support.grounding.order_described import apart
from support.grounding.sides import ALL, Side
from support.grounding.words import Word
from support.models.orders import OrderStatus
from support.months import MONTHS
from support.ordering.order_views import OrderSummary
from support.periods import read_period

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
_ARRIVED = frozenset({"arrived", "received", "delivered", "got", "came", "arrive", "receive"})
_LINKS = frozenset({"and", "but", "so", "because", "when", "if", "as", "since", "what", "before", "after", "that"})
_DATE_WORDS = listed("""
last this past previous yesterday today since christmas xmas spring summer autumn fall winter lately monday tuesday
wednesday thursday friday saturday sunday
""")
_SHIPS = listed("ship ships shipped shipping send sent dispatched leaves left goes go packed processed out")
_ITS = frozenset({"it", "its", "they", "theyre", "the", "my", "that", "shipping", "shipment", "dispatch"})
_HAS_BEEN = frozenset({"already", "was", "been", "just", "got", "is", "that"})
_THINGS = frozenset({"one", "ones", "order", "thing", "things", "stuff"})
# "The one with only the jacket in it"
_ALONE = re.compile(
    r"\b(?:only|just|nothing (?:else )?(?:but|except))\b[^.;!?]*\bin it\b|"
    r"\b(?:nothing|not anything|n['’]t anything) else in it\b|\b(?:order|one) (?:with|that has|containing|"
    r"of) (?:only|just|nothing but)\b|"
    # "The pending order that's only sunglasses"
    r"\b(?:order|one) (?:(?:that|which)(?:['’]?s| is| has)|thats|(?:that|which) only has|holding|is) "
    r"(?:only|just|nothing but)\b|"
    r"\b(?:that|which) only (?:has|holds|contains)\b|\b(?:just|only) the one (?:thing|item)\b",
    re.IGNORECASE,
)
_MONTHS = frozenset(MONTHS[1:]) | {name[:3] for name in MONTHS[1:]}
MOST_OF_ALL = 4  # words of "please return everything", beside which nothing is named
_BEFORE_MONTH = listed("in from of since during last this my the around on early late until back")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ids of the orders for which something speaks, and the words that say so.

    `each` tells that all of them are meant, each for a thing of its own: "return the lamp and the kettle".
    """

    ids: frozenset[str]
    words: tuple[Word, ...]
    sure: bool = True
    each: bool = False


def with_status(words: Sequence[Word], orders: Sequence[OrderSummary]) -> Evidence | None:
    """The orders of the status that the words describe, as in "the delivered one" or "the one not sent yet"."""
    keys = [word.key for word in words]
    for place, key in enumerate(keys):
        before, after = keys[max(0, place - 4):place], keys[place + 1:place + 2]
        if key == "before" and not _SHIPS.isdisjoint(keys[place + 1:place + 4]) and not _ITS.isdisjoint(after):
            return _having(_NOT_SENT, orders, words[place:place + 2])
        if key in _SENT and not _NOT.isdisjoint(before) and _describes(keys, place):
            return _having(_NOT_SENT, orders, words[max(0, place - 3):place + 1])
        if key == "order" and before[-1:] == ["on"]:
            return _having(_NOT_SENT, orders, words[place - 1:place + 1])
        if key in ("received", "got") and _had_already(key, before, words[:place]):
            return _having((OrderStatus.DELIVERED,), orders, words[place:place + 1])
        if key in ("transit", "way") and before[-1:] in (["in"], ["its"], ["the"]) and _describes(keys, place):
            return _having((OrderStatus.SHIPPED,), orders, words[place - 1:place + 1])
        if key in ("processed", "processing") and before[-1:] in (["being"], ["is"], ["its"], ["still"], ["thats"]):
            # Where none is packed, people say so of one that waits
            done = any(one.status is OrderStatus.PROCESSED for one in orders)
            return _having((OrderStatus.PROCESSED,) if done else _NOT_SENT, orders, words[place - 1:place + 1])
        if key in ("pending", "unshipped", "open") or (
            key in _STATUSES and (
                after in (["order"], ["orders"], ["one"], ["ones"], ["purchase"])
                or (not _HAS_BEEN.isdisjoint(before[-1:]) and _describes(keys, place))
                or before[-1:] == ["the"]
            )
        ):
            return _having(_STATUSES[key], orders, words[place:place + 1])
    return None


def _had_already(key: str, before: Sequence[str], words: Sequence[Word]) -> bool:
    """Whether a thing is told by that it is there: "the backpack I already received", "the one I've already got"."""
    told = "i" in before or "ive" in before
    place = max((at for at, word in enumerate(words) if word.key in ("i", "ive")), default=0)
    near = place > 0 and words[place].start - words[place - 1].end < 2  # no new sentence
    return told and near and (key == "received" or "already" in before) and words[place - 1].key not in _LINKS


def _describes(keys: Sequence[str], place: int) -> bool:
    """Whether a relative clause tells which order: "the one that has not been sent"."""
    return not {"that", "which", "thats"}.isdisjoint(keys[max(0, place - 4):place])


def _having(statuses: Sequence[OrderStatus], orders: Sequence[OrderSummary], words: Sequence[Word]) -> Evidence:
    return Evidence(frozenset(one.id for one in orders if one.status in statuses), tuple(words))


def in_period(
    words: Sequence[Word], text: str, orders: Sequence[OrderSummary], today: date, zone: ZoneInfo
) -> Evidence | None:
    """The orders placed in the period that the words name: "from May", "last week's", "on 3 June".

    With "arrived" or "received" it is the day of delivery that counts; where nothing was delivered then, as far as we
    know, any delivered order may be meant: parcels come before or after what our records say.
    """
    arrived = any(word.key in _ARRIVED for word in words)
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
                days = {one.id: one.placed_at for one in orders}
                if arrived:
                    days = {one.id: one.status_since for one in orders if one.status is OrderStatus.DELIVERED}
                ids = frozenset(id for id, day in days.items() if period.since <= local_date(day, zone) < period.until)
                return Evidence(ids if ids or not arrived else frozenset(days), tuple(said))
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
    beside: list[frozenset[str]] = []
    named = False
    alone = True
    sure = True
    words: list[Word] = []
    found = [(mention, best_fitting(mention, known)) for mention in _telling(mentions(apart(text), known))]
    # "My desk is being redone" is told of no desk lamp where something else says which order it is
    weak = [fits is not None and not any(known.is_head(word.key) for word in fits.words) for _, fits in found]
    for (mention, fits), aside in sorted(zip(found, weak, strict=True), key=lambda one: one[1]):
        if fits is None:
            continue
        theirs = frozenset(owners[place] for place in fits.places)
        of_product = any(known.is_named(word.key) for word in fits.words)
        if not theirs or (not of_product and _THINGS.isdisjoint(mention.keys)):
            if any(known.is_known(key) and key not in FILLING for key in mention.keys):
                beside.append(theirs)
            continue  # "I wanted blue" tells of no order
        if aside and everywhere and everywhere.isdisjoint(theirs):
            continue
        named = named or of_product
        everywhere = theirs if everywhere is None else everywhere & theirs
        somewhere |= theirs
        alone = alone and len(theirs) == 1
        sure = sure and fits.sure
        words += fits.words
    # "The black one, full zipper" tells of no black thing without a zipper
    if everywhere is None or (not named and any(everywhere.isdisjoint(one) for one in beside)):
        return None
    if everywhere and _ALONE.search(text):
        everywhere = frozenset(one.id for one in orders if one.id in everywhere and len(one.lines) == 1) or everywhere
    if everywhere:
        return Evidence(everywhere, tuple(words), sure)
    return Evidence(somewhere, tuple(words), sure and alone, each=sure and alone)


def _telling(found: Sequence[Mention]) -> list[Mention]:
    """What is meant; where nothing is, what is excepted: "return everything except the helmet"."""
    meant = [one for one in found if one.side is Side.MEANT]
    telling = [one for one in meant if ALL.isdisjoint(one.keys) or len(one.words) > MOST_OF_ALL]
    return meant if telling else [*meant, *(one for one in found if one.side is Side.EXCEPTED)]
