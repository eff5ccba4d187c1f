"""Paying an order that is still waiting to be packed another way."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.method_slots import ONE_METHOD, which_method
from actions.named_methods import left_after
from actions.order_paid import paid_like
from actions.order_payment_wish import meant_by_money
from actions.order_slots import OrderSlot, check_pending, order_of
from actions.personal import Question
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import STATUS
from support.errors import SupportError
from support.grounding.method_reading import read_method
from support.grounding.payment_wishes import payment_stays, splits_payment
from support.models.orders import OrderStatus
from support.ordering import order_changes
from support.ordering.order_changes import PaymentChange
from support.paying.payment_methods import Method
from support.refusals import CurrencyDiffers, GiftCardTooLow, OrderNotChangeable, SameMethod


async def _plan(question: Question, run: Run, method_id: str) -> PaymentChange:
    order = await order_of(question, run)
    return await order_changes.plan_payment_change(
        question.session, question.speaker, order.id, method_id, business=question.business, at=question.at
    )


class PaymentStays(SupportError):
    """The customer wants how the order is paid left alone."""

    code = "payment_stays"
    message = "All right, how the order is paid stays as it is."
_TOO_LITTLE = re.compile(r"(?:\bnot|n['’]?t)\s+(?:be |have |hold )?enough\b|\btoo little\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Ways:
    """How the order is paid now, None if by what is no longer there, and the methods that could pay it instead."""

    current: Method | None
    possible: list[Method]


async def _ways(question: Question, run: Run) -> _Ways:
    """Raises OrderNotChangeable, LinesAlreadySwapped, PaidInParts."""
    # Each method is a plan of its own, and the ways are asked for several times a turn
    return await question.records.once("ways to pay", run.values["order"], lambda: _tried(question, run))


async def _tried(question: Question, run: Run) -> _Ways:
    current, possible = None, []
    for method in await question.records.methods():
        try:
            await _plan(question, run, method.id)
        except SameMethod:
            current = method
        except (GiftCardTooLow, CurrencyDiffers):
            continue
        else:
            possible.append(method)
    return _Ways(current, possible)


@dataclass(frozen=True)
class NewMethodSlot(Slot):
    """The id of the method that shall pay for the order instead; one that cannot is refused with its reason."""

    name: str = "method"
    after: tuple[str, ...] = ("order",)

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        last = run.said[-1] if run.said else ""
        # "Don't change" may have been read as a no already
        if payment_stays(last if text in last else text):
            raise PaymentStays
        ways = await _ways(question, run)
        if run.knows(self) and _TOO_LITTLE.search(text):
            return NOTHING  # "oh, so the gift card isn't enough? OK then, yes"
        if splits_payment(text) and ways.possible:
            asked_again = which_method(ways.possible, f"{ONE_METHOD} Which one shall pay for all of it?")
            return Heard(prompt=asked_again, anew=True)
        if like := await paid_like(question, text, str(run.values.get("order"))):
            return Heard(like)
        reading = read_method(text, await question.records.methods(), original=ways.current, current=ways.current)
        if len(reading.chosen) == 1:
            return Heard(reading.chosen[0].id)
        fitting = [one for one in reading.chosen or reading.candidates if one in ways.possible]
        if len(fitting) == 1:
            return Heard(fitting[0].id)
        named = [one for one in reading.chosen or reading.candidates if one != ways.current]
        if not fitting and len(named) == 1:
            return Heard(named[0].id)  # it is told why that can't be
        if fitting and len(fitting) == len(ways.possible):
            return Heard(prompt=await self.prompt(question, run))
        if fitting:
            return Heard(prompt=which_method(fitting, "Which of these shall pay for it?"))
        if reading.asked_for and not asked and not ways.possible:
            return NOTHING
        if reading.asked_for:
            sorry = f"I can't find {reading.asked_for} among your payment methods; a new one is added in your account."
            return Heard(prompt=which_method(ways.possible, f"{sorry} Which of those that are there shall it be?"))
        return NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        possible = (await _ways(question, run)).possible
        return possible[0].id if len(possible) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if no other method could pay for it."""
        ways = await _ways(question, run)
        if not ways.possible:
            raise NothingToChoose(self.name)
        order = await order_of(question, run)
        now = f" instead of by your {ways.current.label}" if ways.current else ""
        return which_method(ways.possible, f"How do you want to pay for order {order.number}{now}?")


