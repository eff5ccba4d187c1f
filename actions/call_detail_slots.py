"""On which number a customer is to be called, and what about."""

import re
from dataclasses import dataclass
from typing import Any

from actions.contact_slots import phone_heard
from actions.own_word_slots import OwnWordsSlot
from actions.personal import Question
from actions.slots import Heard, Prompt, Slot
from actions.tasks import Run

_ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|because(?: of)?|to (?:talk|speak|discuss|go|ask)(?: (?:about|over))?|re:)\s+"
    r"(?!\d|half|quarter|noon|midday|one\b|two\b|three\b|four\b|five\b|six\b|eight\b|nine\b|ten\b|it\b|this\b|that\b)"
    r"(?P<about>\S.{3,})", re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class PhoneSlot(Slot):
    """The number to call; the one that the shop has unless another is named."""

    name: str = "phone"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        return phone_heard(text, "On which number shall we call you?")

    async def assume(self, question: Question, run: Run) -> Any:
        return question.customer.phone

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return Prompt("On which number shall we call you? Please with the country's code, such as +353.")


@dataclass(frozen=True)
class CallReasonSlot(OwnWordsSlot):
    """What the call is to be about."""

    asked_as: str = "What is the call about? A word or two, so that the right person calls."

    def _tells(self, text: str) -> bool:
        return _ABOUT.search(text) is not None

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        found = _ABOUT.search(text)
        if found and self.name not in run.values:
            return Heard(found["about"].strip(" .?!"))
        return await super().hear(question, run, text, asked=asked)

    def _joined(self, run: Run, text: str) -> str:
        return text.strip()
