"""Whether a wish that speaks of money is one for another way to pay an order, or for something else in it."""

import re

from actions.order_slots import OrderSlot, order_of
from actions.personal import Question
from actions.tasks import Run
from support.errors import SupportError
from support.grounding.payment_wishes import changes_goods, of_a_difference, of_payment, payment_stays, splits_payment
from support.models.orders import OrderStatus

_CHARGES = re.compile(
    r"\b(?:put|pay|charge|book|bill)\b[^.;!?]{0,60}?\b(?:on|to|with|by)\s+(?:the |my )?(?:[\w-]+ ){0,4}?"
    r"(?P<digits>\d{4})\b",
    re.IGNORECASE,
)
_METHOD_OF = re.compile(r"\bpayment (?:method )?(?:of|for|on)\b", re.IGNORECASE)
CHANGES, EXCHANGES = "change_order_items", "exchange_items"


async def meant_by_money(question: Question, text: str) -> str | None:
    """The intent of the task for the things of an order that `text` asks for with a word on money, None if none."""
    under_way = (question.tracker.slots.get("task") or {}).get("task")
    order = await _order(question, text)
    if splits_payment(text) and under_way not in (CHANGES, EXCHANGES):
        return None  # "what's on the gift card, and the rest on my Visa" is no difference
    changes = EXCHANGES if order is not None and order[1] is OrderStatus.DELIVERED else CHANGES
    lines = (await question.records.order(order[0])).lines if order is not None else [
        line for one in await question.records.orders() for line in (await question.records.order(one.id)).lines
    ]
    if changes_goods(text, [line.product for line in lines]):
        return changes
    if of_a_difference(text) and not payment_stays(text):
        return under_way if under_way in (CHANGES, EXCHANGES) else changes
    return None


async def pays_otherwise(question: Question, text: str) -> bool:
    """Whether what seems a wish for another thing only tells how it is paid: "put the kettle on the 1629 one"."""
    if of_a_difference(text) or not (of_payment(text) or _CHARGES.search(text)):
        return False
    products = {line.product for one in await question.records.orders() for line in one.lines}
    if of_payment(text):
        return not changes_goods(text, products) or _METHOD_OF.search(text) is not None
    digits = {one.last_digits for one in await question.records.methods() if one.last_digits}
    found = _CHARGES.search(text)
    return found is not None and found["digits"] in digits and not changes_goods(text, products)


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
