"""What a customer is written to about beyond their orders, and how: shown, and changed."""

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType
from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import PersonalAction, Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.errors import SupportError
from support.grounding.preference_reading import ContactWish, read_contact_wishes
from support.models.conversations import Level
from support.models.customers import Channel, Purpose
from support.people import preferences

PURPOSE = {Purpose.NEWSLETTER: "the newsletter", Purpose.OFFERS: "offers", Purpose.SURVEYS: "surveys"}
CHANNEL = {
    Channel.EMAIL: "by e-mail", Channel.SMS: "by text message", Channel.PHONE: "by phone", Channel.POST: "by post",
}

_BEGINS = re.compile(
    r"(?<!un)(?<!un-)\bsubscribe\b|\bsign(?:ing)? (?:me )?up\b|\bopt(?:ing)? ?-?in\b|\bstart\b|\bjoin\b|"
    r"\bput me on\b", re.IGNORECASE
)

type Granted = dict[tuple[Purpose, Channel], bool]
type Change = tuple[Purpose, Channel, bool]


class AlreadySo(SupportError):
    """It is as the customer wants it."""

    code = "already_so"


class ShowPreferences(PersonalAction):
    intent = "show_preferences"
    wanted = "your contact preferences"

    def name(self) -> str:
        return "action_show_preferences"

    async def answer(self, question: Question) -> list[EventType]:
        offers = [buttons.said("Change my contact preferences"), buttons.HELP]
        told = _told(question, await _granted(question))
        question.say(f"{told} Messages about your orders come in any case.", *offers)
        return []


@dataclass(frozen=True)
class WishesSlot(Slot):
    """`[[granted, purposes, channels, everything], …]`: every yes and no that was said."""

    name: str = "contact_wishes"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        wishes = read_contact_wishes(text)
        if not wishes and asked:
            # "The newsletter" answers what it is that shall begin or end
            verb = "sign me up for" if any(_begins(said) for said in run.said) else "unsubscribe me from"
            wishes = read_contact_wishes(f"{verb} {text}")
        if any(wish.granted and not wish.purposes for wish in wishes):
            return Heard(prompt=_about_what("What shall we write to you about?", begins=True))
        kept = [[one.granted, list(one.purposes), list(one.channels), one.everything] for one in wishes]
        return Heard(kept) if kept else NOTHING

    async def prompt(self, question: Question, run: Run) -> Prompt:
        begins = any(_begins(said) for said in run.said)
        told = _told(question, await _granted(question))
        asked = "What do you want to hear of?" if begins else "What shall I change?"
        return _about_what(f"{told} {asked}", begins=begins)


class SetPreferences(Task):
    intent = "set_preferences"
    wanted = "change your contact preferences"
    deeds = frozenset({"unsubscribe", "stop", "subscribe", "change", "end"})
    part_of_it = frozenset({"faq/newsletter"})
    needs = Level.VERIFIED
    slots = (WishesSlot(),)

    async def plan(self, question: Question, run: Run) -> Plan:
        granted = await _granted(question)
        changes = changed_by(_wishes(run), granted)
        if not changes:
            raise AlreadySo(f"That is how it is already. {_told(question, granted)}")
        more, less = _listed(question, changes, wanted=True), _listed(question, changes, wanted=False)
        said = [f"you would get {more}"] if more else []
        said += [f"you would no longer get {less}"] if less else []
        text = f"{question.wording.listed(said)}."
        return Plan(f"{text[:1].upper()}{text[1:]}", "Shall I change that?", yes="Yes, change it", no="No, leave it")

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        wishes, granted = _wishes(run), await _granted(question)
        changes = changed_by(wishes, granted)
        if all(wish.everything for wish in wishes):
            done = [await preferences.stop_everything(session, question.speaker, key=key, at=question.at)]
        else:
            done = [
                await preferences.set_preference(
                    session, question.speaker, purpose, channel, wanted, key=f"{key}:{purpose}:{channel}",
                    at=question.at,
                ) for purpose, channel, wanted in changes
            ]
        after = granted | {(purpose, channel): wanted for purpose, channel, wanted in changes}
        references = question.wording.listed(one.reference for one in done)
        yours = f"Your reference is {references}" if len(done) == 1 else f"Your references are {references}"
        return Outcome(f"Done. {_told(question, after)} {yours}.", [buttons.HELP])

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, AlreadySo):
            return Refusal(str(error), [buttons.said("Change my contact preferences"), buttons.HELP])
        return None


def changed_by(wishes: list[ContactWish], granted: Granted) -> list[Change]:
    """What has to change for the wishes: a no takes back what was granted, but for what is wanted all the same."""
    wanted: list[tuple[Purpose, Channel]] = []
    for wish in wishes:
        if wish.granted:
            for purpose in wish.purposes:
                before = [channel for channel in Channel if granted.get((purpose, channel))]
                wanted += [(purpose, channel) for channel in wish.channels or before or [Channel.EMAIL]]
    ended = [
        (purpose, channel) for purpose in Purpose for channel in Channel
        if granted.get((purpose, channel)) and (purpose, channel) not in wanted and any(
            not wish.granted and purpose in (wish.purposes or Purpose) and channel in (wish.channels or Channel)
            for wish in wishes
        )
    ]
    begun = [one for one in dict.fromkeys(wanted) if not granted.get(one)]
    return [(*one, True) for one in begun] + [(*one, False) for one in ended]


async def _granted(question: Question) -> Granted:
    found = await preferences.preferences(question.session, question.speaker)
    return {(one.purpose, one.channel): one.granted for one in found}


def _wishes(run: Run) -> list[ContactWish]:
    return [
        ContactWish(granted, tuple(map(Purpose, purposes)), tuple(map(Channel, channels)), everything)
        for granted, purposes, channels, everything in run.values["contact_wishes"]
    ]


def _told(question: Question, granted: Granted) -> str:
    """What the customer is written to about."""
    yes = [(purpose, channel, True) for (purpose, channel), granted_ in granted.items() if granted_]
    listed = _listed(question, yes, wanted=True)
    return f"You get {listed} from us." if listed else "You get no newsletter, offers or surveys from us."


def _listed(question: Question, changes: list[Change], *, wanted: bool) -> str:
    """`the newsletter by e-mail and by post`, one after the other."""
    by: dict[Purpose, list[Any]] = {}
    for purpose, channel, granted in changes:
        if granted is wanted:
            by.setdefault(purpose, []).append(CHANNEL[channel])
    words = question.wording
    return words.listed(f"{PURPOSE[purpose]} {words.listed(ways)}" for purpose, ways in by.items())


def _about_what(asked: str, *, begins: bool) -> Prompt:
    ends = () if begins else ("Everything",)
    return Prompt(asked, [buttons.said(one) for one in ("The newsletter", "Offers", "Surveys", *ends)])


def _begins(text: str) -> bool:
    return _BEGINS.search(text) is not None
