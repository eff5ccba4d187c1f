"""Which of the variants that were shown is picked: by its place, its price, its words, or a yes to the only one."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from babel.numbers import get_currency_precision

from actions.tasks import Run
from actions.wish_words import LISTED
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.comparisons import price_asked
from support.grounding.known_lines import KnownLines
from support.grounding.limit_reading import read_limits, without_limits
from support.grounding.line_reading import read_lines
from support.grounding.positions import ORDINALS, positions
from support.grounding.price_reading import read_sums
from support.grounding.remarks import MAKES_SURE
from support.grounding.slips import slips_for
from support.grounding.variant_reading import read_wish
from support.grounding.wish import Wish, is_foreign
from support.grounding.words import split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

# Where something else may begin: "the first one, and the puzzle in green"
_JOINT = re.compile(
    r"(?<=[.;!?])\s+|(?<=[:;][)D(])\s+|\n+|"
    r",?\s+(?:and|also|plus)\s+"
    r"(?=(?:also|then|please|the|my|i|i['’]d|i['’]ll|for|can|could|would|change|swap|exchange|pay|put|how|what|when|"
    r"while|since|by the way|is|do|does|it|that|let)\b)",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"\b(?:that|this|it|the one)\b(?: one)?\W*(?:then|please|is fine|is ok(?:ay)?|works)?\W*$|"
    r"\b(?:that|those|these|this|it|they)\b.*\b(?:right|ones?|fine|perfect|good|great|exactly|want(?:ed)?|meant|mean|"
    r"like|love|looking|works?|ok(?:ay)?)\b|\b(?:take|use|have|choose|pick|go (?:for|with))\s+(?:that|those|these|"
    r"this|it|them)\b",
    re.IGNORECASE,
)
# "OK so no black one, I take it" wishes nothing
_RESIGNED = re.compile(
    r"\W*(?:(?:ok|okay|oh|so|and|ah|well|right|then|i see)\W+)*"
    r"(?:(?:there(?:['’]s| is)|you have|you['’]ve got) )?no(?:ne)?\b",
    re.IGNORECASE,
)
_TOO = re.compile(r"\b(?:too|also|as well)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:no|not|nope|leave|forget|keep|skip|drop|other|another|how|why|but|unless|instead|rather|except|"
    r"wrong|dont)\b|n['’]t\b",
    re.IGNORECASE,
)
_IF_THERE = re.compile(
    r",?\s*\bif (?:it|that|this|they)(?:['’](?:s|re)|\s(?:is|are|really|still|also))*"
    r"\s(?:available|in stock|possible|there)\b",
    re.IGNORECASE,
)
# "Number 1" is no 1 cup
_NUMBERED = re.compile(r"\b(?:number|nr|no|option|item|line)\b\W{0,2}\d{1,2}\b|^\W*\d{1,2}\W*$", re.IGNORECASE)
_THAT_ONE = re.compile(
    r"\W*(?:(?:yes|ok|okay|then|so|i['’]?ll|take|want|have|please)\W+)*(?:that|this) one\b", re.IGNORECASE
)
_ASKS = re.compile(r"\?\W*$")
_POLITELY = re.compile(r"^\W*(?:\w+\W+)?(?:can|could|may|would|shall|let)\b|\bplease\b", re.IGNORECASE)


def picked(
    run: Run, text: str, line: OrderedLine, lines: Sequence[OrderedLine], offered: Sequence[OfferedVariant]
) -> tuple[OfferedVariant, str] | None:
    """The variant that `text` picks for the `line`, and what else it says; None if it picks none surely."""
    shown = [variant for id in run.shown for variant in offered if variant.id == id]
    if not shown:
        return None
    parts = [part for part in _JOINT.split(text) if part.strip(" ,.;!?")]
    taken = any(map(_THAT_ONE.match, parts[1:]))
    for place, part in enumerate(parts):
        if taken:
            part = MAKES_SURE.sub("", part)  # "The first one is the cheapest, right? That one"
        if (one := _of(without_limits(part, read_limits(part)), shown, line, lines, offered)) is not None:
            others = [*parts[:place], *parts[place + 1:]]
            against = any(_speaks_against(other, one, line, lines, offered) for other in others)
            return None if against else (one, " ".join(others))
    return None


def parted(
    text: str, line: OrderedLine, lines: Sequence[OrderedLine], offered: Sequence[OfferedVariant]
) -> tuple[str, str]:
    """What `text` wishes for the `line` that was asked about, and what it says of others, if it tells of both."""
    parts = [part for part in _JOINT.split(text) if part.strip(" ,.;!?")]
    others = [part for part in parts if names_another(part, line, lines)]
    own = " ".join(part for part in parts if part not in others and not _RESIGNED.match(part))
    if not others or _NOT.search(own) or not read_wish(own, line.options, offered, name=line.product).wished:
        return text, ""
    return own, " ".join(others)


def addressed(
    text: str, line: OrderedLine, others: Sequence[OrderedLine], lines: Sequence[OrderedLine],
    offered: Mapping[str, Sequence[OfferedVariant]],
) -> str:
    """`text`, where a part that names nothing can only be meant for another of those asked about, with its name.

    Asked about the rug first: "the 1.5 litre one in silver. And the rug in green".
    """
    known = KnownLines(lines)
    for part in _JOINT.split(text):
        if not part.strip(" ,.;!?") or any(known.tells_which(word.key) for word in split(part)):
            continue
        own = read_wish(part, line.options, offered[line.id], name=line.product)
        fits = [
            (one, wish) for one in others
            if (wish := read_wish(part, one.options, offered[one.id], name=one.product)).wished and not wish.unknown
        ]
        if len(fits) == 1 and own.unknown and len(fits[0][1].wished) > len(own.wished):
            text = text.replace(part, f"the {fits[0][0].product}: {part}", 1)
    return text


def _of(
    part: str, shown: Sequence[OfferedVariant], line: OrderedLine, lines: Sequence[OrderedLine],
    offered: Sequence[OfferedVariant],
) -> OfferedVariant | None:
    part = _IF_THERE.sub("", part)
    if names_another(part, line, lines) or (_ASKS.search(part) and not _POLITELY.search(part)):
        return None
    keys = [word.key for word in split(part)]
    places = positions([next((place for place in ORDINALS if slips_for(key, place)), key) for key in keys], len(shown))
    wish = read_wish(_NUMBERED.sub(" ", part), line.options, offered, name=line.product)
    if len(places) == 1 and not _NOT.search(part) and _has(shown[places[0]], wish.wished):
        return shown[places[0]]
    if sums := read_sums(part):
        fit = [one for one in shown if _price(one) in sums]
        return fit[0] if len(fit) == 1 and not _NOT.search(part) else None
    if len(shown) == 1 and not _NOT.search(part) and not any(map(is_foreign, wish.unknown)):
        agrees = read_answer(part).kind is AnswerKind.YES or _THAT.search(part)
        if agrees and _has(shown[0], wish.wished):
            return shown[0]
    if len(shown) < LISTED and (price := price_asked(keys)):
        return _by_price([one for one in shown if _has(one, wish.wished)], price)
    few = len(wish.wished) < 2 and wish.unknown
    if wish.unclear or wish.otherwise or not wish.wished or few or any(map(is_foreign, wish.unknown)):
        return None
    # A list that may have been cut short is no choice of all there is
    there = shown if len(shown) < LISTED else [one for one in offered if one.stock >= line.quantity]
    fit = [one for one in there if _has(one, wish.wished)]
    return fit[0] if len(fit) == 1 else None


def names_another(text: str, line: OrderedLine, lines: Sequence[OrderedLine]) -> bool:
    """Whether the text has the name of another line than this one, and not that of this one."""
    known = KnownLines(lines)
    if _TOO.search(text) and (also := read_lines(text, lines).chosen):
        return all(one.id != line.id for one, _ in also)  # of two chairs "the leather one, too"
    place = next(place for place, one in enumerate(lines) if one.id == line.id)
    owners = [known.owners(word.key) for word in split(text) if known.tells_which(word.key)]
    return any(owners) and not any(place in some for some in owners)


def _speaks_against(
    text: str, one: OfferedVariant, line: OrderedLine, lines: Sequence[OrderedLine], offered: Sequence[OfferedVariant]
) -> bool:
    """Whether another part of the message wishes something else for the same line: "Yes. But in red"."""
    if names_another(text, line, lines):
        return False
    wish = read_wish(text, line.options, offered, name=line.product)
    return bool(wish.wished) and not wish.unknown and not _has(one, wish.wished)


def of_that_price(
    text: str, wish: Wish[OfferedVariant], offered: Sequence[OfferedVariant]
) -> OfferedVariant | None:
    """The one variant as wished of which `text` names the price to the cent: "the 8-inch black one then, at 468.91"."""
    sums = read_sums(text)
    fit = [one for one in offered if one.stock > 0 and _price(one) in sums and _has(one, wish.wished)] if sums else []
    return fit[0] if len(fit) == 1 and wish.wished else None


def _price(one: OfferedVariant) -> Decimal:
    return Decimal(one.price_minor).scaleb(-get_currency_precision(one.currency))


def _has(one: OfferedVariant, wished: Mapping[str, tuple[str, ...]]) -> bool:
    return all(str(one.options.get(name)) in said for name, said in wished.items())


def _by_price(shown: Sequence[OfferedVariant], price: str) -> OfferedVariant | None:
    """The cheapest or the dearest of those on offer, unless several cost that."""
    if not shown:
        return None
    utmost = (min if price in ("lowest", "lower") else max)(one.price_minor for one in shown)
    fit = [one for one in shown if one.price_minor == utmost]
    return fit[0] if len(fit) == 1 else None
