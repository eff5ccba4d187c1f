"""A customer's cases: how they stand, and what is to be added to them."""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet
from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.apology import answer_day
from actions.case_slots import KINDS, CaseSlot, called, in_a_line, numbered_so, references
from actions.own_word_slots import OwnWordsSlot
from actions.personal import PersonalAction, Question
from actions.slots import NothingToChoose
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import excerpt, numbered
from support.care import cases
from support.care.cases import CaseSummary
from support.errors import SupportError
from support.models.cases import CaseKind
from support.models.conversations import Level
from support.refusals import CaseClosed

REPORT = "Something is wrong with my order"
ADD = "Add something to my case"
_CLOSED_TOO = re.compile(r"\b(?:closed|old|older|past|previous|all|every|ever|history|solved|settled|done)\b", re.I)
_QUOTED = 200


class ShowCases(PersonalAction):
    intent = "show_cases"
    wanted = "your cases"

    def name(self) -> str:
        return "action_show_cases"

    async def answer(self, question: Question) -> list[EventType]:
        every = await cases.list_cases(question.session, question.speaker, closed_too=True)
        running = [one for one in every if one.is_open]
        named = called(question.text, every)
        if by_number := numbered_so(question.text, every):
            return _tell(question, by_number[0])
        if references(question.text):
            written = references(question.text)[0]
            question.say(f"I can't find a case {written} of yours.{_rest(question, running)}", buttons.PERSON)
            return []
        open_named = [one for one in named if one.is_open]
        if len(open_named) == 1:
            return _tell(question, open_named[0])
        if _CLOSED_TOO.search(question.text) and len(every) > len(running):
            _list(question, every, f"These are your {len(every)} cases, {len(running)} of them open:")
        elif running:
            many = f"You have {question.wording.count(len(running), 'open case')}:"
            _list(question, open_named or running, many if not open_named else f"{len(open_named)} of them fit:")
        else:
            question.say(
                f"You have no open case, {question.customer.first_name}. If something is wrong with an order, tell "
                "me and I report it.", buttons.said(REPORT), buttons.PERSON,
            )
        return []


def _list(question: Question, some: Sequence[CaseSummary], heading: str) -> None:
    listed = numbered(f"{in_a_line(question.wording, one)}\n   {_standing(question, one)}" for one in some)
    question.say(f"{heading}\n{listed}", buttons.said(ADD), buttons.PERSON)


def _tell(question: Question, one: CaseSummary) -> list[EventType]:
    order = f" of order {one.order_number}" if one.order_number else ""
    question.say(
        f"Case {one.reference} is about {KINDS[one.kind]}{order}, from {question.wording.day(one.opened_at)}: "
        f"“{excerpt(one.text, _QUOTED)}” {_standing(question, one)}",
        *([buttons.said(ADD)] if one.is_open else []), buttons.PERSON,
    )
    return [SlotSet("order_number", one.order_number)] if one.order_number else []


def _standing(question: Question, one: CaseSummary) -> str:
    if not one.is_open:
        return "It is closed."
    if one.due_at is None:
        return "It is open; nobody has to answer it by a certain day."
    if one.kind is CaseKind.CALL_BACK:
        return f"The call is booked for {question.wording.weekday(one.due_at)}, {question.wording.clock(one.due_at)}."
    if one.due_at < question.at:
        return (
            f"It is open and should have been seen to by {answer_day(question, one.due_at)}: I'm sorry, a person can "
            "tell you why."
        )
    return f"It is open; somebody sees to it by {answer_day(question, one.due_at)}."


def _rest(question: Question, running: Sequence[CaseSummary]) -> str:
    if not running:
        return " No case of yours is open."
    return f" Open is {question.wording.listed(one.reference for one in running)}."


class AddToCase(Task):
    intent = "add_to_case"
    wanted = "add something to a case"
    needs = Level.VERIFIED
    part_of_it = frozenset({"report_problem", "complain", "show_cases"})
    slots = (
        CaseSlot(),
        OwnWordsSlot(
            asked_as="What shall I add? I put it on the case in your words.",
            besides=frozenset({
                "add", "adding", "case", "cases", "note", "complaint", "report", "update", "information", "info",
                "details", "detail", "further", "existing", "comment", "append", "c", "reported",
            }),
        ),
    )

    async def plan(self, question: Question, run: Run) -> Plan:
        return Plan("", None)

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        said = run.values["own_words"]
        done = await cases.add_note(session, question.speaker, run.values["case"], said, key=key, at=question.at)
        due = done.details["due_at"]
        by = f" Somebody sees to it by {answer_day(question, due)}." if due else ""
        return Outcome(
            f"Done: case {done.details['case']} says now too: “{excerpt(said, _QUOTED)}”{by} Your reference is "
            f"{done.reference}.", [buttons.PERSON],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose():
                return Refusal(
                    "You have no open case that I could add to. If something is wrong with an order, tell me and I "
                    "report it.", [buttons.said(REPORT), buttons.PERSON],
                )
            case CaseClosed():
                return Refusal(
                    "That case has been closed in the meantime. A person can take it up again.", [buttons.PERSON],
                )
        return None
