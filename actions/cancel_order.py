"""Cancelling an order that is still waiting to be packed."""

import re
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.only_if import NotAsSupposed
from actions.order_slots import OrderSlot, check_pending, order_of
from actions.personal import Question
from actions.reason_slots import ReasonSlot, noted
from actions.single_things import OnlyAsAWhole, check_whole, only_as_a_whole
from actions.slots import NothingToChoose
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import STATUS
from support.errors import SupportError
from support.grounding.address_wishes import sends_elsewhere
from support.grounding.method_reading import read_method
from support.grounding.stopping import refuses_deed
from support.grounding.taking_out import changes_instead, removes
from support.models.conversations import Level
from support.models.orders import OrderStatus
from support.ordering import cancellations
from support.ordering.order_views import OrderSummary
from support.refusals import NeedsPerson, OrderNotCancellable

# "Cancel it, the money to my Visa"
_MONEY_TO = re.compile(
    r"\b(?:(?:money|refund\w*|back|reimburse\w*)\b|only if it goes\b)[^.;!?]{0,25}?\b(?:to|on|onto)\b"
    r"(?P<where>[^.;!?]*)", re.IGNORECASE,
)
# "But only if the money goes back to my credit card"
_ONLY_IF = re.compile(
    r"\b(?:only|just) (?:if|when|provided)\b|\b(?:provided|as long as|on condition)\b|"
    r"\botherwise\b[^.;!?]*\b(?:not|leave|keep|forget)\b|\bif not\b[^.;!?]*\b(?:leave|keep|forget)\b", re.IGNORECASE,
)
# "Then leave it in, I don't want to cancel the rest"
_NOT_ALL = re.compile(
    r"\b(?:(?:do not|don['’]?t) want to cancel|(?:i['’]m|i am) not cancell?ing) "
    r"(?:the (?:rest|whole (?:thing|order|lot))|everything|all of (?:it|them))\b", re.IGNORECASE,
)
_ALL_ORDERS = re.compile(
    r"\b(?:all|every)\b(?:(?!\b(?:pending|open|unshipped|from|in)\b)[^.;!?]){0,30}?\borders?\b"
    r"(?![^.;!?]*\b(?:pending|not (?:been )?(?:shipped|sent|packed)|n['’]t (?:been )?(?:shipped|sent|packed))\b)",
    re.IGNORECASE,
)
# "Can you bring the order back that I cancelled?"
_REVIVES = re.compile(
    r"\b(?:un-?cancel\w*|reinstat\w*|reviv\w*|restor\w*|re-?activat\w*|bring\b[^.;!?]*\bback|"
    r"back to life)\b", re.IGNORECASE
)
_NOT_REVIVED = "A cancelled order can't be brought back. What was in it can be ordered anew."


