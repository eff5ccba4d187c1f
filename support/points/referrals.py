"""Friends brought by a customer's code: points for both, once the friend's first order has been delivered.

Points are integers. What was earned is read from the ledger: entries under the keys `referral:<id>:referrer` and
`referral:<id>:friend`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.loyalty import LedgerEntry, LoyaltyAccount
from support.models.orders import Order, OrderStatus
from support.models.rewards import Referral
from support.outgoing import outbox
from support.points import ledger, loyalty_accounts
from support.points.ledger_entries import lock
from support.points.loyalty import expiry_of, year_before
from support.policy.business import Business
from support.refusals import AlreadyReferred, OwnReferral
from support.service_requests import Asked, Done
from support.text import new_reference, read_code, sought_id

_ARRIVED = (
    OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED, OrderStatus.RETURNED,
)


@dataclass(frozen=True)
class ReferralOverview:
    """A customer's code (None until they ask for one) and what came of it.

    `joined` friends came by it, `rewarded` of them brought `points_earned`; `left_this_year` more can bring
    `referrer_points` each within twelve months, and each friend gets `friend_points`.
    """

    code: str | None
    joined: int
    rewarded: int
    points_earned: int
    left_this_year: int
    referrer_points: int
    friend_points: int


@use_case("look up", needs=Level.VERIFIED)
async def referral(session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime) -> ReferralOverview:
    """The customer's referral code, how many friends came by it, and the points that they brought.

    The code is None until `refer_friend` has made one.
    """
    account = await loyalty_accounts.find(session, speaker.customer)
    joined = await session.scalar(select(func.count()).where(Referral.customer_id == speaker.customer))
    brought, points = await _brought(session, speaker.customer)
    lately, _ = await _brought(session, speaker.customer, LedgerEntry.at > year_before(at))
    rules = business.loyalty.referrals
    return ReferralOverview(
        account.referral_code if account else None, joined or 0, brought, points,
        max(0, rules.most_a_year - lately), rules.referrer_points, rules.friend_points,
    )


@use_case("do", needs=Level.VERIFIED)
async def refer_friend(
    session: AsyncSession, speaker: Speaker, *, key: str, business: Business, at: datetime
) -> Done:
    """Give the customer a code to bring friends with: the one they have, or a new one.

    `details` are {"code", "referrer_points", "friend_points"}. Opens their loyalty account if there is none.
    Raises IdInvalid, IdReused.
    """
    asked = Asked(speaker, "refer_friend", key, {}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    account = await loyalty_accounts.opened(session, speaker.customer, at=at)
    request = await service_requests.enter(session, asked)
    if account.referral_code is None:
        account.referral_code = await _unused_code(session)
    rules = business.loyalty.referrals
    return await service_requests.finish(session, request, details={
        "code": account.referral_code, "referrer_points": rules.referrer_points, "friend_points": rules.friend_points,
    })


async def join(session: AsyncSession, friend_id: str, code: str, *, at: datetime) -> Referral:
    """Enter that a customer came by somebody's code, as the shop says; by the same code again: the same.

    Raises NotFound (no such customer or code), OwnReferral, AlreadyReferred (by another code).
    """
    friend = await session.scalar(
        select(Customer).where(Customer.id == sought_id(friend_id), Customer.erased_at.is_(None)).with_for_update()
    )
    typed = read_code(code, groups=2)
    referrer_id = await session.scalar(
        select(LoyaltyAccount.customer_id).join(Customer, Customer.id == LoyaltyAccount.customer_id)
        .where(LoyaltyAccount.referral_code == typed, Customer.erased_at.is_(None))
    ) if typed else None
    if friend is None or referrer_id is None:
        raise NotFound
    if referrer_id == friend.id:
        raise OwnReferral
    if found := await session.scalar(select(Referral).where(Referral.friend_id == friend.id)):
        if found.customer_id != referrer_id:
            raise AlreadyReferred
        return found
    made = Referral(customer_id=referrer_id, friend_id=friend.id, joined_at=at)
    session.add(made)
    await session.flush()
    return made


async def reward_due(session: AsyncSession, order: Order, *, business: Business, at: datetime) -> Referral | None:
    """Points for both if `order` is the first that a friend has had delivered; call it whenever one is delivered.

    The referral if it came to that now, else None: nobody brought them, not their first, or rewarded before. A
    referrer who has had the most that a year allows gets none; the friend does.
    """
    found: Referral | None = await session.scalar(
        select(Referral).where(Referral.friend_id == order.customer_id).with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None or found.rewarded_at or order.status not in _ARRIVED or not await _is_first(session, order):
        return None
    rules = business.loyalty.referrals
    owners = {"referrer": found.customer_id, "friend": found.friend_id}
    points = {"referrer": rules.referrer_points, "friend": rules.friend_points}
    accounts = {who: await loyalty_accounts.opened(session, owner, at=at) for who, owner in owners.items()}
    for account in sorted(accounts.values(), key=lambda one: one.id):
        await lock(session, account.id)
    lately, _ = await _brought(session, found.customer_id, LedgerEntry.at > year_before(at))
    if lately >= rules.most_a_year:
        del points["referrer"]
    reasons = {"referrer": "A friend's first order", "friend": "Brought by a friend"}
    for who, many in sorted(points.items(), key=lambda one: accounts[one[0]].id):
        await ledger.adjust(
            session, accounts[who], many, key=f"referral:{found.id}:{who}", at=at, reason=reasons[who],
            expires_at=expiry_of(at, business),
        )
    found.rewarded_at = at
    await session.flush()
    references = {who: (await session.get_one(Customer, owner)).reference for who, owner in owners.items()}
    await outbox.publish(session, "referral.rewarded", {
        "customer": references["referrer"], "friend": references["friend"], "order": order.number,
        "customer_points": points.get("referrer", 0), "friend_points": points["friend"],
    }, at=at)
    return found


async def _is_first(session: AsyncSession, order: Order) -> bool:
    """Whether none of the customer's orders that were placed before it has been delivered."""
    earlier = select(Order.id).where(
        Order.customer_id == order.customer_id, Order.id != order.id, Order.status.in_(_ARRIVED),
        Order.placed_at < order.placed_at,
    )
    return await session.scalar(earlier.limit(1)) is None


async def _brought(session: AsyncSession, customer_id: str, *which: ColumnElement[bool]) -> tuple[int, int]:
    """How many friends brought the customer points, and how many points."""
    key = literal("referral:").concat(Referral.id).concat(":referrer")
    query = (
        select(func.count(), func.coalesce(func.sum(LedgerEntry.points), 0))
        .select_from(Referral).join(LedgerEntry, LedgerEntry.idempotency_key == key)
        .where(Referral.customer_id == customer_id, *which)
    )
    friends, points = (await session.execute(query)).one()
    return int(friends), int(points)


async def _unused_code(session: AsyncSession) -> str:
    while True:
        code = new_reference("F")
        if await session.scalar(select(LoyaltyAccount.id).where(LoyaltyAccount.referral_code == code)) is None:
            return code
