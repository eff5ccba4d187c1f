"""What the plan that is open would bring the customer."""

from dataclasses import dataclass

from actions.method_slots import MethodSlot
from actions.order_slots import order_of
from actions.personal import Question
from actions.registry import kept_run, tasks
from actions.slot_filling import in_play
from support.errors import SupportError
from support.ordering import cancellations
from support.ordering.order_views import OrderSummary

_KIND = {
    "cancel_order": "cancel_order", "change_order_items": "swap_lines", "return_items": "request_return",
    "exchange_items": "request_exchange",
}


@dataclass(frozen=True)
class PlannedMoney:
    """What a yes would bring for `order`, less than zero what it would cost; `kind` is that of the service request.

    `things` says what each of several things comes to.
    """

    kind: str
    order: OrderSummary
    amount_minor: int
    things: str = ""


async def planned_money(question: Question) -> PlannedMoney | None:
    """The money of the task under way as it stood before this message; None where it has not come so far."""
    slots = question.tracker.slots
    kept = slots.get("task")
    if kept is None or kept["task"] not in _KIND:
        return None
    task, run = tasks()[kept["task"]], kept_run(kept, slots)
    if "order" not in run.values:
        return None
    try:
        order = await order_of(question, run)
        if task.intent == "cancel_order":
            plan = await cancellations.plan_cancellation(
                question.session, question.speaker, order.id, business=question.business, at=question.at
            )
            return PlannedMoney(_KIND[task.intent], order, plan.refund_minor)
        money_slot = next(one for one in task.slots if isinstance(one, MethodSlot))
        if not in_play(task, run, money_slot):
            return None
        money = await money_slot.money(question, run)
        return PlannedMoney(_KIND[task.intent], order, money.amount_minor, money.things)
    except SupportError:
        return None
