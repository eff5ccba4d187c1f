"""When a customer is to be called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from actions.wording import numbered
from support.care import call_backs
from support.grounding.positions import positions
from support.grounding.when_reading import read_days, read_when
from support.grounding.words import forms

_OFFERED = 5
_TAKEN = "At that time nobody is free to call."
_SOONEST = re.compile(
    r"\b(?:as soon as (?:possible|you can)|asap|right (?:now|away)|straight away|immediately|now|"
    r"(?:the )?(?:first|earliest|soonest|next)(?: (?:possible|available|free|open))?(?: (?:one|time|slot))?$|"
    r"any ?time|whenever)\b", re.IGNORECASE,
)
_AHEAD = re.compile(r"(?:in|within)\b.*(?:min|hour|hr|\dh)")  # "in two hours" needs no day


@dataclass(frozen=True)
class CallTimeSlot(Slot):
    """An instant at which somebody can call, as ISO 8601 in UTC."""

    name: str = "call_time"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        if asked and (chosen := _listed(run, text)):
            return Heard(chosen)
        zone = question.business.shop.zone
        reading = read_when(text, at=question.at, zone=zone)
        days = read_days(text, at=question.at, zone=zone)
        named = reading.chosen or reading.candidates
        if named and not days and not _AHEAD.match(reading.text):
            return await self._at_some_day(question, run, named, asked=asked)
        if reading.chosen:
            return await self._checked(question, reading.chosen[0])
        if reading.candidates:
            free = [one for one in reading.candidates if await is_free(question, one)]
            others = free or await free_from(question, reading.candidates[0])
            return _one_of(question, free) if free else Heard(prompt=_offer(question, others, _TAKEN))
        if _SOONEST.search(text) and (free := await free_from(question, question.at)):
            return Heard(free[0].isoformat())
        if days and (asked or reading.text):
            return await self._on(question, days[0])
        return NOTHING

    async def _at_some_day(
        self, question: Question, run: Run, named: Sequence[datetime], *, asked: bool
    ) -> Heard:
        """A time without a day: on the day whose times were just listed, else on the first when somebody is free."""
        clocks = {_local(question, one).time() for one in named}
        if asked and run.shown:
            day = _local(question, datetime.fromisoformat(run.shown[0])).date()
            theirs = [_instant(question, day, clock) for clock in sorted(clocks)]
            if free := [one for one in theirs if await is_free(question, one)]:
                return _one_of(question, free)
        fitting = [one for one in await free_from(question, question.at) if _local(question, one).time() in clocks]
        if fitting and len(clocks) == 1:
            return Heard(fitting[0].isoformat())
        return _one_of(question, fitting) if fitting else await self._checked(question, named[0])

    async def _on(self, question: Question, day: date) -> Heard:
        free = await free_from(question, _instant(question, day, time()))
        theirs = [one for one in free if _local(question, one).date() == day]
        asked = "At what time shall we call?"
        if not theirs:
            asked = f"On {question.wording.weekday(day)} nobody can call."
        return Heard(prompt=_offer(question, theirs or free, asked))

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return _offer(question, await free_from(question, question.at), "When shall we call you?")

    async def _checked(self, question: Question, wanted: datetime) -> Heard:
        if await is_free(question, wanted):
            return Heard(wanted.isoformat())
        rules = question.business.call_backs
        if wanted > question.at + timedelta(days=rules.days_ahead):
            sorry = f"That is too far ahead: a call can be booked for the next {rules.days_ahead} days."
        elif wanted < question.at + timedelta(minutes=rules.minutes_ahead):
            sorry = f"That is too soon: we need {rules.minutes_ahead} minutes."
        elif question.business.opening_hours.is_open(wanted):
            sorry = _TAKEN
        else:
            sorry = f"Nobody is here at that time; we are there {question.business.opening_hours.text()}."
        return Heard(prompt=_offer(question, await free_from(question, wanted), sorry))


def _one_of(question: Question, free: Sequence[datetime]) -> Heard:
    if len(free) == 1:
        return Heard(free[0].isoformat())
    return Heard(prompt=_offer(question, free, "When exactly shall we call?"))


def _local(question: Question, instant: datetime) -> datetime:
    return instant.astimezone(question.business.shop.zone)


def _instant(question: Question, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, question.business.shop.zone).astimezone(UTC)


def _listed(run: Run, text: str) -> str | None:
    places = positions(forms(text), len(run.shown)) if not re.search(r"\d", text) else ()
    return str(run.shown[places[0]]) if len(places) == 1 else None


async def free_from(question: Question, begins: datetime) -> list[datetime]:
    """The first times from then on at which somebody could call; the first of all if that is too far ahead."""
    rules = question.business.call_backs
    last = question.at + timedelta(days=rules.days_ahead)
    since = max(question.at, begins - timedelta(minutes=rules.minutes_ahead))
    found = await _times(question, since)
    return [one for one in found if one <= last] or await _times(question, question.at)


async def is_free(question: Question, wanted: datetime) -> bool:
    rules, zone = question.business.call_backs, question.business.shop.zone
    ahead = timedelta(minutes=rules.minutes_ahead)
    if not question.at + ahead <= wanted <= question.at + timedelta(days=rules.days_ahead):
        return False
    local = wanted.astimezone(zone)
    begins = wanted - timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return begins in (await _times(question, begins - ahead))[:1]


async def _times(question: Question, since: datetime) -> list[datetime]:
    found = await call_backs.call_back_times(question.session, question.speaker, business=question.business, at=since)
    return list(found)


def _offer(question: Question, free: Sequence[datetime], asked: str) -> Prompt:
    words, shown = question.wording, free[:_OFFERED]
    if not shown:
        return Prompt(f"{asked} No time is free just now; a person can find one with you.", [buttons.PERSON])
    titles = [f"{words.weekday(one)}, {words.clock(one)}" for one in shown]
    return Prompt(
        f"{asked} These times are free, or name another one:\n{numbered(titles)}",
        [buttons.said(one) for one in titles], [one.isoformat() for one in shown],
    )
