"""What tells which order is meant besides the words of one clause: the message around it, what was spoken of."""

import re
from collections.abc import Sequence

from actions.order_deeds import of_another_deed
from actions.personal import Question
from actions.product_context import PRODUCT
from actions.registry import tasks
from actions.tasks import Run
from support.grounding.numbered_orders import numbered
from support.grounding.order_evidence import with_goods
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary

# "And my other pending order? Please cancel it"
OTHER = re.compile(r"\bother (?:\w+ )?(?:order|one)\b", re.IGNORECASE)


def told_around(question: Question, text: str) -> str:
    """The last message of the customer of which `text` is only a part; "" if there is none."""
    return next((one for one in reversed([*question.said, question.text]) if text in one and len(text) < len(one)), "")


def names_none(text: str, known: Sequence[OrderSummary]) -> bool:
    """Whether neither a number nor a thing in it tells one of the orders."""
    return numbered(text, known) is None and with_goods(text, known) is None


async def with_product(question: Question, some: Sequence[OrderSummary]) -> list[OrderSummary]:
    """Those of the orders that hold the product last spoken of."""
    product = question.tracker.slots.get(PRODUCT)
    held = [(one, await question.records.order(one.id)) for one in some] if product else []
    return [one for one, detail in held if any(line.product_id == product for line in detail.lines)]


def not_cancelled(some: Sequence[OrderSummary]) -> list[OrderSummary]:
    """Those that something can still be done with; all if there are none."""
    return [one for one in some if one.status is not OrderStatus.CANCELLED] or list(some)


def closes_orders(run: Run) -> bool:
    task = tasks().get(run.task)
    return task is not None and task.closes_order


def is_of_another(
    run: Run, slot: str, text: str, chosen: Sequence[OrderSummary], known: Sequence[OrderSummary]
) -> bool:
    """Whether another order than the run's is numbered for another task's deed: "yes, and #5 should go home"."""
    if len(chosen) > 1 or run.task not in tasks() or run.values.get(slot) in (None, chosen[0].number):
        return False
    return numbered(text, known) is not None and of_another_deed(run.task, text)


def other_before(question: Question, text: str) -> str:
    """The message right before, if it speaks of another order: "and my other pending order?"."""
    before = [one for one in question.said if one != text][-1:]
    return before[0] if before and OTHER.search(before[0]) else ""
