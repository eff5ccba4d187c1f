"""Returning things of a delivered order."""

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.coming_back import COMING_BACK, ONLY_ONE, check_coming_back, may_come_back, money_of, refused_coming_back
from actions.line_slots import LinesSlot
from actions.method_slots import MethodSlot
from actions.named_methods import Money, left_after
from actions.not_in_order import told_missing
from actions.order_slots import OrderSlot, order_of
from actions.personal import Question
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import Wording
from support.errors import SupportError
from support.formatting import plural
from support.returning import returns
from support.returning.returned_lines import ReturnedLine
from support.returning.returns import ReturnPlan


async def _plan(question: Question, run: Run) -> ReturnPlan:
    order = await order_of(question, run)
    return await returns.plan_return(
        question.session, question.speaker, order.id, _lines(run), method_id=run.values.get("method"),
        business=question.business, at=question.at,
    )


def _lines(run: Run) -> list[ReturnedLine]:
    return [ReturnedLine(one["line"], one["quantity"]) for one in run.values["lines"]]


async def _money(question: Question, run: Run) -> Money:
    plan = await _plan(question, Run(run.task, values=run.values | {"method": None}))
    things = await told_missing(question, run) + _things(question.wording, plan)
    return money_of(question, plan, things, comes_back=True)


def _things(words: Wording, plan: ReturnPlan) -> str:
    """What comes back; what each was bought for, where that is several."""
    if len(plan.lines) == 1:
        return words.line(plan.lines[0])
    return words.listed(f"{words.line(line)} at {words.money(line.goods_minor, plan.currency)}" for line in plan.lines)


_METHOD = MethodSlot(after=("order", "lines"), money=_money)


class ReturnItems(Task):
    intent = "return_items"
    wanted = "send something back"
    deeds = frozenset({"return", "send", "refund"})
    dropped_by = frozenset({"call_off_return"})
    part_of_it = frozenset(
        {"change_order_payment", "refund_status", "faq/refund_time", "faq/refund_method", "show_payment_methods"}
    )
    slots = (
        OrderSlot(fitting=COMING_BACK, open_to=may_come_back, purpose="return something from"),
        LinesSlot(purpose="return"),
        _METHOD,
    )

    async def check(self, question: Question, run: Run) -> None:
        await check_coming_back(question, run)

    async def plan(self, question: Question, run: Run) -> Plan:
        plan, words = await _plan(question, run), question.wording
        back = words.money(plan.amount_minor, plan.currency)
        parts = []
        if plan.discount_minor:
            parts.append(f"{words.money(plan.discount_minor, plan.currency)} of the order's discount")
        if plan.cost_minor:
            parts.append(f"{words.money(plan.cost_minor, plan.currency)} for sending it back")
        less = f", less {words.listed(parts)}" if parts else ""
        then = await left_after(question, str(run.values.get("method")), -plan.amount_minor, link="; it")
        days = plural(plan.refund_days, "working day")
        told = await told_missing(question, run) + await _METHOD.told(question, run)
        return Plan(
            f"{told}You would return from order {plan.order_number}: {_things(words, plan)}. "
            f"{back} goes back to your {plan.method}{less}, within {days} after the parcel has reached us{then}.",
            f"Shall I ask for this return? {ONLY_ONE}",
            agreed=plan.amount_minor, yes="Yes, return it", no="No, not yet",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order, words = await order_of(question, run), question.wording
        done = await returns.request_return(
            session, question.speaker, order.id, _lines(run), method_id=run.values["method"], reason=None, key=key,
            agreed_minor=run.agreed, business=question.business, at=question.at,
        )
        amount = words.money(done.details["amount_minor"], order.currency)
        return Outcome(
            f"Done: your return from order {order.number} is asked for, and {amount} comes back to you once it has "
            f"arrived. Please put the number {done.details['return']} on the parcel. "
            f"Your reference is {done.reference}.",
            [buttons.ORDERS], order=order.number,
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        return await refused_coming_back(question, run, error, "sent back")
