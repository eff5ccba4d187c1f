"""Exchanging things of a delivered order for other variants of them."""

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.coming_back import COMING_BACK, ONLY_ONE, check_coming_back, may_come_back, money_of, refused_coming_back
from actions.kept_wishes import WishesKept, kept_in_words, told_first, wished_for
from actions.method_slots import MethodSlot
from actions.named_methods import Money, left_after
from actions.not_in_order import told_missing
from actions.order_meant import status_named
from actions.order_payment_wish import pays_otherwise
from actions.order_slots import OrderSlot, order_of
from actions.other_products import offers_instead
from actions.personal import Question
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wish_slots import WishesSlot
from actions.wish_words import by_how_much, described
from actions.wording import Wording
from support.errors import SupportError
from support.grounding.taking_out import removes, sends_back
from support.models.orders import OrderStatus
from support.refusals import NotDelivered
from support.returning import exchanges
from support.returning.exchanges import ExchangedLine, ExchangePlan


async def _plan(question: Question, run: Run) -> ExchangePlan:
    order = await order_of(question, run)
    return await exchanges.plan_exchange(
        question.session, question.speaker, order.id, _lines(run), method_id=run.values.get("method"),
        business=question.business, at=question.at,
    )


def _lines(run: Run) -> list[ExchangedLine]:
    return [ExchangedLine(line, one["variant"], one["quantity"]) for line, one in wished_for(run).items()]


async def _money(question: Question, run: Run) -> Money:
    plan = await _plan(question, Run(run.task, values=run.values | {"method": None}))
    return money_of(question, plan, await told_first(question, run) + _things(question.wording, plan))


def _things(words: Wording, plan: ExchangePlan) -> str:
    return words.listed(
        f"{words.line(line)} for {described(line.new_options)} at "
        f"{words.money(line.new_unit_price_minor, plan.currency)}"
        f"{by_how_much(words, line.new_goods_minor - line.goods_minor, plan.currency) if len(plan.lines) > 1 else ''}"
        for line in plan.lines
    )


_METHOD = MethodSlot(after=("order", "wishes"), money=_money)


class ExchangeItems(Task):
    intent = "exchange_items"
    wanted = "exchange something"
    deeds = frozenset({"exchange", "swap", "change"})
    dropped_by = frozenset({"call_off_return"})
    # How a delivered order was paid stays so: a wish for another way is one for the difference
    part_of_it = frozenset(
        {"change_order_items", "change_order_payment", "search_products", "show_payment_methods", "refund_status"}
    )
    slots = (
        OrderSlot(fitting=COMING_BACK, open_to=may_come_back, purpose="exchange something from"),
        WishesSlot(purpose="exchange"),
        _METHOD,
    )

    async def meant(self, question: Question, text: str) -> str:
        if await pays_otherwise(question, text):
            return "change_order_payment"
        if removes(text):
            return "cancel_order"  # it knows what can be done instead of taking single things out
        if sends_back(text):
            return "return_items"
        waits = await status_named(question, text) is OrderStatus.PENDING
        return "change_order_items" if waits else self.intent

    async def check(self, question: Question, run: Run) -> None:
        await check_coming_back(question, run)

    async def plan(self, question: Question, run: Run) -> Plan:
        plan, words = await _plan(question, run), question.wording
        amount = words.money(abs(plan.amount_minor), plan.currency)
        money = "Both cost the same, so no money moves."
        left = await left_after(question, str(run.values.get("method")), -plan.amount_minor)
        if plan.amount_minor > 0:
            money = f"You get back {amount} to your {plan.method}{left}, once what comes back has arrived."
        elif plan.amount_minor < 0:
            money = f"You pay {amount} more, by your {plan.method}{left}."
        kept = await kept_in_words(question, run)
        told = await told_missing(question, run) + await _METHOD.told(question, run)
        return Plan(
            f"{told}You would exchange from order {plan.order_number}: {_things(words, plan)}.{kept} {money}",
            f"Shall I ask for this exchange? {ONLY_ONE}",
            agreed=plan.amount_minor, yes="Yes, exchange it", no="No, not yet",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        order = await order_of(question, run)
        done = await exchanges.request_exchange(
            session, question.speaker, order.id, _lines(run), method_id=run.values.get("method"), reason=None, key=key,
            agreed_minor=run.agreed, business=question.business, at=question.at,
        )
        amount, method = done.details["amount_minor"], done.details["method"]
        sum_of = question.wording.money(abs(amount), done.details["currency"])
        money = f" You pay {sum_of} more by your {method}." if amount < 0 else ""
        money = f" {sum_of} comes back to your {method} once what you send has arrived." if amount > 0 else money
        return Outcome(
            f"Done: your exchange for order {order.number} is asked for, and the new things are set aside for you."
            f"{money} Please put the number {done.details['return']} on the parcel. "
            f"Your reference is {done.reference}.",
            [buttons.ORDERS], order=order.number,
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, NotDelivered) and (await order_of(question, run)).status is OrderStatus.PENDING:
            return Refusal("", turns="change_order_items")
        if isinstance(error, WishesKept):
            return Refusal(str(error), await offers_instead(question, run))
        return await refused_coming_back(question, run, error, "exchanged")
