"""A yes to what was proposed that comes first in a message, and what else the message wants after it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions import registry
from actions.beside_yes import agrees, asks_again, is_remark, repeats_sum, says_nothing_new, with_yes_apart
from actions.changed_minds import as_wish
from actions.clauses import Clause, with_topics_joined
from actions.personal import Question
from actions.relevance import has_order, is_elsewhere, of_another_order, order_heard, tells
from actions.said_again import without_its_address
from actions.task_steps import CHANGE
from actions.tasks import AGREED, Run, Task
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.order_questions import asks_if_done

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
# "And might I add the kit to the return?"
_ADDS = re.compile(
    r"\b(?:add|include|put)\b[^.;!?]*\b(?:to|in|into|with)\s+(?:the|that|my|this)\s+(?:return|exchange|swap|request)\b|"
    r"\b(?:return|exchange|swap)\b[^.;!?]*\b(?:as well|too)\b", re.IGNORECASE,
)
# "And return the hose. How much is that?"
_OF_THAT = re.compile(
    r"\W*(?:(?:and|so)\W+)*(?:how much|what)\b[^?]*\b(?:that|it|this|them|for those)\b[^?]*\?", re.IGNORECASE
)
_SAME_FOR = re.compile(
    r"[\s,;.!]*(?:\b(?:and|also|then|please|now|do)\b[\s,]*)*\bthe same (?:(?:thing|address|change|goes) )?"
    r"(?:for|with|to)\b(?P<other>[^.;!?]+)(?:\s*(?:too|as well|please))*[\s.!?]*$", re.IGNORECASE,
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
    clauses = with_topics_joined([part for one in clauses for part in with_yes_apart(task, one)])
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
            requests.append(_of_elsewhere(clause, waiting) | {"text": " ".join([*before, clause.text])})
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


def _of_elsewhere(clause: Clause, waiting: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is said of another order as a request: what it asks for, or more to what waits."""
    request = clause.as_request()
    if asks_if_done(clause.text):
        return request | {"intent": "show_order", "confidence": 1.0}
    tasks = registry.tasks()
    orders = [one for one in waiting if one["intent"] in tasks and has_order(tasks[one["intent"]])]
    if orders and not (clause.asks and clause.intent in tasks):
        return request | {"intent": orders[0]["intent"], "confidence": orders[0]["confidence"], "adds": True}
    return request


async def same_for_another(question: Question, task: Task, run: Run, text: str) -> Run | None:
    """The run of the same for another order, where a plain yes goes on with that: "yes, and the same for HF-10432"."""
    found = _SAME_FOR.search(text)
    if run.asked != AGREED or found is None:
        return None
    answer = read_answer(text[:found.start()], verbs=task.deeds)
    heard = await order_heard(question, task, run, found["other"])
    if answer.kind is not AnswerKind.YES or answer.rest or heard.value in (None, run.values.get("order")):
        return None
    return Run(run.task, said=list(run.said), values={"order": heard.value}, twin=True)


def added(agenda: Sequence[dict[str, Any]], more: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What waits, with `more`; what one of that only adds to what waits already is told of that."""
    waiting = [dict(one) for one in agenda]
    for one in more:
        same = next((waits for waits in waiting if waits["intent"] == one["intent"]), None)
        if same is not None and (one.pop("adds", False) or _ADDS.search(one["text"])):
            same["text"] = f"{same['text']} {one['text']}"
        else:
            waiting.append(one)
    return waiting


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
