"""The address for the profile, and whether it is to be the default or a further one."""

import re
from dataclasses import dataclass
from typing import Any

from actions.address_slots import AddressSlot
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from support.grounding.address_reading import read_address

DEFAULT, FURTHER = "default", "further"
LOOKED_BACK = 6  # messages of the customer
_DEFAULT = re.compile(
    r"(?:(?:\b(?:as|to be|be|into|in|on|for|of)\s+)?\b(?:my|the|a)\s+)?\b(?:new\s+)?(?:default|main|primary|usual|"
    r"standard|profile|account|registered)(?:\s+(?:delivery|shipping|postal))?(?:\s+(?:address|one|profile|"
    r"account))\b|(?:\b(?:as|to be|be|in|on)\s+)?(?:\b(?:my|the)\s+)?\b(?:default|profile|account)\b", re.IGNORECASE,
)
_MAKES = re.compile(r"\b(?:make|set|use|choose|pick|want|switch|change|have|select)\b", re.IGNORECASE)
_FURTHER = re.compile(
    r"(?:\b(?:add|save|store)\b|\bput\b(?=[^.;!?]*\b(?:in|into|on|to)\b)).{0,40}"
    r"\b(?:an?|another|additional|second|third|further|extra|one more|new|this|my|"
    r"it)\b|\b(?:additional|second|third|further|extra)\s+address|\banother address\b|"
    r"\bkeep (?:the|my) (?:old|current|other|default)|\bnot (?:as |be |the |my |to be )*default\b|"
    r"\bjust (?:save|add)\b", re.IGNORECASE,
)
_TO_BE_DEFAULT = re.compile(
    r"\b(?:as|to be|be|my|the|new|it|a)\s+(?:my |the |new )*(?:default|main|primary)\b|\bmoved\b|\bmoving\b|"
    r"\bupdate\b|\bchange\b|\breplace\b", re.IGNORECASE,
)
_IS_DEFAULT = re.compile(r"\b(?:default|main|primary|first)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:as|call(?:ed)?(?: it)?|name(?:d)?(?: it)?|label(?:led|"
    r"ed)?(?: it)?)\s+(?:my\s+)?[\"“'‘]?(?P<label>(?!default\b|"
    r"the\b|a\b|an\b|main\b|well\b|my\b|soon\b|it\b|new\b|primary\b|is\b|"
    r"follows\b)[^\W\d_][\w' -]{1,28}?)[\"”'’]?(?:\s+address)?\s*"
    r"(?=[.,;:!?]|$|\s(?:and|please|in|to|for|with)\b)|"
    r"\bmy\s+(?:new\s+)?(?P<kind>work|office|home|holiday|summer|weekend|parents['’]?|"
    r"business)\s+address\b", re.IGNORECASE,
)
_PROFILE = re.compile(
    r"\bmy (?:home |own |saved |delivery |shipping )?address\b"
    r"(?! (?:for|of|on|in) (?:the |my |this |that )?(?:order|#))|"
    r"\baddress book\b|\bon file\b", re.IGNORECASE,
)
_KEEPS = re.compile(
    r"\bkeep\b.{0,30}\b(?:old|current|other|previous|existing|both)\b|"
    r"\b(?:don['’]?t|do not) (?:delete|remove|lose)\b.{0,30}\b(?:old|current|other|previous|existing)\b", re.IGNORECASE,
)
_THAT = re.compile(r"\b(?:it|that|this|same|there|too|as well|also|the new one)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ProfileAddressSlot(AddressSlot):
    """An address that is to be in the profile. The default one is never meant by "my default address" here."""

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        rest = _DEFAULT.sub(" ", text)
        heard = await super().hear(question, run, rest, asked=asked)
        nothing = heard.value is None and heard.prompt is None
        if nothing and not asked and rest != text and (makes := _MAKES.search(rest)):
            heard = await super().hear(question, run, f"use {rest[makes.end():]}", asked=False)
            nothing = heard.value is None and heard.prompt is None
        if nothing and not asked and rest != text:
            # "I live in Austin now, so could the Maple Street one be my default?"
            named = read_address(text, known=await question.records.addresses()).known
            return Heard({"id": named.id}) if named and not named.is_default else heard
        return heard

    async def assume(self, question: Question, run: Run) -> Any:
        """The address that was spoken of just before, or where that order goes: "make it my default, too"."""
        if not run.said or not _THAT.search(run.said[-1]):
            return None
        for text in reversed(question.said[-LOOKED_BACK:]):
            parts = read_address(text).parts
            if "line_1" in parts and ("postcode" in parts or "town" in parts):
                heard = await super().hear(question, run, text, asked=False)
                if heard.value is not None:
                    return heard.value
        there = (await question.records.sent_to()).get(str(question.tracker.slots.get("order_number")))
        return await self._value(question, there) if there else None


@dataclass(frozen=True)
class AddressUseSlot(Slot):
    """DEFAULT, or FURTHER for one beside it."""

    name: str = "address_use"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        if _FURTHER.search(text) and not re.search(r"\b(?:default|main|primary)\b(?! one)", _without_not(text)):
            return Heard(FURTHER) if not _TO_BE_DEFAULT.search(text) else NOTHING
        if asked and _IS_DEFAULT.search(_without_not(text)):
            return Heard(DEFAULT)
        return Heard(DEFAULT) if _TO_BE_DEFAULT.search(_without_not(text)) else NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        return DEFAULT

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return Prompt("Shall it be your default address, or a further one?")


def speaks_of_profile(text: str) -> bool:
    """Whether the text names the profile's address, and not only one."""
    return _DEFAULT.search(text) is not None or _PROFILE.search(text) is not None


def keeps_old(text: str) -> bool:
    """Whether the default of before is to stay in the book: "keep the old one, too"."""
    return _KEEPS.search(text) is not None


def label_in(text: str) -> str:
    """What the customer calls the address that they give: "save it as Work"; "" if they give no name."""
    found = _LABEL.search(text)
    name = (found["label"] or found["kind"]) if found else ""
    return name[:1].upper() + name[1:]


def _without_not(text: str) -> str:
    return re.sub(r"\b(?:keep (?:the|my)|not) (?:\w+ ){0,3}?(?:default|main|primary)\b", " ", text, flags=re.IGNORECASE)
