"""Things that were named along with those of an order, and are not in it."""

from actions.order_slots import order_of
from actions.personal import Question
from actions.product_phrases import is_plural
from actions.relevance import of_another_order
from actions.slot_filling import ORDER
from actions.tasks import Run
from support.grounding.not_held import not_held

_NAMED_IN = (None, ORDER, "lines", "wishes")  # what was asked for while the things were being named


async def told_missing(question: Question, run: Run) -> str:
    """`There is no Wristwatch in order HF-10432. `, "" if all that was named is there, or may be in another order."""
    if ORDER not in run.values:
        return ""
    order = await order_of(question, run)
    lines = (await question.records.order(order.id)).lines
    found: dict[str, None] = {}
    for text in run.said if run.asked in _NAMED_IN else run.said[-1:]:
        if not await of_another_order(question, run, text):
            found |= dict.fromkeys(not_held(text, lines, await question.records.products()))
    if not found:
        return ""
    named = question.wording.either(found)
    return f"There {'are' if is_plural(next(iter(found))) else 'is'} no {named} in order {order.number}. "
