"""Where money goes to or comes from."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Run
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.method_reading import read_method
from support.paying.payment_methods import Method

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
        return (await self.money(question, run)).amount_minor != 0

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        money = await self.money(question, run)
        methods = await question.records.methods()
        original = next((one for one in methods if money.choices and one.id == money.choices[0]), None)
        reading = read_method(text, methods, original=original)
        fitting = [one for one in reading.chosen or reading.candidates if one.id in money.choices]
        if len(fitting) == 1:
            return Heard(fitting[0].id)
        if fitting:
            return Heard(prompt=_which(money, fitting))
        if asked and len(money.choices) == 1 and read_answer(text).kind is AnswerKind.YES:
            return Heard(money.choices[0])
        if reading.chosen or reading.candidates or reading.asked_for:
            named = reading.asked_for or reading.chosen[0].label if reading.chosen else reading.asked_for
            sorry = f"That can't go by {named or 'that'}. "
            return Heard(prompt=_which(money, [one for one in methods if one.id in money.choices], sorry))
        return NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        choices = (await self.money(question, run)).choices
        return choices[0] if len(choices) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if there is no method at all that could be named."""
        money = await self.money(question, run)
        methods = [one for id in money.choices for one in await question.records.methods() if one.id == id]
        if not methods:
            raise NothingToChoose(self.name)
        return _which(money, methods)


def _which(money: Money, methods: list[Method], before: str = "") -> Prompt:
    labels = [one.label[:1].upper() + one.label[1:] for one in methods]
    return Prompt(before + money.question, [buttons.said(label) for label in labels], [one.id for one in methods])


