"""Which lines of an order are meant, and how many pieces of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions import buttons
from actions.left_lines import taken_back
from actions.line_changes import as_planned, in_place, lines_without, other_twins
from actions.not_in_order import told_missing
from actions.order_slots import about_its_order, order_of
from actions.personal import Question
from actions.product_context import PRODUCT
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from actions.wording import Wording, numbered
from support.grounding.counting import just_one, without_others_named
from support.grounding.keeping import without_kept_else
from support.grounding.leaving import left_alone, staying
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.grounding.pointing import points_back
from support.grounding.remarks import not_the_one
from support.grounding.staying import what_goes
from support.grounding.sum_questions import sum_asked
from support.grounding.the_other import other_named
from support.grounding.twins import named_apart
from support.ordering.order_views import OrderedLine

FURTHER = re.compile(
    r"\b(also|too|as well|add|plus|additionally|another|and|missing|forgot(?:ten)?|in (?:the same|one) go|"
    r"at the same time|while (?:you|we)['’]?re at it)\b", re.IGNORECASE,
)
# "To PayPal. The lamp is broken" sends back no lamp alone
_CHANGES = re.compile(
    r"\b(?:also|too|as well|in addition|additionally|add|plus|missing|forgot(?:ten)?|without|actually|after all|"
    r"leav\w+|keep\w*|stays?|drop|skip|only|just|except|not|instead|rather|changed my mind|remove|everything|"
    r"all of|both)\b",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"\b(only|just|instead|not|without|except|but|rather|nothing else|make (?:that|it)|i mean|i meant)\b", re.IGNORECASE
)
# "Return it, and the rug": the thing last spoken of
_DONE_WITH_IT = re.compile(
    r"\b(?:return|refund|exchange|swap|send)(?: back)? (?:it|that|this|those|these|them)\b(?! (?:money|order)\b)",
    re.IGNORECASE,
)
# "My order with the lamp: I want to return it", but not "something of that order with the lamp"
IT = re.compile(
    r"(?<!\bin )(?<!\bfrom )(?<!\babout )\b(?:it|that|this)\b"
    r"(?! (?:order|purchase|parcel|package|delivery|one with)\b)",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:some|few|couple of|several|multiple|various|many|other|two|three|four|five|\d+)(?: of)?(?: the| my)?"
    r" (?:things?|items?|products?|articles?|stuff|pieces)\b|\b(?:most|part|half|some) of (?:it|them|that|the order)\b",
    re.IGNORECASE,
)
_NOT_BOTH = re.compile(r"\bnot (?:both|two|all)\b|\b(?:only|just) one of\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:(?:the )?rest|(?:the )?others|the other (?:things|ones|two|three))\b", re.IGNORECASE)
# The reading of the lines knows what is excepted
_EXCEPT = re.compile(r"\b(?:except(?: for)?|exept|excluding|without|apart from)\b", re.IGNORECASE)
EVERYTHING = "Everything in it"


@dataclass(frozen=True)
class LinesSlot(Slot):
    """`[{"line": id, "quantity": pieces, or None for all of them}]` of the order in the slot `order`."""

    name: str = "lines"
    after: tuple[str, ...] = ("order",)
    # "What do you want to {purpose}?"
    purpose: str = "talk about"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        text = without_kept_else(await about_its_order(question, run, text))
        lines, said = await lines_of(question, run), text
        text = named_apart(what_goes(without_others_named(not_the_one(text))), lines)
        known, wish = run.values.get(self.name) or [], what_goes(run.wish)
        text = other_named(text, lines, [at for at, line in enumerate(lines) if _has(known, line)])
        if known and sum_asked(text) is not None:
            return NOTHING  # "what is the total of everything I return?" adds nothing to it
        shown = [line for line in lines if line.id in run.shown]
        current = [line for line in lines if _has(known, line)]
        if not known and _DONE_WITH_IT.search(text):
            current = spoken_of(question, lines)
        chosen = {one["line"] for one in known}
        if known and (swapped := in_place(text, lines, known)):
            return Heard(swapped)
        left = taken_back(text, lines, chosen, current=current, unwanted=False) if known else set()
        left |= {line.id for line in staying(text, lines)}
        if known and left & chosen and chosen - left and _REST.search(text):
            return Heard(lines_without(known, [], left))  # "the vacuum stays, so just the rest"
        reading = read_lines(text, lines, shown=shown, current=current)
        without = without_described(text)
        bare = read_lines(without, lines, shown=shown, current=current)
        # What tells which order it is is no thing to be sent back, unless "it" can be nothing else
        if bare.chosen or (without != text and (_SOME.search(without) or not IT.search(without))):
            reading = bare
        # "I got a lamp and a rug from you. The lamp should go back": what is wished counts before what is told
        if wish and text.endswith(wish) and len(reading.chosen) > 1:
            wished = read_lines(without_described(wish), lines, shown=shown, current=current)
            reading = wished if wished.chosen else reading
        reading = as_planned(reading, current) if known else reading
        alike = len({line.product for line, _ in reading.chosen}) == 1 < len(reading.chosen)
        if alike and just_one(text):
            reading = replace(reading, chosen=(), candidates=reading.chosen)
        these = [line for line, _ in reading.chosen] or [line for line in current if line.id not in left]
        if known and _NOT_BOTH.search(said) and (other := other_twins(these, current)):
            return Heard(lines_without(known, [], other))
        if len(reading.candidates) == 1:
            # One alone is no choice; the plan shows it before anything happens
            reading = replace(reading, chosen=(*reading.chosen, *reading.candidates), candidates=())
        if reading.candidates:
            some = [line for line, _ in reading.candidates]
            return Heard(prompt=listing(question.wording, some, "Which of these do you mean?"))
        if not reading.chosen and left:
            return Heard(lines_without(known, [], left))
        if not reading.chosen:
            return NOTHING
        value = [{"line": line.id, "quantity": quantity} for line, quantity in reading.chosen]
        if left and known:
            return Heard(lines_without(known, value, left))
        beside = left if known else left | {one.id for one in left_alone(_EXCEPT.sub(" ", text), lines, unwanted=False)}
        value = [one for one in value if one["line"] not in beside] or value  # "only the watch, the backpack stays"
        if known and FURTHER.search(text) and not ONLY.search(text):
            named = {one["line"] for one in value}
            value = [one for one in known if one["line"] not in named] + value
        return Heard(value)

    async def hear_beside(self, question: Question, run: Run, text: str) -> Heard:
        return await self.hear(question, run, text, asked=False) if _CHANGES.search(text) else NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        line = only_line(question, run, await lines_of(question, run))
        return [{"line": line.id, "quantity": None}] if line is not None else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        order = await order_of(question, run)
        told = await told_missing(question, run)
        asked = f"{told}What of order {order.number} do you want to {self.purpose}? Name everything that it is about."
        found = listing(question.wording, await lines_of(question, run), asked, order.currency)
        return Prompt(found.text, [*found.buttons, buttons.said(EVERYTHING)], found.shown)


def _has(known: Sequence[Mapping[str, Any]], line: OrderedLine) -> bool:
    return any(one["line"] == line.id for one in known)


async def lines_of(question: Question, run: Run) -> tuple[OrderedLine, ...]:
    """The lines of the run's order. Raises NotFound."""
    return (await question.records.order((await order_of(question, run)).id)).lines


def spoken_of(question: Question, lines: Sequence[OrderedLine]) -> list[OrderedLine]:
    """Those of the lines that are of the product last spoken of."""
    return [line for line in lines if line.product_id == question.tracker.slots.get(PRODUCT)]


def only_line(question: Question, run: Run, lines: Sequence[OrderedLine]) -> OrderedLine | None:
    """The line that goes without saying: the only one, or that of the product last spoken of, if words point to it."""
    if len(lines) > 1 and run.said and points_back(run.said[-1]):
        lines = spoken_of(question, lines)
    return lines[0] if len(lines) == 1 else None


def listing(words: Wording, lines: Sequence[OrderedLine], asked: str, currency: str = "") -> Prompt:
    """The question with the lines below it, numbered, and what each cost where the order's `currency` is given."""
    shown = numbered(f"{words.line(line)}{_price(words, line, currency)}" for line in lines)
    offers = [buttons.said(words.line(line)) for line in lines]
    return Prompt(f"{asked}\n{shown}", offers, [line.id for line in lines])


def _price(words: Wording, line: OrderedLine, currency: str) -> str:
    if not currency:
        return ""
    return f" · {words.money(line.unit_price_minor, currency)}{' each' if line.quantity > 1 else ''}"
