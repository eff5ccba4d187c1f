"""A yes to what was proposed that comes first in a message, and what else the message wants after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions import registry
from actions.clauses import Clause
from actions.personal import Question
from actions.tasks import AGREED, Run, Task
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.numbered_orders import numbered

# A question that the yes may hang on: "is that really all?", "how much is it first?"
_HANGS_ON = re.compile(
    r"\b(?:but|first|before|wait|really|sure|exactly|is (?:that|it|this)|only|unless)\b", re.IGNORECASE
)
_BEYOND = re.compile(r"\b(?:altogether|in total|total|both|in all|all in all|sum|overall|combined)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\b(?:much|cost|costs|price|fees?|charged?|free|pay)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Agreement:
    """A plain yes; `then` are the clauses after it, each of which asks for something else."""

    then: tuple[Clause, ...]


async def agreement(question: Question, task: Task, run: Run, clauses: Sequence[Clause]) -> Agreement | None:
    """The yes that the message begins with, if nothing after it can be about what was proposed."""
    if run.asked != AGREED or not clauses:
        return None
    yes = 0
    while yes < len(clauses) and _agrees(task, clauses[yes]):
        yes += 1
    then = clauses[yes:]
    if then and all(read_answer(one.text, verbs=task.deeds).weak for one in clauses[:yes]):
        return None  # "Right. You know what, ..." agrees to nothing
    if not yes or not all([await _stands_alone(question, task, run, clause) for clause in then]):
        return None
    return Agreement(tuple(then))


def hangs_on(question: str) -> bool:
    """Whether a yes beside it may depend on what is answered."""
    if _HANGS_ON.search(question):
        return True
    return bool(_AMOUNT.search(question)) and not _BEYOND.search(question)


async def of_another_order(question: Question, run: Run, text: str) -> bool:
    """Whether `text` names an order of theirs by its number, and not that of the run."""
    named = numbered(text, await question.records.orders())
    return named is not None and any(one.number != run.values.get("order") for one in named.chosen)


def _agrees(task: Task, clause: Clause) -> bool:
    answer = read_answer(clause.text, verbs=task.deeds)
    return answer.kind is AnswerKind.YES and not answer.rest and not answer.corrects


async def _stands_alone(question: Question, task: Task, run: Run, clause: Clause) -> bool:
    """Whether it is a wish or a question of its own."""
    if _HANGS_ON.search(clause.text):
        return False
    if clause.intent in registry.tasks() and clause.sure and clause.asks:
        related = clause.intent == task.intent or clause.intent in task.part_of_it
        return not related or await of_another_order(question, run, clause.text)
    if not clause.inquires or hangs_on(clause.text):
        return False
    return clause.sure or bool(_BEYOND.search(clause.text))
