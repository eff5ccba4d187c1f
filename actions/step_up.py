"""Getting to know in the conversation who speaks: what was asked for waits until then, and goes on by itself.

Nothing that is said here tells whether an address or an order is known. The use cases of support/signing_in/ count the
tries, whoever makes them; from the next turn on it is the desk that tells the level (docs/identity.md).
"""

import copy
import re
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any, Self

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import step_up_words as words
from actions.surroundings import surroundings
from support import clock
from support.errors import TooManyAttempts
from support.grounding.contact_reading import read_email
from support.grounding.held_order_reading import read_held_order
from support.models.conversations import Contact, Level
from support.refusals import CodeWrong, MailUnavailable, NotRecognised
from support.settings import Settings
from support.signing_in import codes, identification
from support.signing_in.codes import DIGITS
from support.signing_in.identification import Identity

SLOT, FORM = "step_up", "task_form"
TRIES = 3  # messages in a row that told nothing of who speaks
WAY, NUMBER, POSTCODE, CODE, SIGN_IN = "way", "number", "postcode", "code", "sign_in"
_CODE = re.compile(rf"(?<!\d)\d(?:[ -]?\d){{{DIGITS - 1}}}(?![ -]?\d)")


@dataclass(frozen=True)
class StepUp:
    """What waits until we know who speaks, as the slot keeps it.

    `text` is what was said, understood as `intent`; `purpose` is it in words: "To cancel an order". `asked` is what we
    wait for; SIGN_IN happens elsewhere. `turn` is the one in which we spoke last.
    """

    intent: str
    text: str
    purpose: str
    needs: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    asked: str = WAY
    number: str | None = None
    tries: int = 0
    turn: str = ""

    @classmethod
    def of(cls, tracker: Tracker) -> Self | None:
        kept = tracker.slots.get(SLOT)
        return cls(**kept) if kept else None

    @property
    def level(self) -> Level:
        return Level(self.needs)

    def slot(self, tracker: Tracker) -> EventType:
        return SlotSet(SLOT, asdict(replace(self, turn=turn_of(tracker))))

    def kept(self, tracker: Tracker) -> list[EventType]:
        """The events that keep it; the next message is the answer, unless a sign-in is waited for."""
        return [ActiveLoop(None if self.asked == SIGN_IN else FORM), self.slot(tracker)]


@dataclass(frozen=True)
class Heard:
    """What came of a message: `events`, or the `tracker` with which the request that waited goes on."""

    events: list[EventType] = field(default_factory=list)
    tracker: Tracker | None = None


OVER: list[EventType] = [ActiveLoop(None), SlotSet(SLOT, None)]


async def begin(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, intent: str, purpose: str, needs: Level, text: str = ""
) -> Heard:
    """Let the latest message wait, or `text`, and find out who speaks; they may have told already."""
    message = tracker.latest_message
    waits = StepUp(
        intent, text or str(message.get("text") or ""), purpose, needs.value, list(message.get("entities") or [])
    )
    if needs is Level.SIGNED_IN or not Settings().can_mail or _contact_id(tracker) is None:
        dispatcher.utter_message(text=words.sign_in(purpose), buttons=words.INSTEAD)
        return Heard([replace(waits, asked=SIGN_IN).slot(tracker)])
    return await take(dispatcher, tracker, waits, waits.text, first=True)


