"""A question about goods that says in which order of theirs the thing is: "the watch in my other order, in leather"."""

import re

from actions.shop_questions import ShopQuestion
from support.grounding.line_reading import read_lines
from support.grounding.words import split
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine, OrderSummary

_IN_ORDER = re.compile(
    r"\b(?:in|of|from) (?:my|the|that) (?P<other>other )?(?:(?P<pending>pending|open) |(?P<delivered>delivered) )?"
    r"(?:order|purchase|one)\b(?: with (?:the|my|a) (?P<thing>[\w-]+(?: [\w-]+)?))?", re.IGNORECASE,
)


async def line_in_order(question: ShopQuestion) -> OrderedLine | None:
    """The one line that the question is about, where it tells of which order; None if it tells none, or not enough."""
    found = _IN_ORDER.search(question.text)
    if found is None or not question.has_orders or not any(found.groups()):
        return None
    slots, rest = question.tracker.slots, f"{question.text[:found.start()]} {question.text[found.end():]}"
    spoken_of = {slots.get("order"), slots.get("order_number")}
    lines: list[OrderedLine] = []
    for one in await question.records.orders():
        fits = (
            one.status is not OrderStatus.CANCELLED
            and not (found["other"] and one.number in spoken_of)
            and (not found["pending"] or one.status is OrderStatus.PENDING)
            and (not found["delivered"] or one.status is OrderStatus.DELIVERED)
        )
        if fits and (not found["thing"] or _holds(question, one, found["thing"])):
            lines += (await question.records.order(one.id)).lines
    chosen = read_lines(rest, lines).chosen
    return chosen[0][0] if len(chosen) == 1 else None


def _holds(question: ShopQuestion, order: OrderSummary, thing: str) -> bool:
    known = question.records.known_lines(order)
    return any(known.tells_which(word.key) for word in split(thing))
