"""Which variant a wish comes to, and which of those that were shown is picked."""

import re
from collections.abc import Sequence

from actions.personal import Question
from actions.slots import Prompt
from actions.tasks import Run
from actions.wish_words import LISTED, choice, nothing_like_it
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.comparisons import price_asked
from support.grounding.line_reading import read_lines
from support.grounding.positions import positions
from support.grounding.variant_reading import read_wish
from support.grounding.wish import Wish
from support.grounding.words import split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

LONGEST_PICK = 6  # words
_THAT = re.compile(
    r"\b(?:that|this|it|the one)\b(?: one)?\W*(?:then|please|is fine|is ok(?:ay)?|works)?\W*$", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:no|not|nope|don['’]?t|leave|forget|keep|skip|drop|other|what|how|why)\b", re.IGNORECASE)


def to_be_had(line: OrderedLine, wish: Wish[OfferedVariant]) -> bool:
    """Whether anything that is wished is there, whatever else would change with it."""
    return any(one.stock >= line.quantity for each in wish.in_order for one in (*each.matches, *each.near))


def resolved(
    question: Question, line: OrderedLine, wish: Wish[OfferedVariant], offered: Sequence[OfferedVariant]
) -> tuple[OfferedVariant | None, Prompt | None]:
    """The variant that is surely wished, or the question about what could be meant; neither if nothing was wished."""
    if wish.is_empty:
        return None, None
    for one in wish.in_order:
        there = [variant for variant in one.matches if variant.stock >= line.quantity and variant.id != line.variant_id]
        if len(there) == 1:
            return there[0], None
        if there:
            return None, choice(question.wording, line, there)
    return None, nothing_like_it(question.wording, line, wish, [one for one in offered if one.id != line.variant_id])


def only_declines(text: str) -> bool:
    """Whether it is a no and nothing more: "no" is a value of many options as well."""
    answer = read_answer(text)
    return answer.kind is AnswerKind.NO and not answer.rest


def picked(
    run: Run, text: str, line: OrderedLine, offered: Sequence[OfferedVariant]
) -> OfferedVariant | None:
    """The variant whose button was pressed, whose place in the list was said, or which alone in it is like that."""
    shown = [variant for id in run.shown for variant in offered if variant.id == id]
    if not shown or len(text.split()) > LONGEST_PICK:
        return None
    places = positions([word.key for word in split(text)], len(shown))
    if len(places) == 1:
        return shown[places[0]]
    takes_it = _THAT.search(text) and not _NOT.search(text) and not text.rstrip().endswith("?")
    if len(shown) == 1 and (takes_it or read_answer(text).kind is AnswerKind.YES):
        return shown[0]
    if len(shown) < LISTED and (price := price_asked([word.key for word in split(text)])):
        return _by_price(shown, price)
    wish = read_wish(text, line.options, shown, name=line.product)
    if wish.unclear or wish.unknown or wish.otherwise or not wish.wished:
        return None
    # A list that may have been cut short is no choice of all there is
    there = shown if len(shown) < LISTED else [one for one in offered if one.stock >= line.quantity]
    fit = [one for one in there if all(str(one.options.get(name)) in said for name, said in wish.wished.items())]
    return fit[0] if len(fit) == 1 else None


def _by_price(shown: Sequence[OfferedVariant], price: str) -> OfferedVariant | None:
    """The cheapest or the dearest of those on offer, unless several cost that."""
    utmost = (min if price in ("lowest", "lower") else max)(one.price_minor for one in shown)
    fit = [one for one in shown if one.price_minor == utmost]
    return fit[0] if len(fit) == 1 else None


def pieces(text: str, lines: Sequence[OrderedLine], line: OrderedLine) -> int | None:
    """How many pieces of the line the text names, None for all."""
    for one, quantity in read_lines(text, lines).chosen:
        if one.id == line.id:
            return quantity
    return None