class CancelOrder(Task):
    intent = "cancel_order"
    closes_order = True
    wanted = "cancel an order"
    deeds = frozenset({"cancel"})
    needs = Level.VERIFIED
    part_of_it = frozenset({"faq/refund_method"})
    slots = (
        OrderSlot(fitting=frozenset({OrderStatus.PENDING}), purpose="cancel"),
        ReasonSlot(asked_as="May I ask why? It does not change anything for you."),
    )

    async def meant(self, question: Question, text: str) -> str:
        if changes_instead(text) or (refuses_deed(text, verbs=self.deeds) and not removes(text)):
            return "change_order_items"
        return "change_order_address" if sends_elsewhere(text) else self.intent

    def moot(self, text: str, *, others: bool) -> str | None:
        return "All right, then the order stays as it is." if _NOT_ALL.search(text) else None

    async def check(self, question: Question, run: Run) -> None:
        await check_whole(question, run)
        await check_pending(question, run, OrderNotCancellable)
        if "order" in run.values:
            await _check_money(question, run)

    async def plan(self, question: Question, run: Run) -> Plan:
        await check_whole(question, run)
        await _check_money(question, run)
        order = await order_of(question, run)
        plan = await cancellations.plan_cancellation(
            question.session, question.speaker, order.id, business=question.business, at=question.at
        )
        words = question.wording
        back = words.listed(f"{words.money(one.amount_minor, one.currency)} to your {one.method}"
                            for one in plan.movements)
        money = f" You get back {back}." if back else ""
        if back and (told := await _goes_nowhere_else(question, run, [one.method for one in plan.movements])):
            money += told
        return Plan(
            f"I would cancel your order {order.number} with {words.all_contents(order)}.{money}{noted(run)}"
            f"{await _too_late_for(question, run)}",
            "Shall I cancel it?", agreed=plan.refund_minor, yes="Yes, cancel it", no="No, keep it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order = await order_of(question, run)
        done = await cancellations.cancel(
            session, question.speaker, order.id, reason=run.values["reason"], key=key, agreed_minor=run.agreed,
            business=question.business, at=question.at,
        )
        words = question.wording
        back = words.listed(f"{words.money(one.amount_minor, one.currency)} to your {one.method}"
                            for one in done.movements)
        money = f" You get back {back}." if back else ""
        return Outcome(
            f"Done: your order {order.number} is cancelled.{money} Your reference is {done.reference}.",
            [buttons.ORDERS], order=order.number,
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose() if any(map(_REVIVES.search, run.said)):
                return Refusal(_NOT_REVIVED, [buttons.ORDERS, buttons.PERSON])
            case NothingToChoose():
                return Refusal(
                    "None of your orders can be cancelled any more: only those that are still waiting to be packed "
                    "can. What has arrived can be sent back.", [buttons.ORDERS, buttons.PERSON],
                )
            case OnlyAsAWhole():
                return await only_as_a_whole(question, run)
            case NeedsPerson():
                order, most = await order_of(question, run), question.business.returns.most_without_person or 0
                limit = question.wording.money(most, order.currency)
                return Refusal(
                    f"Your order {order.number} came to more than {limit}: only a person may cancel that.", person=True
                )
            case OrderNotCancellable():
                return _too_late(await order_of(question, run))
        return None


async def _too_late_for(question: Question, run: Run) -> str:
    """Which of all their orders can't be cancelled any more, where all are to be; with a space before it, or ""."""
    if run.twin or not any(_ALL_ORDERS.search(text) for text in run.said):
        return ""
    late = [
        one.number for one in await question.records.orders()
        if one.status.open and one.status is not OrderStatus.PENDING
    ]
    orders = f"Order {late[0]}" if len(late) == 1 else f"Orders {question.wording.listed(late)}"
    return f" {orders} can't be cancelled any more." if late else ""


async def _check_money(question: Question, run: Run) -> None:
    """Raises NotAsSupposed if the money is only to go where it cannot."""
    if not any(map(_ONLY_IF.search, run.said)):
        return
    order = await order_of(question, run)
    plan = await cancellations.plan_cancellation(
        question.session, question.speaker, order.id, business=question.business, at=question.at
    )
    methods = [one.method for one in plan.movements]
    if await _goes_nowhere_else(question, run, methods):
        paid = question.wording.listed(f"your {one}" for one in methods)
        raise NotAsSupposed(f"The money of a cancelled order can only go back to what paid for it: {paid}.")


async def _goes_nowhere_else(question: Question, run: Run, methods: Sequence[str]) -> str:
    """What the plan says where another method was named for the money; with a space before it, or ""."""
    known = await question.records.methods()
    waiting = [str(one["text"]) for one in question.tracker.slots.get("agenda") or []]  # "... Refund to PayPal please"
    for found in (_MONEY_TO.search(text) for text in [*run.said, *waiting]):
        named = read_method(found["where"], known) if found else None
        if named and (named.asked_for or (named.chosen and all(one.label not in methods for one in named.chosen))):
            return " The money of a cancelled order can only go back to what paid for it."
    return ""


def _too_late(order: OrderSummary) -> Refusal:
    why = f"Your order {order.number} can't be cancelled any more: it is {STATUS[order.status]}."
    if order.status is OrderStatus.DELIVERED:
        back = buttons.said(f"Return something from order {order.number}")
        return Refusal(f"{why} You can send it back instead.", [back, buttons.PERSON])
    if order.status.open:
        offers = [buttons.track(order.number), buttons.PERSON]
        return Refusal(f"{why} Once it has arrived you can send it back.", offers)
    if order.status is OrderStatus.CANCELLED:
        why = f"Your order {order.number} is cancelled already. {_NOT_REVIVED}"
    return Refusal(why, [buttons.ORDERS, buttons.PERSON])
