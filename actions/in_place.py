"""What a customer wants in place of the task in hand, for the same order: an exchange and no return after all."""

import re

from actions.personal import Question
from actions.registry import tasks
from actions.relevance import order_heard
from actions.single_things import wanted_out
from actions.slot_filling import ORDER
from actions.tasks import Run, Task
from support.errors import SupportError
from support.grounding.line_reading import read_lines

# Of these an order has one at a time: whoever asks for another has thought better of the first
RIVALS = frozenset({"cancel_order", "change_order_items", "exchange_items", "return_items"})
_BESIDES = re.compile(
    r"\b(?:also|too|as well|in addition|additionally|plus|first|afterwards|another|other)\b", re.IGNORECASE
)
_IT = re.compile(r"\b(?:it|them|those|these|that one|this one|mine)\b", re.IGNORECASE)


async def rival(question: Question, task: Task, run: Run, intent: str, text: str) -> Task | None:
    """The task that is wanted in place of `task`; None if `text` asks for something beside it or for another order."""
    order = run.values.get(ORDER)
    other = tasks()[await tasks()[intent].meant(question, text)]
    if order is None or not {task.intent, other.intent} <= RIVALS or other.intent == task.intent:
        return None
    if _BESIDES.search(text):
        return None
    heard = await order_heard(question, other, Run(other.intent), text)
    same = heard.value == order or (heard.value is None and heard.prompt is None)
    return other if same else None


async def with_things_named(question: Question, run: Run, text: str) -> str:
    """`text` with the things of the run in the place of "them", if it names none itself."""
    about = {one["line"] for one in run.values.get("lines") or []} | set(run.values.get("wishes") or {})
    if not about and ORDER in run.values and run.said:
        about = {line.id for line in await wanted_out(question, run)}
    if not about:
        return text
    try:
        order = next(one for one in await question.records.all_orders() if one.number == run.values[ORDER])
        lines = (await question.records.order(order.id)).lines
    except (StopIteration, SupportError):
        return text
    if read_lines(text, lines).chosen:
        return text
    names = question.wording.listed(f"the {line.product}" for line in lines if line.id in about)
    return _IT.sub(names, text, count=1)
