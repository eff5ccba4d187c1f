"""What the customer wishes to have instead of lines of an order: another variant of each product."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.kept_wishes import is_open
from actions.line_slots import LinesSlot, lines_of, listing, only_line
from actions.order_slots import about_its_order, order_of
from actions.personal import Question
from actions.product_context import VARIANT
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from actions.wish_words import LISTED, choice, nothing_like_it, what_instead, wish_in_words
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.keeping import keeps_otherwise
from support.grounding.line_reading import left_out, read_lines
from support.grounding.positions import positions
from support.grounding.swap_reading import read_swaps
from support.grounding.variant_reading import read_wish
from support.grounding.wish import Wish
from support.grounding.words import split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

LONGEST_PICK = 6  # words



_THAT_ONE = re.compile(r"\b(?:that|this|it)\b", re.IGNORECASE)
_FOR_THAT = re.compile(
    r"\b(?:for|to|with|into|take|get|have|want)\s+(?:that|this|it)\b"
    r"(?=\s*(?:$|[,.;!?]|(?:one|then|please|instead|and|too|now)\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WishesSlot(Slot):
    """`{line id: {"variant": id or None, "quantity": pieces or None}}` for lines of the order in the slot `order`.

    A line whose variant is None has been named, and what is wished instead of it is still to be said; or it stays as it
    is, since the wish that it has under `"kept"` cannot be had ("otherwise leave it").
    """

    name: str = "wishes"
    after: tuple[str, ...] = ("order",)
    purpose: str = "exchange"

    def complete(self, value: Any) -> bool:
        return all(one["variant"] or "kept" in one for one in value.values())

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        text, lines = await about_its_order(question, run, text), await lines_of(question, run)
        offered = {line.id: await _offered(question, line) for line in lines}
        known = dict(run.values.get(self.name) or {})
        open_line = next((line for line in lines if is_open(known, line)), None)
        if asked and open_line is not None and (picked := _picked(run, text, open_line, offered[open_line.id])):
            return Heard(known | {open_line.id: known[open_line.id] | {"variant": picked.id}})
        current = [open_line] if open_line else [line for line in lines if line.id in known]
        swaps = read_swaps(
            text, lines, lambda line: offered[line.id], current=current,
            shown=[line for line in lines if line.id in run.shown],
        )
        wished = _wished(text, offered, open_line if asked else None, swaps)
        kept = {line.id for line in left_out(text, lines)} - {line.id for line, wish in wished if not wish.is_empty}
        before, known = known, {id: one for id, one in known.items() if id not in kept} or known
        if all(wish.is_empty for _, wish in wished) and (that := _spoken_of(question, text, lines, offered, asked)):
            return Heard(known | that)
        if all(wish.is_empty and line is not open_line for line, wish in wished):
            heard = await self._named_only(question, run, text, lines, known)
            return Heard(known) if heard is NOTHING and known != before else heard
        prompt = None
        for line, wish in wished:
            found, unsure = _resolved(question, line, wish, offered[line.id])
            # A wish that leaves a choice keeps what was chosen before only if nothing new was said
            if found is not None or not wish.is_empty or line.id not in known:
                known[line.id] = {"variant": found and found.id, "quantity": _pieces(text, lines, line)}
            if unsure is not None and not _to_be_had(line, wish) and keeps_otherwise(text, line, lines):
                known[line.id]["kept"] = wish_in_words(wish)
            else:
                prompt = prompt or unsure
        return Heard(known, prompt=prompt)

    async def assume(self, question: Question, run: Run) -> Any:
        line = only_line(question, run, await lines_of(question, run))
        return {line.id: {"variant": None, "quantity": None}} if line is not None else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        known = run.values.get(self.name) or {}
        for line in await lines_of(question, run):
            if is_open(known, line):
                offered = await _offered(question, line)
                listed = [one for id in run.shown for one in offered if one.id == id]
                if listed:
                    return choice(question.wording, line, listed)
                return what_instead(question.wording, line, offered)
        order = await order_of(question, run)
        asked = (
            f"What of order {order.number} do you want to {self.purpose}, and for what? "
            "Name everything that it is about."
        )
        return listing(question.wording, await lines_of(question, run), asked)

    async def _named_only(
        self, question: Question, run: Run, text: str, lines: Sequence[OrderedLine], known: dict[str, Any]
    ) -> Heard:
        """Lines that the text names without a wish."""
        heard = await LinesSlot().hear(question, run, text, asked=False)
        if heard.value is None:
            return heard if heard.prompt and not known else NOTHING
        fresh = {
            one["line"]: {"variant": None, "quantity": one["quantity"]}
            for one in heard.value if one["line"] not in known
        }
        return Heard(known | fresh) if fresh else NOTHING


def _to_be_had(line: OrderedLine, wish: Wish[OfferedVariant]) -> bool:
    """Whether anything that is wished is there, whatever else would change with it."""
    return any(one.stock >= line.quantity for each in wish.in_order for one in (*each.matches, *each.near))


async def _offered(question: Question, line: OrderedLine) -> tuple[OfferedVariant, ...]:
    return (await question.records.product(line.product_id)).offer.variants


def _wished(
    text: str, offered: dict[str, tuple[OfferedVariant, ...]],
    open_line: OrderedLine | None, swaps: Sequence[tuple[OrderedLine, Wish[OfferedVariant]]],
) -> list[tuple[OrderedLine, Wish[OfferedVariant]]]:
    """The swaps that were read; an answer to "what instead?" that names no line is about the line asked for."""
    if open_line is not None and all(wish.is_empty for _, wish in swaps):
        wish = read_wish(text, open_line.options, offered[open_line.id], name=open_line.product)
        return [] if wish.is_empty and not wish.unknown else [(open_line, wish)]
    return list(swaps)


def _spoken_of(
    question: Question, text: str, lines: Sequence[OrderedLine], offered: dict[str, tuple[OfferedVariant, ...]],
    asked: bool,
) -> dict[str, Any]:
    """The variant that was last spoken of, for the one line it can stand for: "swap mine for that one"."""
    if not (_THAT_ONE if asked else _FOR_THAT).search(text):
        return {}
    id = question.tracker.slots.get(VARIANT)
    fitting = [line for line in lines for one in offered[line.id] if one.id == id and one.stock >= line.quantity]
    return {fitting[0].id: {"variant": id, "quantity": None}} if len(fitting) == 1 else {}


def _resolved(
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


def _picked(
    run: Run, text: str, line: OrderedLine, offered: Sequence[OfferedVariant]
) -> OfferedVariant | None:
    """The variant whose button was pressed, whose place in the list was said, or which alone in it is like that."""
    shown = [variant for id in run.shown for variant in offered if variant.id == id]
    if not shown or len(text.split()) > LONGEST_PICK:
        return None
    places = positions([word.key for word in split(text)], len(shown))
    if len(places) == 1:
        return shown[places[0]]
    if len(shown) == 1 and read_answer(text).kind is AnswerKind.YES:
        return shown[0]
    wish = read_wish(text, line.options, shown, name=line.product)
    if wish.unclear or wish.unknown or wish.otherwise or not wish.wished:
        return None
    # A list that may have been cut short is no choice of all there is
    there = shown if len(shown) < LISTED else [one for one in offered if one.stock >= line.quantity]
    fit = [one for one in there if all(str(one.options.get(name)) in said for name, said in wish.wished.items())]
    return fit[0] if len(fit) == 1 else None


def _pieces(text: str, lines: Sequence[OrderedLine], line: OrderedLine) -> int | None:
    """How many pieces of the line the text names, None for all."""
    for one, quantity in read_lines(text, lines).chosen:
        if one.id == line.id:
            return quantity
    return None

