"""Numbers that look like an order's and are none: postcodes, house numbers, accounts, sizes."""

import re
from collections.abc import Iterable

from support.grounding.address_parts import read_parts
from support.grounding.filling import FILLING, listed
from support.grounding.sides import ACTIONS
from support.grounding.words import LONGEST, split

_UNITS_AFTER = re.compile(r"\s?(?:ml|cm|mm|gb|tb|kg|inch|euro|eur|usd|dollar|€|\$|%|day|week|month|item|piece)", re.I)
_MEASURE = re.compile(r"\d+(?:ml|l|oz|cm|mm|m|in|ft|g|gb|tb|mb|kg|lbs?|mah|w|mp|hz|k)", re.IGNORECASE)
_ZIP = r"(?:zip|post\s?code|postal|eircode)"
_AFTER_ZIP = re.compile(rf"\b{_ZIP}(?:\s+code)?(?:\s+(?:is|was)|['’]?s)?\s*[:=(]?\s*$", re.IGNORECASE)
_BEFORE_ZIP = re.compile(
    r"(?:['’]s)?[\s,(]*(?:(?:is|was|being|as|for|=|my|our|the|a|home|delivery|shipping|billing|that['’]?s|that|which|"
    rf"it['’]?s)\s+){{0,4}}{_ZIP}\b",
    re.IGNORECASE,
)
# "I'm Maria Lopez from 19122", "hi, Jo Lee here, 90210"
_SELF = re.compile(
    r"\b(?:i['’]?m|i am|(?:my|the) names?(?: is|['’]?s)?|name is|name['’]s|this is|it['’]?s|it is|here is|hi|hello|"
    r"hey|hiya)[\s,!:]+(?P<name>[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){0,4}?)(?:\s+here)?(?:[\s,;:(-]+(?:and|from|"
    r"in|at|of|living|based))*[\s,;:(-]*$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![\w'’])(?P<name>[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’.-]*){1,3})[\s,;(-]*$")
_NO_NAME = FILLING | ACTIONS | listed("""
calling writing contacting chasing tracking track parcel package packages shipment shipping delivery status invoice
receipt reference ref case points missing late problem lost broken details find locate show
""")


def is_measured(text: str, typed: str, end: int) -> bool:
    """Whether the number `typed`, which ends at `end`, is a size, a sum or a time: 500ml, 128 GB."""
    return bool(_MEASURE.fullmatch(typed) or _UNITS_AFTER.match(text, end))


def is_measure(typed: str) -> bool:
    """Whether `typed` has its unit with it: 500ml."""
    return _MEASURE.fullmatch(typed) is not None


def tells_who(text: str, typed: str, start: int, end: int) -> bool:
    """Whether the number `typed` tells where somebody lives, or an account of theirs, and names no order."""
    return (
        _is_postcode(text, start, end) or _follows_name(text[:start]) or _of_account(text, start, end)
        or _of_address(text, typed)
    )


def without_postcodes(text: str, postcodes: Iterable[str]) -> str:
    """`text` without those of the `postcodes` that stand in it by themselves: 90210, but not order 90210 or #90210."""
    for code in postcodes:
        alone = rf"(?<![#\w-])(?<!order )(?<!number ){re.escape(code)}(?:-\d{{4}})?(?![\w-])"
        text = re.sub(alone, " ", text, flags=re.IGNORECASE)
    return text


def _is_postcode(text: str, start: int, end: int) -> bool:
    return bool(_AFTER_ZIP.search(text[:start]) or _BEFORE_ZIP.match(text, end))


def _follows_name(before: str) -> bool:
    """Whether somebody has just been named: "Maria Lopez, ", "im maria lopez "."""
    for pattern in (_SELF, _CAPITALS):
        found = pattern.search(before)
        if found and all(word.key not in _NO_NAME and not word.key.isdecimal() for word in split(found["name"])):
            return True
    return False


def _of_address(text: str, typed: str) -> bool:
    """Whether the number belongs to an address: 80202 in "send it to 12 Elm Street, Denver, CO 80202"."""
    parts = read_parts(text[:LONGEST], None)
    named = " ".join(part for part in (parts.line_1, parts.line_2, parts.postcode) if part)
    return bool(parts.line_1 or parts.town or parts.region) and typed in re.split(r"[\s,]+", named)


def _of_account(text: str, start: int, end: int) -> bool:
    """Whether the number belongs to an e-mail address or the name of an account: jo_lee_8020, jo9620@example.com."""
    return text[max(0, start - 1):start] in ("_", ".", "@") or text[end:end + 1] == "@"
