"""What is wrong with an order: the problem, and the orders and lines that it can be about."""

from dataclasses import dataclass, replace
from typing import Any

from actions import buttons
from actions.line_slots import EVERYTHING, LinesSlot, lines_of, listing
from actions.order_slots import OrderSlot, order_of
from actions.own_word_slots import OwnWordsSlot
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.task_steps import CHANGE
from actions.tasks import AGREED, Run
from support.care import reports
from support.grounding.problem_reading import Problem, about, read_problem
from support.models.cases import CaseKind

CHOICES = {
    "It arrived damaged": Problem.DAMAGED, "It is the wrong thing": Problem.WRONG,
    "Something is missing": Problem.MISSING, "It has not arrived": Problem.ABSENT,
}
_REPORTED = frozenset().union(*reports.FITS.values())
ARRIVED = reports.FITS[CaseKind.DAMAGED]
_ASKING = frozenset({"report", "reporting", "problem", "problems", "issue", "issues", "trouble", "unfortunately"})


@dataclass(frozen=True)
class ProblemSlot(Slot):
    """One of `Problem`; of several that a text tells of, each becomes a case of its own."""

    name: str = "problem"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        chosen = read_problem(text).chosen
        return Heard(chosen[0].value, others=[one.value for one in chosen[1:]]) if chosen else NOTHING

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return Prompt("I'm sorry about that. What is wrong?", [buttons.said(title) for title in CHOICES])


@dataclass(frozen=True)
class ReportedOrderSlot(OrderSlot):
    """The order with the problem: of those that have come as far as such a problem needs."""

    purpose: str = "report"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        return await self._for(run).hear(question, run, text, asked=asked)

    async def assume(self, question: Question, run: Run) -> Any:
        slot = self._for(run)
        if run.values.get("problem") == Problem.ABSENT:
            slot = replace(slot, fitting=reports.FITS[CaseKind.LATE])
        return await slot.assume(question, run)

    async def prompt(self, question: Question, run: Run) -> Prompt:
        found = await self._for(run).prompt(question, run)
        return replace(found, text=found.text.replace("Which order do you want to report?", "Which order is it about?"))

    def _for(self, run: Run) -> OrderSlot:
        problem = run.values.get("problem", Problem.ABSENT)
        # What has not come may also be what the carrier says is delivered
        fitting = _REPORTED if problem == Problem.ABSENT else reports.FITS[CaseKind(problem)]
        return OrderSlot(fitting=fitting, purpose=self.purpose)


@dataclass(frozen=True)
class ReportedLinesSlot(LinesSlot):
    """The lines with the problem; what never came is all of an order unless lines are named."""

    async def needed(self, question: Question, run: Run) -> bool:
        return run.values.get("problem") != Problem.LATE

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        problem = run.values.get("problem")
        return await super().hear(question, run, about(text, Problem(problem)) if problem else text, asked=asked)

    async def assume(self, question: Question, run: Run) -> Any:
        lines = await lines_of(question, run)
        whole = run.values.get("problem") == Problem.ABSENT
        return [{"line": line.id, "quantity": None} for line in lines] if whole or len(lines) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        order = await order_of(question, run)
        asked = {
            Problem.DAMAGED.value: "is damaged", Problem.WRONG.value: "is not what you ordered",
        }.get(run.values.get("problem", ""), "is missing")
        found = listing(question.wording, await lines_of(question, run), f"What of order {order.number} {asked}?")
        return Prompt(found.text, [*found.buttons, buttons.said(EVERYTHING)], found.shown)


@dataclass(frozen=True)
class ProblemWordsSlot(OwnWordsSlot):
    """What they say of it; what has not come needs no more words than that."""

    asked_as: str = "What exactly is wrong with it? A sentence in your own words is enough."
    besides: frozenset[str] = _ASKING
    after: tuple[str, ...] = ("problem",)
    grows: bool = True

    async def assume(self, question: Question, run: Run) -> Any:
        absent = run.values.get("problem") in (Problem.LATE, Problem.ABSENT)
        return "\n".join(run.said) if absent and run.said else None

    def _grown(self, run: Run, known: str, text: str) -> str | None:
        waits = run.asked in (AGREED, CHANGE) and text not in known and "?" not in text
        return f"{known}\n{text.strip()}" if waits and read_problem(text).chosen else super()._grown(run, known, text)

    def _tells(self, text: str) -> bool:
        return text.strip() not in CHOICES and bool(read_problem(text).chosen) and super()._tells(text)


async def case_kind(question: Question, run: Run) -> CaseKind:
    """The kind of case that it comes to: what has not come is late, or missing if the order is said to be delivered."""
    problem = Problem(run.values["problem"])
    if problem is not Problem.ABSENT:
        return CaseKind(problem.value)
    return CaseKind.MISSING if (await order_of(question, run)).status in ARRIVED else CaseKind.LATE
