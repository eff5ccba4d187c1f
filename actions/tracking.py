"""Where an order is: the one that was named, or the one that is still on its way."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.order_named_only import named_only
from actions.own_postcodes import without_own_postcodes
from actions.parcels import describe
from actions.personal import PersonalAction, Question
from actions.show_order import ShowOrder
from actions.wording import STATUS, excerpt
from support.errors import NotFound
from support.grounding.numbered_orders import numbered, unknown_number
from support.grounding.order_questions import asks_where_it_goes
from support.models.conversations import Level
from support.ordering import orders
from support.ordering.orders import OrderSummary

OFFERED = 5
NOTHING_OPEN = "Nothing is on its way to you just now. "
_POINTING_BACK = re.compile(r"\b(it|its|it's|that|this|same|one)\b", re.IGNORECASE)


class TrackOrder(PersonalAction):
    intent = "track_order"
    wanted = "where your order is"
    needs = Level.ORDER_HOLDER

    def name(self) -> str:
        return "action_track_order"

    async def answer(self, question: Question) -> list[EventType]:
        if (only := await named_only(question)) is not None:
            return only
        if asks_where_it_goes(question.text):
            return await ShowOrder().answer(question)
        named = await _named(question) or _named_before(question)
        if named is not None:
            return await self._named(question, named)
        open_orders = await orders.open_orders(question.session, question.speaker)
        if len(open_orders) == 1:
            return await _tell(question, open_orders[0])
        if open_orders:
            _ask_which(question, "You have several orders on their way. Which one do you mean?", open_orders)
            return []
        latest = await orders.list_orders(question.session, question.speaker, limit=1)
        if latest.orders:
            return await _tell(question, latest.orders[0], before=NOTHING_OPEN)
        question.say(
            f"You haven't ordered anything from us yet, {question.customer.first_name}, so there is no "
            "parcel to look for. If you ordered with another account, sign in with that one.",
            buttons.HELP, buttons.PERSON,
        )
        return []

    async def _named(self, question: Question, number: str) -> list[EventType]:
        try:
            found = await orders.find_order(question.session, question.speaker, number)
        except NotFound:
            latest = await orders.list_orders(question.session, question.speaker, limit=3)
            offers = [buttons.track(order.number) for order in latest.orders]
            more = " Is it one of these?" if offers else ""
            written = excerpt(number, 40)
            question.say(f"I can't find an order {written} among yours.{more}", *offers, buttons.PERSON)
            return [SlotSet("order_number", None)]
        if len(found) == 1:
            return await _tell(question, found[0])
        _ask_which(question, f"Several of your orders fit {excerpt(number, 40)}. Which one is it?", found)
        return []


async def _named(question: Question) -> str | None:
    """The number that the message has, in whatever form the shop gives its numbers; no postcode."""
    text = await without_own_postcodes(question, question.text)
    if not text:
        return question.entity("order_number")  # a button was pressed
    known = await question.records.orders()
    reading = numbered(text, known)
    if reading is not None and len(reading.chosen) == 1:
        return reading.chosen[0].number
    entity = question.entity("order_number")
    return entity if entity and (reading is not None and entity in text) else unknown_number(text, known) or None


def _named_before(question: Question) -> str | None:
    """The order that was last spoken of, if the message points back at it ("and where is it now?")."""
    slot = question.tracker.slots.get("order_number")
    return str(slot) if slot and _POINTING_BACK.search(question.text) else None


def _ask_which(question: Question, asked: str, candidates: tuple[OrderSummary, ...]) -> None:
    words = question.wording
    shown = candidates[:OFFERED]
    listed = "\n".join(
        f"{order.number} · {words.day(order.placed_at)} · {STATUS[order.status]}: {words.contents(order)}"
        for order in shown
    )
    rest = len(candidates) - len(shown)
    more = f"\nand {words.count(rest, 'other')}; tell me the number if it is one of them." if rest else ""
    question.say(f"{asked}\n{listed}{more}", *(buttons.track(order.number) for order in shown))


async def _tell(question: Question, order: OrderSummary, before: str = "") -> list[EventType]:
    found = await orders.tracking(question.session, question.speaker, order.id)
    offers = [buttons.ORDERS]
    if order.status.open and any(parcel.late_by(question.wording.today) for parcel in found.parcels):
        offers = [buttons.said(f"Report that order {order.number} is late"), buttons.PERSON, *offers]
    question.say(before + describe(found, question.wording, question.business), *offers)
    return [SlotSet("order_number", order.number)]
