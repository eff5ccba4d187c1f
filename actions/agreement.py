"""A yes to what was proposed that comes first in a message, and what else the message wants after it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions import registry
from actions.after_yes import of_elsewhere_as_request
from actions.beside_yes import agrees, asks_again, is_remark, repeats_sum, says_nothing_new, with_yes_apart
from actions.changed_minds import as_wish
from actions.clauses import Clause
from actions.personal import Question
from actions.relevance import has_order, is_elsewhere, of_another_order, tells
from actions.said_again import without_its_address
from actions.task_steps import CHANGE
from actions.tasks import AGREED, Run, Task
from support.grounding.answer_reading import AnswerKind, read_answer

# A question that the yes may hang on: "is that really all?", "how much is it first?"
_HANGS_ON = re.compile(
    r"\b(?:but|first|before|wait|really|sure|exactly|is (?:that|it|this)|only|unless|"
    r"(?:is|are) there (?:no|not|none|really)|(?:is|are)n['’]t there)\b", re.IGNORECASE
)
# "Is the green one no dearer than mine?"
_OF_WHAT_IS_PLANNED = re.compile(
    r"\W*(?:(?:and|so|just|ok|then)\W+|(?:just )?to be sure\W+)*(?:is|are|does|do|will|would|has|have)(?:n['’]?t)?\s+"
    r"(?:it|that|this|they|those|these|the|my)\b(?!\s+(?:shop|store|parcel|money|refund|delivery)\b)", re.IGNORECASE,
)
VERY_SURE = 0.85
_BEYOND = re.compile(
    r"\b(?:altogether|together|so far|end up|in the end|in total|total|both|in all|all in all|"
    r"sum|overall|combined|left on|still on|balance|afterwards|on (?:the|my) (?:gift ?)?card)\b",
    re.IGNORECASE,
)
# "Yes please, and since that one stays: the kettle in it needs to work on gas"
_NEXT = re.compile(
    r"\W*(?:and\W+)?(?:since|as|now that|while you(?:['’]re| are) at it|next|after that)\b", re.IGNORECASE
)
_TELL_ME = re.compile(r"\W*(?:(?:and|then|so|please|also)\s+)*(?:tell me|let me know)\W*", re.IGNORECASE)
_LINK = re.compile(r"\W*(?:(?:next|then|and|now|also|so|ok(?:ay)?|after that|first)\b\W*)+", re.IGNORECASE)
_THEN = re.compile(r"\W*(?:(?:and|ok|so)\s+)?(?:then|after (?:that|this)|afterwards|next)\b", re.IGNORECASE)
# "And return the hose. How much is that?"
_OF_THAT = re.compile(
    r"\W*(?:(?:and|so)\W+)*(?:how much|what)\b[^?]*\b(?:that|it|this|them|for those)\b[^?]*\?", re.IGNORECASE
)
_AMOUNT = re.compile(r"\b(?:much|cost|costs|price|fees?|charged?|free|pay)\b", re.IGNORECASE)


async def agreed_to(
    question: Question, task: Task, run: Run, clauses: Sequence[Clause], waiting: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]] | None:
    """The requests after the plain yes that the message begins with, as the slot `agenda` keeps them.

    None if it does not begin with one, or what follows may be about what was proposed. `waiting` is what that slot
    keeps already.
    """
    if run.asked != AGREED or not clauses:
        return None
    clauses = await without_its_address(question, run, clauses)
    clauses = [part for one in clauses for part in with_yes_apart(task, one)]
    clauses = [await _without_deed_again(question, task, run, one) for one in clauses]
    plainly = next((place for place, one in enumerate(clauses) if agrees(task, one)), 0)
    before_it = clauses[:plainly]
    if plainly and (is_remark(before_it) or await says_nothing_new(question, task, run, before_it)):
        clauses = clauses[plainly:]
    elif plainly and plainly == len(clauses) - 1 and await _wants_besides(question, task, run, before_it):
        clauses = [clauses[plainly], *(one for one in before_it if not read_answer(one.text).waits)]
    clauses = [*_parted(task, clauses[0]), *clauses[1:]]
    yes = 0
    while yes < len(clauses) and agrees(task, clauses[yes]):
        yes += 1
    then = clauses[yes:]
    # "Right. You know what, ..." agrees to nothing
    if not yes or (then and all(read_answer(one.text, verbs=task.deeds).weak for one in clauses[:yes])):
        return None
    requests: list[dict[str, Any]] = []
    before: list[str] = []
    beyond = any(_BEYOND.search(one.text) for one in then)
    told = [
        one for one in then
        if not (
            _TELL_ME.fullmatch(one.text) or _LINK.fullmatch(one.text) or asks_again(one.text)
            or repeats_sum(question, run, one.text)
        )
    ]
    for clause in [await as_wish(question, one) for one in told]:
        if await is_elsewhere(question, run, clause.text):
            requests.append(of_elsewhere_as_request(clause, waiting) | {"text": " ".join([*before, clause.text])})
            before = []
        elif (beyond and clause.inquires and _AMOUNT.search(clause.text)) or await _stands_alone(
            question, task, run, clause
        ):
            requests.append({**clause.as_request(), "text": " ".join([*before, clause.text])})
            before = []
        elif requests and (not clause.inquires or _OF_THAT.match(clause.text)):
            requests[-1]["text"] += f" {clause.text}"
        elif not _THEN.match(clause.text) and (
            hangs_on(clause.text) or await tells(question, task, run, clause.text)
        ):
            return None
        elif clause.asks or _THEN.match(clause.text):
            requests.append({**clause.as_request(), "text": " ".join([*before, clause.text])})
            before = []
        else:
            before.append(clause.text)
    return None if before else requests


async def _wants_besides(question: Question, task: Task, run: Run, clauses: Sequence[Clause]) -> bool:
    """Whether each of them wants something else, before a yes at the end: "and that is my new default. But yes"."""
    return all([
        read_answer(one.text).waits or await _stands_alone(question, task, run, one) for one in clauses
    ])


def hangs_on(question: str) -> bool:
    """Whether a yes beside it may depend on what is answered."""
    if _HANGS_ON.search(question) or _OF_WHAT_IS_PLANNED.match(question):
        return True
    return bool(_AMOUNT.search(question)) and not _BEYOND.search(question)


def agrees_to_nothing(task: Task, run: Run, text: str, questions: Sequence[Clause], *, others: bool) -> bool:
    """Whether a yes is none, beside a question that it hangs on ("but is that all?"), or as mere manners ("right").

    `others` tells that the message wants other tasks as well.
    """
    if run.asked != AGREED:
        return False
    answer = read_answer(text, verbs=task.deeds)
    weak = bool(others or questions) and answer.weak
    return weak or (answer.kind is AnswerKind.YES and any(hangs_on(clause.text) for clause in questions))


def declines(task: Task, run: Run, text: str) -> bool:
    """Whether it is a no to what was proposed, and nothing more: then what else the message wants takes its place."""
    said = read_answer(text, verbs=task.deeds)
    return run.asked in (AGREED, CHANGE) and said.kind is AnswerKind.NO and not said.rest


async def _without_deed_again(question: Question, task: Task, run: Run, clause: Clause) -> Clause:
    """The clause; a yes that says once more what is planned as that yes: "yes, please exchange the lamp like that"."""
    answer = read_answer(clause.text, verbs=task.deeds)
    if answer.kind is not AnswerKind.YES or not answer.rest or answer.corrects:
        return clause
    deeds = "|".join(task.deeds)
    again = re.match(rf"\W*(?:please\s+|just\s+)*(?:{deeds})\s+(?:the|my|that|both)\b", answer.rest, re.IGNORECASE)
    place = clause.text.find(answer.rest)
    if again is None or place <= 0 or await tells(question, task, run, answer.rest):
        return clause
    if await is_elsewhere(question, run, answer.rest):
        return clause
    return replace(clause, text=clause.text[:place].strip(" ,"))


def _parted(task: Task, clause: Clause) -> list[Clause]:
    """The clause; a yes with another deed after it in the same breath as two: "yes, and pay it with my Visa"."""
    answer = read_answer(clause.text, verbs=task.deeds)
    place = clause.text.find(answer.rest) if answer.rest else 0
    another = clause.sure and clause.intent in registry.tasks() and clause.intent != task.intent
    another = another or _NEXT.match(answer.rest) is not None
    if answer.kind is not AnswerKind.YES or answer.corrects or place <= 0 or not another:
        return [clause]
    return [replace(clause, text=clause.text[:place].strip()), replace(clause, text=answer.rest)]


async def _stands_alone(question: Question, task: Task, run: Run, clause: Clause) -> bool:
    """Whether it is a wish or a question of its own."""
    if _HANGS_ON.search(clause.text):
        return False
    if clause.intent in registry.tasks() and (clause.confidence >= VERY_SURE or (clause.sure and clause.asks)):
        other = registry.tasks()[await registry.tasks()[clause.intent].meant(question, clause.text)]
        related = other.intent == task.intent or (other.intent in task.part_of_it and has_order(other))
        return not related or await of_another_order(question, run, clause.text)
    if not clause.inquires or hangs_on(clause.text):
        return False
    return clause.sure or bool(_BEYOND.search(clause.text))
