"""Cancelling a subscription, and letting one with a last day run longer."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import Question
from actions.subscription_slots import SubscriptionSlot, subscription_of
from actions.subscription_terms import PeriodsSlot
from actions.subscriptions import MINE, refused_for, told
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.errors import SupportError
from support.refusals import SubscriptionRefused
from support.subscribing import subscription_changes, subscriptions


class CancelSubscription(Task):
    intent = "cancel_subscription"
    wanted = "cancel a subscription"
    deeds = frozenset({"cancel", "terminate"})
    slots = (SubscriptionSlot(purpose="cancel"),)

    async def plan(self, question: Question, run: Run) -> Plan:
        words = question.wording
        plan = await subscriptions.plan_cancel(
            question.session, question.speaker, run.values["subscription"], business=question.business, at=question.at
        )
        last = ""
        if plan.last_renewal:
            last = f" The renewal on {words.day(plan.last_renewal)} is too near to be stopped and still comes."
        return Plan(
            f"I would cancel your subscription {plan.name}: it runs until {words.day(plan.ends_on)} and then "
            f"ends.{last} What has been paid is not refunded.",
            "Shall I cancel it?", agreed=plan.ends_on.isoformat(), yes="Yes, cancel it", no="No, keep it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await subscription_changes.cancel(
            session, question.speaker, run.values["subscription"], key=key, business=question.business, at=question.at
        )
        ends = question.wording.day(date.fromisoformat(done.details["ends_on"]))
        return Outcome(
            f"Done: {done.details['name']} is cancelled and ends on {ends}. Your reference is {done.reference}.",
            [buttons.said(MINE)],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        return await refused_for(question, run, error, "cancelled", "one that runs or is paused")


class ExtendSubscription(Task):
    intent = "extend_subscription"
    wanted = "extend a subscription"
    deeds = frozenset({"extend", "prolong", "renew"})
    slots = (SubscriptionSlot(purpose="extend", ends=True), PeriodsSlot())

    async def plan(self, question: Question, run: Run) -> Plan:
        words = question.wording
        plan = await subscriptions.plan_extend(
            question.session, question.speaker, run.values["subscription"], run.values["periods"],
            business=question.business, at=question.at,
        )
        return Plan(
            f"I would extend {plan.name} until {words.day(plan.ends_on)}. That costs "
            f"{words.money(plan.amount_minor, plan.currency)} in all, charged as it renews; nothing is taken now.",
            "Shall I extend it?", agreed=plan.amount_minor, yes="Yes, extend it", no="No, leave it",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await subscription_changes.extend(
            session, question.speaker, run.values["subscription"], run.values["periods"], agreed_minor=run.agreed,
            key=key, business=question.business, at=question.at,
        )
        ends = question.wording.day(date.fromisoformat(done.details["ends_on"]))
        return Outcome(
            f"Done: {done.details['name']} runs until {ends} now. Your reference is {done.reference}.",
            [buttons.said(MINE)],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, SubscriptionRefused):
            one = await subscription_of(question, run)
            return Refusal(
                f"{one.name} needs no extension: it has no end and goes on until you cancel it. {told(question, one)}",
                [buttons.said(MINE)],
            )
        return await refused_for(question, run, error, "extended", "one with a last day")
