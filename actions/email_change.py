"""Another e-mail address: it counts once the code that was sent there has come back."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import Question
from actions.slots import NOTHING, Heard, Prompt, Slot
from actions.surroundings import surroundings
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.errors import SupportError, TooManyAttempts
from support.grounding.contact_reading import read_email
from support.people import profile
from support.refusals import CodeWrong, MailUnavailable, ProfileInvalid
from support.settings import Settings
from support.signing_in import codes
from support.signing_in.codes import DIGITS, LIFETIME

NEW_CODE = "Send a new code"
CODE = re.compile(rf"(?<!\d)\d(?:[ -]?\d){{{DIGITS - 1}}}(?![ -]?\d)")
AGAIN = re.compile(
    r"\b(?:resend|again|another (?:code|one)|new (?:code|one)|once more)\b|"
    r"\b(?:didn['’]?t|did not|haven['’]?t|have not|never|no)\b.*\b(?:get|got|gotten|receive\w*|arrive\w*|come|came|"
    r"code|mail|email|anything)\b|\bexpired\b", re.IGNORECASE,
)


@dataclass(frozen=True)
class NewEmailSlot(Slot):
    """The address that the customer wants to have from now on."""

    name: str = "new_email"

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        # "from old@… to new@…": the one on file is not it, unless it is the only one
        mine = re.escape(question.customer.email)
        other = re.sub(mine, " ", text, flags=re.IGNORECASE) if mine else text
        found = read_email(other) or read_email(text)
        return Heard(found) if found else NOTHING

    async def prompt(self, question: Question, run: Run) -> Prompt:
        return Prompt("What is the new e-mail address?")


@dataclass(frozen=True)
class EmailCodeSlot(Slot):
    """`{"sent": mark of the sending, "code": …}`: it is sent when the address is known, and asked for after that."""

    name: str = "email_code"

    def complete(self, value: Any) -> bool:
        return "code" in value

    async def hear(self, question: Question, run: Run, text: str, *, asked: bool) -> Heard:
        if not asked:
            return NOTHING
        if found := CODE.search(text):
            return Heard({**(run.values.get(self.name) or {}), "code": re.sub(r"\D", "", found[0])})
        if AGAIN.search(text) and read_email(text) is None:
            return Heard(await _send(question, run))
        return NOTHING

    async def assume(self, question: Question, run: Run) -> Any:
        return None if self.name in run.values else await _send(question, run)

    async def prompt(self, question: Question, run: Run) -> Prompt:
        # After a wrong code the value is gone, and the code that was sent still holds
        run.values.setdefault(self.name, {"sent": "before"})
        minutes = LIFETIME.seconds // 60
        return Prompt(
            f"I've sent a code with {DIGITS} digits to {run.values['new_email']}; it is good for {minutes} minutes. "
            "What is the "
            "code? Your address changes once I have it.", [buttons.said(NEW_CODE), buttons.said("Leave it")],
        )


class ChangeEmail(Task):
    """The code is the yes: whoever types it wants the change."""

    intent = "change_email"
    wanted = "change your e-mail address"
    deeds = frozenset({"change", "update", "set", "use"})
    part_of_it = frozenset({"tell_who_i_am", "faq/change_details", "faq/account_access"})
    slots = (NewEmailSlot(), EmailCodeSlot(after=("new_email",)))

    async def plan(self, question: Question, run: Run) -> Plan:
        return Plan("", question=None)

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        old = question.customer.email
        done = await profile.confirm_email(
            session, question.speaker, run.values["email_code"]["code"], key=key, business=question.business,
            at=question.at,
        )
        told = f" I've told {old} about it." if old else ""
        return Outcome(
            f"Done: your e-mail address with us is {done.details['email']} now.{told} Your reference is "
            f"{done.reference}.",
            [buttons.HELP],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case CodeWrong():
                return Refusal(
                    "That code is not right, or it has expired. Nothing has changed so far.", forget=["email_code"]
                )
            case ProfileInvalid():
                email = run.values.get("new_email", "")
                # What was said led here; said again, it would lead here again
                run.said.clear()
                if email.casefold() == question.customer.email.casefold():
                    return Refusal(f"{email} is the address we have already.", forget=["new_email"])
                return Refusal("That cannot be an e-mail address.", forget=["new_email"])
            case TooManyAttempts():
                return Refusal(
                    "I have sent several codes already and can't send another one for ten minutes. The latest is "
                    "still good if you find it; else please try again later.", [buttons.PERSON],
                )
            case MailUnavailable():
                return Refusal("I can't send mail at the moment, so I can't check a new address.", person=True)
        return None


async def _send(question: Question, run: Run) -> dict[str, str]:
    """Send a code; the mark by which this sending is known."""
    said = question.tracker.latest_message.get("metadata") or {}
    mark = str(said.get("turn_id") or question.caller.conversation_id)
    stands_on = surroundings()
    async with stands_on.database.write() as session:
        await codes.ask_change(
            session, question.speaker, run.values["new_email"], key=f"{mark}:{run.values['new_email']}",
            business=question.business, settings=Settings(), at=question.at,
        )
    return {"sent": mark}
