"""Limits of a price in a text: "under 50", "between 20 and 40 euros", "my budget is €30"."""

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 1000  # characters of a text that are read
_SIGN = r"[€£$¥]"
_UNIT = r"(?:euros?|eur|€|pounds?|gbp|£|quid|dollars?|usd|\$|bucks)"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?"
# 10 inch, 128GB, 3 people: no price
_NO_MONEY = (
    r"(?!\s?-?\s?(?:inch|inches|in\b|cm|mm|m\b|ml|cl|l\b|gb|tb|mb|kg|g\b|oz|lb|w\b|watt|v\b|mah|hz|%|percent|"
    r"(?:dollars?|euros?|pounds?|bucks)?\s*(?:more|extra|dearer|on top|difference)\b|"
    r"people|persons|pieces?|items?|options?|days?|weeks?|months?|years?|hours?|points?|stars?|of (?:them|those)))"
)


def _amount_as(name: str) -> str:
    return rf"(?:{_SIGN}\s?)?(?P<{name}>{_NUMBER})(?![\d.,]*\d)(?:\s?{_UNIT}(?!\w))?"


def _compiled(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_FIRST, _SECOND = _amount_as("first"), _amount_as("second")
_ONE = _compiled(_FIRST)
_BETWEEN = _compiled(r"\b(?:between|from)\s+", _FIRST, r"\s*(?:and|to|-|–|till|until)\s*", _SECOND, _NO_MONEY)
_RANGE = _compiled(r"(?<![\w.,-])", _FIRST, r"\s?(?:-|–|to)\s?", _SECOND, _NO_MONEY)
_BELOW = _compiled(
    r"(?:\b(?:under|below|less than|(?:not|no|never) more than|up ?to|at most|max(?:imum)?(?: of)?|cheaper than|",
    r"within|(?:not|nothing|none) (?:over|above)|for less than|budget(?: is| of|:)?(?: about| around)?|",
    r"(?:have|got|spend)(?: only| up to)?)|<=?)\s*", _FIRST, _NO_MONEY,
)
_ABOVE = _compiled(
    r"(?:\b(?:(?<!not )(?<!nothing )(?<!none )(?:over|above)|(?<!not )(?<!no )more than|at least|min(?:imum)?(?: of)?|",
    r"starting (?:at|from)|dearer than|more expensive than)|>=?)\s*", _FIRST, _NO_MONEY,
)
_BELOW_AFTER = _compiled(_FIRST, r"\s*(?:or (?:less|under|below|cheaper)|max(?:imum)?\b|at (?:the )?most|tops)")
_MONEY = _compiled(_SIGN, "|", _UNIT, r"(?!\w)")
_CENTS = re.compile(r"[.,]\d\d$")
_SPENT = re.compile(r"\b(?:have|got|spend)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PriceLimits:
    """From `at_least` up to `at_most`, in whole units of the currency; None where there is no such limit."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def __bool__(self) -> bool:
        return self.at_least is not None or self.at_most is not None

    def hold(self, minor: int, digits: int) -> bool:
        """Whether a price of so many minor units, of which `10 ** digits` make one, lies within."""
        price = Decimal(minor).scaleb(-digits)
        return (self.at_least is None or price >= self.at_least) and (self.at_most is None or price <= self.at_most)


def read_price_limits(text: str) -> PriceLimits:
    """The limits that `text` sets, both ends counted in; empty where it sets none, or what is no price."""
    text = text[:LONGEST]
    if found := _BETWEEN.search(text):
        return _between(found)
    if (found := _RANGE.search(text)) and _MONEY.search(found[0]):
        return _between(found)
    # "I have 2 lamps" names no money
    below = next((one for one in _BELOW.finditer(text) if _MONEY.search(one[0]) or not _SPENT.match(one[0])), None)
    below = below or _BELOW_AFTER.search(text)
    above = _ABOVE.search(text)
    return PriceLimits(_amount(above["first"]) if above else None, _amount(below["first"]) if below else None)


def read_amount(text: str) -> Decimal | None:
    """The one sum of money in `text`, in whole units of its currency; None for none, for several, for mere numbers."""
    found = {_amount(one["first"]) for one in _ONE.finditer(text[:LONGEST]) if _MONEY.search(one[0])}
    return found.pop() if len(found) == 1 else None


def read_sums(text: str) -> frozenset[Decimal]:
    """Every sum in `text` that has a sign of money or cents, in whole units of its currency."""
    found = _ONE.finditer(text[:LONGEST])
    return frozenset(_amount(one["first"]) for one in found if _MONEY.search(one[0]) or _CENTS.search(one["first"]))


def _between(found: re.Match[str]) -> PriceLimits:
    ends = sorted((_amount(found["first"]), _amount(found["second"])))
    return PriceLimits(*ends)


def _amount(typed: str) -> Decimal:
    typed = re.sub(r",(?=\d{3}(?:\D|$))", "", typed)
    return Decimal(typed.replace(",", "."))
