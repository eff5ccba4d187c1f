"""Whether a wish that speaks of money is one for another way to pay an order, or for something else in it."""

from actions.order_slots import OrderSlot, order_of
from actions.personal import Question
from actions.tasks import Run
from support.errors import SupportError
from support.grounding.payment_wishes import changes_goods, of_a_difference, payment_stays
from support.models.orders import OrderStatus

CHANGES, EXCHANGES = "change_order_items", "exchange_items"


async def meant_by_money(question: Question, text: str) -> str | None:
    """The intent of the task for the things of an order that `text` asks for with a word on money, None if none."""
    under_way = (question.tracker.slots.get("task") or {}).get("task")
    order = await _order(question, text)
    changes = EXCHANGES if order is not None and order[1] is OrderStatus.DELIVERED else CHANGES
    lines = (await question.records.order(order[0])).lines if order is not None else [
        line for one in await question.records.orders() for line in (await question.records.order(one.id)).lines
    ]
    if changes_goods(text, [line.product for line in lines]):
        return changes
    if of_a_difference(text) and not payment_stays(text):
        return under_way if under_way in (CHANGES, EXCHANGES) else changes
    return None


async def _order(question: Question, text: str) -> tuple[str, OrderStatus] | None:
    run = Run("")
    try:
        heard = await OrderSlot().hear(question, run, text, asked=False)
    except SupportError:
        return None
    if heard.value is None or heard.others:
        return None
    run.values["order"] = heard.value
    order = await order_of(question, run)
    return order.id, order.status
