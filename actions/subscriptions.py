"""What comes to a customer again and again: what there is, when it renews, what it costs, why it stays as it is."""

from collections.abc import Sequence

from rasa_sdk.events import EventType

from actions import buttons
from actions.personal import PersonalAction, Question
from actions.slots import NothingToChoose
from actions.subscription_slots import (
    RUNNING,
    meant,
    rhythm,
    subscription_of,
    subscriptions_of,
)
from actions.tasks import Refusal, Run
from actions.wording import numbered
from support.errors import SupportError
from support.refusals import SubscriptionEnded
from support.subscribing.subscription_dates import Standing
from support.subscribing.subscriptions import SubscriptionSummary

MINE = "My subscriptions"


class ShowSubscriptions(PersonalAction):
    intent = "show_subscriptions"
    wanted = "your subscriptions"

    def name(self) -> str:
        return "action_show_subscriptions"

    async def answer(self, question: Question) -> list[EventType]:
        known = await subscriptions_of(question)
        if not known:
            nothing = f"You have no subscription with us, {question.customer.first_name}."
            question.say(nothing, buttons.ORDERS, buttons.HELP)
            return []
        chosen, candidates = meant(question.text, known)
        shown = [one for one in known if one.id in (chosen or candidates)] or list(known)
        running = [one for one in shown if one.standing in RUNNING]
        if len(shown) == 1:
            question.say(told(question, shown[0]), *_offers(shown[0]))
            return []
        listed = numbered(told(question, one) for one in shown)
        heading = f"You have {question.wording.count(len(shown), 'subscription')}, {len(running)} of them running:"
        question.say(f"{heading}\n{listed}{_together(question, running)}", buttons.HELP)
        return []


def told(question: Question, one: SubscriptionSummary) -> str:
    words = question.wording
    pieces = f"{one.quantity} × " if one.quantity > 1 else ""
    said = f"{pieces}{one.name}, {rhythm(question, one)}: "
    following = f"the next renewal is on {words.day(one.next_renewal)}" if one.next_renewal else "nothing more comes"
    end = f" It ends on {words.day(one.ends_on)}." if one.ends_on else ""
    match one.standing:
        case Standing.ENDED:
            return said + (f"it ended on {words.day(one.ends_on)}." if one.ends_on else "it has ended.")
        case Standing.ENDING:
            last = f" Until then {following}." if one.next_renewal else ""
            return f"{said}it is cancelled.{end}{last}"
        case Standing.PAUSED:
            until = f" until {words.day(one.paused_until)}" if one.paused_until else ""
            return f"{said}it is paused{until}; {following}.{end}"
    return f"{said}{following}.{end}"


def _together(question: Question, running: Sequence[SubscriptionSummary]) -> str:
    """What they cost together, by how often they come."""
    sums: dict[tuple[int, str], int] = {}
    for one in running:
        key = (one.every_months, one.currency)
        sums[key] = sums.get(key, 0) + one.price_minor
    if len(running) < 2:
        return ""
    parts = [
        f"{question.wording.money(minor, currency)} every {'month' if months == 1 else f'{months} months'}"
        for (months, currency), minor in sorted(sums.items())
    ]
    return f"\nTogether the running ones cost {question.wording.listed(parts)}."


def _offers(one: SubscriptionSummary) -> list[buttons.Button]:
    if one.standing is Standing.ACTIVE:
        return [buttons.said(f"Pause {one.name}"), buttons.said(f"Cancel my subscription {one.name}")]
    return [buttons.said(f"Resume {one.name}")] if one.standing is Standing.PAUSED else [buttons.HELP]


async def refused_for(
    question: Question, run: Run, error: SupportError, done: str, only: str
) -> Refusal | None:
    """What every change has to say to a refusal; `done` is what cannot be, "paused", `only` tells what it can be "
    "for."""
    if isinstance(error, NothingToChoose):
        return Refusal(
            f"You have no subscription that can be {done}: only {only} can.", [buttons.said(MINE), buttons.PERSON]
        )
    if isinstance(error, SubscriptionEnded):
        one = await subscription_of(question, run)
        return Refusal(
            f"{one.name} can't be {done}: it has been cancelled or has ended. {told(question, one)} A person can "
            "help you to start it anew.", [buttons.said(MINE), buttons.PERSON],
        )
    return None
