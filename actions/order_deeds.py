"""Which of several orders that a message numbers a task's deed is to be done with."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from actions import registry
from support.grounding.order_parts import parts_by_order
from support.ordering.order_views import OrderSummary


def acted_on(intent: str, text: str, chosen: Sequence[OrderSummary]) -> tuple[OrderSummary, ...]:
    """Those of `chosen` with which the task of that intent is to be done: "change A, and cancel B"; all without one."""
    if intent not in registry.tasks():
        return tuple(chosen)
    parts = parts_by_order(text, [one.number for one in chosen])
    deeds = registry.tasks()[intent].deeds
    to_orders = (task for task in registry.tasks().values() if any(slot.name == "order" for slot in task.slots))
    others = {deed for task in to_orders for deed in task.deeds} - deeds
    other = {number for number, part in parts.items() if _says(part, others) and not _says(part, deeds)}
    return tuple(one for one in chosen if one.number not in other)


def _says(text: str, verbs: AbstractSet[str]) -> bool:
    return not verbs.isdisjoint(typed.strip(",.;:!?") for typed in text.lower().split())
