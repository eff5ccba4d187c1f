"""What is to be told of a payment method that was named: why it cannot be taken, or what is left on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.order_slots import order_of
from actions.personal import Question
from actions.said_along import methods_said_along
from actions.tasks import AGREED, Run
from support.grounding.method_reading import MethodReading, read_method
from support.grounding.payment_wishes import asks_balance
from support.models.payments import MethodKind, PaymentKind
from support.paying import done_here
from support.paying.payment_methods import Method

METHOD = "method"


@dataclass(frozen=True)
class Money:
    """What is to be settled: `choices` are the ids of the methods that may be named, the original one first.

    `amount_minor` is what the customer gets, less than zero what they pay. `question` asks for the method.
    `comes_back` tells that it is the money of things that were returned, which may not go everywhere; `things` says
    what each of several things comes to.
    """

    amount_minor: int
    choices: tuple[str, ...]
    question: str
    currency: str
    comes_back: bool = False
    things: str = ""


@dataclass(frozen=True)
class Named:
    """What a text says of methods: the `fitting` ones of those that may be named, and those that may not.

    `unknown` is what it names that is none of theirs, "" for nothing.
    """

    fitting: tuple[Method, ...]
    impossible: tuple[Method, ...]
    unknown: str = ""

    @property
    def in_vain(self) -> bool:
        """Whether it names some, and none of them may be."""
        return not self.fitting and bool(self.impossible or self.unknown)


_AS_BEFORE = re.compile(
    r"\bsame (?:(?:card|method|way|account|payment|one) )?(?:as|like) "
    r"(?:before|last time|(?:for|with) the (?:last|other|first)|just now|previously)\b|"
    r"\bsame (?:card|method|account|one) again\b|\b(?:as|like) before\b", re.IGNORECASE,
)


async def named_in(question: Question, run: Run, money: Money, text: str, *, asked: bool) -> Named:
    """The methods that `text` names; "the same card as before" is the one that was used last in the conversation."""
    methods = await question.records.methods()
    if _AS_BEFORE.search(text) and not read_method(text, methods, asked=False).chosen:
        done = await done_here.settled_here(question.session, question.speaker)
        used = [one for deed in reversed(done) for one in methods if one.label in deed.by]
        if used:
            return _sorted(MethodReading(chosen=(used[0],)), money)
    payments = (await question.records.order((await order_of(question, run)).id)).payments
    paid = [moved.method for moved in payments if moved.kind is PaymentKind.PAYMENT]
    original = next((one for one in methods if paid and one.label == paid[-1]), None)
    reading = read_method(text, methods, original=original, asked=asked)
    return _sorted(reading, money)


def _sorted(reading: MethodReading, money: Money) -> Named:
    named = reading.chosen or reading.candidates
    order = [one.id for group in reading.named for one in group]
    fitting = tuple(
        sorted((one for one in named if one.id in money.choices), key=lambda one: order.index(one.id) if order else 0)
    )
    if not fitting:
        return Named((), named, reading.asked_for)
    # Of "my card" the one that fits is meant; of "PayPal, else the gift card" both were
    apart = [group for group in reading.named if not any(one.id in money.choices for one in group)]
    return Named(fitting, tuple(one for group in apart for one in group), reading.asked_for)


async def told_of_methods(question: Question, run: Run, money: Money, text: str = "") -> str:
    """What to say before the plan of what was named in vain, or asked about, with a space after it; "" for nothing.

    Before the first plan all that was said counts, else only what was said last, or `text`.
    """
    texts = run.said[-1:]
    if run.asked not in (AGREED, METHOD, "change"):
        texts = [*reversed(run.said), *await methods_said_along(question, run)]
    for said in [text] if text else texts:
        if asks_balance(said) and (told := await balance_told(question, money)):
            return "" if await left_after(question, str(run.values.get("method")), 0) else f"{told} "
        named = await named_in(question, run, money, said, asked=run.asked == METHOD)
        if told := await why_not(question, money, named):
            return f"{told} "
        if named.fitting:
            return ""
    return ""


async def why_not(question: Question, money: Money, named: Named) -> str:
    """Why what was named cannot be taken, "" where all of it can."""
    if named.unknown and not named.impossible:
        return f"I can't find {named.unknown} among your payment methods."
    if not named.impossible:
        return ""
    words, one = question.wording, named.impossible[0]
    if money.comes_back:
        methods = [method for method in await question.records.methods() if method.id in money.choices]
        paid = [method.label for method in methods if method.kind is not MethodKind.GIFT_CARD]
        if not paid:
            return "A refund of a return can only go back to how you paid, and that was your gift card."
        how = words.listed(paid)
        return f"A refund of a return can only go back to how you paid ({how}) or to a gift card of yours."
    if one.available_minor is not None and one.currency != money.currency:
        return f"Your {one.label} is in another currency than the order."
    if one.available_minor is not None and money.amount_minor < 0:
        left, amount = words.money(one.available_minor, one.currency), words.money(-money.amount_minor, money.currency)
        return f"There is {left} on your {one.label}, too little for {amount}."
    return f"That can't go by {one.label}."


async def left_after(question: Question, method_id: str, amount_minor: int, *, link: str = ", which") -> str:
    """`, which then has $0.91 left` of a gift card that pays the amount, in minor units; "" for what has no balance.

    Less than zero comes to it: `, which then has $0.91 on it`. The `link` stands before "then".
    """
    one = next((method for method in await question.records.methods() if method.id == method_id), None)
    if one is None or one.available_minor is None or one.available_minor < amount_minor:
        return ""
    left = question.wording.money(one.available_minor - amount_minor, one.currency)
    return f"{link} then has {left} {'left' if amount_minor > 0 else 'on it'}"


async def balance_told(question: Question, money: Money) -> str:
    """What is left on their gift cards in that currency, "" without any."""
    cards: Sequence[Method] = [
        one for one in await question.records.methods()
        if one.available_minor is not None and one.currency == money.currency
    ]
    words = question.wording
    told = words.listed(f"{words.money(one.available_minor or 0, one.currency)} on your {one.label}" for one in cards)
    return f"There is {told}." if cards else ""
