"""Which lines of an order a message wishes something for, and what."""

import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from actions.kept_wishes import is_open
from actions.line_slots import spoken_of
from actions.personal import Question
from actions.product_context import VARIANT
from actions.tasks import Run
from support.grounding.known_lines import KnownLines
from support.grounding.line_reading import read_lines
from support.grounding.pointing import asks_for_it, points_at_one
from support.grounding.variant_reading import read_wish
from support.grounding.wish import Wish, is_foreign
from support.grounding.words import forms, split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

type Offered = Mapping[str, Sequence[OfferedVariant]]
type Wishes = list[tuple[OrderedLine, Wish[OfferedVariant]]]

_WANTS = re.compile(r"\b(?:want|like|rather|instead|take|make it|swap|change)\b", re.IGNORECASE)
# "The rest on my gift card" wishes for no SD card
_PAID_BY = re.compile(
    r"\b(?:(?:no|not|without) )?(?:(?:the|my|a) )?"
    r"(?:(?:gift|credit|debit|bank|visa|master|amex|original|same|my)\s*cards?|mastercard|visa|paypal)"
    r"(?: ending in \d{4})?\b",
    re.IGNORECASE,
)
_SWAP_IT = re.compile(
    r"\b(?:swap|exchange|change|trade|replace|make|i (?:want|need)|(?:i['’]d|i would) (?:like|love|prefer|"
    r"rather have|want))\s+(?P<it>it|that)\b(?! (?:order|one|to be (?:sent|paid|cancel))\b)", re.IGNORECASE,
)
_NUMBER = re.compile(r"#?(?<!\w)[A-Z]{0,4}-?\d{5,}\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"[$€£]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:dollars?|euros?|pounds?|bucks|usd|eur|gbp)\b|"
    r"(?<![\d.,])\d+[.,]\d\d\b(?!\s*[a-z]*\d)",
    re.IGNORECASE,
)
_SAME_ORDER = re.compile(
    r"\b(?:same|identical) (?:order|delivery|parcel|purchase|time|go|step|message|"
    r"address)\b", re.IGNORECASE
)
_ALL_SAID = re.compile(r"\bthat(?:['’]?s| is| was| will be) (?:all|it|everything)\b[^.;!?]*", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:same|otherwise (?:as|like|keep)|identical|everything else|all else|(?:rest|other things?) (?:the )?same|"
    r"unchanged|nothing else)\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:(?:do not|don['’]?t) (?:care|mind)|does(?: not|n['’]?t) matter|irrelevant|no preference|all the same to|"
    r"no matter|however (?:it|they)(?:['’](?:s|re)| is| are))\b",
    re.IGNORECASE,
)
_NO_MATTER = re.compile(rf"{_FREE.pattern}|\bany \w+\b", re.IGNORECASE)
_IT_FIRST = re.compile(
    r"(?P<it>\b(?:make|change|swap|switch|have|want) (?:it|that one|that)\b[^.;!?]*?)"
    r"(?:,\s*(?:and\s+|plus\s+|also\s+)*|\s+(?:and|plus)\s+)(?=(?:the|my)\b)",
    re.IGNORECASE,
)


def without_figures(text: str) -> str:
    """`text` with blanks in place of what is no option: ways to pay, amounts, numbers of orders, "that's all"."""
    for figures in (_PAID_BY, _NUMBER, _AMOUNT, _ALL_SAID):
        text = figures.sub(lambda found: " " * len(found[0]), text)
    return text


def keeps_the_rest(text: str, line: OrderedLine, lines: Sequence[OrderedLine]) -> bool:
    """Whether all that is not named of the line is to stay: "the same, but in blue"; not if that is said of others."""
    own = _said_of(_SAME_ORDER.sub(lambda found: " " * len(found[0]), _of_options(text, line)), line, lines)
    return _SAME.search(own) is not None and not _NO_MATTER.search(own)


def is_free(text: str, line: OrderedLine, lines: Sequence[OrderedLine]) -> bool:
    """Whether something of the line is all the same to them: "in blue, I don't care about the size"."""
    return _FREE.search(_said_of(text, line, lines)) is not None


def _said_of(text: str, line: OrderedLine, lines: Sequence[OrderedLine]) -> str:
    """What `text` says from where it names the line until it names another; all of it if it names only that or none."""
    known, place = KnownLines(lines), lines.index(line)
    heads = [(word.start, known.owners(word.key)) for word in split(text) if known.is_head(word.key)]
    own = [start for start, owners in heads if place in owners]
    if not own or len(heads) < 2:
        return text
    until = next((start for start, owners in heads if start > own[0] and place not in owners), len(text))
    return text[own[0]:until]


def _of_options(text: str, line: OrderedLine) -> str:
    """`text` with blanks for "the same size", which says nothing of the rest."""
    names = {part for name in line.options for part in (name, name.split()[-1])} | {"size"}
    listed = "|".join(re.escape(name).replace("color", "colou?r") for name in sorted(names, key=len, reverse=True))
    alike = re.compile(
        rf"\bsame (?:(?:kind|type|number) of )?(?:{listed})s?(?:(?: and |, )(?:{listed})s?)*\b", re.IGNORECASE
    )
    return alike.sub(lambda found: " " * len(found[0]), text)


def names_any(text: str, lines: Sequence[OrderedLine]) -> bool:
    """Whether a word of the text says by itself which of the lines is meant."""
    known = KnownLines(lines)
    return any(known.tells_which(word.key) for word in split(text))


