"""What two or more orders that the customer names come to together: "the camera order and the luggage order"."""

import re
from collections.abc import Sequence

from actions.personal import Question
from support.ordering.order_views import OrderSummary

_TOGETHER = re.compile(
    r"\b(?:together|altogether|in (?:total|all|sum)|adds? up|added up|add (?:them|those|it|both) up|combined|sum)\b|"
    r"\btotal\b(?=[^.;!?]*\b(?:both|two)\b)", re.IGNORECASE,
)
_OF_ORDERS = re.compile(
    r"\borders?\b|\bpurchases?\b|\bboth\b|\b(?:those|these|the) two\b|^\W*(?:and )?(?:added up|together)\b",
    re.IGNORECASE,
)
_OF_REFUNDS = re.compile(
    r"\b(?:back|refund\w*|return\w*|exchang\w*|cancel\w*|extra|difference|more|less|save\w*)\b", re.IGNORECASE
)
_PLURAL = re.compile(r"\b(?:orders|purchases)\b", re.IGNORECASE)
_ONE_ORDER = re.compile(
    r"^(?!.*\b(?:together|both|them|those|these|two|three|orders|too|as well|also|with the other)\b).*"
    r"\b(?:the|my|that|this) (?:\w+ ){0,2}(?:order|purchase)\b", re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*(?:,|;|\?|\band\b|\bplus\b|&)\s*", re.IGNORECASE)
EARLIER = 5  # messages


def asks_together(text: str) -> bool:
    """Whether the words may ask for such a sum."""
    return bool(_TOGETHER.search(text) and _OF_ORDERS.search(text)) and not _OF_REFUNDS.search(text)


async def told_together(question: Question) -> str:
    """The sum with its parts; "" where it asks for none, or it cannot be told of which orders.

    Orders that the question only points at are those of the messages right before.
    """
    if not asks_together(question.text):
        return ""
    orders = await question.records.all_orders()
    some = _named(question, question.text, orders)
    if len(some) == 1 and _ONE_ORDER.search(question.text):
        return ""  # "what did the order with the camera come to in total?"
    for earlier in reversed(question.said[-EARLIER:-1]):
        if len(some) > 1:
            break
        some = {**_named(question, earlier, orders), **some}
    if len(some) < 2 or len({one.currency for one in some.values()}) > 1:
        return ""
    return sum_of(question, list(some.values()))


def sum_of(question: Question, named: Sequence[OrderSummary]) -> str:
    """`Together they come to €46.95: €34.95 for order HF-4 and €12.00 for order HF-3.`"""
    words = question.wording
    total = words.money(sum(one.total_minor for one in named), named[0].currency)
    parts = words.listed(f"{words.money(one.total_minor, one.currency)} for order {one.number}" for one in named)
    return f"Together they come to {total}: {parts}."


def _named(question: Question, text: str, orders: Sequence[OrderSummary]) -> dict[str, OrderSummary]:
    """{number: each order that a part of the text names}"""
    found = dict[str, OrderSummary]()
    for part in _PARTS.split(text):
        read = question.orders_in(part, orders) if part.strip() else None
        if read is not None and (len(read.chosen) == 1 or _PLURAL.search(part)):
            found |= {one.number: one for one in read.chosen}
    return found
