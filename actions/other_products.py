"""Another product wished instead of a line of an order: that cannot be, and what can be done instead."""

import re
from collections.abc import Sequence
from typing import Any

from actions import buttons
from actions.buttons import Button
from actions.order_slots import order_of
from actions.personal import Question
from actions.tasks import Run
from actions.wish_reading import Offered
from support.grounding.another_product import AnotherProduct, other_products
from support.grounding.order_described import without_described
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine

_INSTEAD = re.compile(r"\b(?:instead of|rather than|in place of|swap|exchange|trade|replace|switch)\b", re.IGNORECASE)


async def without_others(
    question: Question, run: Run, text: str, lines: Sequence[OrderedLine], offered: Offered,
    current: Sequence[OrderedLine],
) -> tuple[str, dict[str, Any]]:
    """What else the text says, and the lines for which it wishes another product, as the slot `wishes` keeps them."""
    found = await _found(question, text, lines, offered, current)
    if not found:
        return text, {}
    text = without_described(text)
    status = (await order_of(question, run)).status
    known = {
        line.id: {
            "variant": None, "quantity": None, "kept": one.product,
            "why": why_not(question, line, one.product, status),
        }
        for one in found for line in one.lines
    }
    rest, begun = "", 0
    for one in sorted(found, key=lambda one: one.since):
        rest += text[begun:max(begun, one.since)]
        begun = max(begun, one.until)
    return rest + text[begun:], known


def why_not(question: Question, line: OrderedLine, product: str, status: OrderStatus) -> str:
    """`The Desk Lamp (white) can't become another product (Kettle), only another kind of Desk Lamp: to have ...`"""
    instead = "return this and order that anew"
    if status is OrderStatus.PENDING:
        instead = "cancel the whole order and order anew"
    return (
        f"The {question.wording.line(line)} can't become another product ({product}), only another kind of "
        f"{line.product}: to have the other one, you can {instead}."
    )


def asks_for_others(text: str) -> bool:
    """Whether the words may ask for one thing instead of another."""
    return _INSTEAD.search(text) is not None


async def told_of_others(question: Question) -> str:
    """Why a thing of one of their orders becomes no other product, "" if the question wishes for none."""
    if not asks_for_others(question.text):
        return ""
    for order in await question.records.orders():
        if order.status not in (OrderStatus.PENDING, OrderStatus.DELIVERED):
            continue
        lines = (await question.records.order(order.id)).lines
        offered = {line.id: (await question.records.product(line.product_id)).offer.variants for line in lines}
        for one in await _found(question, question.text, lines, offered, []):
            return why_not(question, one.lines[0], one.product, order.status)
    return ""


async def _found(
    question: Question, text: str, lines: Sequence[OrderedLine], offered: Offered, current: Sequence[OrderedLine]
) -> tuple[AnotherProduct[OrderedLine], ...]:
    def values(line: OrderedLine) -> list[str]:
        return [word for one in offered[line.id] for pair in one.options.items() for word in map(str, pair)]

    return other_products(text, lines, await question.records.products(), values, current=current)


async def offers_instead(question: Question, run: Run) -> list[Button]:
    """What can be pressed instead where nothing of what was wished can be."""
    order = await order_of(question, run)
    if order.status is OrderStatus.PENDING:
        return [buttons.said(f"Cancel the whole order {order.number}"), buttons.PERSON]
    lines = (await question.records.order(order.id)).lines
    some = [line for line in lines if line.id in (run.values.get("wishes") or {})]
    return [*(buttons.said(f"Return the {line.product} of order {order.number}") for line in some[:2]), buttons.PERSON]