def in_talk(text: str, lines: Sequence[OrderedLine], before: Collection[str]) -> list[OrderedLine]:
    """Those of the lines with a wish `before`, and those whose product is named; all of them at the beginning.

    With the earbuds open, "which white ones last longest?" is about no white shirt.
    """
    known = KnownLines(lines)
    named = {word.key for word in split(text) if known.is_named(word.key)}
    return [
        line for line in lines
        if not before or line.id in before or named & {form for word in split(line.product) for form in forms(word.key)}
    ]


def asked_about(run: Run, lines: Sequence[OrderedLine], known: dict[str, Any], offered: Offered) -> OrderedLine | None:
    """The line whose wish is still to be said; of several, the one whose variants were shown."""
    some = [line for line in lines if is_open(known, line)]
    shown = (line for line in some if any(one.id in run.shown for one in offered[line.id]))
    return next(shown, some[0] if some else None)


def wished(
    text: str, lines: Sequence[OrderedLine], offered: Offered, left: AbstractSet[str],
    open_line: OrderedLine | None, swaps: Sequence[tuple[OrderedLine, Wish[OfferedVariant]]],
) -> Wishes:
    """The swaps that were read; an answer to "what instead?" that names no line is about the line asked for.

    What that one does not come in may be said of the one other thing that does.
    """
    named = [(line, wish) for line, wish in swaps if line.id not in left or not wish.is_empty]
    others = [(one, read_wish(text, one.options, offered[one.id], name=one.product)) for one in lines]
    fitting = [(one, other) for one, other in others if other.wished and not other.unknown]
    most = max((len(wish.wished) for _, wish in swaps), default=0)
    if open_line is not None and not names_any(text, lines):
        whole = next(other for one, other in others if one == open_line)
        if swaps and len(whole.wished) > most:
            return [(open_line, whole)]  # "canister, bagless, cordless please"
    if not all(wish.is_empty for _, wish in swaps):
        # "The 10-inch one in black" is the tablet, though the lamp that was spoken of comes in black too
        better = len(fitting) == 1 and len(fitting[0][1].wished) > most and not read_lines(text, lines).chosen
        return fitting if better else named
    if open_line is None:
        told = [] if names_any(text, lines) else _described(others)
        return told or (fitting if len(fitting) == 1 and _WANTS.search(text) else named)
    wish = read_wish(text, open_line.options, offered[open_line.id], name=open_line.product)
    if wish.is_empty and not wish.unknown:
        return []
    if wish.wished or wish.price:
        return [(open_line, wish)]
    if len(fitting) == 1:
        return fitting
    return named if open_line.id in left or named else [(open_line, wish)]


def _described(others: Wishes) -> Wishes:
    """The one wish for what the thing is not, of which several options are told: "I meant the red softshell one"."""
    told = [(one, wish) for one, wish in others if len(wish.wished) > 1 and not any(map(is_foreign, wish.unknown))]
    most = max((len(wish.wished) for _, wish in told), default=0)
    best = [(one, wish) for one, wish in told if len(wish.wished) == most]
    if len(best) != 1:
        return []
    return best if differs(*best[0]) else []


def it_described(text: str, bare: str, lines: Sequence[OrderedLine]) -> str:
    """`bare`, `text` without what tells the order, with that thing for "it": "the order with the lamp, swap it"."""
    found = _SWAP_IT.search(bare)
    if found is None or names_any(bare[: found.start()], lines):
        return bare
    known = KnownLines(lines)
    told = {word.key for word in split(text) if known.is_head(word.key)} - {word.key for word in split(bare)}
    owners = {place for key in told for place in known.owners(key)}
    if len(owners) != 1:
        return bare
    return f"{bare[: found.start('it')]}the {lines[owners.pop()].product}{bare[found.end('it') :]}"


def differs(line: OrderedLine, wish: Wish[OfferedVariant]) -> bool:
    """Whether the wish is for something that the line is not by now."""
    return any(str(line.options.get(name)) not in values for name, values in wish.wished.items())


def of_product(question: Question, text: str, lines: Sequence[OrderedLine]) -> Sequence[OrderedLine]:
    """The one line of the product last spoken of, where the text points at it and names no other: "swap it"."""
    names = KnownLines(lines)
    some = spoken_of(question, lines)
    pointed = points_at_one(text) and not any(names.is_named(word.key) for word in split(text))
    return some if pointed and len(some) == 1 else lines


def variant_spoken_of(
    question: Question, text: str, lines: Sequence[OrderedLine], offered: Offered,
    asked: bool,
) -> dict[str, Any]:
    """The variant that was last spoken of, for the one line it can stand for: "swap mine for that one"."""
    if not (points_at_one(text) if asked else asks_for_it(text)):
        return {}
    id = question.tracker.slots.get(VARIANT)
    fitting = [line for line in lines for one in offered[line.id] if one.id == id and one.stock >= line.quantity]
    return {fitting[0].id: {"variant": id, "quantity": None}} if len(fitting) == 1 else {}


def pointed_first(text: str, lines: Sequence[OrderedLine]) -> tuple[str, str]:
    """The wish for "it" and what comes after, to be read one by one: "make it the blue one, and the hose the green"."""
    found = _IT_FIRST.search(text)
    if found is None or names_any(found["it"], lines) or not names_any(text[found.end() :], lines):
        return text, ""
    return text[: found.end("it")], text[found.end() :]
