"""Lines named without a wish, and the question what is wished instead of them."""

import re
from collections.abc import Set as AbstractSet
from typing import Any

from actions.kept_wishes import is_open
from actions.line_slots import ONLY, LinesSlot, lines_of, listing
from actions.not_in_order import told_missing
from actions.order_slots import order_of
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt
from actions.tasks import Run
from actions.wish_words import choice, what_instead
from support.grounding.leaving import left_alone
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

# Of what is planned: "the purifier stays, do the rest"
_ALL = re.compile(
    r"\b(?:(?:all )?the (?:rest|others)|everything(?: else)?|all(?: of (?:it|this|that|those|these|them))?|"
    r"(?:all|each|both)(?: of)?(?: the)? (?:two|three|four|five|six|[2-6]))\b", re.IGNORECASE,
)


async def open_question(question: Question, run: Run, known: dict[str, Any], purpose: str) -> Prompt:
    """What is to be asked next of the wishes that are `known`: which of those shown, what instead, or of what."""
    for line in await lines_of(question, run):
        if is_open(known, line):
            offered = await offered_for(question, line)
            listed = [one for id in run.shown for one in offered if one.id == id]
            if listed:
                return choice(question.wording, line, listed)
            return what_instead(question.wording, line, offered)
    order = await order_of(question, run)
    asked = (
        f"{await told_missing(question, run)}What of order {order.number} do you want to {purpose}, and for "
        "what? Name everything that it is about."
    )
    return listing(question.wording, await lines_of(question, run), asked, order.currency)


async def named_only(
    question: Question, run: Run, text: str, known: dict[str, Any], kept: AbstractSet[str]
) -> Heard:
    """Lines that the text names without a wish; "only the lamp" leaves the others out.

    Of several like that none of which is known, it is asked which.
    """
    if known:
        text = _ALL.sub(" ", text)
    heard = await LinesSlot().hear(question, run, text, asked=False)
    if heard.value is None:
        lines = await lines_of(question, run)
        left = {line.id for line in left_alone(text, lines, planned=lines)}
        shown = set(heard.prompt.shown) if heard.prompt else set()
        return heard if shown and shown.isdisjoint(known) and not shown <= left else NOTHING
    named = {
        one["line"]: {"variant": None, "quantity": one["quantity"]}
        for one in heard.value if one["line"] not in kept
    }
    if ONLY.search(text) and named.keys() < known.keys():
        return Heard({id: known[id] for id in named}) if named else NOTHING
    fresh = {id: one for id, one in named.items() if id not in known}
    return Heard(known | fresh) if fresh else NOTHING


async def offered_for(question: Question, line: OrderedLine) -> tuple[OfferedVariant, ...]:
    """The variants of the line's product."""
    return (await question.records.product(line.product_id)).offer.variants
