"""Which orders a text names by what they come to: "the one for $64.50", "the more expensive one"."""

import re
from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import get_currency_precision

from support.grounding.price_reading import read_price_limits, read_sums
from support.grounding.reading import Reading
from support.ordering.order_views import OrderSummary

_DEAREST = (
    r"(?:most|more) expensive|dear(?:est|er)|pric(?:iest|ier)|costl(?:iest|ier)|bigg(?:est|er)|larg(?:est|er)|"
    r"highe(?:st|r)"
)
_CHEAPEST = r"(?:least|less) expensive|cheap(?:est|er)|small(?:est|er)|lowe(?:st|r)"
_ORDER = r"(?:[- ](?:priced|value|valued|total))? (?:order|purchase)\b"
_UTMOST = re.compile(
    rf"\b(?:the|my|whichever is) (?:(?P<dear>{_DEAREST})|(?:{_CHEAPEST}))(?P<order>{_ORDER})?", re.IGNORECASE
)
# "Cancel the cheaper one" speaks of an order, "swap it for the cheaper one" of goods
_ONE = re.compile(r"(?: (?:one|of)\b|\W*$|\s*[,.;!?])", re.IGNORECASE)
_OF_ORDERS = re.compile(r"\b(?:cancel(?:l?ing)?|orders?)\b", re.IGNORECASE)
# "What is the cheapest one available?" asks for none of theirs
_OF_SHOP = re.compile(
    r"\b(?:available|in stock|(?:do|did|that|which|ones?) you (?:guys )?(?:have|sell|offer|carry)|"
    r"you(?:['’]ve| have) got|for sale|to buy|options?|variants?|versions?|models?)\b",
    re.IGNORECASE,
)
# "Whichever of my orders is over $500"
_WITHIN = re.compile(
    r"\b(?:order|purchase|one|whichever|(?P<each>orders|purchases|ones))\b(?:\s+of\s+(?:(?:my|the|these|those)\s+)?"
    r"(?:\w+\s+){0,2}?(?:orders|purchases|them|mine))?(?:\s+(?:that|which))?"
    r"(?:\s+(?:is|are|was|were|costs?|comes?|came|to|worth|totall?(?:ing|ed|s)))*\s+"
    r"(?P<limits>(?:over|above|more than|at least|under|below|less than|at most|up to|not more than)\b"
    r"(?:[^.;,!?\n]|,(?=\d)){0,30})",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:for|to|into|with)\s*$", re.IGNORECASE)


def of_shop(text: str) -> bool:
    """Whether the text speaks of what the shop has to sell."""
    return _OF_SHOP.search(text) is not None


def with_total(text: str, orders: Sequence[OrderSummary]) -> tuple[OrderSummary, ...]:
    """The orders that come to a sum named in the text, to the cent."""
    said = read_sums(text)
    return tuple(
        one for one in orders if Decimal(one.total_minor).scaleb(-get_currency_precision(one.currency)) in said
    )


def within(text: str, pool: Sequence[OrderSummary]) -> Reading[OrderSummary] | None:
    """The orders of `pool` that come to more or less than a sum, as the text says; None if it says no such."""
    found = _WITHIN.search(text)
    limits = read_price_limits(found["limits"]) if found else None
    if not found or not limits:
        return None
    some = tuple(one for one in pool if limits.hold(one.total_minor, get_currency_precision(one.currency)))
    return Reading(some, (), found[0]) if found["each"] or len(some) < 2 else Reading((), some, found[0])


def utmost(text: str, pool: Sequence[OrderSummary], *, told: bool) -> Reading[OrderSummary] | None:
    """The dearest or cheapest order of `pool`; None if the text asks for none.

    `told` tells that the customer knows what `pool` is: it was shown, or described. Else more than two are candidates.
    """
    found = _UTMOST.search(text)
    if found is None or not pool or (not found["order"] and of_shop(text)):
        return None
    named = found["order"] or (
        _ONE.match(text, found.end()) and (told or _OF_ORDERS.search(text)) and not _FOR.search(text[:found.start()])
    )
    if not named:
        return None
    if not told and len(pool) > 2:
        return Reading((), tuple(pool), found[0])
    sums = [one.total_minor for one in pool]
    wanted = max(sums) if found["dear"] else min(sums)
    some = tuple(one for one in pool if one.total_minor == wanted)
    return Reading(some, (), found[0]) if len(some) == 1 else Reading((), some, found[0])
