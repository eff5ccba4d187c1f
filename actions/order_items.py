"""Changing what is in an order that is still waiting to be packed: other variants of the same products."""

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.kept_wishes import WishesKept, kept_in_words, told_first, wished_for
from actions.method_slots import MethodSlot, money_asked
from actions.named_methods import Money, left_after
from actions.not_in_order import told_missing
from actions.order_meant import status_named
from actions.order_payment_wish import pays_otherwise
from actions.order_slots import OrderSlot, check_pending, order_of
from actions.other_products import offers_instead
from actions.personal import Question
from actions.slots import NothingToChoose
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wish_slots import WishesSlot
from actions.wish_words import by_how_much, described
from actions.wording import STATUS, Wording
from support.errors import SupportError
from support.grounding.taking_out import removes, sends_back
from support.models.orders import OrderStatus
from support.ordering import line_swaps
from support.ordering.line_swaps import Swap, SwapPlan
from support.refusals import LinesAlreadySwapped, OrderNotChangeable, OutOfStock
from support.service_requests import Movement


async def _plan(question: Question, run: Run, method: str | None) -> SwapPlan:
    order = await order_of(question, run)
    return await line_swaps.plan_swap(
        question.session, question.speaker, order.id, _swaps(run), method, business=question.business, at=question.at
    )


def _swaps(run: Run) -> list[Swap]:
    return [Swap(line, one["variant"]) for line, one in wished_for(run).items()]


async def _money(question: Question, run: Run) -> Money:
    plan = await _plan(question, run, None)
    things = await told_first(question, run) + _things(question.wording, plan)
    return money_asked(question, -plan.difference_minor, plan.currency, plan.methods, things)


def _things(words: Wording, plan: SwapPlan) -> str:
    return words.listed(
        f"{line.quantity} × {line.product} ({described(line.old_options)}) becomes {described(line.new_options)} "
        f"at {words.money(line.new_unit_price_minor, plan.currency)}"
        f"{by_how_much(words, line.difference_minor, plan.currency) if len(plan.lines) > 1 else ''}"
        for line in plan.lines
    )


_METHOD = MethodSlot(after=("order", "wishes"), money=_money)

_DELIVERED = " Once it is delivered, things can be exchanged."
_AFTERWARDS = {
    OrderStatus.PROCESSED: _DELIVERED, OrderStatus.SHIPPED: _DELIVERED,
    OrderStatus.CANCELLED: " What was in it can be ordered anew.",
}


class ChangeOrderItems(Task):
    intent = "change_order_items"
    wanted = "change what is in an order"
    deeds = frozenset({"change", "swap", "exchange", "modify", "update"})
    dropped_by = frozenset({"call_off_return"})
    part_of_it = frozenset({"exchange_items", "search_products", "show_payment_methods", "refund_status"})
    yields_to = frozenset({"change_order_address", "change_order_payment"})
    slots = (
        OrderSlot(fitting=frozenset({OrderStatus.PENDING}), purpose="change"),
        WishesSlot(purpose="change"),
        _METHOD,
    )

    async def meant(self, question: Question, text: str) -> str:
        if await pays_otherwise(question, text):
            return "change_order_payment"
        if removes(text):
            return "cancel_order"  # it knows what can be done instead of taking single things out
        if sends_back(text):
            return "return_items"
        arrived = await status_named(question, text) is OrderStatus.DELIVERED
        return "exchange_items" if arrived else self.intent

    async def check(self, question: Question, run: Run) -> None:
        await check_pending(question, run, OrderNotChangeable)

    async def plan(self, question: Question, run: Run) -> Plan:
        plan, words = await _plan(question, run, run.values.get("method")), question.wording
        amount = words.money(abs(plan.difference_minor), plan.currency)
        method = plan.movements[0].method if plan.movements else ""
        money = "The price stays the same."
        if plan.difference_minor > 0:
            left = await left_after(question, plan.movements[0].method_id, plan.difference_minor) if method else ""
            money = f"You pay {amount} more, by your {method}{left}."
        elif plan.difference_minor < 0:
            then = await left_after(question, plan.movements[0].method_id, plan.difference_minor)
            money = f"You get back {amount} to your {method}{then}."
        kept = await kept_in_words(question, run)
        told = await told_missing(question, run) + await _METHOD.told(question, run)
        return Plan(
            f"{told}I would change your order {plan.order_number}: {_things(words, plan)}.{kept} {money}",
            "Shall I change it? That can be done only once, and afterwards only a person can change the order's "
            "address or payment.",
            agreed=plan.difference_minor, yes="Yes, change it", no="No, not yet",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order, words = await order_of(question, run), question.wording
        done = await line_swaps.swap(
            session, question.speaker, order.id, _swaps(run), run.values.get("method"), key=key,
            agreed_minor=run.agreed, business=question.business, at=question.at,
        )
        total = words.money(done.details["total_minor"], order.currency)
        moved = words.listed(
            f"{words.money(abs(one.amount_minor), one.currency)} {_way(one)} your {one.method}"
            for one in done.movements
        )
        back = sum(one.amount_minor for one in done.movements) > 0
        money = f" You {'get' if back else 'pay'} {moved}." if moved else ""
        return Outcome(
            f"Done: your order {order.number} is changed and comes to {total} now.{money} "
            f"Your reference is {done.reference}.",
            [buttons.ORDERS], order=order.number,
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case NothingToChoose(slot="order"):
                waits = await status_named(question, " ".join(run.said)) is OrderStatus.PENDING
                if not waits and await question.records.may_come_back(question.business, question.at):
                    return Refusal("", turns="exchange_items")
                return Refusal(
                    "None of your orders can be changed any more: only those that are still waiting to be packed can. "
                    "What has been delivered can be exchanged.", [buttons.ORDERS, buttons.PERSON],
                )
            case OrderNotChangeable():
                order = await order_of(question, run)
                if order.status is OrderStatus.DELIVERED:
                    return Refusal("", turns="exchange_items")
                return Refusal(
                    f"Your order {order.number} can't be changed any more: it is {STATUS[order.status]}."
                    f"{_AFTERWARDS.get(order.status, '')}", [buttons.track(order.number), buttons.PERSON],
                )
            case WishesKept():
                return Refusal(str(error), await offers_instead(question, run))
            case LinesAlreadySwapped():
                return Refusal(str(error), person=True)
            case OutOfStock():
                return Refusal("Meanwhile there is not enough of that in stock.", forget=["wishes"])
        return None


def _way(moved: Movement) -> str:
    return "back to" if moved.amount_minor > 0 else "more by"
