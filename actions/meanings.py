"""What a clause in the middle of a task means by its words, whatever it was taken for."""

from dataclasses import replace

from actions.clauses import Clause
from actions.named_methods import METHOD
from actions.tasks import AGREED, Run
from support.grounding.goods_questions import asks_about_goods, asks_what_is_in_it
from support.grounding.order_questions import (
    asks_if_it_holds,
    asks_paid_by_what,
    asks_what_was_paid,
    asks_where_it_goes,
)
from support.grounding.sum_questions import each_asked, sum_asked

GOODS = ("show_product", "search_products")


def read_anew(run: Run, clause: Clause) -> Clause:
    """The clause, as the look-up that its words ask for if they plainly ask for one."""
    return _of_sum(run, _of_order(run, _of_goods(clause)))


def _of_goods(clause: Clause) -> Clause:
    """The clause; what asks about goods and was not understood is a question for the catalogue."""
    if clause.sure or not asks_about_goods(clause.text):
        return clause
    return replace(clause, intent=GOODS[0], confidence=1.0, asks=True, inquires=True)


def _of_order(run: Run, clause: Clause) -> Clause:
    """The clause; "what's in it?" and "where does it go?" are asked of the order that the task is about."""
    number, text = run.values.get("order"), clause.text
    if asks_where_it_goes(text) or (number is not None and (asks_what_was_paid(text) or asks_paid_by_what(text))):
        text = text if number is None or any(map(str.isdecimal, text)) else f"{text} ({number})"
    elif number is not None and (asks_what_is_in_it(text) or asks_if_it_holds(text)):
        text = f"Show order {number}"
    else:
        return clause
    return replace(clause, text=text, intent="show_order", confidence=1.0, asks=True, inquires=True)


def asks_to_reckon(run: Run, text: str) -> bool:
    """Whether it asks for a sum, or for what each thing of a plan comes to."""
    return sum_asked(text) is not None or (run.asked in (AGREED, METHOD) and each_asked(text))


def _of_sum(run: Run, clause: Clause) -> Clause:
    """The clause; whatever it was taken for, what is to be reckoned is told from the customer's records."""
    if not asks_to_reckon(run, clause.text):
        return clause
    return replace(clause, intent="refund_status", confidence=1.0, asks=True, inquires=True)
