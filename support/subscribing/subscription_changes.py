"""Pausing, resuming, cancelling and extending a subscription, as the plans in subscriptions.py say it.

The shop renews and charges by itself; it hears of each change as an event. No money moves here.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.agreements import check_agreed
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.outgoing.event_bodies import amount
from support.policy.business import Business
from support.service_requests import Asked, Done
from support.subscribing import subscriptions


@use_case("do", needs=Level.SIGNED_IN)
async def pause(
    session: AsyncSession, speaker: Speaker, subscription_id: str, months: int, *, key: str, business: Business,
    at: datetime,
) -> Done:
    """Pause for 1 to so many months as the shop allows: the renewals move by so much, and none comes before.

    Raises QuantityInvalid, NotFound, SubscriptionEnded, SubscriptionRefused, IdReused; see `plan_pause`.
    """
    asked = Asked(speaker, subscriptions.PAUSE, key, {"subscription": subscription_id, "months": months}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    plan = await subscriptions.plan_pause(session, speaker, subscription_id, months, business=business, at=at)
    row = await subscriptions.find(session, speaker, subscription_id)
    row.status, row.paused_until = SubscriptionStatus.PAUSED, plan.paused_until
    row.renews_on = plan.still_renews_on or plan.paused_until
    details = {"months": months, "moves": plan.moves.isoformat()}
    return await _finish(session, asked, row, details, event="subscription.paused")


@use_case("do", needs=Level.SIGNED_IN)
async def resume(
    session: AsyncSession, speaker: Speaker, subscription_id: str, *, key: str, business: Business, at: datetime
) -> Done:
    """End a pause early. Raises NotFound, SubscriptionEnded, SubscriptionRefused, IdReused; see `plan_resume`."""
    asked = Asked(speaker, "resume_subscription", key, {"subscription": subscription_id}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    plan = await subscriptions.plan_resume(session, speaker, subscription_id, business=business, at=at)
    row = await subscriptions.find(session, speaker, subscription_id)
    row.status, row.paused_until, row.renews_on = SubscriptionStatus.ACTIVE, None, plan.renews_on
    return await _finish(session, asked, row, {}, event="subscription.resumed")


@use_case("do", needs=Level.SIGNED_IN)
async def cancel(
    session: AsyncSession, speaker: Speaker, subscription_id: str, *, key: str, business: Business, at: datetime
) -> Done:
    """Let it end before its next renewal, or after that if it is too near. Nothing is refunded.

    Raises NotFound, SubscriptionEnded, IdReused; see `plan_cancel`.
    """
    asked = Asked(speaker, "cancel_subscription", key, {"subscription": subscription_id}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    plan = await subscriptions.plan_cancel(session, speaker, subscription_id, business=business, at=at)
    row = await subscriptions.find(session, speaker, subscription_id)
    row.status, row.cancelled_at = SubscriptionStatus.CANCELLED, at
    row.ends_on, row.renews_on, row.paused_until = plan.ends_on, plan.last_renewal, None
    return await _finish(session, asked, row, {"refund_minor": plan.refund_minor}, event="subscription.cancelled")


@use_case("do", needs=Level.SIGNED_IN)
async def extend(
    session: AsyncSession, speaker: Speaker, subscription_id: str, periods: int, *, agreed_minor: int | None = None,
    key: str, business: Business, at: datetime,
) -> Done:
    """Let one with a fixed end run 1 to 12 periods longer; the shop charges them as they renew, nothing is taken now.

    `agreed_minor` is the amount that the customer said yes to, in minor units of the subscription's currency.
    Raises QuantityInvalid, NotFound, SubscriptionEnded, SubscriptionRefused, AmountChanged, IdReused: `plan_extend`.
    """
    content = {"subscription": subscription_id, "periods": periods, "agreed_minor": agreed_minor}
    asked = Asked(speaker, "extend_subscription", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    plan = await subscriptions.plan_extend(session, speaker, subscription_id, periods, business=business, at=at)
    check_agreed(agreed_minor, plan.amount_minor)
    row = await subscriptions.find(session, speaker, subscription_id)
    row.ends_on = plan.ends_on
    price = {"periods": periods, "amount_minor": plan.amount_minor, "currency": plan.currency}
    return await _finish(
        session, asked, row, price, {"periods": periods, "price": amount(plan.amount_minor, plan.currency)},
        event="subscription.extended",
    )


async def _finish(
    session: AsyncSession, asked: Asked, row: Subscription, details: dict[str, Any],
    told: dict[str, Any] | None = None, *, event: str,
) -> Done:
    request = await service_requests.enter(session, asked)
    days = {name: getattr(row, name) for name in ("renews_on", "paused_until", "ends_on")}
    shown = {name: day.isoformat() if day else None for name, day in days.items()}
    return await service_requests.finish(
        session, request, details={"subscription_id": row.id, "name": row.name} | shown | details,
        event=event,
        body={"subscription": row.reference, "status": row.status.value} | shown | (told or {}),
    )
