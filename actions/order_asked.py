"""Which of the customer's orders a question is about."""

from collections.abc import Callable, Sequence

from actions import buttons
from actions.buttons import Button
from actions.own_postcodes import without_own_postcodes
from actions.personal import Question
from actions.wording import STATUS, excerpt, numbered
from support.errors import NotFound
from support.grounding.numbered_orders import unknown_number
from support.ordering import orders
from support.ordering.order_views import OrderSummary

OFFERED = 5


async def named_orders(question: Question) -> list[OrderSummary]:
    """The orders that the message names, or the ones that it may; without any, none."""
    known = await question.records.orders()
    if number := question.entity("order_number"):
        try:
            return list(await orders.find_order(question.session, question.speaker, number))
        except NotFound:
            pass
    text = await without_own_postcodes(question, question.text)
    reading = question.orders_in(text, known, current=await _spoken_of(question))
    if reading.chosen or reading.candidates:
        return list(reading.chosen or reading.candidates)
    if number := unknown_number(text, known):
        return list(await orders.find_order(question.session, question.speaker, number))
    return []


async def order_asked_about(question: Question, button: Callable[[str], Button]) -> OrderSummary | None:
    """The one order that the question is about; None if the customer was asked which, or told that there is none.

    Without a name it is the one last spoken of, or the only one. `button` asks the same of the order of a number.
    """
    known = await question.records.orders()
    try:
        found = await named_orders(question)
    except NotFound:
        number = unknown_number(question.text, known)
        more = " Is it one of these?" if known else ""
        sorry = f"I can't find an order {excerpt(number, 40)} among yours.{more}"
        question.say(_listed(question, sorry, known), *_offers(known, button), buttons.PERSON)
        return None
    if not found:
        found = await _spoken_of(question) or list(known)
    if not found:
        question.say(
            f"You haven't ordered anything from us yet, {question.customer.first_name}. If you ordered with another "
            "account, sign in with that one.", buttons.HELP, buttons.PERSON,
        )
        return None
    if len(found) > 1:
        question.say(_listed(question, "Which of your orders do you mean?", found), *_offers(found, button))
        return None
    return found[0]


async def _spoken_of(question: Question) -> list[OrderSummary]:
    number = question.tracker.slots.get("order_number")
    return [one for one in await question.records.orders() if one.number == number]


def _offers(some: Sequence[OrderSummary], button: Callable[[str], Button]) -> list[Button]:
    return [button(one.number) for one in some[:OFFERED]]


def _listed(question: Question, asked: str, some: Sequence[OrderSummary]) -> str:
    words, shown = question.wording, some[:OFFERED]
    listed = numbered(
        f"{one.number} · {words.day(one.placed_at)} · {STATUS[one.status]}: {words.contents(one)}" for one in shown
    )
    rest = len(some) - len(shown)
    more = f"\nand {words.count(rest, 'other')}: tell me the number if it is one of them." if rest else ""
    return f"{asked}\n{listed}{more}" if shown else asked
