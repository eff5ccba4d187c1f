"""Which of a customer's payment methods a text names: by kind, brand, last digits, or as the usual or original one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from support.grounding.method_words import Mention, letters, mentions
from support.grounding.reading import Reading
from support.models.payments import MethodKind
from support.paying.payment_methods import Method

LONGEST = 2000  # characters of a text that are read
SHORT = 8  # words of an answer that says nothing else
_KIND_NAMES = {
    MethodKind.CARD: "card", MethodKind.WALLET: "wallet", MethodKind.GIFT_CARD: "gift card",
    MethodKind.OTHER: "bank transfer",
}
_NOT_ENDING = re.compile(
    r"\b(?:not|instead of|rather than)(?: to| on| by)? (?:the |my )?(?:(?:visa|master\s?card|card|one) )?"
    r"(?:ending (?:in|with) )?\d{4}\b", re.IGNORECASE,
)
_THING = r"(?:credit |debit |gift |payment )?(?:cards?|methods?|payments?|account|paypal|way|one|option|wallet)"
_ENDING = re.compile(
    r"\b(?:end(?:s|ing|ed)?(?: (?:in|with|on))?|last (?:four|4|digits|four digits|4 digits)(?: (?:are|is|of))*|"
    r"finish(?:es|ing) (?:in|with))[\s:]*(\d{2,4})\b",
    re.IGNORECASE,
)
_LAST_FOUR = re.compile(
    r"(?<![\w#.,-])(?:[x*•.]{2,}[\s-]*|(?:\d{4}[ -]?){3})?(\d{4})(?![\w%€$£]|[.,]\d)",
    re.IGNORECASE,
)
_ORDER = re.compile(r"\b(?:orders?|number|no|street|in|since|year|of)\W{0,3}$", re.IGNORECASE)
_ORIGINAL = re.compile(
    rf"\boriginal(?:ly)?\b|\binitial {_THING}|\b(?:the )?same {_THING}\b|^\W*(?:to |on |with |use )?(?:the )?same\W*$"
    r"|\b(?:which|that|what|whatever|how|where|way|with|one|card|method|account) (?:i|we)(?: have|ve|'ve|"
    r"’ve)? (?:originally )?(?:paid|used|bought|ordered)\b|\b(?:card|method|account|one|way|what|"
    r"which)\b[^.;!?]{0,30}\b(?:was|were|had been) (?:originally )?(?:paid|charged|bought)\b|"
    r"\b(?:which|what) \w+ did (?:i|we) (?:pay|use|buy)\b|\b(?:back )?(?:to )?where it came from\b|"
    r"\bi (?:originally )?(?:paid|used)(?: (?:for|with|the|it|order))*\b(?=.*\b(?:same|original)\b)",
    re.IGNORECASE,
)
_PAID_WITH = re.compile(r"original|initial|paid|used|bought|came from", re.IGNORECASE)
_USUAL = re.compile(r"\b(?:usual|default|main|primary|normal|regular|standard|preferred|favou?rite)\b", re.IGNORECASE)
_OTHER = re.compile(rf"\b(?:other|another|different|else) ?(?:{_THING})?\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"\b(?:not|instead of|rather than|other than|different from|except)(?: (?:to|on|my|the|use|with|via))*\s*$",
    re.IGNORECASE,
)
_OF_MONEY = re.compile(
    r"\b(?:cards?|methods?|payments?|paypal|accounts?|pay|paid|refund(?:ed)?|money|difference)\b", re.IGNORECASE
)
_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_PLACE = re.compile(
    rf"\W*(?:the |use |number |option |take |with |please |my |on |to )*({'|'.join(_PLACES)})(?: {_THING})?(?: "
    r"(?:please|thanks))?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MethodReading(Reading[Method]):
    """Also `asked_for`: what was asked for that the customer does not have, "PayPal", "card ending in 1111"; or "".

    `named` are the methods that each of several names fits, in the order of the text.
    """

    asked_for: str = ""
    named: tuple[tuple[Method, ...], ...] = ()


def read_method(
    text: str, methods: Sequence[Method], *, original: Method | None = None, current: Method | None = None,
    asked: bool = True,
) -> MethodReading:
    """The method that `text` names, of `methods` in the order in which they were shown.

    `original` is what the order was paid with, `current` what the talk was about: "the other card" is another one. If
    nobody `asked` for a method, "the same one" and "another" are about goods.
    """
    text = text[:LONGEST]
    if (rest := _NOT_ENDING.sub(" ", text)) != text and mentions(rest, [], asked=asked):
        text = rest  # "not the 4890, put it on the gift card"
    said = mentions(text, [(method.kind, method.brand) for method in methods if method.brand], asked=asked)
    wanted, named = _wanted(said)
    against = [one for one in said if one.against]
    fits = [method for method in methods if not any(_fits(one, method) for one in against)]
    digits = _digits(text, methods)
    if digits is not None:
        ending = [method for method in fits if method.last_digits and method.last_digits.endswith(digits)]
        exact = [method for method in ending if not wanted or any(_fits(one, method) for one in wanted)]
        if not ending:
            kind = _KIND_NAMES[wanted[0].kind] if wanted else "card"
            return MethodReading(text=digits, asked_for=f"{kind} ending in {digits}")
        if exact and (several := _beside(exact, wanted, fits)):
            return MethodReading((), tuple(one for group in several for one in group), digits, named=several)
        return _reading(exact, digits) if exact else MethodReading((), tuple(ending), digits)
    first = _vague(_ORIGINAL, text, asked=asked)
    if first and not _NOT_BEFORE.search(text[:first.start()]):
        return _original(first[0], original, fits, wanted)
    if first:
        fits = [method for method in fits if original is None or method.id != original.id]
    if wanted:
        return _by_mention(text, wanted, named, fits, current or original)
    if asked and (found := _PLACE.fullmatch(text)):
        place = _PLACES[found[1].lower()]
        return _reading(list(methods[place:place + 1]), found[0].strip())
    if usual := _vague(_USUAL, text, asked=asked):
        return _reading([method for method in fits if method.is_default], usual[0])
    if (other := _vague(_OTHER, text, asked=asked)) and len(text.split()) <= 12:
        known = current or original
        return _reading([method for method in fits if known is None or method.id != known.id], other[0])
    if against or first:
        return MethodReading((), tuple(fits) if len(fits) < len(methods) else (), against[0].text if against else "")
    return MethodReading()


def _beside(exact: list[Method], wanted: list[Mention], fits: list[Method]) -> tuple[tuple[Method, ...], ...]:
    """`exact`, told by digits, and what else is named; nothing if that is all: "the gift card, else the Visa 4242"."""
    groups: dict[tuple[Method, ...], None] = {}
    for one in wanted:
        known = any(_fits(one, method) for method in exact)
        groups[tuple(exact) if known else tuple(method for method in fits if _fits(one, method))] = None
    several = tuple(group for group in groups if group)
    return several if len(several) > 1 and tuple(exact) in several else ()


def _vague(pattern: re.Pattern[str], text: str, *, asked: bool) -> re.Match[str] | None:
    """What fits the pattern; only where it is about money: no "same one", no size. A short answer is, if `asked`."""
    found = pattern.search(text)
    if found is None or (asked and len(text.split()) <= SHORT):
        return found
    around = text[max(0, found.start() - 25):found.end() + 16]
    return found if _OF_MONEY.search(around) else None


def _wanted(said: list[Mention]) -> tuple[list[Mention], str]:
    """The mentions of what is to be used, and how they were written."""
    wanted = [one for one in said if not one.against]
    if any(not one.aside for one in wanted):
        wanted = [one for one in wanted if not one.aside]
    return wanted, " ".join(one.text for one in wanted)


def _by_mention(
    text: str, wanted: list[Mention], named: str, fits: list[Method], known: Method | None
) -> MethodReading:
    groups = [[method for method in fits if _fits(one, method)] for one in wanted]
    together = [method for method in fits if all(_fits(one, method) for one in wanted)]
    order = tuple(tuple(group) for group in groups if group)
    if not together:
        union = [method for method in fits if any(method in group for group in groups)]
        missing = next((one for one, group in zip(wanted, groups, strict=True) if not group), None)
        if not union:
            is_bare = wanted[0].text.lower() == "card"
            bare = [method for method in fits if is_bare and method.kind is MethodKind.GIFT_CARD]
            return MethodReading((), tuple(bare), named, _called(wanted[0]))
        return MethodReading((), tuple(union), named, _called(missing) if missing else "", order)
    if len(together) > 1 and _USUAL.search(text):
        together = [method for method in together if method.is_default] or together
    if known and len(together) > 1 and _OTHER.search(text):
        together = [method for method in together if method.id != known.id]
    return _reading(together, named)


def _original(named: str, original: Method | None, fits: list[Method], wanted: list[Mention]) -> MethodReading:
    if original is None or original.id not in {method.id for method in fits}:
        candidates = [method for method in fits if any(_fits(one, method) for one in wanted)]
        return MethodReading((), tuple(candidates), named, "" if candidates else "original payment method")
    if wanted and not any(_fits(one, original) for one in wanted):
        others = [method for method in fits if any(_fits(one, method) for one in wanted)]
        if len(others) == 1 and not _PAID_WITH.search(named):
            return MethodReading(tuple(others), (), named)  # "the same gift card": the one just spoken of
        return MethodReading((), (original, *others), named)
    return MethodReading((original,), (), named)


def _fits(mention: Mention, method: Method) -> bool:
    if mention.brand is not None:
        return method.brand is not None and letters(method.brand) == letters(mention.brand)
    return method.kind is mention.kind


def _called(mention: Mention) -> str:
    return mention.brand or _KIND_NAMES[mention.kind]


def _digits(text: str, methods: Sequence[Method]) -> str | None:
    """The last digits of a card that the text names; without a word that says so, only those of a known method."""
    if found := _ENDING.search(text):
        return found[1]
    known = {method.last_digits for method in methods}
    for found in _LAST_FOUR.finditer(text):
        masked = found[0] != found[1]
        if masked or (found[1] in known and not _ORDER.search(text[:found.start()])):
            return found[1]
    return None


def _reading(found: list[Method], named: str) -> MethodReading:
    if len(found) == 1:
        return MethodReading((found[0],), (), named)
    return MethodReading((), tuple(found), named if found else "")
