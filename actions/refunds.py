"""Where a customer's money is that comes back."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.order_asked import named_orders
from actions.personal import PersonalAction, Question
from actions.sums import plan_told, sum_told
from actions.supposed_returns import told_supposed
from actions.wording import numbered
from support.errors import NotFound
from support.formatting import plural
from support.grounding.sum_questions import sum_asked
from support.models.conversations import Level
from support.paying import refunds
from support.paying.refunds import Refund, Refunds, ToArrive

SHOWN = 5
_SUM = re.compile(r"\b(?:how much|total|altogether|in all|sum)\b", re.IGNORECASE)


# What will come back, not what is on its way or came already
_WILL_BRING = re.compile(
    r"\b(?:how much|what)\b(?!.*\b(?:did|was|were|already|so far)\b)[^?.;]*\b(?:back|refund(?:ed)?)\b", re.IGNORECASE
)
_BRING_MONEY = frozenset({"cancel_order", "change_order_items", "exchange_items", "return_items"})


class RefundStatus(PersonalAction):
    intent = "refund_status"
    wanted = "where your refund is"
    needs = Level.ORDER_HOLDER

    def name(self) -> str:
        return "action_refund_status"

    async def answer(self, question: Question) -> list[EventType]:
        if told := await sum_told(question, question.text):
            question.say(told)
            return []
        if await told_supposed(question) or _told_by_plan(question):
            return []
        if _WILL_BRING.search(question.text) and (told := await plan_told(question)):
            question.say(told)
            return []
        try:
            orders = await named_orders(question)
        except NotFound:
            orders = []
        order = orders[0] if len(orders) == 1 else None
        found = await refunds.refunds_of(
            question.session, question.speaker, order.id if order else None, business=question.business, at=question.at
        )
        offers = [buttons.ORDERS]
        if any(one.overdue for one in found.refunds):
            offers.insert(0, buttons.PERSON)
        if not found.refunds and not found.to_arrive:
            where = f" for your order {order.number}" if order else ""
            question.say(
                f"There is no refund on its way to you{where}, and none was made. Money goes back when an order is "
                "cancelled, or when a return has reached us.", *offers, buttons.PERSON,
            )
        else:
            question.say(_told(question, found), *offers)
        numbers = {one.order_number for one in found.refunds} | {one.order_number for one in found.to_arrive}
        return [SlotSet("order_number", numbers.pop())] if len(numbers) == 1 else []


def _told_by_plan(question: Question) -> bool:
    """Whether it asks what something brings that the same message asks for: the plan of that will tell."""
    if not _WILL_BRING.search(question.text) and sum_asked(question.text) is None:
        return False
    waits = {one["intent"] for one in question.tracker.slots.get("agenda") or []}
    under_way = (question.tracker.slots.get("task") or {}).get("task")
    beside = len(question.tracker.latest_message.get("clauses") or []) > 1
    return not _BRING_MONEY.isdisjoint(waits) or (under_way in _BRING_MONEY and beside)


def _told(question: Question, found: Refunds) -> str:
    """What is on its way first, then what has yet to arrive, then what is there."""
    coming = [one for one in found.refunds if one.settled_at is None]
    there = [one for one in found.refunds if one.settled_at is not None]
    told = [
        *(_coming(question, one) for one in coming),
        *(_to_arrive(question, one, found.refund_days) for one in found.to_arrive),
        *(_there(question, one) for one in there),
    ]
    rest = len(told) - SHOWN
    more = f"\nand {question.wording.count(rest, 'older one')}." if rest > 0 else ""
    listed = told[0] if len(told) == 1 else numbered(told[:SHOWN])
    sums = _sums(question, coming, found.to_arrive) if _SUM.search(question.text) and len(told) > 1 else ""
    return f"{sums}{listed}{more}"


def _sums(question: Question, coming: list[Refund], to_arrive: tuple[ToArrive, ...]) -> str:
    totals: dict[str, int] = {}
    every: list[Refund | ToArrive] = [*coming, *to_arrive]
    for one in every:
        totals[one.currency] = totals.get(one.currency, 0) + one.amount_minor
    if not any(totals.values()):
        return ""
    words = question.wording
    return f"{words.listed(words.money(minor, currency) for currency, minor in totals.items())} are to come in all.\n"


def _coming(question: Question, one: Refund) -> str:
    words = question.wording
    sent = (
        f"{words.money(one.amount_minor, one.currency)} for order {one.order_number} went off to your {one.method} on "
        f"{words.day(one.at)}"
    )
    if one.overdue:
        return f"{sent} and should have been there by {words.day(one.expected_on)}. I'm sorry that it is late."
    return f"{sent} and should be there by {words.day(one.expected_on)}."


def _there(question: Question, one: Refund) -> str:
    words = question.wording
    day = f" on {words.day(one.settled_at)}" if one.settled_at else ""
    return f"{words.money(one.amount_minor, one.currency)} for order {one.order_number} reached your {one.method}{day}."


def _to_arrive(question: Question, one: ToArrive, days: int) -> str:
    words = question.wording
    if not one.amount_minor:
        return f"Your {one.kind} {one.reference} from order {one.order_number} brings no money: both cost the same."
    return (
        f"{words.money(one.amount_minor, one.currency)} for order {one.order_number} go to your {one.method} within "
        f"{plural(days, 'working day')} after your {one.kind} {one.reference} has reached us; it was asked for on "
        f"{words.day(one.requested_at)}."
    )
