"""Several orders told of beside each other: what each comes to, and by how much one is dearer."""

import re
from collections.abc import Sequence

from actions.order_choice import orders_asked
from actions.order_words import OrderTold
from actions.orders_together import asks_together, sum_of
from actions.personal import Question
from support.grounding.numbered_orders import numbered
from support.ordering.order_views import OrderSummary

_MONEY = re.compile(
    r"\b(?:totals?|sum|altogether|in all|how much|amount|prices?|costs?|come to|compar\w+|difference|"
    r"(?:more|less|most|least) expensive|dearer|cheaper|dearest|cheapest)\b", re.IGNORECASE,
)
SHOWN = 3


async def told_of_several(question: Question) -> str:
    """The answer about the orders whose numbers were said, or about "the two"; "" where one order or none is meant."""
    named = numbered(question.text, await question.records.orders())
    orders = list(named.chosen) if named is not None else []
    if len(orders) > 1 and asks_together(question.text):
        return sum_of(question, orders)
    if len(orders) > 1 and _MONEY.search(question.text):
        return _compared(question, orders)
    if len(orders) > 1:
        found = [await question.records.order(one.id) for one in orders[:SHOWN]]
        told = [OrderTold(question.wording, one) for one in found]
        return "\n".join(one.asked(question.text) or one.whole() for one in told)
    asked = await orders_asked(question)
    if asked.pair and not asked.utmost and asks_together(question.text):
        return sum_of(question, asked.orders)
    if asked.pair and (asked.utmost in ("dearest", "cheapest") or asked.sums):
        return _compared(question, asked.orders)
    return ""


def _compared(question: Question, orders: Sequence[OrderSummary]) -> str:
    """`HF-4 comes to €34.95 and HF-3 to €12.00. HF-4 is the more expensive one, by €22.95.`"""
    words = question.wording
    first, *rest = [f"{one.number} comes to {words.money(one.total_minor, one.currency)}" for one in orders]
    told = words.listed([first, *(one.replace(" comes to ", " to ") for one in rest)])
    dear, *_, cheap = sorted(orders, key=lambda one: -one.total_minor)
    if dear.currency != cheap.currency:
        return f"{told}."
    between = words.money(dear.total_minor - cheap.total_minor, dear.currency)
    if dear.total_minor == cheap.total_minor:
        return f"{told}: the same."
    if len(orders) > 2:
        return f"{told}. {dear.number} is the most expensive one."
    return f"{told}. {dear.number} is the more expensive one, by {between}."
