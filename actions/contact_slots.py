"""A new name and a new phone number, as customers give them."""

import re
from dataclasses import dataclass
from typing import Any

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from support.grounding.contact_reading import read_name, read_phone
from support.people.profile import checked_phone
from support.refusals import ProfileInvalid

NO_PHONE = "none"
_NAMING = re.compile(
    r"\b(?:name\w*|surname)\b.*\b(?:to|is|as|now|be|spell?ed|spelt)\b|\bname\w*\s*:|\bcall me\b|"
    r"\bi['’]?m (?:now|called)\b|\bto\s+[A-Z]", re.IGNORECASE | re.DOTALL,
)
_CORRECTS = re.compile(r"\b(?:it['’]?s|it is|should be|make it|i mean|i meant|rather)\b", re.IGNORECASE)
_TAKE_AWAY = re.compile(
    r"\b(?:remove|delete|erase|take (?:out|away|off)|forget|get rid of|clear|drop|"
    r"don['’]?t (?:keep|want you to have))\b.*\b(?:phone|number|mobile|cell|telephone|it)\b", re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class NameSlot(Slot):
    """`{"first", "last"}`; of a name that is told in part the other part stays as it is."""

    name: str = "full_name"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        corrects = self.name in run.values and _CORRECTS.search(text) is not None
        if not (asked or corrects or _NAMING.search(text)):
            return NOTHING
        found = read_name(text)
        if found is None or (corrects and not asked and not all(part in text for part in found)):
            return NOTHING  # "it's urgent" names nobody
        now = run.values.get(self.name) or {"first": question.customer.first_name, "last": question.customer.last_name}
        first, last = found
        if not last and now["last"] and re.search(rf"\bfrom {re.escape(now['last'])}\b", text, re.IGNORECASE):
            first, last = "", first
        return Heard({"first": first or now["first"], "last": last or now["last"]})

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return Prompt("What is the new name, first and last name please?")


@dataclass(frozen=True)
class NewPhoneSlot(Slot):
    """The number that is to be on file from now on, or NO_PHONE."""

    name: str = "phone"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        heard = phone_heard(text, "What is the new number?")
        return Heard(NO_PHONE) if heard is NOTHING and _TAKE_AWAY.search(text) else heard

    async def prompt(self, question: Question, run: Run) -> Prompt:
        offers = [buttons.said("Remove my number")] if question.customer.phone else []
        return Prompt("What is the new number? Best with the country's code, such as +353.", offers)


def phone_heard(text: str, asked: str) -> Heard:
    """The number in `text`, as it is kept; `asked` asks for another where that can be none."""
    typed = read_phone(text)
    if typed is None:
        return NOTHING
    try:
        return Heard(checked_phone(typed))
    except ProfileInvalid:
        return Heard(prompt=Prompt(f"{typed} cannot be a phone number. {asked}"))


def number_of(value: Any) -> str | None:
    """What the slot's value stands for, None for no number."""
    return None if value == NO_PHONE else str(value)
