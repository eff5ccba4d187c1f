"""The order that a task is about."""

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from actions.order_context import (
    OTHER,
    closes_orders,
    is_of_another,
    names_none,
    not_cancelled,
    other_before,
    told_around,
    with_product,
)
from actions.order_deeds import acted_on
from actions.order_destination import sent_so
from actions.order_in_talk import fitting_instead, is_in_it
from actions.order_offers import which_order
from actions.order_paid import paid_so
from actions.own_postcodes import without_own_postcodes
from actions.personal import Question
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Run
from actions.wording import excerpt
from support.errors import NotFound, SupportError
from support.grounding import numbered_orders
from support.grounding.all_orders_but import apart_from, as_orders_staying
from support.grounding.held_counts import holding_so_many
from support.grounding.likeness import without_likeness
from support.grounding.numbered_orders import partly_numbered, unknown_number
from support.grounding.order_described import without_the_one
from support.grounding.order_parts import about_order
from support.grounding.pointing import points_back
from support.grounding.reading import Reading
from support.grounding.remarks import MAKES_SURE
from support.grounding.staying import without_order_staying, without_staying
from support.grounding.twins import named_apart
from support.models.orders import OrderStatus
from support.ordering import orders
from support.ordering.order_views import OrderSummary

WHICH = "Which of these orders do you mean?"
_OF_ORDERS = re.compile(
    r"\b(?:orders?|deliver(?:y|ies)|parcels?|packages?|purchases?|other|arrived|received|got|bought|"
    r"i (?:mean|meant))\b|\d{4}", re.IGNORECASE,
)
# "Cancel the laptop one then"
_THE_ONE = re.compile(r"\bcancel\w*\b[^.;!?]*\bone\b|\b(?:the|my) [\w-]+(?: [\w-]+)? one\b", re.IGNORECASE)
# "What would I get back for all my pending orders?" "OK, cancel them"
_THOSE = re.compile(r"\b(?:them|those|these)\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:the|my) (?!(?:other|whole|first|last|next|same|new|old|pending|delivered|open)\b)"
    r"(?P<what>[\w-]+(?: [\w-]+)?) order\b", re.IGNORECASE,
)
_MERE_NUMBER = re.compile(r"\W*(?:[a-z']+\W+){0,4}#?[a-z]{0,3}[\s-]?\d[\d -]*(?:\W+[a-z]+){0,2}\W*", re.IGNORECASE)


