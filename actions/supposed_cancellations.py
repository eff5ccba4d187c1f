"""What would come back if orders were cancelled, asked before anything is to be done."""

import re
from collections import Counter
from collections.abc import Sequence

from actions.personal import Question
from actions.wording import Wording
from support.errors import SupportError
from support.grounding.numbered_orders import numbered
from support.models.orders import OrderStatus
from support.ordering import cancellations
from support.ordering.order_views import OrderSummary

_SUPPOSES = re.compile(
    r"\b(?:how much|what)\b[^.;!]*(?:\b(?:would|will|do|does|could|am)\b|['’]d\b)[^.;!]*\b(?:back|refund\w*)\b[^.;!]*?"
    r"\b(?:if|when|were|by|for|once|should)\b[^.;!]*\bcancel\w*|"
    r"\bif\b[^.;!]*\bcancel\w*[^.;!]*\b(?:how much|what)\b[^.;!]*\b(?:back|refund\w*)\b", re.IGNORECASE,
)
_WANTS = re.compile(r"\b(?:please|(?:want|like|need|have) to|can you|could you|would you) cancel\b", re.IGNORECASE)
# "Would it go to my credit card? If I cancel the order, I mean"
_IF = re.compile(r"\b(?:if|when) (?:i|you) (?:were to )?cancel\w*", re.IGNORECASE)
# "I'm thinking about cancelling both. How much would I get back if I did?"
_THINKS = re.compile(r"\b(?:thinking (?:about|of)|considering|might)\b[^.;!?]*\bcancel\w*", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\b(?:how much|what)\b[^.;!]*\b(?:back|refund\w*)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:both|all|two|three|four|every\w*)\b", re.IGNORECASE)
_WHERE_TO = re.compile(
    r"\b(?:would|will|does|do)\b[^.;!]*\b(?:go|come|refund\w*|back|paid)\b[^.;!]*\b(?:to|on|onto)\b", re.IGNORECASE
)


def asks_if_cancelled(text: str) -> bool:
    """Whether `text` asks what a cancellation would bring, and does not want it yet."""
    supposes = _SUPPOSES.search(text) or (_IF.search(text) and _WHERE_TO.search(text))
    supposes = supposes or (_THINKS.search(text) and _HOW_MUCH.search(text))
    return bool(supposes) and not _WANTS.search(text)


async def told_if_cancelled(question: Question, text: str = "") -> str:
    """What those of the orders that the question names would bring; "" where it asks no such or names none.

    `text` is the whole message where the question is only a part of it.
    """
    text = text or question.text
    under_way = question.tracker.slots.get("task") and not _SEVERAL.search(text)
    if not asks_if_cancelled(text) or under_way:
        return ""
    known = await question.records.orders()
    current = [one for one in known if one.number == question.tracker.slots.get("order_number")]
    back, able, kept = Counter[tuple[str, str]](), list[OrderSummary](), list[OrderSummary]()
    pending = [one for one in known if one.status is OrderStatus.PENDING and _SEVERAL.search(text)]
    for order in question.orders_in(text, known, current=current).chosen or pending:
        try:
            plan = await cancellations.plan_cancellation(
                question.session, question.speaker, order.id, business=question.business, at=question.at
            )
        except SupportError:
            # What has come long ago need not be told of, unless its number was said
            kept += [order] if order.status.open or numbered(text, known) is not None else []
            continue
        able.append(order)
        for one in plan.movements:
            back[one.currency, one.method] += one.amount_minor
    if not able:
        return ""
    words = question.wording
    parts = words.listed(
        f"{words.money(minor, currency)} to your {method}" for (currency, method), minor in back.items()
    )
    sums = Counter[str]()
    for (currency, _), minor in back.items():
        sums[currency] += minor
    total = words.listed(words.money(minor, currency) for currency, minor in sums.items())
    told = f"{total} in all: {parts}" if len(back) > 1 else parts
    but = f" {_orders(words, kept, "O")} can't be cancelled any more." if kept else ""
    return f"If {_orders(words, able)} were cancelled, you would get back {told}.{but}"


def _orders(words: Wording, some: Sequence[OrderSummary], first: str = "o") -> str:
    return f"{first}rder{'s' if len(some) > 1 else ''} {words.listed(one.number for one in some)}"
