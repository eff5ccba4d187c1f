"""A wish that hangs on what something came to: "if the order is over $1000, cancel it"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from support.grounding.limit_reading import LEAST, MORE, MOST, SUM, amount

_IF = r"(?P<if>(?:but\s+)?(?:only\s+|just\s+)?(?:if|when|in case|provided(?: that)?|as long as)|(?:but\s+)?unless)\b"
_CONDITION = re.compile(
    rf"\b{_IF}(?P<lead>(?:(?!\bif\b)[^.;:!?\n,]){{0,90}}?)(?:(?P<most>(?:(?<=\s)|(?=n['’]t)){MOST})|"
    rf"(?P<least>(?<=\s){LEAST}))\s*{SUM}(?!\w|[.,]\d|\s*(?:%|percent|days?|weeks?|months?|years?|hours?|minutes?|things?|items?|"
    rf"pieces?|times|km|miles|inch|cm))(?P<more>{MORE})?(?:\s+(?:for (?:it|them|that)|back)\b)?"
    r"(?:\s+(?:in total|in all|altogether|overall|all in all|together))?(?:\s*,)?(?:\s*then\b)?", re.IGNORECASE,
)
_WORTH = re.compile(
    r"(?:\s*\b(?:is|are|was|were|be|comes?|came|costs?|totals?|totalled|amounts?|amounted|adds?|added|up|to|worth|"
    r"priced|at|me|us|turns out|would|will|does|did|do|been|"
    r"(?:i|we)(?:['’]ve)? (?:paid|pay|spent))\b|['’](?:s|re)\b|\s*\bnot\b)+\s*$", re.IGNORECASE,
)
_NOT = re.compile(r"(?:\bnot|n['’]t|\bnever)\s*$", re.IGNORECASE)
# "If it comes to less than $50, the mug as well" hangs nothing but the mug on that
_ADDS = re.compile(r"[^.;!?\n]*\b(?:as well|too|also)\b", re.IGNORECASE)
_THERE = re.compile(r"^\s*there\b", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]|\b(?:usd|eur|gbp|dollars?|euros?|pounds?|bucks|quid)\b", re.IGNORECASE)
_OF_ORDER = re.compile(r"\border\w*\b|\bpurchase\b|#\w*\d|\d{5}", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|sum|bill|whole|everything|all)\b", re.IGNORECASE)
# The difference of a swap is no sum that something came to
_DIFFERENCE = re.compile(r"\b(?:difference|extra|surcharge|sav(?:e|es|ed|ing)|more)\b(?!\s+than)", re.IGNORECASE)
_EQUAL_TOO = re.compile(
    r"at least|at (?:the )?(?:very )?most|up to|within|max|(?:\bno|not|n['’]t|never|nothing)\b|<=", re.IGNORECASE
)
_NAMES = re.compile(
    r"#\w*\d|\d{4}|\b(?:order|purchase)\b|\b(?:the|my)\s+(?!total\b|whole\b|sum\b|bill\b)\w{3}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AmountCondition:
    """What is `about` must have come to more (`over`) or less than `limit`, or to just that if `equal` is enough.

    `limit` is in whole units of the currency. `of_order` says that it is told of an order as a whole, `text` is the
    condition's own words.
    """

    about: str
    of_order: bool
    over: bool
    equal: bool
    limit: Decimal
    text: str

    def holds(self, worth: Decimal) -> bool:
        """Whether it is so for what came to `worth`, in the same units."""
        return (worth > self.limit if self.over else worth < self.limit) or (self.equal and worth == self.limit)


def read_amount_condition(text: str) -> tuple[str, AmountCondition | None]:
    """`text` without its condition, of which stays what it is about; the whole and None if it sets none."""
    found = _CONDITION.search(text)
    if found is None or found["more"] or _DIFFERENCE.search(found[0]) or _ADDS.match(text, found.end()):
        return text, None
    lead = re.sub(r"n['’]t\s*$", " not ", found["lead"])
    worth = _WORTH.search(lead)
    if (not worth and not _MONEY.search(found[0])) or _THERE.search(lead):
        return text, None
    about = (lead[:worth.start()] if worth else lead).strip()
    negated = _NOT.search(lead) is not None
    over = (found["least"] is not None) != negated
    equal = (_EQUAL_TOO.search(found["most"] or found["least"]) is not None) != negated
    if "unless" in found["if"].lower():
        over, equal = not over, not equal
    of_order = bool(_OF_ORDER.search(about) or _TOTAL.search(about))
    before, after = text[:found.start()].rstrip(" ,"), text[found.end():].lstrip(" ,")
    parts = [part for part in (before, about if _NAMES.search(about) else "", after) if part]
    rest = "".join(f"{part}{_sign_between(part, then)}" for part, then in pairwise([*parts, ""]))
    return rest, AmountCondition(about, of_order, over, equal, amount(found["sum"]), found[0].strip(" ,"))


def _sign_between(part: str, then: str) -> str:
    if not then or then[0] in ".;:!?":
        return ""
    return " " if part[-1] in ".;:!?" else ", "