@dataclass(frozen=True)
class OrderSlot(Slot):
    """One of the customer's orders, by its number. `fitting` are the statuses of those that the task may be about.

    `open_to` narrows them down to the ids that it tells. Others are taken too where the customer names them: the use
    case refuses them with its reason.
    """

    name: str = "order"
    fitting: frozenset[OrderStatus] = frozenset(OrderStatus)
    open_to: Callable[[Question], Awaitable[Collection[str]]] | None = None
    # "Which order do you want to {purpose}?"
    purpose: str = "talk about"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        said = await without_own_postcodes(question, text)
        text = without_staying(without_likeness(said))
        text = as_orders_staying(text) if closes_orders(run) else text
        if (run.knows(self) and not asked) or not apart_from(text)[1]:
            text = without_order_staying(text)
        known = await question.records.orders()
        if run.knows(self) and not asked and MAKES_SURE.search(text):
            return NOTHING  # it corrects nothing
        reading = await self.read(question, run, text, known)
        if not run.knows(self) and not asked and not reading.chosen and _THOSE.search(text) and names_none(text, known):
            reading = await self._those_before(question, run, known) or reading
        points = reading.chosen and points_back(text) and names_none(text, known)
        whole = (told_around(question, text) or other_before(question, text)) if points else ""
        if whole and (OTHER.search(whole) or not await self._fit(question, reading.chosen)):
            # "Exchange it for a red one": what it is stood before that
            around = await self.read(question, run, whole, known)
            if len(some := await self._fit(question, around.chosen or around.candidates)) == 1:
                return Heard(some[0].number)
        if points and not await self._fit(question, reading.chosen):
            held = await with_product(question, await self._fit(question, known))
            if len(held) == 1:
                return Heard(held[0].number)  # "What about the grill? I want to return it"
        other = run.knows(self) and all(one.number != run.values[self.name] for one in reading.chosen)
        if reading.chosen and other and not asked and await is_in_it(question, run.values[self.name], text):
            return NOTHING  # "and the bike in black": another order has a black one
        if reading.chosen and not run.knows(self):
            reading = await fitting_instead(
                question, text, reading, lambda some: self._fit(question, some), said=said
            )
        if reading.chosen and not asked and is_of_another(run, self.name, text, reading.chosen, known):
            return NOTHING
        if reading.chosen:
            return Heard(reading.chosen[0].number, others=[one.number for one in reading.chosen[1:]])
        if len(reading.candidates) > 1 and (called := _CALLED.search(text)):
            # "In the camera order, could I have the camera in silver and the charger in white?"
            closer = await self.read(question, run, f"the order with the {called['what']}", reading.candidates)
            if len(closer.chosen) == 1:
                return Heard(closer.chosen[0].number)
        likely = await self._fit(question, reading.candidates or known)
        if told := await paid_so(question, text, likely) or await sent_so(question, text, likely):
            reading = Reading((), tuple(told), reading.text)
        of_orders = _OF_ORDERS.search(text) or (closes_orders(run) and _THE_ONE.search(text))
        if reading.candidates and run.knows(self) and not asked and not of_orders:
            return NOTHING  # "would the black one save me $15?" means no other order
        if unsure := list(reading.candidates):
            some = await self._fit(question, unsure)
            if len(some) > 1:
                # What others have as well tells no more than one of these
                apart = named_apart(text, [line for one in some for line in one.lines])
                closer = await self.read(question, run, apart, some)
                some = list(closer.chosen or closer.candidates or some)
                if closer.chosen:
                    return Heard(some[0].number, others=[one.number for one in some[1:]])
            if len(some) == 1:
                return Heard(some[0].number)  # the task tells which one it is before it does anything
            if not some and not await self._fit(question, known):
                raise NothingToChoose(self.name)  # whichever of them is meant
            if not some and len(there := not_cancelled(unsure)) == 1:
                return Heard(there[0].number)  # the task tells why not, or becomes the one that may be
            return Heard(prompt=which_order(question, run, some or unsure, WHICH))
        if asked and _MERE_NUMBER.fullmatch(text):
            part = partly_numbered(text, known)
            if part.chosen:
                return Heard(part.chosen[0].number)
            if part.candidates:
                return Heard(prompt=which_order(question, run, part.candidates, WHICH))
        if unknown := unknown_number(text, known):
            return await self._older(question, run, unknown)
        return NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        some = await self._fit(question, await question.records.orders())
        if len(some) > 1 and run.said and points_back(run.said[-1]):
            some = await with_product(question, some)
        return some[0].number if len(some) == 1 else None

    async def assumed(self, question: Question, run: Run) -> str:
        order = await order_of(question, run, self.name)
        contents = question.wording.contents(order)
        if len(await question.records.orders()) == 1:
            return f"That would be your order {order.number} with {contents}. "
        return f"The one order that you can {self.purpose} just now is {order.number} with {contents}. "

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if no order of theirs can be meant."""
        some = await self._fit(question, await question.records.orders())
        if not some:
            raise NothingToChoose(self.name)
        return which_order(question, run, some, f"Which order do you want to {self.purpose}?")

    async def read(
        self, question: Question, run: Run, text: str, known: Sequence[OrderSummary]
    ) -> Reading[OrderSummary]:
        """Of several that are chosen at once those that fit come first; others stay only if named by their numbers."""
        shown = [one for one in known if one.number in run.shown]
        reading = question.orders_in(text, known, shown=shown, current=await self._spoken_of(question, run))
        numbered = numbered_orders.numbered(text, known) is not None
        held = [] if numbered else holding_so_many(apart_from(text)[0], known)
        if held and len(held := await self._fit(question, held)) == 1:
            return Reading(tuple(held), (), reading.text)
        if len(reading.chosen) < 2:
            return reading
        if to_do := acted_on(run.task, text, reading.chosen):
            reading = Reading(to_do, reading.candidates, reading.text)
        some = await self._fit(question, reading.chosen)
        if not some or numbered:
            some += [one for one in reading.chosen if one not in some]
        return Reading(tuple(some), reading.candidates, reading.text)

    async def _those_before(
        self, question: Question, run: Run, known: Sequence[OrderSummary]
    ) -> Reading[OrderSummary] | None:
        """Several orders that the message right before named; None if it did not."""
        before = question.said[-2:-1]
        named = await self.read(question, run, before[0], known) if before else None
        return named if named is not None and len(named.chosen) > 1 else None

    async def _fit(self, question: Question, known: Sequence[OrderSummary]) -> list[OrderSummary]:
        some = [one for one in known if one.status in self.fitting]
        if self.open_to is not None and some:
            ids = await self.open_to(question)
            some = [one for one in some if one.id in ids]
        return some

    async def _spoken_of(self, question: Question, run: Run) -> list[OrderSummary]:
        # Begun in the middle of another task, it may be about that one's order
        slots = question.tracker.slots
        number = run.values.get(self.name) or slots.get(self.name) or slots.get("order_number")
        return [one for one in await question.records.orders() if one.number == number]

    async def _older(self, question: Question, run: Run, number: str) -> Heard:
        """An order that is not among the newest, or none of theirs."""
        try:
            found = await orders.find_order(question.session, question.speaker, number)
        except NotFound:
            some = await self._fit(question, await question.records.orders())
            sorry = f"I can't find an order {excerpt(number, 40)} among yours."
            asked = f"{sorry} Is it one of these?"
            return Heard(prompt=which_order(question, run, some, asked) if some else Prompt(sorry))
        if len(found) == 1:
            return Heard(found[0].number)
        return Heard(prompt=which_order(question, run, found, WHICH))


async def order_of(question: Question, run: Run, slot: str = "order") -> OrderSummary:
    """The order of the run. Raises NotFound."""
    number = run.values[slot]
    for one in await question.records.orders():
        if one.number == number:
            return one
    return (await orders.find_order(question.session, question.speaker, number))[0]


async def about_its_order(question: Question, run: Run, text: str) -> str:
    """What `text` says of the run's order, where it names several by their numbers; else all of it.

    Of an answer to "which order?" without the words that told that.
    """
    if run.asked == OrderSlot.name and run.said and text == run.said[-1]:
        text = without_the_one(text)
    return about_order(text, run.values["order"], [one.number for one in await question.records.orders()])


async def check_pending(question: Question, run: Run, error: type[SupportError]) -> None:
    """Raises `error` if the run's order is known and waits no longer to be packed."""
    if "order" in run.values and (await order_of(question, run)).status is not OrderStatus.PENDING:
        raise error
