"""A wish that hangs on what an order or a thing in it came to: checked once the order, and the things, are known."""

from decimal import Decimal

from babel.numbers import get_currency_precision

from actions.line_slots import lines_of
from actions.order_slots import order_of
from actions.otherwise import OF_ORDERS, SWAPS
from actions.personal import Question
from actions.tasks import Run, Task
from support.errors import SupportError
from support.grounding.amount_conditions import AmountCondition, read_amount_condition
from support.grounding.known_lines import KnownLines
from support.grounding.words import split
from support.ordering.order_views import OrderedLine


class NotAsSupposed(SupportError):
    """What a wish hangs on is not so."""

    code = "not_as_supposed"


def supposed(task: Task, text: str) -> tuple[str, str]:
    """`text` without what the wish hangs on, and that, as Run.only_if keeps it; "" for nothing."""
    rest, condition = read_amount_condition(text)
    if condition is None or task.intent not in OF_ORDERS or (task.intent in SWAPS and not condition.of_order):
        return text, ""  # what the thing that is wished may cost is a limit to the wish (actions/wish_limits.py)
    return rest, condition.text


async def check_supposed(question: Question, task: Task, run: Run) -> None:
    """Raises NotAsSupposed with both sums where that is not so; says nothing as long as it cannot be told."""
    condition = read_amount_condition(run.only_if)[1]
    if condition is None or "order" not in run.values:
        return
    order = await order_of(question, run)
    things = [] if condition.of_order else await _things(question, task, run, condition)
    if things is None:
        return
    minor = sum(one.unit_price_minor for one in things) if things else order.total_minor
    digits = get_currency_precision(order.currency)
    if condition.holds(Decimal(minor).scaleb(-digits)):
        return
    words = question.wording
    named = words.listed(one.product for one in things) if things else f"order {order.number}"
    cost = "cost" if things else "comes to"
    limit = int(condition.limit.scaleb(digits))
    is_not = "more" if condition.over else "less"
    raise NotAsSupposed(
        f"Your {named} {cost} {words.money(minor, order.currency)}, which is not {is_not} than "
        f"{words.money(limit, order.currency)}."
    )


async def _things(
    question: Question, task: Task, run: Run, condition: AmountCondition
) -> list[OrderedLine] | None:
    """The lines that it is about, none for the whole order; None while that is not known."""
    lines = list(await lines_of(question, run))
    known = KnownLines(lines)
    owners = {place for word in split(condition.about) if known.is_head(word.key) for place in known.owners(word.key)}
    if owners:
        return [lines[place] for place in sorted(owners)]
    if all(slot.name != "lines" for slot in task.slots):
        return []
    if "lines" not in run.values:
        return None
    chosen = {one["line"] for one in run.values["lines"]}
    return [line for line in lines if line.id in chosen]
