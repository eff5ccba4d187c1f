"""What a text has to do with a run: whether it says more of it, and whether it is about another order."""

import re
from collections.abc import Sequence

from actions import registry
from actions.clauses import Clause
from actions.order_context import names_none
from actions.personal import Question
from actions.slot_filling import ORDER, in_play
from actions.slots import NOTHING, Heard
from actions.tasks import Run, Task
from support.errors import SupportError
from support.grounding.numbered_orders import numbered
from support.grounding.pointing import points_back
from support.grounding.words import split

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_OTHER = re.compile(
    r"\b(?:in|from|of|for)\s+(?:the|my|that)\s+other\s+(?:one|order|purchase|(?:pending|delivered)\s+(?:one|order))\b",
    re.IGNORECASE,
)
_HAS_COME = re.compile(
    r"\b(?:i|we)(?:['’]ve)?\s+(?:(?:already|also)\s+)?(?:received|got)\b|\b(?:delivered|arrived)\b", re.IGNORECASE
)
_DESCRIBED = re.compile(r"\b(?:order|purchase|one)\s+(?:with|containing|that (?:has|had))\b", re.IGNORECASE)


async def tells(
    question: Question, task: Task, run: Run, text: str, *, only_known: bool = False, anew: bool = True
) -> bool:
    """Whether the text says of a part of the task, save its order, what is not known yet.

    With `only_known` it has to say another value of one that is; without `anew` the same will do.
    """
    for slot in task.slots:
        if slot.name == ORDER or not in_play(task, run, slot) or (only_known and not run.knows(slot)):
            continue
        try:
            heard = await slot.hear(question, run, text, asked=False)
        except SupportError:
            continue
        if heard.value is not None and (not anew or heard.value != run.values.get(slot.name)):
            return True
    return False


async def of_another_order(question: Question, run: Run, text: str) -> bool:
    """Whether `text` names an order of theirs by its number or by what is in it, and not that of the run.

    It does too where it speaks of "the other one", or of what has come while that is still to.
    """
    if _OTHER.search(text):
        return True
    orders, own = await question.records.orders(), run.values.get(ORDER)
    if _HAS_COME.search(text) and any(one.number == own and one.status.open for one in orders):
        return True
    named = numbered(text, orders)
    if named is None and _DESCRIBED.search(text):
        told = question.orders_in(text, orders)
        meant = told.chosen or told.candidates
        return bool(meant) and all(one.number != own for one in meant)
    return named is not None and any(one.number != own for one in named.chosen)


async def order_heard(question: Question, task: Task, run: Run, text: str) -> Heard:
    """What `text` says of the order that the task would be about; nothing for a task that is about none.

    Nothing, too, where no order of theirs can be meant at all.
    """
    slot = next((slot for slot in task.slots if slot.name == ORDER), None)
    try:
        return await slot.hear(question, run, text, asked=False) if slot is not None else NOTHING
    except SupportError:
        return NOTHING


async def of_elsewhere(question: Question, task: Task, run: Run, text: str) -> bool:
    """Whether it is about a thing that only another order has: "and the watch I ordered with a metal band"."""
    if len(parts := _SENTENCE.split(text)) > 1:
        return any([await of_elsewhere(question, task, run, part) for part in parts])
    heard = await order_heard(question, task, Run(task.intent), text)
    own = next((one for one in await question.records.all_orders() if one.number == run.values.get(ORDER)), None)
    if own is None or heard.value in (None, own.number):
        return False
    known = question.records.known_lines(own)
    return not any(known.tells_which(word.key) for word in split(text))


async def is_elsewhere(question: Question, run: Run, text: str) -> bool:
    """Whether it is plainly of another order than the run's, by its number or by a thing that only such a one has."""
    if run.values.get(ORDER) is None:
        return False
    return await of_another_order(question, run, text) or await _names_foreign(question, run, text)


async def _names_foreign(question: Question, run: Run, text: str) -> bool:
    """Whether it names the kind of a thing in another order of theirs, and none in the run's: "and the boots, too"."""
    own, keys = run.values[ORDER], [word.key for word in split(text)]
    foreign = False
    for one in await question.records.all_orders():
        known = question.records.known_lines(one)
        if one.number == own and any(known.tells_which(key) for key in keys):
            return False
        foreign = foreign or (one.number != own and any(known.is_head(key) for key in keys))
    return foreign


async def names_no_order(question: Question, task: Task, run: Run, text: str) -> bool:
    """Whether it names none: "it" is the one that it is begun for, and not what was spoken of before."""
    if await order_heard(question, task, run, text) == NOTHING:
        return True
    return points_back(text) and names_none(text, await question.records.orders())


def wants_else(task: Task, clauses: Sequence[Clause]) -> bool:
    """Whether the message wants another task, too."""
    wanted = {one.intent for one in clauses if one.sure and one.asks and one.intent in registry.tasks()}
    return bool(wanted - {task.intent})


def has_order(task: Task) -> bool:
    """Whether it is about an order."""
    return any(slot.name == ORDER for slot in task.slots)
