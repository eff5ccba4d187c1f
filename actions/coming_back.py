"""What returns and exchanges have in common: which orders they are about, their money, and why they are refused."""

from collections.abc import Collection

from actions import buttons
from actions.method_slots import money_asked
from actions.named_methods import Money
from actions.order_slots import order_of
from actions.personal import Question
from actions.slots import NothingToChoose
from actions.tasks import Refusal, Run
from actions.wording import STATUS
from support.errors import SupportError
from support.models.orders import OrderStatus
from support.models.returns import ReturnStatus
from support.paying import refunds
from support.refusals import AlreadyReturned, NotDelivered, OutOfStock, ReturnWindowClosed
from support.returning.return_plans import ComingBackPlan
from support.returning.return_policy import COMING_BACK as CALLED_FOR
from support.returning.returned_lines import ComingBack

COMING_BACK = frozenset({OrderStatus.DELIVERED})
ONLY_ONE = "An order can have only one return or exchange, so tell me now if anything else from it should go along."


async def may_come_back(question: Question) -> Collection[str]:
    """The ids of the orders of which things may still come back."""
    return await question.records.may_come_back(question.business, question.at)


async def check_coming_back(question: Question, run: Run) -> None:
    """Raises NotDelivered, AlreadyReturned or ReturnWindowClosed if the run's order is known and cannot come back."""
    if "order" not in run.values:
        return
    order = await order_of(question, run)
    if order.status in (*CALLED_FOR, OrderStatus.RETURNED):
        raise AlreadyReturned
    if order.status is not OrderStatus.DELIVERED:
        raise NotDelivered
    if order.id not in await may_come_back(question):
        seen = await refunds.returns_of(question.session, question.speaker, order.id)
        raise AlreadyReturned if any(one.status is not ReturnStatus.CANCELLED for one in seen) else ReturnWindowClosed


def money_of[L: ComingBack](
    question: Question, plan: ComingBackPlan[L], things: str, *, comes_back: bool = False
) -> Money:
    """What the plan moves, and the question by which method; `things` is what comes back, and for what.

    `comes_back` tells that it is a return's, which goes to where it came from.
    """
    return money_asked(question, plan.amount_minor, plan.currency, plan.choices, things, comes_back=comes_back)


async def refused_coming_back(question: Question, run: Run, error: SupportError, done: str) -> Refusal | None:
    """`done` is "sent back" or "exchanged"."""
    if isinstance(error, NothingToChoose) and error.slot == "order":
        return Refusal(
            f"There is no order of yours of which anything can be {done} just now: only what has been delivered can, "
            "within the time for it, and once an order. A person can look whether something can be done for you.",
            [buttons.ORDERS, buttons.PERSON],
        )
    if "order" not in run.values:
        return None
    order = await order_of(question, run)
    match error:
        case NotDelivered():
            return Refusal(
                f"Your order {order.number} is {STATUS[order.status]}; things can be {done} once it is delivered.",
                [buttons.track(order.number), buttons.PERSON],
            )
        case AlreadyReturned():
            return Refusal(
                f"For order {order.number} a return or an exchange has been asked for already, and that can be done "
                "only once an order.", person=True,
            )
        case ReturnWindowClosed():
            return Refusal(
                f"The time in which things of order {order.number} can be {done} is over.", person=True
            )
        case OutOfStock():
            return Refusal("Meanwhile there is not enough of that in stock.", forget=["wishes"])
    return None
