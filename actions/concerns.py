"""What the course of a task knows more of than what a clause was taken for: its money, its deed, another's record."""

import re

from actions import registry
from actions.clauses import Clause
from actions.meanings import GOODS
from actions.method_slots import MethodSlot
from actions.named_methods import METHOD
from actions.personal import Question
from actions.slot_filling import in_play
from actions.tasks import AGREED, Run, Task
from support.errors import SupportError
from support.grounding.ways_to_pay import names_way

REFUND = "refund_status"
PAYS_OTHERWISE, SENDS_ELSEWHERE = "change_order_payment", "change_order_address"
# What an address is told by
PLACE = re.compile(
    r"\d{2,}|\b(?:address|place|home|work|office|street|house|parents?|live|deliver\w*|"
    r"ship\w*|parcel)\b", re.IGNORECASE
)
_ITS_ORDER = re.compile(r"\border\b", re.IGNORECASE)


def asks_of_elsewhere(run: Run, clause: Clause) -> bool:
    """Whether it asks to know what this task cannot tell yet: "where is my refund?", "which cards have I?"."""
    if clause.intent == REFUND and names_way(clause.text):
        return False  # "the difference on my PayPal please, how much is it?"
    answered = clause.intent in registry.look_ups() and clause.intent not in GOODS
    return clause.inquires and answered and run.asked not in (None, AGREED, METHOD)


async def concerns(question: Question, task: Task, run: Run, clause: Clause) -> bool:
    """Whether the task knows more of it than what it was taken for: a method named, or its deed by another's name."""
    # "No, put it on my Visa" is about what the plan asks to be paid; "put the order on my Visa" is not
    money = run.asked in (METHOD, AGREED) and not _ITS_ORDER.search(clause.text)
    if run.asked == METHOD and clause.intent == SENDS_ELSEWHERE and not PLACE.search(clause.text):
        return True  # "it should go to that one" is about the money
    if clause.intent in registry.tasks() and not (money and clause.intent == PAYS_OTHERWISE):
        return await registry.tasks()[clause.intent].meant(question, clause.text) == task.intent
    return await names_method(question, task, run, clause.text)


async def names_method(question: Question, task: Task, run: Run, text: str) -> bool:
    """Whether the text is about by which method the task's money moves, as far as it is known what that comes to."""
    for slot in task.slots:
        if isinstance(slot, MethodSlot) and in_play(task, run, slot):
            try:
                return await slot.concerns(question, run, text)
            except SupportError:
                return False  # nothing is to be paid: it is refused
    return False
