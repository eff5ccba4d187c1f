"""What points buy: the rewards within reach, and plain money off; redeemed once a key, for a voucher code.

Points are integers; money is minor units of the shop's currency.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotEnoughPoints, NotFound, PointsInvalid
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.rewards import Reward, RewardKind
from support.points import loyalty
from support.points.ledger_entries import MOST
from support.points.vouchers import last_day
from support.policy.business import Business
from support.refusals import RewardUnavailable, TierTooLow
from support.text import sought_id


@dataclass(frozen=True)
class RewardOffer:
    """A reward that the customer's tier may have; `missing` points until it is within reach, 0 if it is.

    `value` is minor units of `currency` for a voucher, whole percent for a percent, else 0.
    """

    id: str
    name: str
    description: str
    kind: RewardKind
    points: int
    value: int
    currency: str | None
    missing: int


@dataclass(frozen=True)
class PlainRedemption:
    """Points turned into money off: from `smallest` in steps of `step`, each worth `point_value_minor`.

    `most` is the largest number of points that the customer can redeem so now, 0 if it is too early; then `missing`
    more are needed.
    """

    smallest: int
    step: int
    point_value_minor: int
    currency: str
    most: int
    missing: int


@dataclass(frozen=True)
class Rewards:
    """What the customer's `balance` can buy, the cheapest first."""

    balance: int
    rewards: tuple[RewardOffer, ...]
    plain: PlainRedemption


@dataclass(frozen=True)
class Redemption:
    """What a redemption will do: the points it takes, the voucher it gives, and the last day to use that.

    `value` is minor units of `currency` for a voucher, whole percent for a percent, else 0.
    `reward` is its name, None for plain money off.
    """

    points: int
    balance_after: int
    reward: str | None
    kind: RewardKind
    value: int
    currency: str | None
    last_day: date


@use_case("look up", needs=Level.VERIFIED)
async def rewards(session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime) -> Rewards:
    """The rewards that the customer's tier may have, cheapest first, with the points that are missing for each.

    Only those to be had now; and what the points are worth as plain money off.
    """
    standing = await loyalty.standing(session, speaker.customer, at, business=business)
    found = await session.scalars(
        select(Reward).where(Reward.active).order_by(Reward.points, Reward.name, Reward.reference)
    )
    offers = tuple(
        RewardOffer(
            one.id, one.name, one.description, one.kind, one.points, one.value, one.currency,
            max(0, one.points - standing.balance),
        )
        for one in found if one.stock != 0 and _is_open_to(one, standing, business)
    )
    smallest, step = business.loyalty.smallest_redemption, business.loyalty.redemption_step
    above = standing.balance - smallest
    plain = PlainRedemption(
        smallest, step, business.loyalty.point_value, business.shop.currency,
        most=smallest + above // step * step if above >= 0 else 0, missing=max(0, -above),
    )
    return Rewards(standing.balance, offers, plain)


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_redeem_reward(
    session: AsyncSession, speaker: Speaker, reward_id: str, *, business: Business, at: datetime
) -> Redemption:
    """What redeeming the reward will do, before the customer agrees.

    Raises NotFound, RewardUnavailable (no longer offered, or none left), TierTooLow, NotEnoughPoints.
    """
    query = select(Reward).where(Reward.id == sought_id(reward_id))
    return await for_reward(session, speaker, await session.scalar(query), business=business, at=at)


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_redeem_points(
    session: AsyncSession, speaker: Speaker, points: int, *, business: Business, at: datetime
) -> Redemption:
    """What turning so many points into a voucher will do, before the customer agrees.

    Raises PointsInvalid (fewer than the smallest redemption, off its steps, or no whole number), NotEnoughPoints.
    """
    rules = business.loyalty
    if type(points) is not int or not rules.smallest_redemption <= points <= MOST:
        raise PointsInvalid
    worth = points * rules.point_value
    if (points - rules.smallest_redemption) % rules.redemption_step or not 0 < worth <= MOST:
        raise PointsInvalid
    balance = (await loyalty.standing(session, speaker.customer, at, business=business)).balance
    return Redemption(
        points, _after(balance, points), None, RewardKind.VOUCHER, worth, business.shop.currency, last_day(business, at)
    )


async def for_reward(
    session: AsyncSession, speaker: Speaker, reward: Reward | None, *, business: Business, at: datetime
) -> Redemption:
    """The same as `plan_redeem_reward`, for a row that is at hand."""
    if reward is None:
        raise NotFound
    if not reward.active or reward.stock == 0:
        raise RewardUnavailable
    standing = await loyalty.standing(session, speaker.customer, at, business=business)
    if not _is_open_to(reward, standing, business):
        raise TierTooLow
    return Redemption(
        reward.points, _after(standing.balance, reward.points), reward.name, reward.kind, reward.value,
        reward.currency, last_day(business, at),
    )


def _is_open_to(reward: Reward, standing: loyalty.Overview, business: Business) -> bool:
    if reward.from_tier is None:
        return True
    names = [tier.name for tier in business.tiers.steps]
    # A tier that the shop no longer has opens nothing
    return reward.from_tier in names[:names.index(standing.tier.name) + 1]


def _after(balance: int, points: int) -> int:
    if balance < points:
        raise NotEnoughPoints
    return balance - points
