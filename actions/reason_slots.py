"""A reason that the shop knows."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from actions import buttons
from actions.personal import Question
from actions.registry import tasks
from actions.relevance import of_another_order
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from actions.wording import excerpt
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.reason_reading import read_reason
from support.policy.business import Business

LOOKED_BACK = 8  # messages


@dataclass(frozen=True)
class ReasonSlot(Slot):
    """One of the shop's own reasons, which stand in business.yml under `where`."""

    name: str = "reason"
    asked_as: str = "May I ask why?"

    def reasons(self, business: Business) -> Collection[str]:
        return business.orders.cancel_reasons

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        reading = read_reason(text, list(self.reasons(question.business)), listed=asked)
        return Heard(reading.chosen[0]) if len(reading.chosen) == 1 else NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        """The reason that stood beside the same wish just before, while another task took the message."""
        reasons, deeds = list(self.reasons(question.business)), tasks()[run.task].deeds
        for text in reversed(_said(question)[-LOOKED_BACK:]):
            if not any(deed in text.casefold() for deed in deeds) or await of_another_order(question, run, text):
                continue
            reading = read_reason(text, reasons, listed=False)
            if reading.chosen or reading.candidates:
                return reading.chosen[0] if reading.chosen else None
        return None

    async def prompt(self, question: Question, run: Run) -> Prompt:
        offers = [buttons.said(excerpt(reason, 60)) for reason in self.reasons(question.business)]
        return Prompt(self.asked_as, offers, list(self.reasons(question.business)))


def noted(run: Run, slot: str = "reason") -> str:
    """A sentence that tells which reason is noted, if the customer said it in words of their own; else ""."""
    reason = run.values[slot]
    said = any(reason.casefold() in text.casefold() for text in run.said)
    return "" if said else f" I'll note “{reason}” as the reason."


def _said(question: Question) -> list[str]:
    """What the customer said since they agreed to something last, oldest first."""
    texts = question.said
    answers = [(place, read_answer(text)) for place, text in enumerate(texts)]
    agreed = [place for place, answer in answers if answer.kind is AnswerKind.YES and not answer.rest]
    return texts[max(agreed, default=-1) + 1:]
