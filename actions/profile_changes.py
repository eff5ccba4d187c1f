"""Another name or phone number in the customer's profile."""

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.contact_slots import NameSlot, NewPhoneSlot, number_of
from actions.personal import Question
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.errors import SupportError
from support.people import profile
from support.refusals import ProfileInvalid


class Unchanged(SupportError):
    """It is on file like that already."""

    code = "unchanged"


class ChangeName(Task):
    intent = "change_name"
    wanted = "change your name"
    deeds = frozenset({"change", "update", "correct", "fix", "set"})
    part_of_it = frozenset({"tell_who_i_am", "faq/change_details"})
    slots = (NameSlot(),)

    async def plan(self, question: Question, run: Run) -> Plan:
        old, new = question.customer.name, _full(run)
        if new == old:
            raise Unchanged(f"Your name is {old} with us already.")
        return Plan(
            f"I would change your name with us from {old} to {new}." if old else f"I would note {new} as your name.",
            "Shall I change it?", yes="Yes, change it", no="No, leave it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        name = run.values["full_name"]
        done = await profile.change_name(
            session, question.speaker, name["first"], name["last"], key=key, at=question.at
        )
        return Outcome(
            f"Done: your name with us is {_full(run)} now. Your reference is {done.reference}.", [buttons.HELP]
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case Unchanged():
                run.said.clear()
                return Refusal(str(error), forget=["full_name"])
            case ProfileInvalid():
                run.said.clear()
                return Refusal("We need a first and a last name of at most 100 letters each.", forget=["full_name"])
        return None


class ChangePhone(Task):
    intent = "change_phone"
    wanted = "change your phone number"
    deeds = frozenset({"change", "update", "remove", "delete", "set", "save"})
    part_of_it = frozenset({"faq/change_details"})
    slots = (NewPhoneSlot(),)

    async def plan(self, question: Question, run: Run) -> Plan:
        old, new = question.customer.phone, number_of(run.values["phone"])
        if new == old:
            none = "We have no phone number of yours on file."
            raise Unchanged(f"{new} is the number we have already." if new else none)
        if new is None:
            return Plan(
                f"I would remove your phone number {old} from your "
                "profile.", "Shall I remove it?", yes="Yes, remove it",
                no="No, keep it",
            )
        before = f", in place of {old}" if old else ""
        return Plan(
            f"I would note {new} as your phone number{before}.", "Shall I change it?", yes="Yes, change it",
            no="No, leave it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        number = number_of(run.values["phone"])
        done = await profile.change_phone(session, question.speaker, number, key=key, at=question.at)
        what = f"your phone number with us is {number} now" if number else "your phone number is off your profile"
        return Outcome(f"Done: {what}. Your reference is {done.reference}.", [buttons.HELP])

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case Unchanged():
                run.said.clear()
                return Refusal(str(error), forget=["phone"])
            case ProfileInvalid():
                run.said.clear()
                return Refusal("That cannot be a phone number.", forget=["phone"])
        return None


def _full(run: Run) -> str:
    name = run.values["full_name"]
    return f"{name['first']} {name['last']}".strip()
