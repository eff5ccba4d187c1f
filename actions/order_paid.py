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
