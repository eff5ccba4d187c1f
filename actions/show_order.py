"""One order whole, or just what of it was asked: a price, the total, the address, how it was paid."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.asked_of_records import answered
from actions.order_asked import order_asked_about
from actions.order_choice import orders_asked
from actions.order_named_only import named_only
from actions.order_sums import singled_out, told_of_orders
from actions.order_words import OrderTold
from actions.orders_together import told_together
from actions.personal import PersonalAction, Question
from actions.product_context import PRODUCT, VARIANT
from actions.things_paid import told_paid_in_several
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderDetail

_SEVERAL = re.compile(r"\b(?:all|both|my|the|these|those)(?: \w+){0,3} orders\b", re.IGNORECASE)


class ShowOrder(PersonalAction):
    intent = "show_order"
    wanted = "your order"
    needs = Level.ORDER_HOLDER

    def name(self) -> str:
        return "action_show_order"

    async def answer(self, question: Question) -> list[EventType]:
        if (only := await named_only(question)) is not None:
            return only
        if paid := await told_paid_in_several(question):
            question.say(paid, buttons.ORDERS)
            return []
        if together := await told_together(question):
            question.say(together, buttons.ORDERS)
            return []
        if await answered(question):
            return []
        if _SEVERAL.search(question.text):
            asked = await orders_asked(question)
            if asked.narrowed and (asked.sums or asked.utmost):
                question.say(told_of_orders(question, asked), buttons.ORDERS)
                one = singled_out(asked)
                return [SlotSet("order_number", one.number)] if one is not None else []
        order = await order_asked_about(question, buttons.show_order)
        if order is None:
            return []
        found = await question.records.order(order.id)
        told = OrderTold(question.wording, found)
        question.say(told.asked(question.text) or told.whole(), *_next(found))
        asked_of = {line.product_id for line in told.lines(question.text)}
        spoken_of = [SlotSet(PRODUCT, asked_of.pop()), SlotSet(VARIANT, None)] if len(asked_of) == 1 else []
        return [SlotSet("order_number", order.number), *spoken_of]


def _next(found: OrderDetail) -> list[buttons.Button]:
    """What is likeliest to be wanted next, by where the order stands."""
    number = found.order.number
    match found.order.status:
        case OrderStatus.PENDING:
            return [buttons.said(f"Change order {number}"), buttons.said(f"Cancel order {number}")]
        case OrderStatus.PROCESSED | OrderStatus.SHIPPED:
            return [buttons.track(number), buttons.ORDERS]
        case OrderStatus.DELIVERED:
            return [buttons.said(f"Return something from order {number}"), buttons.ORDERS]
    return [buttons.ORDERS]