class ChangeOrderPayment(Task):
    intent = "change_order_payment"
    wanted = "pay an order another way"
    deeds = frozenset({"change", "pay", "charge", "use", "switch", "update"})
    part_of_it = frozenset({"show_order", "faq/payment_methods"})
    slots = (
        OrderSlot(fitting=frozenset({OrderStatus.PENDING}), purpose="pay another way"),
        NewMethodSlot(),
    )

    async def meant(self, question: Question, text: str) -> str:
        return await meant_by_money(question, text) or self.intent

    async def check(self, question: Question, run: Run) -> None:
        if run.said and payment_stays(run.said[-1]):
            raise PaymentStays
        await check_pending(question, run, OrderNotChangeable)

    async def plan(self, question: Question, run: Run) -> Plan:
        plan = await _plan(question, run, run.values["method"])
        paying, back = plan.movements
        amount = question.wording.money(plan.amount_minor, plan.currency)
        order = f"order {plan.order_number} with {question.wording.all_contents(await order_of(question, run))}"
        left = await left_after(question, paying.method_id, plan.amount_minor)
        left = f"{left}," if left else ""
        return Plan(
            f"{await self._too_little(question, run)}Your {paying.method}{left} would pay the {amount} for {order}, "
            f"and the {amount} that your {back.method} paid goes back to it.",
            "Shall I change the payment?", agreed=plan.amount_minor, yes="Yes, change it", no="No, leave it",
        )

    async def _too_little(self, question: Question, run: Run) -> str:
        """That a gift card which was named cannot pay for it, with a space behind it, or ""."""
        order, possible = await order_of(question, run), (await _ways(question, run)).possible
        known = await question.records.methods()
        named = [one for text in run.said for group in read_method(text, known).named for one in group]
        for one in named:
            if one.available_minor is not None and one.currency == order.currency and one not in possible:
                left = question.wording.money(one.available_minor, one.currency)
                return f"There is {left} on your {one.label}, too little for this order. "
        return ""

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order, words = await order_of(question, run), question.wording
        done = await order_changes.change_payment(
            session, question.speaker, order.id, run.values["method"], key=key, agreed_minor=run.agreed,
            business=question.business, at=question.at,
        )
        amount = words.money(done.details["amount_minor"], order.currency)
        return Outcome(
            f"Done: your order {order.number} is paid by your {done.details['to']} now, and {amount} goes back to your "
            f"{done.details['from']}. Your reference is {done.reference}.", [buttons.ORDERS], order=order.number,
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose(slot="order"):
                return Refusal(
                    "None of your orders can be paid another way any more: only those that are still waiting to be "
                    "packed can.", [buttons.ORDERS, buttons.PERSON],
                )
            case NothingToChoose():
                return Refusal(
                    "No other payment method of yours could pay for that order: a gift card has to cover all of it. "
                    "You can add one in your account and ask me again.", [buttons.PERSON],
                )
            case OrderNotChangeable():
                order = await order_of(question, run)
                return Refusal(
                    f"How your order {order.number} is paid can't be changed any more: it is {STATUS[order.status]}.",
                    [buttons.track(order.number), buttons.PERSON],
                )
            case PaymentStays():
                return Refusal(str(error))
            case SameMethod():
                return await self._paid_so_already(question, run)
            case GiftCardTooLow() | CurrencyDiffers():
                return await self._not_with_that(question, run, error)
        return None

    async def _paid_so_already(self, question: Question, run: Run) -> Refusal:
        order, current = await order_of(question, run), (await _ways(question, run)).current
        way = f"by your {current.label}" if current else "that way"
        return Refusal(
            f"Order {order.number} is paid {way} already, so there is nothing to change.", [buttons.ORDERS]
        )

    async def _not_with_that(self, question: Question, run: Run, error: SupportError) -> Refusal:
        """Why the method that was named is none, and the question for another one if there is any."""
        order, words = await order_of(question, run), question.wording
        named = next((one for one in await question.records.methods() if one.id == run.values.get("method")), None)
        reason = str(error)
        if named is not None and named.available_minor is not None and isinstance(error, GiftCardTooLow):
            reason = (
                f"There is {words.money(named.available_minor, named.currency)} on your {named.label}, and a gift card "
                f"has to cover the whole {words.money(order.total_minor, order.currency)}."
            )
        # What was said led here; said again, it would lead here again
        run.said.clear()
        if not (await _ways(question, run)).possible:
            return Refusal(f"{reason} No other payment method of yours could pay for it.", [buttons.PERSON])
        return Refusal(reason, forget=["method"])
