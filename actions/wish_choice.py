"""Which variant a wish comes to."""

from collections.abc import Sequence

from actions.personal import Question
from actions.slots import Prompt
from actions.wish_words import choice, nothing_like_it
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.line_reading import read_lines
from support.grounding.wish import Wish, is_foreign
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant


def to_be_had(line: OrderedLine, wish: Wish[OfferedVariant]) -> bool:
    """Whether anything that is wished is there, whatever else would change with it."""
    return any(one.stock >= line.quantity for each in wish.in_order for one in (*each.matches, *each.near))


def resolved(
    question: Question, line: OrderedLine, wish: Wish[OfferedVariant], offered: Sequence[OfferedVariant], *,
    same: bool = False,
) -> tuple[OfferedVariant | None, Prompt | None]:
    """The variant that is surely wished, or the question about what could be meant; neither if nothing was wished.

    The only one in stock of which all is true that was said is wished, though more would change with it; not if all
    else is to be the `same`, and not if only one thing was said of it.
    """
    if wish.is_empty:
        return None, None
    for one in wish.in_order:
        there = [variant for variant in one.matches if variant.stock >= line.quantity and variant.id != line.variant_id]
        if len(there) == 1:
            return there[0], None
        if there:
            return None, choice(question.wording, line, there)
        near = [variant for variant in one.near if variant.stock >= line.quantity and variant.id != line.variant_id]
        sure = len(one.wished) > 1 and not one.unclear and not any(map(is_foreign, one.unknown)) and not same
        if len(near) == 1 and sure:
            return near[0], None
    return None, nothing_like_it(question.wording, line, wish, [one for one in offered if one.id != line.variant_id])


def only_declines(text: str) -> bool:
    """Whether it is a no and nothing more: "no" is a value of many options as well."""
    answer = read_answer(text)
    return answer.kind is AnswerKind.NO and not answer.rest


def pieces(text: str, lines: Sequence[OrderedLine], line: OrderedLine) -> int | None:
    """How many pieces of the line the text names, None for all."""
    for one, quantity in read_lines(text, lines).chosen:
        if one.id == line.id:
            return quantity
    return None

