"""What a return would bring that has not been asked for: reckoned, and begun only if the customer says so."""

from collections.abc import Sequence

from actions import buttons
from actions.order_asked import named_orders
from actions.personal import Question
from actions.wording import STATUS
from support.errors import NotFound, SupportError
from support.grounding.line_reading import read_lines
from support.grounding.numbered_orders import numbered
from support.grounding.pointing import points_back
from support.grounding.price_comparing import supposes_return
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderDetail, OrderedLine
from support.returning import returns
from support.returning.returned_lines import ReturnedLine

Lines = Sequence[tuple[OrderedLine, int | None]]


async def told_supposed(question: Question) -> bool:
    """Whether the question is what such a return would bring, which has been said then."""
    if not supposes_return(question.text) or not question.speaker.level.reaches(Level.SIGNED_IN):
        return False
    found = await _meant(question)
    if found is None:
        return False
    detail, lines = found
    order, words = detail.order, question.wording
    if order.status is not OrderStatus.DELIVERED:
        question.say(f"Your order {order.number} is {STATUS[order.status]}: only what is delivered can come back, and "
                     "only once an order.", buttons.show_order(order.number))
        return True
    try:
        plan = await returns.plan_return(
            question.session, question.speaker, order.id,
            [ReturnedLine(line.id, pieces) for line, pieces in lines], method_id=None, business=question.business,
            at=question.at,
        )
    except SupportError as error:
        question.say(str(error), buttons.PERSON)
        return True
    things = words.listed(words.line(line) for line in plan.lines)
    back = words.money(plan.amount_minor, plan.currency)
    ways = words.either(one.method for one in plan.choices)
    names = words.listed(f"the {line.product}" for line in plan.lines)
    question.say(
        f"For {things} from order {order.number} you would get back {back}, to your {ways}. Nothing has been asked for "
        "yet; tell me if I shall begin the return.",
        buttons.said(f"Return {names} from order {order.number}"),
    )
    return True


async def _meant(question: Question) -> tuple[OrderDetail, Lines] | None:
    """The order and the lines of it; "those three things" are the ones of an earlier message. None if unclear."""
    earlier = [one for one in reversed(question.said) if one and one != question.text]
    for text in [question.text, *(earlier[:3] if points_back(question.text) else [])]:
        details = await _orders(question, text)
        read = [(one, read_lines(text, one.lines).chosen) for one in details]
        most = max((len(lines) for _, lines in read), default=0)
        best = [(one, lines) for one, lines in read if lines and len(lines) == most]
        if len(best) == 1:
            return best[0]
        if len(best) > 1:
            return None
    return None


async def _orders(question: Question, text: str) -> list[OrderDetail]:
    """The orders that `text` numbers; else all that have been delivered."""
    known = await question.records.orders()
    try:
        named = await named_orders(question) if text == question.text else []
    except NotFound:
        named = []
    read = numbered(text, known)
    some = (read.chosen if read else ()) or named or [one for one in known if one.status is OrderStatus.DELIVERED]
    return [await question.records.order(one.id) for one in some]