async def take(
    dispatcher: CollectingDispatcher, tracker: Tracker, waits: StepUp, text: str, *, first: bool = False
) -> Heard:
    """Read what `text` tells of who speaks; `first` if it was said before it was asked for."""
    contact_id = _contact_id(tracker) or ""
    held = read_held_order(text, asked=waits.asked if waits.asked in (NUMBER, POSTCODE) else "")
    number = held.number or waits.number
    try:
        if waits.asked == CODE and (typed := _CODE.search(text)):
            return await _known(dispatcher, tracker, waits, await _by_code(contact_id, typed[0]))
        if email := read_email(text):
            await _send(contact_id, email, turn_of(tracker))
            return _ask(dispatcher, tracker, replace(waits, asked=CODE, tries=0), words.CODE)
        if waits.level is Level.ORDER_HOLDER and not first and number and not held.postcode:
            return _ask(dispatcher, tracker, replace(waits, asked=POSTCODE, number=number, tries=0), words.POSTCODE)
        if waits.level is Level.ORDER_HOLDER and number and held.postcode:
            return await _known(dispatcher, tracker, waits, await _by_order(contact_id, number, held.postcode))
    except CodeWrong:
        return _ask(dispatcher, tracker, waits, words.CODE_WRONG)
    except NotRecognised:
        return _ask(dispatcher, tracker, replace(waits, asked=WAY, number=None), words.NOT_RECOGNISED)
    except TooManyAttempts:
        dispatcher.utter_message(text=words.too_many(), buttons=words.INSTEAD)
        return Heard(replace(waits, asked=SIGN_IN).kept(tracker))
    except MailUnavailable:
        dispatcher.utter_message(text=words.sign_in(waits.purpose), buttons=words.INSTEAD)
        return Heard(replace(waits, asked=SIGN_IN).kept(tracker))
    if first:
        return _ask(dispatcher, tracker, waits, words.ways(waits.purpose, waits.level))
    return ask_again(dispatcher, tracker, replace(waits, tries=waits.tries + 1), words.SORRY)


def ask_again(dispatcher: CollectingDispatcher, tracker: Tracker, waits: StepUp, before: str = "") -> Heard:
    """The open question once more, or no more after the third try."""
    if waits.tries >= TRIES:
        dispatcher.utter_message(text=words.gave_up(), buttons=words.INSTEAD)
        return Heard(replace(waits, asked=SIGN_IN).kept(tracker))
    asked = {CODE: words.CODE_AGAIN, POSTCODE: words.POSTCODE, NUMBER: words.NUMBER}
    return _ask(dispatcher, tracker, waits, before + asked.get(waits.asked, words.ways(waits.purpose, waits.level)))


def as_known(tracker: Tracker, waits: StepUp, identity: Identity | None = None) -> Tracker:
    """The tracker as if what waited had been said just now, by whom we know as `identity`."""
    one = copy.copy(tracker)
    one.slots, one.active_loop = {**tracker.slots, SLOT: None}, {}
    message = tracker.latest_message
    told = dict(message.get("metadata") or {})
    if identity is not None:
        told |= {
            "level": identity.level.value, "name": identity.name, "customer_id": identity.speaker.customer_id,
            "order_id": identity.speaker.order_id,
        }
    one.latest_message = {
        **message, "text": waits.text, "intent": {"name": waits.intent, "confidence": 1.0}, "entities": waits.entities,
        "metadata": told, "clauses": [],
    }
    return one


def turn_of(tracker: Tracker) -> str:
    said = tracker.latest_message.get("metadata") or {}
    return str(said.get("turn_id") or "")


async def _known(dispatcher: CollectingDispatcher, tracker: Tracker, waits: StepUp, identity: Identity) -> Heard:
    if identity.speaker.customer_id is None or not identity.level.reaches(waits.level):
        dispatcher.utter_message(text=words.sign_in(waits.purpose), buttons=words.INSTEAD)
        return Heard(replace(waits, asked=SIGN_IN).kept(tracker))
    dispatcher.utter_message(text=words.WELCOME)
    return Heard(tracker=as_known(tracker, waits, identity))


async def _send(contact_id: str, email: str, key: str) -> None:
    stands_on = surroundings()
    async with stands_on.database.write() as session:
        await codes.ask(
            session, await session.get_one(Contact, contact_id), email, business=stands_on.business,
            settings=Settings(), at=clock.now(), key=key or None,
        )


async def _by_code(contact_id: str, typed: str) -> Identity:
    lasts = timedelta(seconds=Settings().verified_lifetime)
    async with surroundings().database.write() as session:
        contact = await session.get_one(Contact, contact_id)
        return await codes.check(session, contact, typed, lasts=lasts, at=clock.now())


async def _by_order(contact_id: str, number: str, postcode: str) -> Identity:
    async with surroundings().database.write() as session:
        contact = await session.get_one(Contact, contact_id)
        return await identification.by_order(session, contact, number, postcode, at=clock.now())


def _contact_id(tracker: Tracker) -> str | None:
    return (tracker.latest_message.get("metadata") or {}).get("contact_id")


def _ask(dispatcher: CollectingDispatcher, tracker: Tracker, waits: StepUp, text: str) -> Heard:
    dispatcher.utter_message(text=text, buttons=words.INSTEAD)
    return Heard(waits.kept(tracker))
