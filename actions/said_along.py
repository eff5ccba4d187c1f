"""What waits on the agenda, and only tells by which method the money of the task shall move."""

import re

from actions.personal import Question
from actions.registry import tasks
from actions.relevance import of_another_order
from actions.tasks import Run
from support.grounding.method_reading import read_method
from support.grounding.payment_wishes import asks_balance
from support.grounding.ways_to_pay import ruled_out

AGENDA = "agenda"
# "The watch in black. Please use my Visa for it" pays no order anew
_OF_ORDER = re.compile(r"\b(?:orders?|payments?|paid|pay(?:ing)? for|instead|whole|methods?|purchase)\b", re.IGNORECASE)
_PAID_BY = re.compile(
    r"\b(?:the|that|same) (?:card|one|method|way|account) (?:that )?(?:i|we) (?:have )?(?:paid|used|bought)[^.,;!?]*|"
    r"\bwhat (?:i|we) paid (?:it|that|this|the order)? ?with", re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:whole|entire|the|my|this|that) order\b", re.IGNORECASE)


def of_what_is_changed(text: str) -> bool:
    """Whether a wish to pay some way, beside one to change things, is for what these cost: "use my Visa for it"."""
    return _OF_ORDER.search(_PAID_BY.sub(" ", text)) is None


async def methods_said_along(question: Question, run: Run) -> list[str]:
    """Texts that wait and name a method: "return the lamp. I want the money on my Mastercard"."""
    task = tasks()[run.task]
    found = []
    for waits in question.tracker.slots.get(AGENDA) or []:
        text = str(waits["text"])
        about = waits["intent"] in task.part_of_it or waits["intent"] == "faq"
        balance = asks_balance(text) and not ruled_out(text)
        if not about or _OWN.search(text) or balance or await of_another_order(question, run, text):
            continue
        reading = read_method(text, await question.records.methods(), asked=False)
        if reading.chosen or reading.candidates or reading.asked_for:
            found.append(text)
    return found
