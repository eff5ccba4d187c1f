"""Rating the conversation that is going on, with one to five stars."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.chat import ratings
from support.errors import NotFound, SupportError
from support.grounding.value_reading import read_stars
from support.models.conversations import Level

_COMMENTED = 6  # words from which a rating says more than its stars
_POOR, _GOOD = 2, 4
COMPLAIN = "I want to complain"


@dataclass(frozen=True)
class StarsSlot(Slot):
    """`{"stars": 1 to 5, "text": what was said besides, or ""}`."""

    name: str = "stars"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        stars = read_stars(text)
        if stars is None:
            return NOTHING
        return Heard({"stars": stars, "text": text.strip() if len(text.split()) >= _COMMENTED else ""})

    async def prompt(self, question: Question, run: Run) -> Prompt:
        offers = [buttons.said(question.wording.count(stars, "star")) for stars in range(ratings.BEST, 0, -1)]
        return Prompt("How was it, from 1 star (poor) to 5 (very good)?", offers)


class RateConversation(Task):
    intent = "rate_conversation"
    wanted = "rate this conversation"
    needs = Level.VERIFIED
    slots = (StarsSlot(),)

    async def plan(self, question: Question, run: Run) -> Plan:
        # Rated again, only the latest stars count
        return Plan("", None)

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        stars = run.values["stars"]["stars"]
        await ratings.rate(
            session, question.speaker, question.caller.conversation_id, stars, run.values["stars"]["text"], key=key,
            at=question.at,
        )
        noted = f"Thank you, {question.customer.first_name}: I have noted {question.wording.count(stars, 'star')}."
        if stars <= _POOR:
            return Outcome(
                f"{noted} I'm sorry that it was no better. If you tell me what went wrong, I pass it on as a "
                "complaint, or I get you a person.", [buttons.said(COMPLAIN), buttons.PERSON],
            )
        return Outcome(f"{noted} I'm glad I could help." if stars >= _GOOD else noted, [buttons.HELP])

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, NotFound):
            return Refusal(
                "This conversation was begun by somebody else, so I can't take your stars for it. A person can.",
                [buttons.PERSON],
            )
        return None
