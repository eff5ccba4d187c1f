"""What of that which waits is done with a task that was carried out: the same deed, asked for more than once."""

import re
from collections.abc import Sequence
from typing import Any

from actions.method_slots import MethodSlot
from actions.personal import Question
from actions.registry import tasks
from actions.relevance import has_order, is_elsewhere, of_another_order, of_elsewhere
from actions.tasks import Run, Task
from support.grounding.goods_questions import asks_how_much
from support.grounding.payment_wishes import asks_balance
from support.grounding.sum_questions import sum_asked
from support.grounding.ways_to_pay import names_way

_OF_MONEY = frozenset({"show_payment_methods", "faq", "refund_status"})
_OF_IT = re.compile(r"\b(?:it|that|this|the (?:money|refund|difference|[\w ]{0,14}payment))\b", re.IGNORECASE)
_DOES = re.compile(
    r"\b(?:exchang|swap|chang|return|cancel|send|ship|deliver|pay|charg|make|want|like|refund|should|please|"
    r"instead|add)\w*\b", re.IGNORECASE,
)


def still_suspended(task: Task, run: Run, suspended: Sequence[Run]) -> list[Run]:
    """The runs that go on: twins, other deeds, and the same for another order."""
    same, order = _same(task), run.values.get("order")
    return [one for one in suspended if one.twin or one.task not in same or one.values.get("order", order) != order]


async def still_wanted(
    question: Question, task: Task, run: Run, agenda: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The requests that go on: for other deeds, or naming another order.

    What was only said beside what is done now is asked no more: whether a gift card is enough for it, by what its money
    moves, what it brings, why it is wanted ("I don't need them any more"). Only what was just asked is.
    """
    same = _same(task)
    pays = any(isinstance(slot, MethodSlot) for slot in task.slots)
    return [
        one for one in agenda
        if (one["intent"] not in same or await _of_others(question, task, run, one["text"]))
        and not (pays and one["text"] not in question.text and await _beside(question, run, one))
    ]


async def _beside(question: Question, run: Run, waits: dict[str, Any]) -> bool:
    """Whether it was no more than said beside the run, which has taken up what there was to it."""
    text, intent = str(waits["text"]), waits["intent"]
    if asks_balance(text):
        return True
    if await is_elsewhere(question, run, text):
        return False
    asks = text.rstrip().endswith("?")
    if asks and intent in _OF_MONEY and names_way(text) and _OF_IT.search(text):
        return True  # "and can it go on my PayPal?", which the plan has told
    if asks:
        return asks_how_much(text) and sum_asked(text) is None
    if intent in _OF_MONEY and names_way(text):
        return True
    deed = tasks().get(intent)
    return deed is not None and has_order(deed) and not _DOES.search(text) and not names_way(text)


async def _of_others(question: Question, task: Task, run: Run, text: str) -> bool:
    return await of_another_order(question, run, text) or await of_elsewhere(question, task, run, text)


def _same(task: Task) -> set[str]:
    """The intents of the task and of those that its course takes for it; the profile's address is no order's."""
    return {task.intent, *(name for name in task.part_of_it if name in tasks() and has_order(tasks()[name]))}
