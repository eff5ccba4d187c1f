"""How many orders, what they come to together, which is the dearest: said with the orders below it."""

import re
from collections import Counter
from collections.abc import Sequence

from actions.order_choice import OrdersAsked, orders_asked
from actions.personal import Question
from actions.wording import STATUS, numbered
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary

SHOWN = 8
_OF_MINE = re.compile(r"\b(?:which|what|how many) (?:one )?of (?:my|our) (?:\w+ ){0,2}orders?\b", re.IGNORECASE)
_WORD = {"dearest": "most expensive order", "cheapest": "cheapest order", "oldest": "first order"}


def told_of_orders(question: Question, asked: OrdersAsked) -> str:
    """The answer about those orders; a sum leaves out cancelled ones, unless it is they that are asked about."""
    words = question.wording
    which = f" that {'is' if len(asked.orders) == 1 else 'are'} {asked.said}" if asked.said else ""
    when = f" {asked.when}" if asked.when else ""
    if not asked.orders:
        verb = "placed" if when and not which else "have"
        which = f" that is {asked.said}" if asked.said else ""
        return f"You {verb} no order{which}{when}, {question.customer.first_name}."
    count = words.count(len(asked.orders), "order")
    if asked.utmost:
        sums = f"You have {count}{which}{when}{_sum(question, asked)}.\n" if asked.sums else ""
        return f"{sums}{_utmost(question, asked)}"
    placed = " placed" if when else ""
    head = f"You have {count}{which}{placed}{when}, {question.customer.first_name}"
    if len({one.status for one in asked.orders}) > 1 and asked.counts:
        statuses = Counter(STATUS[one.status] for one in asked.orders)
        head += f" ({', '.join(f'{many} {status}' for status, many in statuses.items())})"
    if asked.sums or asked.said:
        head += f"{_sum(question, asked)}"
    shown = asked.orders[:SHOWN]
    rest = len(asked.orders) - len(shown)
    more = f"\nand {words.count(rest, 'older order')}." if rest else ""
    return f"{head}:\n{numbered(words.order(one) for one in shown)}{more}"


def asks_which_holds(text: str) -> bool:
    """Whether the words ask which of their orders are of a kind."""
    return bool(_OF_MINE.search(text))


async def told_of_holding(question: Question) -> str:
    """Which of their orders have what the question names, "" if it does not ask for that."""
    if not asks_which_holds(question.text):
        return ""
    asked = await orders_asked(question)
    return told_of_orders(question, asked) if asked.narrowed else ""


def totals(orders: Sequence[OrderSummary]) -> dict[str, int]:
    """{currency: what the orders come to, in minor units}"""
    sums: dict[str, int] = {}
    for one in orders:
        sums[one.currency] = sums.get(one.currency, 0) + one.total_minor
    return sums


def _sum(question: Question, asked: OrdersAsked) -> str:
    words = question.wording
    gone = [one for one in asked.orders if one.status is OrderStatus.CANCELLED]
    counted = asked.orders if len(gone) == len(asked.orders) else [one for one in asked.orders if one not in gone]
    money = words.listed(words.money(minor, currency) for currency, minor in totals(counted).items())
    without = f" without the {words.count(len(gone), 'cancelled one')}" if len(counted) < len(asked.orders) else ""
    return f", {money} in all with delivery{without}"


def singled_out(asked: OrdersAsked) -> OrderSummary | None:
    """The one order that the answer comes to: the only one or the utmost; cancelled ones do not count beside others."""
    if len(asked.orders) < 2 or not asked.utmost:
        return asked.orders[0] if len(asked.orders) == 1 else None
    every = [one for one in asked.orders if one.status is not OrderStatus.CANCELLED] or list(asked.orders)
    if asked.utmost == "oldest":
        return every[-1]
    return (max if asked.utmost == "dearest" else min)(every, key=lambda one: one.total_minor)


def _utmost(question: Question, asked: OrdersAsked) -> str:
    order = singled_out(asked) or asked.orders[0]
    some = " of those" if asked.said or asked.when else ""
    return f"Your {_WORD[asked.utmost]}{some} is this one:\n{question.wording.order(order)}"
