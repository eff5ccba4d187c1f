"""Having one's account deleted: asked for, thought over, called off or carried out. docs/privacy.md tells it all.

The request is a case that is due when the cooling-off period ends; support/people/erasure.py carries it out then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.care import case_log
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.cases import Case, CaseEventKind, CaseKind
from support.models.conversations import Level
from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind
from support.models.returns import Return, ReturnStatus
from support.models.rewards import Voucher
from support.models.subscriptions import Subscription
from support.paying import payment_methods
from support.people import customers
from support.points import loyalty
from support.policy.business import Business
from support.refusals import NeedsPerson
from support.service_requests import Asked, Done
from support.subscribing.subscription_dates import Standing, standing
from support.subscribing.subscriptions import today

_UNDER_WAY = (
    *(status for status in OrderStatus if status.open), OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED,
)


@dataclass(frozen=True)
class LostMoney:
    """What is on a gift card, in minor units; it can be spent only until the account is deleted."""

    method: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class ErasurePlan:
    """When everything would be deleted, and what of value would be lost with it."""

    due_at: datetime
    points: int
    vouchers: int
    gift_cards: tuple[LostMoney, ...]


@use_case("look up", needs=Level.SIGNED_IN)
async def plan_erasure(session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime) -> ErasurePlan:
    """What deleting the account would mean. Raises NotFound, NeedsPerson (something is still under way)."""
    customer = await customers.speaking(session, speaker)
    await check_nothing_under_way(session, customer.id, business=business, at=at)
    vouchers = await session.scalar(
        select(func.count()).select_from(Voucher)
        .where(Voucher.customer_id == customer.id, Voucher.used_at.is_(None), Voucher.expires_at > at)
    )
    cards = [
        LostMoney(method.label, method.available_minor, method.currency)
        for method in await payment_methods.list_methods(session, speaker)
        if method.kind is MethodKind.GIFT_CARD and method.available_minor
    ]
    points = (await loyalty.overview(session, speaker, business=business, at=at)).balance
    return ErasurePlan(_due(business, at), points, vouchers or 0, tuple(cards))


@use_case("do", needs=Level.SIGNED_IN)
async def ask_erasure(session: AsyncSession, speaker: Speaker, *, key: str, business: Business, at: datetime) -> Done:
    """Ask for the account to be deleted: it is when the cooling-off period ends, unless it is called off before.

    Asked for again, the answer is the request that there is. Raises NeedsPerson (an order, a return or a subscription
    is still under way), NotFound, IdReused.
    """
    asked = Asked(speaker, "ask_erasure", key, {}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    await check_nothing_under_way(session, speaker.customer, business=business, at=at)
    case = await _pending(session, speaker.customer)
    opened = case is None
    request = await service_requests.enter(session, asked)
    if case is None:
        text = "Delete my account and everything that is kept about me."
        case = await case_log.new_case(session, request, CaseKind.ERASURE, text, due_at=_due(business, at))
    said = case_log.details(case)
    return await service_requests.finish(
        session, request, details=said | {"opened": opened},
        event="customer.erasure_asked" if opened else None, body=said,
    )


@use_case("do", needs=Level.SIGNED_IN)
async def call_off_erasure(session: AsyncSession, speaker: Speaker, *, key: str, at: datetime) -> Done:
    """Keep the account after all. Raises NotFound (no deletion is pending), IdReused."""
    asked = Asked(speaker, "call_off_erasure", key, {}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    case = await _pending(session, speaker.customer)
    if case is None:
        raise NotFound
    request = await service_requests.enter(session, asked)
    await case_log.append(session, case, CaseEventKind.CLOSED, request, {})
    return await service_requests.finish(
        session, request, details={"case": case.reference}, event="customer.erasure_called_off",
        body={"case": case.reference},
    )


@use_case("do", needs=Level.SIGNED_IN)
async def confirm_erasure(
    session: AsyncSession, speaker: Speaker, *, key: str, business: Business, at: datetime
) -> Done:
    """Let a deletion that is pending be carried out now, without waiting any longer. For agents and the shop.

    Raises NeedsPerson (a customer, or something is still under way), NotFound (no deletion is pending), IdReused.
    """
    asked = Asked(speaker, "confirm_erasure", key, {}, at)
    if speaker.actor == "customer":
        raise NeedsPerson
    if made := await service_requests.made_before(session, asked):
        return made
    case = await _pending(session, speaker.customer)
    if case is None:
        raise NotFound
    await check_nothing_under_way(session, speaker.customer, business=business, at=at)
    request = await service_requests.enter(session, asked)
    case.due_at = at
    await case_log.append(session, case, CaseEventKind.NOTED, request, {"due_at": at.isoformat()})
    return await service_requests.finish(session, request, details=case_log.details(case))


async def check_nothing_under_way(session: AsyncSession, customer_id: str, *, business: Business, at: datetime) -> None:
    """Raises NeedsPerson while goods or money are on their way, or a subscription goes on."""
    returning = exists().where(Return.order_id == Order.id, Return.status == ReturnStatus.REQUESTED)
    order = await session.scalar(
        select(Order.id).where(Order.customer_id == customer_id, or_(Order.status.in_(_UNDER_WAY), returning)).limit(1)
    )
    subscriptions = await session.scalars(select(Subscription).where(Subscription.customer_id == customer_id))
    day = today(business, at)
    if order or any(standing(row, day) in (Standing.ACTIVE, Standing.PAUSED) for row in subscriptions):
        raise NeedsPerson


async def _pending(session: AsyncSession, customer_id: str) -> Case | None:
    found: Case | None = await session.scalar(
        select(Case)
        .where(Case.customer_id == customer_id, Case.kind == CaseKind.ERASURE, case_log.is_open())
        .order_by(Case.opened_at).limit(1)
    )
    return found


def _due(business: Business, at: datetime) -> datetime:
    return at + timedelta(days=business.privacy.cooling_off_days)
