"""Which of a customer's subscriptions is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Run
from actions.wording import numbered
from support.grounding.name_reading import read_named
from support.subscribing import subscriptions
from support.subscribing.subscription_dates import Standing
from support.subscribing.subscriptions import SubscriptionSummary

_PRICED = re.compile(
    r"\b(?:(cheap(?:er|est)|least expensive)|more expensive|most expensive|dear(?:er|est))\b", re.IGNORECASE
)
RUNNING = frozenset({Standing.ACTIVE, Standing.PAUSED})
_BESIDES = frozenset({
    "subscription", "plan", "cancel", "pause", "resume", "extend", "month", "week", "year", "last", "one",
})


async def subscriptions_of(question: Question) -> tuple[SubscriptionSummary, ...]:
    return await subscriptions.list_subscriptions(
        question.session, question.speaker, business=question.business, at=question.at
    )


def meant(text: str, known: Sequence[SubscriptionSummary], shown: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """The ids of the subscriptions that `text` names, and of those of which it may mean one."""
    by_reference = [one.id for one in known if re.search(rf"(?<!\w){re.escape(one.reference)}(?!\w)", text, re.I)]
    if by_reference:
        return by_reference, []
    listed = [one.id for one in known if one.id in shown]
    running = [one for one in known if one.id in shown or (not shown and one.standing in RUNNING)]
    if running and (found := _PRICED.search(text)):
        prices = [one.price_minor for one in running]
        price = min(prices) if found[1] else max(prices)
        return [one.id for one in running if one.price_minor == price], []
    reading = read_named(text, [(one.id, one.name) for one in known], shown=listed, besides=_BESIDES)
    return list(reading.chosen), list(reading.candidates)


@dataclass(frozen=True)
class SubscriptionSlot(Slot):
    """The id of a subscription; `fitting` are those that the task may be about. Others are taken where they are "
    "named."""

    name: str = "subscription"
    purpose: str = "change"
    fitting: frozenset[Standing] = RUNNING
    ends: bool = False  # only those with a last day

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        known = await subscriptions_of(question)
        chosen, candidates = meant(text, known, run.shown)
        some = [one.id for one in self._fit(known) if one.id in (candidates or chosen)]
        if candidates and len(some) != 1:
            return Heard(prompt=self._which(question, [one for one in known if one.id in (some or candidates)]))
        if candidates or (len(chosen) > 1 and some):
            return Heard(some[0], others=some[1:])
        return Heard(chosen[0], others=chosen[1:]) if chosen else NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        some = self._fit(await subscriptions_of(question))
        return some[0].id if len(some) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose if none can be meant."""
        some = self._fit(await subscriptions_of(question))
        if not some:
            raise NothingToChoose(self.name)
        return self._which(question, some)

    def _fit(self, known: Sequence[SubscriptionSummary]) -> list[SubscriptionSummary]:
        return [one for one in known if one.standing in self.fitting and (one.ends_on or not self.ends)]

    def _which(self, question: Question, some: Sequence[SubscriptionSummary]) -> Prompt:
        names = [title(one, some) for one in some]
        listed = numbered(f"{name}: {rhythm(question, one)}" for name, one in zip(names, some, strict=True))
        return Prompt(
            f"Which subscription do you want to {self.purpose}?\n{listed}", [buttons.said(name) for name in names],
            [one.id for one in some],
        )


def title(one: SubscriptionSummary, among: Sequence[SubscriptionSummary]) -> str:
    """Its name, with its number where another one is called the same."""
    alone = sum(other.name == one.name for other in among) == 1
    return one.name if alone else f"{one.name} {one.reference}"


def rhythm(question: Question, one: SubscriptionSummary) -> str:
    """`€12.50 every month`"""
    every = "month" if one.every_months == 1 else f"{one.every_months} months"
    return f"{question.wording.money(one.price_minor, one.currency)} every {every}"


async def subscription_of(question: Question, run: Run) -> SubscriptionSummary:
    """The subscription of the run. Raises NotFound."""
    row = await subscriptions.find(question.session, question.speaker, run.values["subscription"])
    return next(one for one in await subscriptions_of(question) if one.id == row.id)
