"""One order whole, or just what of it was asked: a price, the total, the address, how it was paid."""

from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.order_asked import order_asked_about
from actions.order_words import OrderTold
from actions.personal import PersonalAction, Question
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderDetail


class ShowOrder(PersonalAction):
    intent = "show_order"
    wanted = "your order"
    needs = Level.ORDER_HOLDER

    def name(self) -> str:
        return "action_show_order"

    async def answer(self, question: Question) -> list[EventType]:
        order = await order_asked_about(question, buttons.show_order)
        if order is None:
            return []
        found = await question.records.order(order.id)
        told = OrderTold(question.wording, found)
        question.say(told.asked(question.text) or told.whole(), *_next(found))
        return [SlotSet("order_number", order.number)]


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
