"""The sum of what was done in this conversation, and of what is planned, where a question asks for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.orders_together import told_together
from actions.personal import Question
from actions.planned_money import PlannedMoney, planned_money
from actions.supposed_cancellations import told_if_cancelled
from support.grounding.line_reading import read_lines
from support.grounding.method_reading import read_method
from support.grounding.product_reading import read_products
from support.grounding.sum_questions import SumAsked, done_asked, each_asked, sum_asked
from support.paying import done_here
from support.paying.done_here import CANCELLED, EXCHANGED, RETURNED, SWAPPED, Settled

_EVERY = re.compile(r"\b(?:all|altogether|total|both|everything|together|overall)\b", re.IGNORECASE)
_WHAT = {CANCELLED: "cancelling", SWAPPED: "the change of", RETURNED: "the return from", EXCHANGED: "the exchange in"}
_DEED = {
    CANCELLED: re.compile(r"\bcancel\w*", re.IGNORECASE), SWAPPED: re.compile(r"\b(?:swap|change)\w*", re.IGNORECASE),
    RETURNED: re.compile(r"\breturn\w*", re.IGNORECASE), EXCHANGED: re.compile(r"\b(?:swap|exchang)\w*", re.IGNORECASE),
}


@dataclass(frozen=True)
class _Part:
    """One deed with what it brings; `planned` is one that waits for a yes."""

    kind: str
    order: str
    amount_minor: int
    currency: str
    planned: bool = False


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
        parts.append(_Part(plan.kind, plan.order.number, plan.amount_minor, plan.order.currency, planned=True))
    if asked is SumAsked.CHANGE:
        return _cost(question, [one for one in parts if one.kind in (SWAPPED, EXCHANGED)])
    some = [one for one in parts if one.amount_minor]
    if "return" in text.lower() and "exchang" not in text.lower():
        some = [one for one in some if one.kind == RETURNED] or some
    if len(some) < 2 and not (some and some[0].planned and asked is SumAsked.BACK):
        return ""
    return _back(question, some)


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
    return _back(question, [_of(one) for one in named or (done if every else done[-1:]) if one.amount_minor])


async def _told_of_method(question: Question, text: str, done: Sequence[Settled]) -> str:
    """What went to the payment method that the text names, and came from it; "" where it names none that was used."""
    chosen = read_method(text, await question.records.methods(), asked=False).chosen
    names = {method.label for method in chosen} & {name for one in done for name in one.by}
    if len(names) != 1:
        return ""
    (name,) = names
    parts = [_Part(one.kind, one.order_number, one.by[name], one.currency) for one in done if one.by.get(name)]
    if not any(one.amount_minor > 0 for one in parts):
        return ""
    return _back(question, parts).replace("You get", f"To your {name} you get", 1)


async def plan_told(question: Question) -> str:
    """What the plan that is open brings, "" where none is open or it brings nothing."""
    plan = await planned_money(question)
    if plan is None or not plan.amount_minor:
        return ""
    return _back(question, [_Part(plan.kind, plan.order.number, plan.amount_minor, plan.order.currency, planned=True)])


def _of(one: Settled) -> _Part:
    return _Part(one.kind, one.order_number, one.amount_minor, one.currency)


def _new_total(question: Question, plan: PlannedMoney | None) -> str:
    if plan is None or plan.kind != SWAPPED:
        return ""
    total = question.wording.money(plan.order.total_minor - plan.amount_minor, plan.order.currency)
    before = question.wording.money(plan.order.total_minor, plan.order.currency)
    return f"Order {plan.order.number} would come to {total} then; now it is {before}."


def _back(question: Question, parts: Sequence[_Part]) -> str:
    """What comes back in all; what is to be paid is told beside it, with what remains."""
    to_them = [one for one in parts if one.amount_minor > 0]
    from_them = [one for one in parts if one.amount_minor < 0]
    if not to_them:
        return _cost(question, from_them)
    get = "would get" if any(one.planned for one in to_them) else "get"
    if len(to_them) == 1:
        told = f"You {get} back {_listed(question, to_them)}."
    else:
        told = f"You {get} back {_sum(question, to_them)} in all: {_listed(question, to_them)}."
    if not from_them:
        return told
    pay = "would pay" if any(one.planned for one in from_them) else "pay"
    net = _totals(parts)
    rest = _money(question, {currency: abs(minor) for currency, minor in net.items()})
    left = f" Together that leaves you {rest}." if all(minor >= 0 for minor in net.values()) else ""
    owed = f" Together that is {rest} to pay." if all(minor <= 0 for minor in net.values()) else ""
    return f"{told} And you {pay} {_listed(question, from_them)}.{left or owed}"


def _cost(question: Question, parts: Sequence[_Part]) -> str:
    """What the swaps cost more or less, together if there are several."""
    if not parts:
        return ""
    would = "would be" if any(one.planned for one in parts) else "is"
    told = question.wording.listed(
        f"{question.wording.money(abs(minor), currency)} {'less' if minor > 0 else 'more'} than before"
        for currency, minor in _totals(parts).items() if minor
    )
    of_each = f": {_listed(question, parts)}" if len(parts) > 1 else f", for order {parts[0].order}"
    return f"That {would} {told}{of_each}." if told else f"It {would} the same as before{of_each}."


def _listed(question: Question, parts: Sequence[_Part]) -> str:
    words = question.wording
    return words.listed(
        f"{words.money(abs(one.amount_minor), one.currency)} for {_WHAT[one.kind]} order {one.order}"
        f"{', once you say yes to it' if one.planned and len(parts) > 1 else ''}" for one in parts
    )


def _sum(question: Question, parts: Sequence[_Part]) -> str:
    return _money(question, _totals(parts))


def _totals(parts: Sequence[_Part]) -> dict[str, int]:
    """{currency: what comes back, less what is to be paid, in minor units}"""
    sums: dict[str, int] = {}
    for one in parts:
        sums[one.currency] = sums.get(one.currency, 0) + one.amount_minor
    return sums


def _money(question: Question, sums: dict[str, int]) -> str:
    return question.wording.listed(question.wording.money(minor, currency) for currency, minor in sums.items())


async def names_goods(question: Question, text: str) -> bool:
    """Whether the text names a product that the shop sells."""
    return bool(read_products(text, await question.records.products()))
