"""What customers may have of us: a copy of all that is kept about them, and that it is deleted."""

import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import Question
from actions.task_steps import POLICY
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.care import cases
from support.care.cases import CaseSummary
from support.errors import NotFound, SupportError
from support.models.cases import CaseKind
from support.models.orders import OrderStatus
from support.people import privacy
from support.people.privacy import ErasurePlan
from support.refusals import NeedsPerson
from support.subscribing import subscriptions
from support.subscribing.subscription_dates import Standing

KEEP = "Keep my account"
# "Alright, then I keep it" is said of many things
_OF_ACCOUNT = re.compile(r"account|profile|delet|clos|eras|\bdata\b|remov|member|customer", re.IGNORECASE)
_COMING_BACK = frozenset({OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED})


class AlreadyAsked(SupportError):
    """The deletion is on its way."""

    code = "already_asked"


class ExportMyData(Task):
    """A person makes the copy and sees that it comes into the right hands; the bot gathers nothing up."""

    intent = "export_my_data"
    wanted = "get a copy of your data"
    deeds = frozenset({"export", "send", "download", "copy"})
    part_of_it = frozenset({"faq/privacy", "faq/data_copy"})

    async def plan(self, question: Question, run: Run) -> Plan:
        return Plan(
            "You can have a copy of everything that we keep about you: your details and addresses, orders, payments, "
            "returns, points, cases, what you agreed to, and our conversations, with the photos you sent. A "
            "colleague makes it and gives it to you once they have checked that it's you; it costs nothing.",
            "Shall I bring in a colleague for that now?", yes="Yes, please", no="No, leave it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        raise NeedsPerson

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, NeedsPerson):
            return Refusal("I'll pass that on: you want a copy of all your data.", handoff=POLICY)
        return None


class DeleteAccount(Task):
    intent = "delete_account"
    wanted = "delete your account"
    deeds = frozenset({"delete", "close", "erase", "remove"})
    part_of_it = frozenset({"faq/privacy", "faq/account_deletion"})

    async def plan(self, question: Question, run: Run) -> Plan:
        if pending := await _pending(question):
            raise AlreadyAsked(_when(question, pending))
        plan = await privacy.plan_erasure(
            question.session, question.speaker, business=question.business, at=question.at
        )
        day = question.wording.day(plan.due_at)
        return Plan(
            f"I would have your account deleted on {day}, with all that we keep about you: your name, addresses, "
            f"payment methods, conversations and what you wrote to us.{_lost(question, plan)} Until then you can "
            "change your mind at any time; after that it can't be undone.",
            "Do you want your account to be deleted?", yes="Yes, delete it", no="No, keep it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await privacy.ask_erasure(
            session, question.speaker, key=key, business=question.business, at=question.at
        )
        day = question.wording.day(datetime.fromisoformat(done.details["due_at"]))
        return Outcome(
            f"Done: your account will be deleted on {day}. If you change your mind before that, "
            f"just tell me to keep it. The number of your request is {done.details['case']}.", [buttons.said(KEEP)],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        match error:
            case AlreadyAsked():
                return Refusal(str(error), [buttons.said(KEEP), buttons.HELP])
            case NeedsPerson():
                return Refusal(
                    f"Your account can't be deleted while something is under way{await _under_way(question)}. Once "
                    "that is done you can ask me again.", person=True,
                )
        return None


class KeepAccount(Task):
    """Nobody regrets it, for it can be asked for again: done without a question."""

    intent = "keep_account"
    wanted = "keep your account"
    deeds = frozenset({"keep"})

    async def plan(self, question: Question, run: Run) -> Plan:
        return Plan("", question=None)

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await privacy.call_off_erasure(session, question.speaker, key=key, at=question.at)
        return Outcome(
            f"Done: your account stays, and your request {done.details['case']} is called off. I'm glad that you "
            f"stay with us. Your reference is {done.reference}.", [buttons.HELP],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, NotFound):
            if not _OF_ACCOUNT.search(question.text):
                return Refusal("All right, nothing is changed.", [buttons.HELP])
            return Refusal("Your account is not going to be deleted: there is nothing to call off.", [buttons.HELP])
        return None


async def _pending(question: Question) -> CaseSummary | None:
    known = await cases.list_cases(question.session, question.speaker)
    return next((one for one in known if one.kind is CaseKind.ERASURE), None)


def _when(question: Question, pending: CaseSummary) -> str:
    day = f" on {question.wording.day(pending.due_at)}" if pending.due_at else ""
    return (
        f"You have asked for that already: your account will be deleted{day}, as request {pending.reference}. Until "
        "then you can still keep it."
    )


def _lost(question: Question, plan: ErasurePlan) -> str:
    """What of value goes with the account."""
    words = question.wording
    things = [f"{words.money(one.amount_minor, one.currency)} on your {one.method}" for one in plan.gift_cards]
    if plan.vouchers:
        things.append(words.count(plan.vouchers, "voucher"))
    if plan.points:
        things.append(words.count(plan.points, "point"))
    return f" You would lose {words.listed(things)}." if things else ""


async def _under_way(question: Question) -> str:
    """What keeps the account, as far as it has a name: ` (order HF-10432 and your subscription Coffee)`."""
    things = [
        f"order {one.number}" for one in await question.records.orders()
        if one.status.open or one.status in _COMING_BACK
    ]
    things += [
        f"your subscription {one.name}"
        for one in await subscriptions.list_subscriptions(
            question.session, question.speaker, business=question.business, at=question.at
        ) if one.standing in (Standing.ACTIVE, Standing.PAUSED)
    ]
    return f" ({question.wording.listed(things)})" if things else ""
