"""The customer's own things that a question about goods may start from."""

import re
from collections.abc import Sequence

from actions.shop_questions import ShopQuestion
from support.grounding.product_reading import Meant
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine
from support.products.product_views import ProductName

OWN = re.compile(
    r"\b(?:my|mine|i (?:have )?(?:bought|ordered|got)|instead|same|bigger|smaller|larger|longer|shorter|one size|"
    r"cheaper|other|another|swap|switch|exchange|upgrade|change)\b", re.IGNORECASE,
)


def in_task(question: ShopQuestion) -> bool:
    """Whether a task is under way."""
    return bool(question.tracker.slots.get("task"))


async def own_lines(question: ShopQuestion, named: Sequence[Meant[ProductName]]) -> list[OrderedLine]:
    """The lines of the order last spoken of; in a task those that it is about, as far as that is known.

    Where no order was spoken of, "my lamp" is in one of those that hold what was `named`.
    """
    slots = question.tracker.slots
    number = (slots.get("order") if in_task(question) else None) or slots.get("order_number")
    if not question.has_orders:
        return []
    if not number and OWN.search(question.text):
        names = {one.name for group in named for one in group.products}
        orders = [
            one for one in await question.records.orders()
            if one.status is not OrderStatus.CANCELLED and any(line.product in names for line in one.lines)
        ]
        return [line for one in orders for line in (await question.records.order(one.id)).lines]
    if not number:
        return []
    order = next((one for one in await question.records.orders() if one.number == number), None)
    if order is None:
        return []
    lines = list((await question.records.order(order.id)).lines)
    if not in_task(question):
        return lines
    wishes = slots.get("wishes") or {}
    chosen = {id for id, one in wishes.items() if not one["variant"]} or set(wishes)
    chosen = chosen or {one["line"] for one in slots.get("lines") or []}
    return [line for line in lines if line.id in chosen] or lines
