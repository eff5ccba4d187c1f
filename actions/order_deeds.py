"""Which of several orders that a message numbers a task's deed is to be done with."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from actions import registry
from support.grounding.order_parts import parts_by_order
from support.ordering.order_views import OrderSummary

# What is to be done with an order, in words that are no task's deed: "#5 should go to my sister"
_DONE_BY = {
    "change_order_address": re.compile(
        r"\b(?:should|shall|must|needs? to|ha(?:s|ve) to|to|can|could)\s+(?:\w+\s+)?"
        r"(?:go|be (?:sent|shipped|delivered))\s+(?:to|home|there)\b", re.IGNORECASE,
    ),
    "change_order_payment": re.compile(
        r"\b(?:should|shall|must|to|can|could)\s+(?:\w+\s+)?(?:be (?:paid|charged)|go on)\b|\bpaid (?:by|with)\b",
        re.IGNORECASE,
    ),
}


def acted_on(intent: str, text: str, chosen: Sequence[OrderSummary]) -> tuple[OrderSummary, ...]:
    """Those of `chosen` with which the task of that intent is to be done: "change A, and cancel B"; all without one."""
    if intent not in registry.tasks():
        return tuple(chosen)
    parts = parts_by_order(text, [one.number for one in chosen])
    return tuple(one for one in chosen if not of_another_deed(intent, parts.get(one.number, "")))


def of_another_deed(intent: str, text: str) -> bool:
    """Whether what `text` says of an order is another task's deed, and not that of this intent."""
    deeds = registry.tasks()[intent].deeds
    to_orders = (task for task in registry.tasks().values() if any(slot.name == "order" for slot in task.slots))
    others = {deed for task in to_orders for deed in task.deeds} - deeds
    elsewhere = any(pattern.search(text) for other, pattern in _DONE_BY.items() if other != intent)
    own = intent in _DONE_BY and _DONE_BY[intent].search(text) is not None
    return (elsewhere or _says(text, others)) and not own and not _says(text, deeds)


def _says(text: str, verbs: AbstractSet[str]) -> bool:
    return not verbs.isdisjoint(typed.strip(",.;:!?") for typed in text.lower().split())
