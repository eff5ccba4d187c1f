"""What is done once a yes has been carried out: the requests that the same message made, the same for another order."""

import re
from collections.abc import Sequence
from typing import Any

from actions import registry
from actions.clauses import Clause
from actions.personal import Question
from actions.relevance import has_order, order_heard
from actions.tasks import AGREED, Run, Task
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.order_questions import asks_if_done

# "And might I add the kit to the return?"
_ADDS = re.compile(
    r"\b(?:add|include|put)\b[^.;!?]*\b(?:to|in|into|with)\s+(?:the|that|my|this)\s+(?:return|exchange|swap|request)\b|"
    r"\b(?:return|exchange|swap)\b[^.;!?]*\b(?:as well|too)\b", re.IGNORECASE,
)
_SAME_FOR = re.compile(
    r"[\s,;.!]*(?:\b(?:and|also|then|please|now|do)\b[\s,]*)*\bthe same (?:(?:thing|address|change|goes) )?"
    r"(?:for|with|to)\b(?P<other>[^.;!?]+)(?:\s*(?:too|as well|please))*[\s.!?]*$", re.IGNORECASE,
)


def of_elsewhere_as_request(clause: Clause, waiting: Sequence[dict[str, Any]]) -> dict[str, Any]:
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
