"""For how long a subscription is to rest, and by how much it is to go on."""

import re
from dataclasses import dataclass
from datetime import date

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.subscription_slots import subscription_of
from actions.tasks import Run
from support.errors import SupportError
from support.grounding.value_reading import read_months, read_quantity
from support.grounding.when_reading import read_days
from support.months import month_number
from support.subscribing import subscriptions
from support.subscribing.subscriptions import MOST_PERIODS, SubscriptionSummary

_SKIP = re.compile(r"\bskip\b|\bleave out\b|\bmiss\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:deliver\w+|renewals?|periods?|times|terms?|shipments?|boxe?s?|rounds?)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till?)\s+(?P<then>.+)")


@dataclass(frozen=True)
class PauseSlot(Slot):
    """For how many months: as said, until a date, or as long as one delivery is skipped."""

    name: str = "months"
    after: tuple[str, ...] = ("subscription",)

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        one, most = await subscription_of(question, run), question.business.subscriptions.longest_pause_months
        months = await self._until(question, run, text) or read_months(text) if asked or _timed(text) else None
        if months is None and _SKIP.search(text):
            months = one.every_months
        if months is None:
            return NOTHING
        if months > most:
            sorry = f"A pause can last {question.wording.count(most, 'month')} at most. "
            return Heard(prompt=self._ask(question, sorry))
        return Heard(months)

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return self._ask(question, "")

    def _ask(self, question: Question, before: str) -> Prompt:
        most = question.business.subscriptions.longest_pause_months
        titles = [question.wording.count(months, "month") for months in range(1, most + 1)]
        return Prompt(f"{before}For how long shall it pause?", [buttons.said(one) for one in titles])

    async def _until(self, question: Question, run: Run, text: str) -> int | None:
        """The fewest months after which it goes on at that date or later; one more than may be if none is enough."""
        wanted = _date_after_until(question, text)
        if wanted is None:
            return None
        most = question.business.subscriptions.longest_pause_months
        for months in range(1, most + 1):
            try:
                plan = await subscriptions.plan_pause(
                    question.session, question.speaker, run.values["subscription"], months, business=question.business,
                    at=question.at,
                )
            except SupportError:
                return months  # the plan of the task says why
            if plan.paused_until >= wanted:
                return months
        return most + 1


def _timed(text: str) -> bool:
    return bool(re.search(r"\b(?:months?|years?|quarter|until|till|til)\b", text, re.IGNORECASE))


def _date_after_until(question: Question, text: str) -> date | None:
    found = _UNTIL.search(text.lower())
    if found is None:
        return None
    if days := read_days(found["then"], at=question.at, zone=question.business.shop.zone):
        return days[0]
    month = next((number for word in found["then"].split() if (number := month_number(word.strip(",.!")))), None)
    today = question.wording.today
    return date(today.year + (month <= today.month), month, 1) if month else None


@dataclass(frozen=True)
class PeriodsSlot(Slot):
    """By how many of its own periods it goes on: months are counted in them."""

    name: str = "periods"
    after: tuple[str, ...] = ("subscription",)

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        one = await subscription_of(question, run)
        if _COUNTED.search(text) and (counted := read_quantity(text)):
            return self._fitting(question, one, counted)
        months = read_months(text, most=MOST_PERIODS * one.every_months) if asked or _timed(text) else None
        if months is None:
            if asked and (beyond := read_quantity(text)):
                return self._fitting(question, one, beyond)
            return NOTHING
        if months % one.every_months:
            return Heard(prompt=self._ask(question, one, f"It comes every {one.every_months} months. "))
        return self._fitting(question, one, months // one.every_months)

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return self._ask(question, await subscription_of(question, run), "")

    def _fitting(self, question: Question, one: SubscriptionSummary, periods: int) -> Heard:
        if periods > MOST_PERIODS:
            most = question.wording.count(MOST_PERIODS * one.every_months, "month")
            return Heard(prompt=self._ask(question, one, f"I can extend it by {most} at most. "))
        return Heard(periods)

    def _ask(self, question: Question, one: SubscriptionSummary, before: str) -> Prompt:
        titles = [question.wording.count(one.every_months * count, "month") for count in (1, 3, 6, 12)]
        return Prompt(f"{before}By how much shall it go on?", [buttons.said(each) for each in titles])
