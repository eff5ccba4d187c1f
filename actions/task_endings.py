"""What of that which waits is done with a task that was carried out: the same deed, asked for more than once."""

from collections.abc import Sequence
from typing import Any

from actions.method_slots import MethodSlot
from actions.personal import Question
from actions.registry import tasks
from actions.relevance import has_order, of_another_order, of_elsewhere
from actions.tasks import Run, Task
from support.grounding.payment_wishes import asks_balance


def still_suspended(task: Task, run: Run, suspended: Sequence[Run]) -> list[Run]:
    """The runs that go on: twins, other deeds, and the same for another order."""
    same, order = _same(task), run.values.get("order")
    return [one for one in suspended if one.twin or one.task not in same or one.values.get("order", order) != order]


async def still_wanted(
    question: Question, task: Task, run: Run, agenda: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The requests that go on: for other deeds, or naming another order.

    Whether a gift card is enough for what is done now is asked no more, unless it was just asked.
    """
    same = _same(task)
    pays = any(isinstance(slot, MethodSlot) for slot in task.slots)
    return [
        one for one in agenda
        if (one["intent"] not in same or await _of_others(question, task, run, one["text"]))
        and not (pays and asks_balance(one["text"]) and one["text"] not in question.text)
    ]


async def _of_others(question: Question, task: Task, run: Run, text: str) -> bool:
    return await of_another_order(question, run, text) or await of_elsewhere(question, task, run, text)


def _same(task: Task) -> set[str]:
    """The intents of the task and of those that its course takes for it; the profile's address is no order's."""
    return {task.intent, *(name for name in task.part_of_it if name in tasks() and has_order(tasks()[name]))}
