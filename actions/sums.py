"""The sum of what was done in this conversation, and of what is planned, where a question asks for it."""

import re
from collections.abc import Sequence

from actions.orders_together import told_together
from actions.personal import Question
from actions.planned_money import PlannedMoney, planned_money
from actions.sum_words import Part, back, cost, of_method
from actions.supposed_cancellations import told_if_cancelled
from support.grounding.line_reading import read_lines
from support.grounding.method_reading import read_method
from support.grounding.product_reading import read_products
from support.grounding.sum_questions import SumAsked, done_asked, each_asked, sum_asked
from support.paying import done_here
from support.paying.done_here import CANCELLED, EXCHANGED, RETURNED, SWAPPED, Settled

_OTHER_DEEDS = re.compile(r"\b(?:exchang|cancel|swap|chang)\w*", re.IGNORECASE)
_EVERY = re.compile(
    r"\b(?:all|altogether|total|both|everything|together|overall|(?:the|those|these|my) (?:two|three))\b", re.IGNORECASE
)
_DEED = {
    CANCELLED: re.compile(r"\bcancel\w*", re.IGNORECASE), SWAPPED: re.compile(r"\b(?:swap|change)\w*", re.IGNORECASE),
    RETURNED: re.compile(r"\breturn\w*", re.IGNORECASE), EXCHANGED: re.compile(r"\b(?:swap|exchang)\w*", re.IGNORECASE),
}


async def sum_told(question: Question, text: str) -> str:
    """The answer to a question for a sum, "" where it asks for none or nothing here could be added up."""
    if text == question.text and (told := await told_together(question) or await told_if_cancelled(question)):
        return told
    asked = sum_asked(text)
    if asked is None and each_asked(text) and (plan := await planned_money(question)) is not None:
        return f"{plan.things}." if plan.things else ""
    if asked is None:
        return await _told_done(question, text) if done_asked(text) else ""
    plan = await planned_money(question)
    if asked is SumAsked.NEW_TOTAL:
        return _new_total(question, plan)
    done = await done_here.settled_here(question.session, question.speaker)
    if told := await _told_of_method(question, text, done):
        return told
    parts = [_of(one) for one in done]
    if plan is not None:
        parts.append(Part(plan.kind, plan.order.number, plan.amount_minor, plan.order.currency, planned=True))
    if asked is SumAsked.CHANGE:
        return cost(question, [one for one in parts if one.kind in (SWAPPED, EXCHANGED)])
    some = [one for one in parts if one.amount_minor]
    if "return" in text.lower() and not _OTHER_DEEDS.search(text):
        some = [one for one in some if one.kind == RETURNED] or some
    if len(some) < 2 and not (some and (some[0].planned or asked is SumAsked.BALANCE)):
        return ""
    return back(question, some)


async def _told_done(question: Question, text: str) -> str:
    """What those of the deeds in this conversation brought that the text names, or the last one; "" without any."""
    if (plan := await planned_money(question)) is not None:
        return await plan_told(question) if _DEED[plan.kind].search(text) else ""
    done = await done_here.settled_here(question.session, question.speaker)
    if not done:
        return ""
    if told := await _told_of_method(question, text, done):
        return told
    orders = {one.number: one for one in await question.records.orders()}
    lines = {one.order_number: (await question.records.order(orders[one.order_number].id)).lines for one in done}
    named = [
        one for one in done
        if one.order_number.lstrip("#").lower() in text.lower() or read_lines(text, lines[one.order_number]).chosen
    ]
    if not named and await names_goods(question, text):
        return ""
    every = _EVERY.search(text) is not None
    return back(question, [_of(one) for one in named or (done if every else done[-1:]) if one.amount_minor])


async def _told_of_method(question: Question, text: str, done: Sequence[Settled]) -> str:
    """What went to the payment method that the text names, and came from it; "" where it names none that was used."""
    reading = read_method(text, await question.records.methods(), asked=False)
    named = [one.label for group in reading.named for one in group] or [one.label for one in reading.chosen]
    moved = {name for one in done for name in one.by}
    told = [
        of_method(question, name, [
            Part(one.kind, one.order_number, one.by[name], one.currency) for one in done if one.by.get(name)
        ]) for name in dict.fromkeys(named) if name in moved
    ]
    return " ".join(told)


async def plan_told(question: Question) -> str:
    """What the plan that is open brings, "" where none is open or it brings nothing."""
    plan = await planned_money(question)
    if plan is None or not plan.amount_minor:
        return ""
    return back(question, [Part(plan.kind, plan.order.number, plan.amount_minor, plan.order.currency, planned=True)])


def _of(one: Settled) -> Part:
    return Part(one.kind, one.order_number, one.amount_minor, one.currency)


def _new_total(question: Question, plan: PlannedMoney | None) -> str:
    if plan is None or plan.kind != SWAPPED:
        return ""
    total = question.wording.money(plan.order.total_minor - plan.amount_minor, plan.order.currency)
    before = question.wording.money(plan.order.total_minor, plan.order.currency)
    return f"Order {plan.order.number} would come to {total} then; now it is {before}."


async def names_goods(question: Question, text: str) -> bool:
    """Whether the text names a product that the shop sells."""
    return bool(read_products(text, await question.records.products()))
