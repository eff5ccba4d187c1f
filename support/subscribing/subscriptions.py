"""What comes to a customer again and again: the list, and what pausing, resuming, cancelling or extending would do.

A plan changes nothing; subscription_changes.py carries it out, with the same refusals. Money is minor units.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.service_requests import ServiceRequest
from support.models.subscriptions import Subscription
from support.policy.business import Business
from support.refusals import QuantityInvalid, SubscriptionEnded, SubscriptionRefused
from support.subscribing import subscription_dates as dates
from support.subscribing.subscription_dates import Standing
from support.subscribing.subscription_plans import CancelPlan, ExtendPlan, PausePlan, ResumePlan

MOST_PERIODS = 12
PAUSE = "pause_subscription"


@dataclass(frozen=True)
class SubscriptionSummary:
    """A subscription today; `price_minor` is what one renewal costs, all pieces together.

    `next_renewal` is None if there is none any more, `paused_until` unless it is paused, `ends_on` (its last day) if
    it goes on until it is ended.
    """

    id: str
    reference: str
    name: str
    quantity: int
    price_minor: int
    currency: str
    every_months: int
    standing: Standing
    next_renewal: date | None
    paused_until: date | None
    started_on: date
    ends_on: date | None


@use_case("look up", needs=Level.VERIFIED)
async def list_subscriptions(
    session: AsyncSession, speaker: Speaker, *, business: Business, at: datetime
) -> tuple[SubscriptionSummary, ...]:
    """The customer's subscriptions as they stand today, those that still run first, then by name."""
    rows = await session.scalars(
        select(Subscription).where(Subscription.customer_id == speaker.customer)
        .order_by(Subscription.name, Subscription.reference)
    )
    shown = [_summary(row, today(business, at)) for row in rows]
    return tuple(sorted(shown, key=lambda one: one.standing is Standing.ENDED))


@use_case("look up", needs=Level.VERIFIED)
async def plan_pause(
    session: AsyncSession, speaker: Speaker, subscription_id: str, months: int, *, business: Business, at: datetime
) -> PausePlan:
    """What pausing for `months` (1 to the longest that the shop allows) would do.

    Raises QuantityInvalid, NotFound, SubscriptionEnded (cancelled ones too), SubscriptionRefused (paused already, or
    nothing would come in that time).
    """
    _check_count(months, business.subscriptions.longest_pause_months)
    row, day = await find(session, speaker, subscription_id), today(business, at)
    _check_running(row, day)
    renewal = dates.next_renewal(row, day)
    if renewal is None or dates.standing(row, day) is Standing.PAUSED:
        raise SubscriptionRefused
    moves = dates.first_to_change(row, renewal, day, business.subscriptions.notice_days)
    until = dates.renewal_after(row, moves, months)
    if row.ends_on is not None and until >= row.ends_on:
        raise SubscriptionRefused
    return PausePlan(row.name, renewal if moves > renewal else None, until, moves)


@use_case("look up", needs=Level.VERIFIED)
async def plan_resume(
    session: AsyncSession, speaker: Speaker, subscription_id: str, *, business: Business, at: datetime
) -> ResumePlan:
    """What ending a pause early would do: the next renewal is the one that was moved, or a later one.

    Raises NotFound, SubscriptionEnded, SubscriptionRefused (it is not paused, or nothing will come any more).
    """
    row, day = await find(session, speaker, subscription_id), today(business, at)
    _check_running(row, day)
    if dates.standing(row, day) is not Standing.PAUSED:
        raise SubscriptionRefused
    planned, moved = dates.next_renewal(row, day), await _moved_by_pause(session, row)
    choice = [planned] if planned else []
    if moved is not None:
        choice.append(dates.resumed_renewal(row, moved, day, business.subscriptions.notice_days))
    if not choice:
        raise SubscriptionRefused
    return ResumePlan(row.name, min(choice), row.price_minor, row.currency)


@use_case("look up", needs=Level.VERIFIED)
async def plan_cancel(
    session: AsyncSession, speaker: Speaker, subscription_id: str, *, business: Business, at: datetime
) -> CancelPlan:
    """When it would end if it were cancelled now: before the next renewal, or after it if that is too near.

    Raises NotFound, SubscriptionEnded (cancelled already too).
    """
    row, day = await find(session, speaker, subscription_id), today(business, at)
    _check_running(row, day)
    renewal = dates.next_renewal(row, day)
    if renewal is None:
        return CancelPlan(row.name, row.ends_on or day, None)
    stopped = dates.first_to_change(row, renewal, day, business.subscriptions.notice_days)
    ends_on = dates.day_before(stopped)
    if row.ends_on is not None:
        ends_on = min(ends_on, row.ends_on)
    return CancelPlan(row.name, ends_on, renewal if stopped > renewal else None)


@use_case("look up", needs=Level.VERIFIED)
async def plan_extend(
    session: AsyncSession, speaker: Speaker, subscription_id: str, periods: int, *, business: Business, at: datetime
) -> ExtendPlan:
    """What `periods` (1 to 12) more of a subscription with a fixed end would cost, and when it would end then.

    Raises QuantityInvalid, NotFound, SubscriptionEnded (cancelled ones too), SubscriptionRefused (it has no end).
    """
    _check_count(periods, MOST_PERIODS)
    row, day = await find(session, speaker, subscription_id), today(business, at)
    _check_running(row, day)
    if row.ends_on is None:
        raise SubscriptionRefused
    return ExtendPlan(
        row.name, dates.extended_end(row, row.ends_on, periods), row.price_minor * periods, row.currency
    )


def today(business: Business, at: datetime) -> date:
    """The date of the shop's calendar."""
    return at.astimezone(business.shop.zone).date()


async def find(session: AsyncSession, speaker: Speaker, subscription_id: str) -> Subscription:
    """The row of one of the customer's subscriptions, as the database has it now. Raises NotFound."""
    found = await session.scalar(
        select(Subscription)
        .where(Subscription.id == subscription_id, Subscription.customer_id == speaker.customer)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _check_running(row: Subscription, day: date) -> None:
    if dates.standing(row, day) in (Standing.ENDING, Standing.ENDED):
        raise SubscriptionEnded


def _check_count(count: int, most: int) -> None:
    if type(count) is not int or not 1 <= count <= most:
        raise QuantityInvalid


async def _moved_by_pause(session: AsyncSession, row: Subscription) -> date | None:
    """The renewal that the present pause moved; None for a pause that was not made here."""
    made = await session.scalars(
        select(ServiceRequest)
        .where(ServiceRequest.customer_id == row.customer_id, ServiceRequest.kind == PAUSE)
        .order_by(ServiceRequest.at.desc(), ServiceRequest.id)
    )
    for request in made:
        said = request.details
        if said["subscription_id"] == row.id and said["paused_until"] == str(row.paused_until):
            return date.fromisoformat(said["moves"])
    return None


def _summary(row: Subscription, day: date) -> SubscriptionSummary:
    standing = dates.standing(row, day)
    return SubscriptionSummary(
        row.id, row.reference, row.name, row.quantity, row.price_minor, row.currency, row.every_months, standing,
        None if standing is Standing.ENDED else dates.next_renewal(row, day),
        row.paused_until if standing is Standing.PAUSED else None, row.started_on, row.ends_on,
    )
