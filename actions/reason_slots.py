"""A reason that the shop knows."""

from collections.abc import Collection
from dataclasses import dataclass

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Run
from actions.wording import excerpt
from support.grounding.reason_reading import read_reason
from support.policy.business import Business


@dataclass(frozen=True)
class ReasonSlot(Slot):
    """One of the shop's own reasons, which stand in business.yml under `where`."""

    name: str = "reason"
    asked_as: str = "May I ask why?"

    def reasons(self, business: Business) -> Collection[str]:
        return business.orders.cancel_reasons

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        reading = read_reason(text, list(self.reasons(question.business)))
        return Heard(reading.chosen[0]) if len(reading.chosen) == 1 else NOTHING

    async def prompt(self, question: Question, run: Run) -> Prompt:
        offers = [buttons.said(excerpt(reason, 60)) for reason in self.reasons(question.business)]
        return Prompt(self.asked_as, offers, list(self.reasons(question.business)))
