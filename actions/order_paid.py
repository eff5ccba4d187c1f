"""Orders that are told apart by how they were paid: "the PayPal one", "the one I paid with my Visa"."""

import re
from collections.abc import Sequence

from actions.personal import Question
from support.grounding.method_reading import read_method
from support.grounding.ways_to_pay import WAY
from support.models.payments import PaymentKind
from support.ordering.order_views import OrderSummary

_PAID = re.compile(
    rf"\b(?:one|ones|order|orders|that|which|i|was)\s+(?:i\s+|was\s+|were\s+)?(?:paid|bought|charged)\b"
    rf"|\b{WAY}\s+(?:one|order|purchase)\b",
    re.IGNORECASE,
)

# "Pay it with the same card as that order"
_LIKE = re.compile(
    rf"\bsame (?:{WAY}|card|method|payment(?: method)?|account|one)\s+(?:as|like|that)\b(?P<other>[^.;!?]*)",
    re.IGNORECASE,
)


async def paid_so(question: Question, text: str, some: Sequence[OrderSummary]) -> list[OrderSummary]:
    """Those of `some` that were paid, last of all, by the one method that `text` tells of; none if it tells of none."""
    if not _PAID.search(text):
        return []
    reading = read_method(text, await question.records.methods())
    named = reading.chosen or reading.candidates
    if len(named) != 1:
        return []
    return [one for one in some if await _paid_by(question, one) == named[0].label]


async def paid_like(question: Question, text: str, own: str) -> str:
    """The id of the method that another order was paid with, where `text` wants the same; "" if it does not tell which.

    "That order" is the one spoken of last; `own` is the number of the order to be paid.
    """
    found = _LIKE.search(text)
    if found is None:
        return ""
    others = [one for one in await question.records.all_orders() if one.number != own]
    current = [one for one in others if one.number == question.tracker.slots.get("order_number")]
    read = question.orders_in(found["other"], others, current=current)
    named = list(read.chosen) or current
    if len(named) != 1:
        return ""
    paid = await _paid_by(question, named[0])
    return next((one.id for one in await question.records.methods() if one.label == paid), "")


async def _paid_by(question: Question, order: OrderSummary) -> str:
    """The label of the method that paid for the order last of all; "" if none did."""
    payments = (await question.records.order(order.id)).payments
    return next((moved.method for moved in reversed(payments) if moved.kind is PaymentKind.PAYMENT), "")
