"""Reporting that something of an order is damaged, wrong, missing or late."""

import re
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.apology import answer_day, give_points
from actions.buttons import Button
from actions.order_slots import order_of
from actions.personal import Question
from actions.problem_slots import (
    ARRIVED,
    ProblemSlot,
    ProblemWordsSlot,
    ReportedLinesSlot,
    ReportedOrderSlot,
    case_kind,
)
from actions.slots import NothingToChoose
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import STATUS, excerpt
from support.care import cases, reports
from support.errors import SupportError
from support.models.cases import CaseKind
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine, OrderSummary
from support.refusals import CaseDoesNotFit

_QUOTED = 200
_ONLY_A_PERSON = "What you get for the trouble I can't decide; a person can."
_SAID_AS = {
    CaseKind.DAMAGED: "damaged", CaseKind.WRONG: "not what you ordered", CaseKind.MISSING: "missing",
    CaseKind.LATE: "late",
}
_SOMETHING_FOR_IT = re.compile(
    r"\b(?:compensat\w+|goodwill|something for (?:it|that|my trouble)|make it up to me)\b", re.I
)


class ReportProblem(Task):
    intent = "report_problem"
    wanted = "report a problem with an order"
    needs = Level.VERIFIED
    deeds = frozenset({"report", "open", "send"})
    part_of_it = frozenset({"faq/damaged_item", "faq/missed_delivery", "express_frustration"})
    denied_by = re.compile(
        r"\b(?:nothing(?:['’]s| is)? wrong|no(?:thing)? (?:is )?(?:broken|damaged|missing)|"
        r"(?:there(?:['’]s| is)|i (?:have|['’]ve|told you,?)) no problem|no problem with)\b", re.IGNORECASE,
    )
    slots = (ProblemSlot(), ReportedOrderSlot(), ReportedLinesSlot(), ProblemWordsSlot())

    async def plan(self, question: Question, run: Run) -> Plan:
        order, kind, words = await order_of(question, run), await case_kind(question, run), question.wording
        if order.status not in reports.FITS[kind]:
            raise CaseDoesNotFit
        hours, days = question.business.opening_hours, question.business.cases.answer_working_days
        what = "it is late"
        if kind is not CaseKind.LATE:
            lines = await _lines(question, run, order)
            what = f"{words.listed(words.line(line) for line in lines)}: {_SAID_AS[kind]}"
        return Plan(
            f"I'm sorry about that. I would report for your order {order.number}: {what}. You say: "
            f"“{excerpt(run.values['own_words'], _QUOTED)}” Somebody sees to it by "
            f"{answer_day(question, hours.working_days_after(question.at, days))}.",
            "Shall I report it like that?", yes="Yes, report it", no="No, not like that",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order, kind = await order_of(question, run), await case_kind(question, run)
        lines = [] if kind is CaseKind.LATE else [one["line"] for one in run.values["lines"]]
        done = await cases.open_case(
            session, question.speaker, kind, order.id, lines, run.values["own_words"], key=key,
            business=question.business, at=question.at,
        )
        case, day = done.details["case"], answer_day(question, done.details["due_at"])
        said = [f"Done: this is case {case}, and somebody sees to it by {day}."]
        if not done.details["opened"]:
            said = [f"That is case {case} already. I have added what you say; somebody sees to it by {day}."]
        if any(_SOMETHING_FOR_IT.search(text) for text in run.said):
            said.append(await give_points(question, session, done, key) or _ONLY_A_PERSON)
        told, offers = _next(order, kind)
        return Outcome(" ".join([*said, *told]), [*offers, buttons.PERSON], order=order.number)

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose():
                return Refusal(
                    "None of your orders has come so far, or is still on its way, that this could be said of it. If I "
                    "got it wrong, a person can look at it with you.", [buttons.ORDERS, buttons.PERSON],
                )
            case CaseDoesNotFit():
                return _does_not_fit(question, await order_of(question, run))
        return None


async def _lines(question: Question, run: Run, order: OrderSummary) -> list[OrderedLine]:
    """The lines that are named; how many pieces of each only if that was said."""
    pieces = {one["line"]: one["quantity"] or 1 for one in run.values["lines"]}
    lines = (await question.records.order(order.id)).lines
    return [replace(line, quantity=pieces[line.id]) for line in lines if line.id in pieces]


def _next(order: OrderSummary, kind: CaseKind) -> tuple[list[str], list[Button]]:
    """What can be done besides."""
    if kind is CaseKind.LATE:
        return [], [buttons.track(order.number)]
    if order.status is not OrderStatus.DELIVERED or kind is CaseKind.MISSING:
        return [], []
    return [
        "Keep what came, and take photos if you can: they help. If you would rather send it back or exchange it, I "
        "can set that up too.",
    ], [buttons.said(f"Return something from {order.number}"), buttons.said(f"Exchange something from {order.number}")]


def _does_not_fit(question: Question, order: OrderSummary) -> Refusal:
    if order.status in ARRIVED:
        return Refusal(
            f"Your order {order.number} is {STATUS[order.status]} since {question.wording.day(order.status_since)}, "
            "so I can't report it as late.", forget=["problem"],
        )
    if order.status is OrderStatus.CANCELLED:
        return Refusal(f"Your order {order.number} is cancelled, so nothing of it comes.", [
            buttons.ORDERS, buttons.PERSON,
        ])
    return Refusal(
        f"Your order {order.number} is {STATUS[order.status]}: as far as we know it has not arrived yet. If it has, "
        "a person can put that right; if it is late, tell me so and I report that.",
        [buttons.said(f"Report that order {order.number} is late"), buttons.track(order.number), buttons.PERSON],
    )
