"""The list of a customer's orders."""

from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.asked_of_records import answered
from actions.order_choice import OrdersAsked, orders_asked
from actions.order_named_only import named_only
from actions.order_sums import singled_out, told_of_orders
from actions.personal import PersonalAction, Question
from actions.things_paid import told_paid_in_several
from actions.wording import numbered
from support.errors import NotFound
from support.models.conversations import Level
from support.ordering import orders
from support.ordering.orders import OrderList

PAGE = 5
TRACKED = 3  # orders that get a button of their own


class ListOrders(PersonalAction):
    intent = "list_orders"
    wanted = "your orders"
    needs = Level.ORDER_HOLDER

    def name(self) -> str:
        return "action_list_orders"

    async def answer(self, question: Question) -> list[EventType]:
        if (only := await named_only(question)) is not None:
            return only
        if told := await told_paid_in_several(question):
            question.say(told, buttons.ORDERS)
            return []
        if await answered(question):
            return []
        asked = await orders_asked(question)
        if asked.narrowed:
            question.say(told_of_orders(question, asked), *_some(asked))
            one = singled_out(asked)
            return [SlotSet("order_number", one.number)] if one is not None else []
        before = await _id_of(question, question.entity("before"))
        found = await orders.list_orders(question.session, question.speaker, limit=PAGE, before=before)
        if not found.orders:
            _none(question, older=before is not None)
            return []
        listed = numbered(question.wording.order(order) for order in found.orders)
        heading = _heading(question, found, older=before is not None)
        rest = f"\n{question.wording.count(found.older, 'older order')} besides." if found.older else ""
        question.say(f"{heading}\n{listed}{rest}", *_offers(found))
        return []


def _some(asked: OrdersAsked) -> list[buttons.Button]:
    return [*(buttons.show_order(one.number) for one in asked.orders[:TRACKED]), buttons.ORDERS]


async def _id_of(question: Question, number: str | None) -> str | None:
    if number is None:
        return None
    try:
        candidates = await orders.find_order(question.session, question.speaker, number)
    except NotFound:
        return None
    return candidates[0].id


def _heading(question: Question, found: OrderList, *, older: bool) -> str:
    name, count = question.customer.first_name, len(found.orders)
    if older:
        return "Your older orders:" if count > 1 else "Your oldest order:"
    if count == 1:
        return f"You have one order with us, {name}:"
    if found.older:
        return f"Your latest {count} orders, {name}:"
    return f"You have {count} orders with us, {name}:"


def _none(question: Question, *, older: bool) -> None:
    if older:
        question.say("That was your first order with us; there are no older ones.", buttons.ORDERS)
        return
    question.say(
        f"You haven't ordered anything from us yet, {question.customer.first_name}. As soon as you do, I can "
        "tell you here where your parcel is.",
        buttons.HELP, buttons.PERSON,
    )


def _offers(found: OrderList) -> list[buttons.Button]:
    on_their_way = [order for order in found.orders if order.status.open] or list(found.orders[:1])
    offers = [buttons.track(order.number) for order in on_their_way[:TRACKED]]
    return [*offers, buttons.older_orders(found.orders[-1].number)] if found.older else offers
