"""Questions that sound general, or of goods, and ask for money of the customer's own."""

import re
from collections.abc import Callable

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import buttons
from actions.order_choice import OrdersAsked
from actions.order_sums import asks_which_holds, told_of_holding, told_of_orders
from actions.order_words import OrderTold
from actions.orders_together import asks_together
from actions.other_products import asks_for_others, told_of_others
from actions.own_compared import asks_which_cost_more, told_compared
from actions.payment_methods import told_of_gift_cards
from actions.personal import Question, knows_enough, question_of
from actions.product_asked import utmost_prices
from actions.sums import names_goods, sum_told
from actions.supposed_cancellations import asks_if_cancelled
from actions.supposed_returns import told_supposed
from actions.things_paid import asks_what_was_paid, told_paid
from actions.typed import typed
from support.grounding.line_reading import read_lines
from support.grounding.order_totals import of_shop
from support.grounding.payment_wishes import asks_balance
from support.grounding.price_comparing import supposes_return
from support.grounding.sum_questions import SumAsked, done_asked, each_asked, sum_asked
from support.models.conversations import Level
from support.models.orders import OrderStatus

_ONE_WITH = re.compile(
    r"\b(?:the|that|my) (?:one|order|purchase)s? (?:with|that (?:has|holds|contains))\b", re.IGNORECASE
)
_MY_ORDERS = re.compile(r"\b(?:my|our) (?:\w+ ){0,2}(?:orders|purchases)\b", re.IGNORECASE)
_COMES_TO = re.compile(r"\b(?:total|altogether|in all|come to|comes to|sum)\b", re.IGNORECASE)

# Told from the words alone, so that most questions open no session for it.
_ASKS: tuple[Callable[[str], object], ...] = (
    sum_asked, done_asked, each_asked, asks_which_holds, asks_what_was_paid, utmost_prices, supposes_return,
    _ONE_WITH.search, asks_balance, asks_for_others, asks_together, asks_if_cancelled,
    asks_which_cost_more,
)


async def told_of_own(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """The slots to set where their records have answered it; None where it was no such question."""
    if not any(asks(typed(tracker)) for asks in _ASKS) or not knows_enough(tracker, Level.VERIFIED):
        return None
    async with question_of(dispatcher, tracker) as question:
        told = await told_compared(question) or await sum_told(question, question.text)
        told = told or await _dearest_of_shown(question)
        told = told or await told_of_holding(question) or await told_of_gift_cards(question)
        if not told and not tracker.slots.get("task"):
            if found := await _total_of_one_with(question):
                return found
            told = await told_paid(question) or await told_of_others(question)
        told = told or await _of_orders_before(question)
        nothing_else = sum_asked(question.text) is not None and not await names_goods(question, question.text)
        if not told and nothing_else and not tracker.slots.get("task"):
            told = "What shall I add up? Tell me the orders or the things."
        if told:
            question.say(told)
            return []
        return [] if await told_supposed(question) else None


async def _of_orders_before(question: Question) -> str:
    """What their orders come to, where it is they that were spoken of: "which is the dearest? And all together?"."""
    if sum_asked(question.text) is not SumAsked.ANY or not any(map(_MY_ORDERS.search, question.said[-2:])):
        return ""
    orders = tuple(await question.records.all_orders())
    return told_of_orders(question, OrdersAsked(orders, "", "", counts=False, sums=True, utmost="", narrowed=False))


async def _total_of_one_with(question: Question) -> list[EventType]:
    """The slot of the order that "the one with the camera" is, after its total has been told; none if it is unclear."""
    if not _ONE_WITH.search(question.text) or not _COMES_TO.search(question.text):
        return []
    details = [
        await question.records.order(one.id) for one in await question.records.orders()
        if one.status is not OrderStatus.CANCELLED
    ]
    found = [one for one in details if read_lines(question.text, one.lines).chosen]
    found = [one for one in found if one.order.status.open] if len(found) > 1 else found
    if len(found) != 1:
        return []
    question.say(OrderTold(question.wording, found[0]).total(), buttons.show_order(found[0].order.number))
    return [SlotSet("order_number", found[0].order.number)]


async def _dearest_of_shown(question: Question) -> str:
    """Which of the orders that were listed costs most or least: "which of them is the most expensive one?"."""
    slots = question.tracker.slots
    prices = utmost_prices(question.text)
    if slots.get("requested_slot") != "order" or len(prices) != 1 or of_shop(question.text):
        return ""
    if await names_goods(question, question.text):
        return ""
    shown = (slots.get("task") or {}).get("shown") or []
    some = tuple(one for one in await question.records.orders() if one.number in shown or one.id in shown)
    if len(some) < 2:
        return ""
    utmost = {"lowest": "cheapest", "highest": "dearest"}[prices[0]]
    asked = OrdersAsked(some, "", "", counts=False, sums=False, utmost=utmost, narrowed=True)
    return told_of_orders(question, asked)
