"""Where money goes to or comes from."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Run
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.method_reading import read_method
from support.paying.payment_methods import Method
from support.returning.return_methods import Choice

METHOD = "method"


@dataclass(frozen=True)
class Money:
    """What is to be settled: `choices` are the ids of the methods that may be named, the original one first.

    `amount_minor` is what the customer gets, less than zero what they pay. `question` asks for the method.
    """

    amount_minor: int
    choices: tuple[str, ...]
    question: str


@dataclass(frozen=True)
class MethodSlot(Slot):
    """The id of a payment method; `money` tells what for, as the plan of the task reckons it."""

    name: str = METHOD
    money: Callable[[Question, Run], Awaitable[Money]] = field(kw_only=True)

    async def needed(self, question: Question, run: Run) -> bool:
        if any(name not in run.values for name in self.after):
            return True
        return (await self._settled(question, run)).amount_minor != 0

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        money = await self._settled(question, run)
        methods = await question.records.methods()
        original = next((one for one in methods if money.choices and one.id == money.choices[0]), None)
        reading = read_method(text, methods, original=original)
        fitting = [one for one in reading.chosen or reading.candidates if one.id in money.choices]
        if len(fitting) == 1:
            return Heard(fitting[0].id)
        if fitting:
            return Heard(prompt=which_method(fitting, money.question))
        if asked and len(money.choices) == 1 and read_answer(text).kind is AnswerKind.YES:
            return Heard(money.choices[0])
        if reading.chosen or reading.candidates or reading.asked_for:
            named = reading.asked_for or reading.chosen[0].label if reading.chosen else reading.asked_for
            sorry = f"That can't go by {named or 'that'}. "
            possible = [one for one in methods if one.id in money.choices]
            return Heard(prompt=which_method(possible, sorry + money.question))
        return NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        choices = (await self._settled(question, run)).choices
        return choices[0] if len(choices) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if there is no method at all that could be named."""
        money = await self._settled(question, run)
        methods = [one for id in money.choices for one in await question.records.methods() if one.id == id]
        if not methods:
            raise NothingToChoose(self.name)
        return which_method(methods, money.question)

    async def _settled(self, question: Question, run: Run) -> Money:
        """The plan is asked for it several times a turn, and reckoned once."""
        told = json.dumps([run.task, {name: run.values[name] for name in self.after if name in run.values}])
        return await question.records.once("money", told, lambda: self.money(question, run))


def money_asked(
    question: Question, amount_minor: int, currency: str, choices: Sequence[Choice], things: str
) -> Money:
    """What `things` come to for the customer, less than zero if they pay, and the question by which method."""
    amount = question.wording.money(abs(amount_minor), currency)
    ways = question.wording.listed(choice.method for choice in choices).replace(" and ", " or ")
    asked = f"{things}: you get back {amount}. Where shall it go: {ways}?"
    if amount_minor < 0:
        asked = f"{things}: that costs {amount} more. How do you want to pay it: {ways}?"
    return Money(amount_minor, tuple(choice.method_id for choice in choices), asked)


def which_method(methods: Sequence[Method], asked: str) -> Prompt:
    """The question with a button for each of the methods."""
    labels = [one.label[:1].upper() + one.label[1:] for one in methods]
    return Prompt(asked, [buttons.said(label) for label in labels], [one.id for one in methods])


