"""Calling off a return or an exchange whose parcel has not arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import Question
from actions.return_words import KIND, told
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import numbered
from support.errors import NotFound, SupportError
from support.models.returns import ReturnKind, ReturnStatus
from support.paying import refunds
from support.paying.refunds import ReturnSeen
from support.refusals import ReturnClosed
from support.returning import settling


@dataclass(frozen=True)
class ReturnSlot(Slot):
    """A return or exchange by its reference: one whose parcel has not arrived, or another one that is named."""

    name: str = "return_reference"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        known = await _returns(question)
        waiting = _waiting(known)
        named = [one for one in known if one.reference.casefold() in text.casefold()]
        if not named:
            numbers = await _orders_named(question, text, run)
            named = [one for one in waiting if one.order_number in numbers] or [
                one for one in known if one.order_number in numbers
            ][:1]
        if not named and asked:
            named = [one for place, one in enumerate(waiting, 1) if text.strip(" .!#") == str(place)]
        if not named and len({one.kind for one in waiting}) > 1:
            named = [one for one in waiting if KIND[one.kind] in text.casefold()]
            if len(named) == len(waiting) or all(word in text.casefold() for word in KIND.values()):
                named = []
        if not named:
            return NOTHING
        if len(named) == 1 or {"all", "both"} & set(text.casefold().split()):
            return Heard(named[0].reference, others=[one.reference for one in named[1:]])
        return Heard(prompt=_which(question, named))

    async def assume(self, question: Question, run: Run) -> Any:
        waiting = _waiting(await _returns(question))
        return waiting[0].reference if len(waiting) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if every parcel has arrived."""
        waiting = _waiting(await _returns(question))
        if not waiting:
            raise NothingToChoose(self.name)
        return _which(question, waiting)


class CallOffReturn(Task):
    intent = "call_off_return"
    wanted = "call off a return"
    deeds = frozenset({"call", "cancel", "stop", "withdraw", "undo"})
    part_of_it = frozenset({"cancel_order", "return_items", "show_returns", "refund_status"})
    slots = (ReturnSlot(),)

    async def plan(self, question: Question, run: Run) -> Plan:
        one, words = await _return_of(question, run), question.wording
        if one.status is not ReturnStatus.REQUESTED:
            raise ReturnClosed
        kind, things = KIND[one.kind], words.listed(words.line(line) for line in one.lines)
        money = ""
        if one.amount_minor:
            amount = words.money(abs(one.amount_minor), one.currency)
            money = f" The {amount} would not go back to your {one.method} then."
            if one.amount_minor < 0:
                money = f" The {amount} more would not be taken from your {one.method} then."
        aside = " What was set aside for you can be sold again." if one.kind is ReturnKind.EXCHANGE else ""
        return Plan(
            f"I would call off your {kind} {one.reference} from order {one.order_number}: you would keep {things}."
            f"{money}{aside}",
            f"Shall I call off the {kind}?", agreed=one.reference, yes="Yes, call it off", no="No, leave it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await settling.call_off(
            session, question.speaker, run.values["return_reference"], key=key, business=question.business,
            at=question.at,
        )
        kind, until = KIND[ReturnKind(done.details["kind"])], date.fromisoformat(done.details["until"])
        again = ""
        if until >= question.wording.today:
            again = f" Until {question.wording.day(until)} you can still ask for another one."
        return Outcome(
            f"Done: your {kind} {done.details['return']} from order {done.details['order']} is called off.{again} Your "
            f"reference is {done.reference}.", [buttons.ORDERS], order=done.details["order"],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose():
                latest = next(iter(await _returns(question)), None)
                before = f" The latest was {told(question.wording, latest)}" if latest else ""
                return Refusal(
                    "No return or exchange of yours is waiting for its parcel, so there is nothing to call off."
                    f"{before}", [buttons.ORDERS, buttons.PERSON],
                )
            case ReturnClosed():
                one = await _return_of(question, run)
                return Refusal(f"That can't be called off any more: {told(question.wording, one)}", person=True)
        return None


async def _returns(question: Question) -> tuple[ReturnSeen, ...]:
    """Those of the customer, newest first."""
    return await refunds.returns_of(question.session, question.speaker)


def _waiting(known: Sequence[ReturnSeen]) -> list[ReturnSeen]:
    return [one for one in known if one.status is ReturnStatus.REQUESTED]


async def _return_of(question: Question, run: Run) -> ReturnSeen:
    """Raises NotFound."""
    for one in await _returns(question):
        if one.reference == run.values["return_reference"]:
            return one
    raise NotFound


async def _orders_named(question: Question, text: str, run: Run) -> set[str]:
    """The numbers of the orders with returns that the text names."""
    with_returns = {one.order_number for one in await _returns(question)}
    known = [one for one in await question.records.orders() if one.number in with_returns]
    shown = [one.order_number for one in await _returns(question) if one.reference in run.shown]
    listed = [one for number in shown for one in known if one.number == number]
    reading = question.orders_in(text, known, shown=listed)
    return {one.number for one in reading.chosen or reading.candidates}


def _which(question: Question, some: Sequence[ReturnSeen]) -> Prompt:
    listed = numbered(told(question.wording, one) for one in some)
    offers = [buttons.said(one.reference) for one in some]
    return Prompt(f"Which of these do you mean?\n{listed}", offers, [one.reference for one in some])
