"""A customer's returns and exchanges, and how each stands."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.order_asked import named_orders
from actions.personal import PersonalAction, Question
from actions.return_words import KIND, told
from actions.sums import sum_told
from actions.supposed_returns import told_supposed
from actions.wording import numbered
from support.errors import NotFound
from support.models.conversations import Level
from support.models.returns import ReturnKind, ReturnStatus
from support.paying import refunds
from support.paying.refunds import ReturnSeen

SHOWN = 5
_OPEN = re.compile(r"\b(?:open|pending|current|ongoing|running|waiting|still|active|not settled)\b", re.IGNORECASE)


class ShowReturns(PersonalAction):
    intent = "show_returns"
    wanted = "your returns"
    needs = Level.ORDER_HOLDER

    def name(self) -> str:
        return "action_show_returns"

    async def answer(self, question: Question) -> list[EventType]:
        if summed := await sum_told(question, question.text):
            question.say(summed)
            return []
        if await told_supposed(question):
            return []
        every = await refunds.returns_of(question.session, question.speaker)
        found = await _asked_for(question, every)
        if not found:
            none = "No return or exchange of yours is like that." if every else "You haven't sent anything back so far."
            offers = [buttons.ORDERS, buttons.said("Return something")]
            question.say(f"{none} What has been delivered can come back.", *offers)
            return []
        words = question.wording
        rest = len(found) - SHOWN
        more = f"\nand {words.count(rest, 'older one')}." if rest > 0 else ""
        listed = numbered(told(words, one) for one in found[:SHOWN])
        text = told(words, found[0]) if len(found) == 1 else f"{_counted(question, found)}:\n{listed}{more}"
        waiting = [one for one in found if one.status is ReturnStatus.REQUESTED]
        offers = [buttons.said(f"Call off {KIND[one.kind]} {one.reference}") for one in waiting[:2]]
        question.say(text, *offers, buttons.ORDERS)
        numbers = {one.order_number for one in found}
        return [SlotSet("order_number", numbers.pop())] if len(numbers) == 1 else []


async def _asked_for(question: Question, every: tuple[ReturnSeen, ...]) -> list[ReturnSeen]:
    """Those of the kind, the standing and the orders that the message speaks of."""
    asked = question.text.casefold()
    found = [one for one in every if one.reference.casefold() in asked] or list(every)
    try:
        orders = {one.id for one in await named_orders(question)}
    except NotFound:
        orders = set()
    if theirs := [one for one in found if one.order_id in orders]:
        found = theirs
    if "exchange" in asked and "return" not in asked:
        found = [one for one in found if one.kind is ReturnKind.EXCHANGE]
    if _OPEN.search(asked):
        found = [one for one in found if one.status is ReturnStatus.REQUESTED]
    return found


def _counted(question: Question, found: list[ReturnSeen]) -> str:
    sums = {kind: sum(one.kind is kind for one in found) for kind in ReturnKind}
    counts = [question.wording.count(count, KIND[kind]) for kind, count in sums.items() if count]
    return f"You have {question.wording.listed(counts)}"
