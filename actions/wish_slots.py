"""What the customer wishes to have instead of lines of an order: another variant of each product."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from actions.kept_wishes import WishesLeft, is_open
from actions.line_slots import ONLY, LinesSlot, lines_of, listing, only_line, spoken_of
from actions.order_slots import about_its_order, order_of
from actions.personal import Question
from actions.product_context import VARIANT
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from actions.wish_choice import only_declines, picked, pieces, resolved, to_be_had
from actions.wish_words import choice, what_instead, wish_in_words
from support.grounding.keeping import keeps_otherwise
from support.grounding.known_lines import KnownLines
from support.grounding.line_reading import left_out, read_lines
from support.grounding.order_described import without_described
from support.grounding.pointing import asks_for_it, points_at_one
from support.grounding.swap_reading import not_swapped, read_swaps
from support.grounding.variant_reading import read_wish
from support.grounding.wish import Wish
from support.grounding.words import split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant

_WANTS = re.compile(r"\b(?:want|like|rather|instead|take|make it|swap|change)\b", re.IGNORECASE)


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
        bare = without_described(text)
        text = bare if read_lines(bare, lines).chosen else text
        offered = {line.id: await _offered(question, line) for line in lines}
        known = dict(run.values.get(self.name) or {})
        open_line = _asked_about(run, lines, known, offered)
        if asked and open_line is not None and (one := picked(run, text, open_line, offered[open_line.id])):
            return Heard(known | {open_line.id: known[open_line.id] | {"variant": one.id}})
        if only_declines(text):
            return NOTHING
        current = [open_line] if open_line else [line for line in lines if line.id in known]
        about = lines if known or run.shown else _of_product(question, text, lines)
        swaps = read_swaps(
            text, about, lambda line: offered[line.id], current=current,
            shown=[line for line in lines if line.id in run.shown],
        )
        left = {line.id for line in (*left_out(text, lines), *not_swapped(text, lines))}
        wished = _wished(text, lines, offered, left, open_line if asked else None, swaps)
        kept = left - {line.id for line, wish in wished if not wish.is_empty}
        if known and kept >= known.keys() and not wished:
            raise WishesLeft
        before, known = known, {id: one for id, one in known.items() if id not in kept} or known
        nothing_else = all(wish.is_empty for _, wish in wished)
        if that := _spoken_of(question, text, lines, offered, asked and nothing_else):
            known |= that
            wished = [one for one in wished if one[0].id not in that]
            if nothing_else or not wished:
                return Heard(known)
        if all(wish.is_empty and line is not open_line for line, wish in wished):
            heard = await self._named_only(question, run, text, known, kept)
            return Heard(known) if heard is NOTHING and known != before else heard
        prompt = None
        for line, wish in wished:
            found, unsure = resolved(question, line, wish, offered[line.id])
            # A wish that leaves a choice keeps what was chosen before only if nothing new was said
            if found is not None or not wish.is_empty or line.id not in known:
                known[line.id] = {"variant": found and found.id, "quantity": pieces(text, lines, line)}
            if unsure is not None and not to_be_had(line, wish) and keeps_otherwise(text, line, lines):
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
        self, question: Question, run: Run, text: str, known: dict[str, Any], kept: AbstractSet[str]
    ) -> Heard:
        """Lines that the text names without a wish; "only the lamp" leaves the others out."""
        heard = await LinesSlot().hear(question, run, text, asked=False)
        if heard.value is None:
            return heard if heard.prompt and not known else NOTHING
        named = {
            one["line"]: {"variant": None, "quantity": one["quantity"]}
            for one in heard.value if one["line"] not in kept
        }
        if ONLY.search(text) and named.keys() < known.keys():
            return Heard({id: known[id] for id in named}) if named else NOTHING
        fresh = {id: one for id, one in named.items() if id not in known}
        return Heard(known | fresh) if fresh else NOTHING


async def _offered(question: Question, line: OrderedLine) -> tuple[OfferedVariant, ...]:
    return (await question.records.product(line.product_id)).offer.variants


def _asked_about(
    run: Run, lines: Sequence[OrderedLine], known: dict[str, Any], offered: dict[str, tuple[OfferedVariant, ...]]
) -> OrderedLine | None:
    """The line whose wish is still to be said; of several, the one whose variants were shown."""
    some = [line for line in lines if is_open(known, line)]
    shown = (line for line in some if any(one.id in run.shown for one in offered[line.id]))
    return next(shown, some[0] if some else None)


def _wished(
    text: str, lines: Sequence[OrderedLine], offered: dict[str, tuple[OfferedVariant, ...]], left: AbstractSet[str],
    open_line: OrderedLine | None, swaps: Sequence[tuple[OrderedLine, Wish[OfferedVariant]]],
) -> list[tuple[OrderedLine, Wish[OfferedVariant]]]:
    """The swaps that were read; an answer to "what instead?" that names no line is about the line asked for.

    What that one does not come in may be said of the one other thing that does.
    """
    named = [(line, wish) for line, wish in swaps if line.id not in left or not wish.is_empty]
    others = [(one, read_wish(text, one.options, offered[one.id], name=one.product)) for one in lines]
    fitting = [(one, other) for one, other in others if other.wished and not other.unknown]
    most = max((len(wish.wished) for _, wish in swaps), default=0)
    if not all(wish.is_empty for _, wish in swaps):
        # "The 10-inch one in black" is the tablet, though the lamp that was spoken of comes in black too
        better = len(fitting) == 1 and len(fitting[0][1].wished) > most and not read_lines(text, lines).chosen
        return fitting if better else named
    if open_line is None:
        return fitting if len(fitting) == 1 and _WANTS.search(text) else named
    wish = read_wish(text, open_line.options, offered[open_line.id], name=open_line.product)
    if wish.is_empty and not wish.unknown:
        return []
    if wish.wished or wish.price:
        return [(open_line, wish)]
    if len(fitting) == 1:
        return fitting
    return named if open_line.id in left or named else [(open_line, wish)]


def _of_product(question: Question, text: str, lines: Sequence[OrderedLine]) -> Sequence[OrderedLine]:
    """The one line of the product last spoken of, where the text points at it and names no other: "swap it"."""
    names = KnownLines(lines)
    some = spoken_of(question, lines)
    pointed = points_at_one(text) and not any(names.is_named(word.key) for word in split(text))
    return some if pointed and len(some) == 1 else lines


def _spoken_of(
    question: Question, text: str, lines: Sequence[OrderedLine], offered: dict[str, tuple[OfferedVariant, ...]],
    asked: bool,
) -> dict[str, Any]:
    """The variant that was last spoken of, for the one line it can stand for: "swap mine for that one"."""
    if not (points_at_one(text) if asked else asks_for_it(text)):
        return {}
    id = question.tracker.slots.get(VARIANT)
    fitting = [line for line in lines for one in offered[line.id] if one.id == id and one.stock >= line.quantity]
    return {fitting[0].id: {"variant": id, "quantity": None}} if len(fitting) == 1 else {}
