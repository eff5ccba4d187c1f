"""Which address on record a text refers to: by what the customer calls it, by its street or town, by an order."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from support.grounding.pauses import folded
from support.ordering import order_numbers


class KnownAddress(Protocol):
    """An address on record, as the address book and orders have it."""

    @property
    def label(self) -> str: ...
    @property
    def line_1(self) -> str: ...
    @property
    def line_2(self) -> str | None: ...
    @property
    def town(self) -> str: ...
    @property
    def region(self) -> str | None: ...
    @property
    def postcode(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def is_default(self) -> bool: ...


_DEFAULT = re.compile(
    r"\b(?:default|usual|main|primary|regular|normal|current|profile|account|on file|saved|on record|billing|my "
    r"own) ?(?:delivery |shipping )?(?P<noun>address|one|place)?\b",
    re.IGNORECASE,
)
# Where the customer lives, and no home office, home delivery or "home and garden"
_HOME = re.compile(
    r"\b(?:(?:my|our|the)\s+(?:own\s+)?(?:home|house)(?:\s+(?:delivery\s+|shipping\s+)?(?:address|place))?|"
    r"home\s+address|(?:at|back|go(?:es|ing)?|come|comes|coming|send|sent|ship|shipped|deliver|delivered|brought|it|"
    r"them|one|all|everything|orders?|parcels?|packages?)\s+home|home(?=\W*(?:$|[.,!?]|"
    r"(?:please|pls|instead|now|again|too)\b)))\b(?!\s+(?:office|town|page|phone|number|delivery|deliveries|decor|"
    r"goods|garden|gym|theat\w+|and)\b)",
    re.IGNORECASE,
)
_HOME_IN = re.compile(r"\s+(?:over |up |down |back )?in ([A-Z][\w' -]{2,40})")
_AWAY = re.compile(
    r"(?:\bnot|n['’]?t|\baway from|\bleav\w+|\bleft|\bfrom|\bnever|\bwithout)(?:\s+\w+){0,2}\s*$", re.IGNORECASE
)
_TO_MINE = re.compile(r"\b(?:to|at|use|using)\s+(?:my|our)\s*$", re.IGNORECASE)
_PAID = re.compile(r"\s*(?:payment|cards?|paypal|method|way|price|gift|visa|mastercard)\b", re.IGNORECASE)
_NOUN_BEFORE = re.compile(r"\b(?:address|place|one)\W+(?:\w+\W+){0,4}$", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:pay\w*|cards?|refund\w*|money|gift|order|orders)\b", re.IGNORECASE)
_ORDER = re.compile(r"\border\s*(?:number|no\.?|nr\.?)?\s*:?\s*(#?[\w-]*\d[\w-]*)|(#[\w-]*\d[\w-]*)", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:address|place|one|house|home|flat|office|there|same|ship|send|deliver|location|default|stay)\b",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"\b(?:to|at)(?:\s+(?:my|our))?(?:\s+\d+\w?)?\s*$", re.IGNORECASE)
_OF_WHOM = re.compile(r"['’]s\b", re.IGNORECASE)
# "Not to the office in Austin", "the order that is going to Austin", "I won't be in Austin"
_NOT = re.compile(
    r"\b(?:(?:not|instead of|rather than|except|from|other than|(?:that|which)(?: is| s| was)?(?: currently| now|"
    r" still)? (?:goes|going|sent|shipped|addressed|headed)|wont be|not be|no longer|left|"
    r"leaving)(?: (?:to|my|the|our|in|on|at|out|going|office|work|home|house|flat|place|address|one|live|"
    r"lives))*)\s*$",
    re.IGNORECASE,
)


def name_known[A: KnownAddress](
    text: str, known: Sequence[A], of_orders: Mapping[str, A]
) -> tuple[A | None, tuple[A, ...]]:
    """The address that `text` refers to, or the several that it may."""
    numbers = {str(place): number for place, number in enumerate(of_orders)}
    for found in _ORDER.finditer(text):
        if not re.search(r"\b(?:same|as|like|of|from|address|where|that)\b", text[: found.start()], re.IGNORECASE):
            continue
        fitting = order_numbers.fitting(numbers, found[1] or found[2])
        places = [of_orders[numbers[place]] for place in fitting]
        if len(places) == 1:
            return places[0], ()
    words = f" {_words(text)} "
    named = [one for one in known if _names(one, words)] or [one for one in known if _has_initials(one, text)]
    if not named and (usual := _default(text)) and not _NOT.search(text[: usual.start()]):
        # "My home in Charlotte" is not the default in San Francisco
        elsewhere = _HOME_IN.match(text, usual.end())
        named = [one for one in known if one.is_default and (not elsewhere or _plain(one.town) in _plain(elsewhere[1]))]
    return (named[0], ()) if len(named) == 1 else (None, tuple(named))


def _default(text: str) -> re.Match[str] | None:
    """Where the text speaks of the default address, and not of a PayPal account."""
    for found in _DEFAULT.finditer(text):
        alone = len(text.split()) < 7 and not _MONEY.search(text)
        to_mine = found[0].strip().lower() != "account" and _TO_MINE.search(text[: found.start()])
        mine = to_mine and not _PAID.match(text, found.end())
        if found["noun"] or _NOUN_BEFORE.search(text[: found.start()]) or alone or mine:
            return found
    return next((one for one in _HOME.finditer(text) if not _AWAY.search(text[: one.start()])), None)


def is_same(parts: Mapping[str, str], one: KnownAddress) -> bool:
    """Whether what was said of an address, its street among it, holds for `one`."""
    said = {name: part for name, part in parts.items() if name != "recipient"}
    return "line_1" in said and all(_plain(part) == _plain(getattr(one, name) or "") for name, part in said.items())


def is_at(text: str, parts: Mapping[str, str], one: KnownAddress) -> bool:
    """Whether `text` gives the house of `one`, without a postcode and with nothing that speaks against it."""
    if "postcode" in parts or _plain(parts.get("line_1", "")) != _plain(one.line_1):
        return False
    units = re.findall(r"\d+", parts.get("line_2", ""))
    if any(unit not in re.findall(r"\d+", one.line_2 or "") for unit in units):
        return False
    where = f" {_words(text)} "
    return "town" not in parts or f" {_words(one.town)} " in where or _default(text) is not None


def _names(one: KnownAddress, words: str) -> bool:
    label = _words(one.label)
    street = re.sub(r"^\d+\w? ", "", _words(one.line_1))
    for name in (label, street, _words(one.town)):
        if len(name) < 3 or f" {name} " not in words:
            continue
        plain = len(words.split()) <= len(name.split()) + 3
        for found in re.finditer(rf"(?= {re.escape(name)} )", words):
            before = words[: found.start()]
            if not _NOT.search(before + " ") and (plain or _PLACE.search(words) or _TOWARDS.search(before)):
                return True
    return False


def _has_initials(one: KnownAddress, text: str) -> bool:
    """Whether the text speaks of the town by its initials: "the LA one"."""
    initials = "".join(word[0] for word in one.town.split())
    found = re.search(rf"\b{re.escape(initials)}C?\b", text) if len(initials) > 1 and initials.isupper() else None
    return found is not None and not _NOT.search(text[:found.start()]) and (
        _PLACE.match(text, found.end() + 1) is not None or _TOWARDS.search(text[:found.start()]) is not None
    )


def _plain(text: str) -> str:
    return _words(text).replace(" ", "")


def _words(text: str) -> str:
    return " ".join(folded(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", _OF_WHOM.sub("", text)))
