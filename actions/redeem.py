"""Points turned into a voucher or a reward, for a code."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import buttons
from actions.personal import Question
from actions.prize_slots import PrizeSlot
from actions.reward_words import plain_terms, worth
from actions.slots import NothingToChoose
from actions.tasks import Outcome, Plan, Refusal, Run, Task
from actions.wording import Wording
from support.errors import NotEnoughPoints, NotFound, PointsInvalid, SupportError
from support.models.rewards import RewardKind
from support.points import redemptions, rewards
from support.points.rewards import PlainRedemption, Redemption, Rewards
from support.refusals import RewardUnavailable, TierTooLow


class _Redeem(Task):
    deeds = frozenset({"redeem", "spend", "use"})

    async def plan(self, question: Question, run: Run) -> Plan:
        plan, words = await _planned(question, run.values["prize"]), question.wording
        brings = worth(words, plan.kind, plan.value, plan.currency, plan.reward)
        spent, left = words.count(plan.points, "point"), words.count(plan.balance_after, "point")
        what = f"“{plan.reward}”, which is {brings}" if plan.reward else f"a voucher for {brings}"
        return Plan(
            f"I would turn {spent} into {what}. The code can be used until {words.day(plan.last_day)}, and "
            f"{left} stay with you.", "Shall I redeem them?",
            agreed=plan.points if plan.reward else plan.value, yes="Yes, redeem them",
        )

    async def carry_out(self, question: Question, run: Run, session: AsyncSession, key: str) -> Outcome:
        prize, who = run.values["prize"], question.speaker
        rules: dict[str, Any] = {"key": key, "business": question.business, "at": question.at}
        if "reward" in prize:
            done = await redemptions.redeem_reward(session, who, prize["reward"], agreed_points=run.agreed, **rules)
        else:
            done = await redemptions.redeem_points(session, who, prize["points"], agreed_minor=run.agreed, **rules)
        words, told = question.wording, done.details
        brings = worth(words, RewardKind(told["kind"]), told["value"], told["currency"], told["reward"])
        return Outcome(
            f"Done: your code is {told['code']}. It brings {brings} and can be used until "
            f"{words.day(date.fromisoformat(told['last_day']))}; enter it at the checkout. You have "
            f"{words.count(told['balance'], 'point')} left. Your reference is {done.reference}.",
            [buttons.said("Show my vouchers"), buttons.POINTS],
        )

    async def refused(self, question: Question, run: Run, error: SupportError) -> Refusal | None:
        offers = await question.records.rewards(question.business, question.at)
        words, plain = question.wording, offers.plain
        within = bool(plain.most) or any(not one.missing for one in offers.rewards)
        have = f"You have {words.count(offers.balance, 'point')}"
        again = ["prize"] if within else []
        match error:
            case NothingToChoose():
                nearest = min([plain.missing, *(one.missing for one in offers.rewards)])
                return Refusal(
                    f"{have}: that is not enough for anything yet, {words.count(nearest, 'more point')} and it is. "
                    f"{plain_terms(words, plain)}", [buttons.said("Show the rewards"), buttons.POINTS],
                )
            case PointsInvalid():
                points = run.values["prize"]["points"]
                sorry = f"{words.count(points, 'point')} can't be redeemed just so. {plain_terms(words, plain)}"
                return Refusal(f"{sorry} {_near(words, plain, points)}", [buttons.POINTS], forget=again)
            case NotEnoughPoints():
                missing = _missing(words, offers, run.values["prize"])
                return Refusal(f"{have}. {missing}", [buttons.POINTS], forget=again)
            case RewardUnavailable() | TierTooLow() | NotFound():
                sorry = str(RewardUnavailable() if isinstance(error, NotFound) else error)
                return Refusal(sorry, [buttons.said("Show the rewards"), buttons.POINTS], forget=again)
        return None


class RedeemPoints(_Redeem):
    intent = "redeem_points"
    wanted = "redeem your points"
    part_of_it = frozenset({"redeem_reward", "faq/points_how"})
    slots = (PrizeSlot(),)


class RedeemReward(_Redeem):
    intent = "redeem_reward"
    wanted = "redeem a reward"
    part_of_it = frozenset({"redeem_points", "faq/points_how"})
    slots = (PrizeSlot(asks_reward=True),)


def _near(words: Wording, plain: PlainRedemption, points: int) -> str:
    """The numbers next to it that would do."""
    below = plain.smallest + (points - plain.smallest) // plain.step * plain.step
    near = [one for one in (below, below + plain.step) if one >= plain.smallest]
    told = " or ".join(
        f"{words.count(one, 'point')} for {words.money(one * plain.point_value_minor, plain.currency)}" for one in near
    )
    return f"{told[:1].upper()}{told[1:]} would do."


def _missing(words: Wording, offers: Rewards, prize: dict[str, Any]) -> str:
    """What is missing for what was wished."""
    for one in offers.rewards:
        if one.id == prize.get("reward"):
            takes, missing = words.count(one.points, "point"), words.count(one.missing, "point")
            return f"“{one.name}” takes {takes}, so {missing} are missing."
    missing = words.count(prize["points"] - offers.balance, "point") if "points" in prize else "some"
    return f"That is {missing} short."


async def _planned(question: Question, prize: dict[str, Any]) -> Redemption:
    rules: dict[str, Any] = {"business": question.business, "at": question.at}
    if "reward" in prize:
        return await rewards.plan_redeem_reward(question.session, question.speaker, prize["reward"], **rules)
    return await rewards.plan_redeem_points(question.session, question.speaker, prize["points"], **rules)
