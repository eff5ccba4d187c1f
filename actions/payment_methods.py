"""What a customer can pay with, and what is left on their gift cards."""

import re

from rasa_sdk.events import EventType

from actions import buttons
from actions.order_asked import named_orders
from actions.personal import PersonalAction, Question
from actions.sums import sum_told
from actions.wording import Wording, numbered
from support.errors import NotFound
from support.formatting import listed
from support.grounding.method_reading import read_method
from support.grounding.payment_wishes import asks_balance
from support.models.conversations import Level
from support.models.payments import MethodKind
from support.paying import refunds
from support.paying.payment_methods import Method

_GIFT_CARD = re.compile(r"\b(?:gift ?cards?|vouchers?|balance|credit left|left on)\b", re.IGNORECASE)
_A_CARD, _POINTS = re.compile(r"\bgift ?cards?\b", re.IGNORECASE), re.compile(r"\bpoints?\b", re.IGNORECASE)
_ENOUGH = re.compile(
    r"\b(?:enough|suffice|sufficient|cover|pay (?:for )?(?:it|that|all|the whole))\b", re.IGNORECASE
)
_DEFAULT = re.compile(r"\b(?:default|usual|main|primary|standard|normally)\b", re.IGNORECASE)
_WHETHER = re.compile(
    r"\b(?:do i have|have i got|is there|did i (?:add|save)|have i (?:added|saved)|is my)\b", re.IGNORECASE
)


class ShowPaymentMethods(PersonalAction):
    intent = "show_payment_methods"
    wanted = "your payment methods"

    def name(self) -> str:
        return "action_show_payment_methods"

    async def answer(self, question: Question) -> list[EventType]:
        if told := await sum_told(question, question.text):
            question.say(told)
            return []
        if told := await _enough(question):
            question.say(told, buttons.ORDERS)
            return []
        methods = await question.records.methods()
        without = _GIFT_CARD.search(question.text) and all(one.kind is not MethodKind.GIFT_CARD for one in methods)
        told = await _told(question, methods)
        question.say(told, buttons.PERSON if without and methods else buttons.ORDERS, buttons.HELP)
        return []


async def _enough(question: Question) -> str:
    """Whether the gift cards could pay for the order that is spoken of, "" if it is not that that is asked."""
    cards = [one for one in await question.records.methods() if one.kind is MethodKind.GIFT_CARD]
    if not _ENOUGH.search(question.text) or not cards:
        return ""
    number = question.tracker.slots.get("order_number")
    try:
        some = await named_orders(question)
    except NotFound:
        return ""
    some = some or [one for one in await question.records.orders() if one.number == number]
    if len(some) != 1:
        return ""
    order, words = some[0], question.wording
    able = [one for one in cards if (one.available_minor or 0) >= order.total_minor and one.currency == order.currency]
    total = words.money(order.total_minor, order.currency)
    of_it = f"order {order.number} comes to {total}, and a gift card has to cover all of it"
    if able:
        return f"Yes: {of_it}. {_gift_cards(words, able)}"
    return f"No: {of_it}. {_gift_cards(words, cards)}"


async def told_of_gift_cards(question: Question) -> str:
    """What is left on their gift cards; "" where nothing asks for it, or they have none: "how much is on it?"."""
    if not asks_balance(question.text) or _POINTS.search(question.text) or _speaks_of_goods(question):
        return ""
    cards = [one for one in await question.records.methods() if one.kind is MethodKind.GIFT_CARD]
    return f"{_gift_cards(question.wording, cards)}{await _to_come(question, cards)}" if cards else ""


async def _to_come(question: Question, cards: list[Method]) -> str:
    """What returns and exchanges that are on their way bring to the only gift card, with what is on it then; or ""."""
    if len(cards) != 1 or not question.speaker.level.reaches(Level.ORDER_HOLDER):
        return ""
    found = await refunds.refunds_of(
        question.session, question.speaker, None, business=question.business, at=question.at
    )
    card, words = cards[0], question.wording
    coming = sum(one.amount_minor for one in found.to_arrive if one.method == card.label)
    if not coming:
        return ""
    then = words.money((card.available_minor or 0) + coming, card.currency)
    return f" {words.money(coming, card.currency)} more go to it once what you send back has reached us: {then} then."


async def balance_of_gift_cards(question: Question) -> str:
    """What is left on their gift cards, where a question for "the balance" speaks of them and of no points; else ""."""
    if not _A_CARD.search(question.text) or _POINTS.search(question.text):
        return ""
    cards = [one for one in await question.records.methods() if one.kind is MethodKind.GIFT_CARD]
    return _gift_cards(question.wording, cards)


def _speaks_of_goods(question: Question) -> bool:
    """Whether "how much is left of it?" may be about the stock of what was last spoken of."""
    return bool(question.tracker.slots.get("product")) and not _GIFT_CARD.search(question.text)


async def _told(question: Question, methods: tuple[Method, ...]) -> str:
    words, asked = question.wording, question.text
    if not methods:
        return "There is no payment method in your account yet. You can add one when you order, or in your account."
    if _GIFT_CARD.search(asked):
        cards = [one for one in methods if one.kind is MethodKind.GIFT_CARD]
        return f"{_gift_cards(words, cards)}{await _to_come(question, cards)}"
    if _DEFAULT.search(asked) and (default := next((one for one in methods if one.is_default), None)):
        return f"Your default is your {_described(words, default)}."
    reading = read_method(asked, methods) if _WHETHER.search(asked) else None
    if reading is not None and reading.asked_for:
        labels = listed([one.label for one in methods], words.locale)
        return f"No, {reading.asked_for} is not among your payment methods. You have {labels}."
    if reading is not None and reading.chosen:
        return f"Yes, you have {listed([_with_balance(words, one) for one in reading.chosen], words.locale)}."
    if len(methods) == 1:
        return f"You can pay with your {_with_balance(words, methods[0])}."
    told = [_with_balance(words, one) for one in methods]
    return f"You can pay with these {len(told)}:\n{numbered(one[:1].upper() + one[1:] for one in told)}"


def _gift_cards(words: Wording, cards: list[Method]) -> str:
    if not cards:
        return "There is no gift card in your account. What is on any other card a person can look up."
    if len(cards) == 1:
        [card] = cards
        return f"There is {words.money(card.available_minor or 0, card.currency)} on your {_described(words, card)}."
    sums: dict[str, int] = {}
    for one in cards:
        sums[one.currency] = sums.get(one.currency, 0) + (one.available_minor or 0)
    total = words.listed(words.money(minor, currency) for currency, minor in sums.items())
    told = numbered(_with_balance(words, one) for one in cards)
    return f"You have {words.count(len(cards), 'gift card')} with {total} in all:\n{told}"


def _with_balance(words: Wording, one: Method) -> str:
    """The same with what is on it: `gift card ending in 0815 (€10.00 on it)`."""
    if one.available_minor is None:
        return _described(words, one)
    return f"{_described(words, one)} ({words.money(one.available_minor, one.currency)} on it)"


def _described(words: Wording, one: Method) -> str:
    """`Visa ending in 4242, your default`; `gift card ending in 0815, good until 3 May`."""
    said = one.label
    if one.expires_on is not None:
        over = one.expires_on < words.today
        said += f", {'expired' if over else 'good until'} {'on ' if over else ''}{words.day(one.expires_on)}"
    return f"{said}, your default" if one.is_default else said
