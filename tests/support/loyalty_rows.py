"""Rewards and customers with points to spend, for the tests of what points buy."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy.ext.asyncio import AsyncSession

from support.models.customers import Customer
from support.models.rewards import Reward, RewardKind
from support.points import ledger
from tests.support.shop_rows import NOW, create_account, create_customer

_numbers = count(1)


async def create_member(session: AsyncSession, points: int = 0, *, earned_at: datetime = NOW) -> Customer:
    """A customer with an account of so many points, which lapse in 300 days; they count for the tier."""
    customer = await create_customer(session)
    account = await create_account(session, customer)
    if points:
        await ledger.earn(
            session, account, points, key=f"member:{next(_numbers)}", at=earned_at,
            expires_at=NOW + timedelta(days=300), reason="Order HF-1",
        )
    return customer


async def create_reward(
    session: AsyncSession, points: int = 100, *, name: str = "Five euros off", kind: RewardKind = RewardKind.VOUCHER,
    value: int = 500, currency: str | None = "EUR", from_tier: str | None = None, stock: int | None = None,
    active: bool = True,
) -> Reward:
    reward = Reward(
        reference=f"RW{next(_numbers)}", name=name, description=name, kind=kind, points=points, value=value,
        currency=currency, from_tier=from_tier, stock=stock, active=active,
    )
    session.add(reward)
    await session.flush()
    return reward


async def create_rewards(session: AsyncSession) -> None:
    """Free delivery for 80, ten off for 190, a towel (the last one) for 300, a clock for 900."""
    for points, name, kind, value, currency, stock in (
        (80, "Free delivery", RewardKind.SHIPPING, 0, None, None), (190, "10 off", RewardKind.VOUCHER, 1000, "EUR", None),
        (300, "Linen tea towel", RewardKind.GIFT, 0, None, 1), (900, "Tide clock", RewardKind.GIFT, 0, None, None),
    ):
        await create_reward(session, points, name=name, kind=kind, value=value, currency=currency, stock=stock)
