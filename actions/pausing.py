"""Pausing a subscription, and ending the pause early."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import Question
from actions.subscription_slots import SubscriptionSlot, subscription_of
from actions.subscription_terms import PauseSlot
from actions.subscriptions import MINE, refused_for, told
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from support.errors import SupportError
from support.refusals import SubscriptionRefused
from support.subscribing import subscription_changes, subscriptions
from support.subscribing.subscription_dates import Standing


class PauseSubscription(Task):
    intent = "pause_subscription"
    wanted = "pause a subscription"
    deeds = frozenset({"pause", "skip", "suspend"})
    slots = (SubscriptionSlot(purpose="pause", fitting=frozenset({Standing.ACTIVE})), PauseSlot())

    async def plan(self, question: Question, run: Run) -> Plan:
        words = question.wording
        plan = await subscriptions.plan_pause(
            question.session, question.speaker, run.values["subscription"], run.values["months"],
            business=question.business, at=question.at,
        )
        still = ""
        if plan.still_renews_on:
            still = f" The renewal on {words.day(plan.still_renews_on)} is too near to be stopped and still comes."
        return Plan(
            f"I would pause {plan.name} for {words.count(run.values['months'], 'month')}: it renews on "
            f"{words.day(plan.paused_until)} again, and nothing is charged until then.{still}",
            "Shall I pause it?", yes="Yes, pause it", no="No, leave it running",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await subscription_changes.pause(
            session, question.speaker, run.values["subscription"], run.values["months"], key=key,
            business=question.business, at=question.at,
        )
        until = question.wording.day(date.fromisoformat(done.details["paused_until"]))
        return Outcome(
            f"Done: {done.details['name']} is paused until {until}. If you want it sooner, just say so. Your "
            f"reference is {done.reference}.", [buttons.said(MINE)],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, SubscriptionRefused):
            one = await subscription_of(question, run)
            why = "it is paused already" if one.standing is Standing.PAUSED else "nothing of it would come in that time"
            offer = f"Resume {one.name}" if one.standing is Standing.PAUSED else MINE
            return Refusal(
                f"{one.name} can't be paused like that: {why}. {told(question, one)}",
                [buttons.said(offer), buttons.PERSON],
            )
        return await refused_for(question, run, error, "paused", "one that runs")


class ResumeSubscription(Task):
    intent = "resume_subscription"
    wanted = "resume a subscription"
    deeds = frozenset({"resume", "restart", "continue", "start", "reactivate"})
    slots = (SubscriptionSlot(purpose="resume", fitting=frozenset({Standing.PAUSED})),)

    async def plan(self, question: Question, run: Run) -> Plan:
        words = question.wording
        plan = await subscriptions.plan_resume(
            question.session, question.speaker, run.values["subscription"], business=question.business, at=question.at
        )
        return Plan(
            f"I would end the pause of {plan.name}: it then renews on {words.day(plan.renews_on)} for "
            f"{words.money(plan.price_minor, plan.currency)}.",
            "Shall I resume it?", agreed=plan.renews_on.isoformat(), yes="Yes, resume it", no="No, keep the pause",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        done = await subscription_changes.resume(
            session, question.speaker, run.values["subscription"], key=key, business=question.business, at=question.at
        )
        renews = question.wording.day(date.fromisoformat(done.details["renews_on"]))
        return Outcome(
            f"Done: {done.details['name']} goes on and renews on {renews}. Your reference is {done.reference}.",
            [buttons.said(MINE)],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        if isinstance(error, SubscriptionRefused):
            one = await subscription_of(question, run)
            return Refusal(f"{one.name} is not paused. {told(question, one)}", [buttons.said(MINE), buttons.PERSON])
        return await refused_for(question, run, error, "resumed", "one that is paused")
