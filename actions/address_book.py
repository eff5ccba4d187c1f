"""The customer's saved addresses: which there are, and taking one out."""

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType
from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.address_words import on_one_line, short, which_of
from actions.personal import PersonalAction, Question
from actions.slots import NOTHING, Heard, NothingToChoose, Prompt, Slot
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import numbered
from support.errors import NotFound, SupportError
from support.grounding.address_reading import read_address
from support.grounding.positions import positions
from support.grounding.words import split
from support.people import address_book
from support.people.address_book import SavedAddress

_DEFAULT = re.compile(r"\b(?:default|main|primary|usual|standard|current)\b", re.IGNORECASE)


class ShowAddresses(PersonalAction):
    intent = "show_addresses"
    wanted = "your addresses"

    def name(self) -> str:
        return "action_show_addresses"

    async def answer(self, question: Question) -> list[EventType]:
        kept = await question.records.addresses()
        offers = [buttons.said("Change my default address"), buttons.said("Add an address")]
        if not kept:
            question.say("There is no address in your address book yet.", offers[1], buttons.HELP)
            return []
        default = next((one for one in kept if one.is_default), None)
        named = read_address(question.text, known=kept).known
        if _DEFAULT.search(question.text) and default:
            question.say(f"Your default address is {on_one_line(default)}.", *offers)
        elif named:
            question.say(f"{_described(named)}.", *offers)
        elif len(kept) == 1:
            question.say(f"There is one address in your address book: {_described(kept[0])}.", *offers)
        else:
            count = question.wording.count(len(kept), "address", "addresses")
            question.say(f"You have {count} in your address book:\n{numbered(map(_described, kept))}", *offers)
        return []


@dataclass(frozen=True)
class SavedAddressSlot(Slot):
    """The id of an address of the book."""

    name: str = "saved_address"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        kept = await question.records.addresses()
        reading = read_address(text, known=kept)
        if reading.known:
            return Heard(reading.known.id)
        if reading.candidates:
            return Heard(prompt=which_of("Which of these addresses do you mean?", reading.candidates))
        shown = [one for id in run.shown for one in kept if one.id == id]
        places = positions([word.key for word in split(text)], len(shown)) if asked and shown else ()
        return Heard(shown[places[0]].id) if len(places) == 1 else NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        kept = await question.records.addresses()
        return kept[0].id if len(kept) == 1 else None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        """Raises NothingToChoose for an empty book."""
        kept = await question.records.addresses()
        if not kept:
            raise NothingToChoose(self.name)
        return which_of("Which address shall I remove?", kept)


class RemoveAddress(Task):
    intent = "remove_address"
    wanted = "remove an address"
    deeds = frozenset({"remove", "delete", "take", "erase"})
    part_of_it = frozenset({"change_default_address"})
    slots = (SavedAddressSlot(),)

    async def plan(self, question: Question, run: Run) -> Plan:
        one, rest = await _chosen(question, run)
        after = ""
        if one.is_default:
            after = " It is the only one that you have saved."
            if rest:
                after = f" {on_one_line(rest[0])} would be your default then."
        return Plan(
            f"I would remove {on_one_line(one)} from your address book.{after} Orders that go there still do.",
            "Shall I remove it?", agreed=one.id, yes="Yes, remove it", no="No, keep it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        one, rest = await _chosen(question, run)
        done = await address_book.remove_address(session, question.speaker, one.id, key=key, at=question.at)
        after = f" Your default address is {on_one_line(rest[0])} now." if one.is_default and rest else ""
        return Outcome(
            f"Done: {short(one)} is out of your address book.{after} Your reference is "
            f"{done.reference}.", [buttons.HELP]
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose():
                offers = [buttons.said("Add an address"), buttons.HELP]
                return Refusal("There is no address in your address book.", offers)
            case NotFound():
                offers = [buttons.said("Show my addresses"), buttons.HELP]
                return Refusal("That address is not in your address book any more.", offers)
        return None


async def _chosen(question: Question, run: Run) -> tuple[SavedAddress, list[SavedAddress]]:
    """The address and those that would be left, the next default first. Raises NotFound."""
    kept = await question.records.addresses()
    found = next((one for one in kept if one.id == run.values["saved_address"]), None)
    if found is None:
        raise NotFound
    return found, [one for one in kept if one.id != found.id]


def _described(one: SavedAddress) -> str:
    """`Home: Aoife Brennan, 14 Quay Lane, Kinsale, P17 AB12, Ireland (your default)`."""
    named = f"{one.label}: " if one.label else ""
    return f"{named}{on_one_line(one)}{' (your default)' if one.is_default else ''}"
