"""Points redeemed: taken from the ledger and answered with a voucher code, in one transaction, once a key."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.agreements import check_agreed
from support.errors import NotEnoughPoints
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.loyalty import LoyaltyAccount
from support.models.rewards import Reward, RewardKind, Voucher
from support.outgoing.event_bodies import amount
from support.points import ledger, loyalty_accounts, rewards, vouchers
from support.points.ledger_entries import checked_points, lock
from support.points.rewards import Redemption
from support.policy.business import Business
from support.service_requests import Asked, Done
from support.text import sought_id


@use_case("do", needs=Level.SIGNED_IN)
async def redeem_reward(
    session: AsyncSession, speaker: Speaker, reward_id: str, *, agreed_points: int | None = None, key: str,
    business: Business, at: datetime,
) -> Done:
    """Redeem a reward for points; a voucher code comes of it.

    `details` are {"code", "reward", "points", "kind", "value", "currency", "expires_at" (ISO 8601), "last_day" (the
    last on which it can be used), "balance" (after)}. The reward's stock falls by one.
    Raises NotFound, RewardUnavailable, TierTooLow, NotEnoughPoints, AmountChanged (another number of points than
    `agreed_points`), IdInvalid, IdReused.
    """
    content = {"reward": sought_id(reward_id), "agreed": agreed_points}
    asked = Asked(speaker, "redeem_reward", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    # Locked and read anew: of two customers who want the last one, the second must see that it is gone
    query = select(Reward).where(Reward.id == content["reward"]).with_for_update()
    reward = await session.scalar(query.execution_options(populate_existing=True))
    account = await _locked_account(session, speaker)
    plan = await rewards.for_reward(session, speaker, reward, business=business, at=at)
    check_agreed(agreed_points, plan.points)
    return await _carry_out(session, asked, account, plan, reward, business)


@use_case("do", needs=Level.SIGNED_IN)
async def redeem_points(
    session: AsyncSession, speaker: Speaker, points: int, *, agreed_minor: int | None = None, key: str,
    business: Business, at: datetime,
) -> Done:
    """Turn points into a voucher worth money off, in the shop's currency.

    `details` are as for a reward, whose name is then None. Raises PointsInvalid, NotEnoughPoints, AmountChanged
    (another worth than `agreed_minor`), IdInvalid, IdReused.
    """
    content = {"points": checked_points(points, lowest=1), "agreed": agreed_minor}
    asked = Asked(speaker, "redeem_points", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    account = await _locked_account(session, speaker)
    plan = await rewards.plan_redeem_points(session, speaker, points, business=business, at=at)
    check_agreed(agreed_minor, plan.value)
    return await _carry_out(session, asked, account, plan, None, business)


async def _locked_account(session: AsyncSession, speaker: Speaker) -> LoyaltyAccount | None:
    # Before the balance is read: an expiry at this moment may not take what was just seen to be enough
    account = await loyalty_accounts.find(session, speaker.customer)
    if account is not None:
        await lock(session, account.id)
    return account


async def _carry_out(
    session: AsyncSession, asked: Asked, account: LoyaltyAccount | None, plan: Redemption, reward: Reward | None,
    business: Business,
) -> Done:
    if account is None:
        raise NotEnoughPoints
    customer_id, at = asked.speaker.customer, asked.at
    request = await service_requests.enter(session, asked)
    entry = await ledger.redeem(
        session, account, plan.points, key=f"request:{request.id}", at=at, reason=plan.reward or "Voucher",
    )
    if reward is not None and reward.stock is not None:
        reward.stock -= 1
    voucher = await vouchers.issue(
        session, entry, customer_id, kind=plan.kind, value=plan.value, currency=plan.currency, reward=reward,
        business=business, at=at,
    )
    details = {
        "code": voucher.code, "reward": plan.reward, "points": plan.points, "kind": plan.kind, "value": plan.value,
        "currency": plan.currency, "expires_at": voucher.expires_at.isoformat(),
        "last_day": plan.last_day.isoformat(), "balance": plan.balance_after,
    }
    body = {
        "points": plan.points, "balance": plan.balance_after, "reward": reward.reference if reward else None,
        "voucher": _told(voucher),
    }
    return await service_requests.finish(session, request, details=details, event="points.redeemed", body=body)


def _told(voucher: Voucher) -> dict[str, Any]:
    """The voucher as the shop hears of it: `worth` is money for a voucher, else None; `percent` likewise."""
    worth = amount(voucher.value, voucher.currency) if voucher.kind is RewardKind.VOUCHER and voucher.currency else None
    return {
        "code": voucher.code, "kind": voucher.kind, "worth": worth,
        "percent": voucher.value if voucher.kind is RewardKind.PERCENT else None,
        "expires_at": voucher.expires_at.isoformat(),
    }
