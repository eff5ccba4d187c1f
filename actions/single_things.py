"""Single things that are to be taken out of an order: that cannot be, and what can be done instead."""

from actions import buttons
from actions.line_slots import lines_of
from actions.order_slots import about_its_order, order_of
from actions.personal import Question
from actions.tasks import Refusal, Run
from actions.wording import STATUS
from support.errors import SupportError
from support.grounding.taking_out import taken_out, takes_it_out, takes_some_out
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine


class OnlyAsAWhole(SupportError):
    """An order can be cancelled as a whole only."""

    code = "only_as_a_whole"

    def __init__(self) -> None:
        super().__init__("Single things can't be taken out of an order.")


async def check_whole(question: Question, run: Run) -> None:
    """Raises OnlyAsAWhole if the run's order is known, and what was said wants single things of it taken out."""
    if "order" not in run.values or not run.said:
        return
    if takes_some_out(run.said[-1]) or takes_it_out(run.said[-1]) or await wanted_out(question, run):
        raise OnlyAsAWhole


async def only_as_a_whole(question: Question, run: Run) -> Refusal:
    order, things = await order_of(question, run), await wanted_out(question, run)
    named = question.wording.listed(question.wording.line(line) for line in things)
    stays = f", so the {named} would have to stay in order {order.number}" if things else ""
    if order.status is not OrderStatus.PENDING:
        return Refusal(
            f"Single things can't be taken out of an order{stays}. It is {STATUS[order.status]}, so nothing of it can "
            "be changed any more.", [buttons.track(order.number), buttons.PERSON],
        )
    offers = [
        *(buttons.said(f"Change the {line.product} in order {order.number}") for line in things[:2]),
        buttons.said(f"Cancel the whole order {order.number}"), buttons.PERSON,
    ]
    return Refusal(
        f"Single things can't be taken out of an order{stays}. I can change "
        f"{'that' if things else 'a thing'} for another kind of the same product, or cancel the whole order.", offers,
    )


async def wanted_out(question: Question, run: Run) -> tuple[OrderedLine, ...]:
    """The things that are to go. Raises NotFound."""
    text = await about_its_order(question, run, run.said[-1])
    return taken_out(text, await lines_of(question, run))
