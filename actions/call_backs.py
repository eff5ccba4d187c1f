"""Booking a call: somebody rings the customer at a time that they choose."""

import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.call_detail_slots import CallReasonSlot, PhoneSlot
from actions.call_slots import CallTimeSlot
from actions.personal import Question
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import excerpt
from support.care import call_backs, cases
from support.errors import SupportError
from support.models.cases import CaseKind
from support.models.conversations import Level
from support.refusals import NotOpenThen, ProfileInvalid, TimeInvalid, TimeTaken

_QUOTED = 120
# "And no person needs to call me"
_NOBODY = re.compile(
    r"\b(?:no (?:one|person|body|human|call|phone call)|nobody|"
    r"(?:do not|don['’]?t|needn['’]?t|not) (?:need |want |wish )?(?:anybody |anyone |you |to be )*(?:to )?)\b"
    r"[^.;!?]{0,25}?\b(?:call|ring|phone)(?:s|ed|ing)?\b", re.IGNORECASE,
)


class BookCallBack(Task):
    intent = "book_call_back"
    wanted = "book a call"
    needs = Level.VERIFIED
    deeds = frozenset({"call", "book", "ring", "phone", "schedule", "arrange"})
    part_of_it = frozenset({"faq/opening_hours"})
    slots = (CallTimeSlot(), PhoneSlot(), CallReasonSlot())

    def moot(self, text: str, *, others: bool) -> str | None:
        return "All right, nobody will call you." if _NOBODY.search(text) else None

    async def plan(self, question: Question, run: Run) -> Plan:
        instead = ""
        for one in await cases.list_cases(question.session, question.speaker):
            if one.kind is CaseKind.CALL_BACK and one.due_at:
                instead = f" It takes the place of your call on {_moment(question, one.due_at)}."
                break
        return Plan(
            f"Somebody would call you on {_moment(question, datetime.fromisoformat(run.values['call_time']))} on "
            f"{run.values['phone']}, about: “{excerpt(run.values['own_words'], _QUOTED)}”.{instead}",
            "Shall I book that?", yes="Yes, book it", no="No, not like that",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await call_backs.book_call_back(
            session, question.speaker, datetime.fromisoformat(run.values["call_time"]), run.values["phone"],
            run.values["own_words"], key=key, business=question.business, at=question.at,
        )
        at = _moment(question, datetime.fromisoformat(done.details["at"]))
        return Outcome(
            f"Done: we call you on {at} on {done.details['phone']}. The number of this call is "
            f"{done.details['case']}; tell me if you need another time.", [buttons.HELP],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case TimeTaken():
                return Refusal("Somebody else has taken that time just now.", forget=["call_time"])
            case NotOpenThen() | TimeInvalid():
                return Refusal("At that time nobody can call any more.", forget=["call_time"])
            case ProfileInvalid():
                return Refusal("That cannot be a phone number.", forget=["phone"])
        return None


def _moment(question: Question, at: datetime) -> str:
    return f"{question.wording.weekday(at)}, {question.wording.clock(at)}"
