"""Orders put to the customer to choose from."""

from collections.abc import Sequence

from actions import buttons
from actions.personal import Question
from actions.slots import Prompt
from actions.tasks import Run
from actions.wording import STATUS, numbered
from support.grounding.product_reading import read_names
from support.ordering.order_views import OrderSummary

LISTED = 5


def which_order(question: Question, run: Run, some: Sequence[OrderSummary], asked: str) -> Prompt:
    """`asked`, with the first of `some` orders; each is told by what the customer has named of it."""
    words, shown = question.wording, some[:LISTED]
    named = read_names(" ".join(run.said[-2:]), {line.product for one in shown for line in one.lines})
    listed = numbered(
        f"{one.number} · {words.day(one.placed_at)} · {STATUS[one.status]}: {words.contents(one, products=named)}"
        for one in shown
    )
    rest = len(some) - len(shown)
    more = f"\nand {words.count(rest, 'other')}: tell me the number if it is one of them." if rest else ""
    offers = [buttons.said(one.number) for one in shown]
    return Prompt(f"{asked}\n{listed}{more}", offers, [one.number for one in shown])
