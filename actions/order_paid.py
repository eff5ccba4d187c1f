"""Orders that are told apart by how they were paid: "the PayPal one", "the one I paid with my Visa"."""

import re
from collections.abc import Sequence

from actions.personal import Question
from support.formatting import local_date
from support.grounding.method_reading import read_method
from support.grounding.order_reading import read_orders
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
    found = []
    for one in some:
        payments = (await question.records.order(one.id)).payments
        ways = [moved.method for moved in payments if moved.kind is PaymentKind.PAYMENT]
        if ways and ways[-1] == named[0].label:
            found.append(one)
    return found


async def paid_like(question: Question, text: str, own: str) -> str:
    """The id of the method that another order was paid with, where `text` wants the same; "" if it does not tell which.

    "That order" is the one spoken of last; `own` is the number of the order to be paid.
    """
    found = _LIKE.search(text)
    if found is None:
        return ""
    others = [one for one in await question.records.all_orders() if one.number != own]
    zone = question.business.shop.zone
    current = [one for one in others if one.number == question.tracker.slots.get("order_number")]
    read = read_orders(found["other"], others, current=current, today=local_date(question.at, zone), zone=zone)
    named = list(read.chosen) or current
    if len(named) != 1:
        return ""
    payments = (await question.records.order(named[0].id)).payments
    ways = [moved.method for moved in payments if moved.kind is PaymentKind.PAYMENT]
    return next((one.id for one in await question.records.methods() if ways and one.label == ways[-1]), "")
