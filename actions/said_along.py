"""What waits on the agenda, and only tells by which method the money of the task shall move."""

import re

from actions.personal import Question
from actions.registry import tasks
from actions.relevance import of_another_order
from actions.tasks import Run
from support.grounding.method_reading import read_method
from support.grounding.payment_wishes import asks_balance

AGENDA = "agenda"
_OWN = re.compile(r"\b(?:whole|entire|the|my|this|that) order\b", re.IGNORECASE)
# What shall pay or be paid by none of this: "I don't want to use my Visa for it"
WAY = r"(?:(?:my|the|that|a|any) )?(?:gift ?card|pay ?pal|visa|master ?card|amex|(?:credit |debit )?card|wallet)"
RULES_OUT = re.compile(
    rf"\b(?:nothing|not|never)(?: a cent)? (?:by|on|onto|via|with|from|to|through) {WAY}\b|"
    rf"(?:n['’]t|\bnot|\bnever) (?:(?:want|like|wish|need)(?: you)? to )?(?:use|touch|charge|take|pay (?:it |that )?"
    rf"(?:with|by|from)) {WAY}\b", re.IGNORECASE,
)


async def methods_said_along(question: Question, run: Run) -> list[str]:
    """Texts that wait and name a method: "return the lamp. I want the money on my Mastercard"."""
    task = tasks()[run.task]
    found = []
    for waits in question.tracker.slots.get(AGENDA) or []:
        text = str(waits["text"])
        about = waits["intent"] in task.part_of_it or waits["intent"] == "faq"
        balance = asks_balance(text) and not RULES_OUT.search(text)
        if not about or _OWN.search(text) or balance or await of_another_order(question, run, text):
            continue
        reading = read_method(text, await question.records.methods(), asked=False)
        if reading.chosen or reading.candidates or reading.asked_for:
            found.append(text)
    return found
