"""Call-backs: a person calls the customer at a time when people are there and one of them is free."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import locks, service_requests
from support.care import case_log
from support.care.cases import checked_text
from support.identity import Speaker, use_case
from support.models.cases import Case, CaseEventKind, CaseKind
from support.models.conversations import Level
from support.people import customers
from support.people.profile import checked_phone
from support.policy.business import Business
from support.refusals import NotOpenThen, ProfileInvalid, TimeInvalid, TimeTaken
from support.service_requests import Asked, Done

MOST_SHOWN = 20
SLOT = timedelta(minutes=30)
_LAST_MOMENT = timedelta(seconds=1)


@use_case("look up", needs=Level.VISITOR)
async def call_back_times(
    session: AsyncSession, _speaker: Speaker, *, business: Business, at: datetime
) -> tuple[datetime, ...]:
    """The next half hours in which somebody could call, at most 20, each by its beginning in UTC."""
    first, last = _span(business, at)
    # Across more days than that the first twenty lie within, whatever the opening hours
    taken = await _taken(session, business, first - SLOT, last + SLOT)
    found: list[datetime] = []
    slot = _half_hour(first, business)
    slot += SLOT if slot < first else timedelta()
    while slot <= last and len(found) < MOST_SHOWN:
        opening = business.opening_hours.next_opening(slot)
        if opening is None:
            break
        if opening > slot:
            slot = _half_hour(opening, business)
            slot += SLOT if slot < opening else timedelta()
            continue
        if _is_open(business, slot) and taken.get(slot, 0) < business.call_backs.at_once:
            found.append(slot)
        slot += SLOT
    return tuple(found)


@use_case("do", needs=Level.VERIFIED)
async def book_call_back(
    session: AsyncSession, speaker: Speaker, at_time: datetime, phone: str | None, about: str, *, key: str,
    business: Business, at: datetime,
) -> Done:
    """Have the customer called at `at_time`, to the minute; without `phone` on the number that the shop has.

    A call-back that they had booked before is closed: this one takes its place. Raises TimeInvalid (no time with a
    zone, past, too soon or too far ahead), NotOpenThen, TimeTaken, ProfileInvalid (no number), MessageEmpty,
    MessageTooLong, TextInvalid, IdReused.
    """
    due_at = _checked_time(at_time)
    about, phone = checked_text(about), None if phone is None else checked_phone(phone)
    asked = Asked(speaker, "book_call_back", key, {"at": due_at.isoformat(), "phone": phone, "about": about}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    phone = phone or (await customers.speaking(session, speaker)).phone
    if phone is None:
        raise ProfileInvalid
    first, last = _span(business, at)
    if not first <= due_at <= last:
        raise TimeInvalid
    if not business.opening_hours.is_open(due_at):
        raise NotOpenThen
    slot = _half_hour(due_at, business)
    await locks.hold(session, "call-back", slot.isoformat())
    before = await _open_one(session, speaker.customer)
    taken = await _taken(session, business, slot, slot + SLOT, apart_from=before)
    if taken.get(slot, 0) >= business.call_backs.at_once:
        raise TimeTaken
    request = await service_requests.enter(session, asked)
    case = await case_log.new_case(session, request, CaseKind.CALL_BACK, about, phone=phone, due_at=due_at)
    if before is not None:
        await case_log.append(session, before, CaseEventKind.CLOSED, request, {"moved_to": case.reference})
    said = {"case": case.reference, "at": due_at.isoformat(), "moved_from": before.reference if before else None}
    return await service_requests.finish(
        session, request, details=said | {"phone": phone}, event="call_back.booked",
        body=said | {"phone": phone, "about": about},
    )


def _checked_time(at_time: datetime) -> datetime:
    if not isinstance(at_time, datetime) or at_time.tzinfo is None:
        raise TimeInvalid
    try:
        return at_time.replace(second=0, microsecond=0).astimezone(UTC)
    except OverflowError:  # the year 1, east of Greenwich
        raise TimeInvalid from None


def _span(business: Business, at: datetime) -> tuple[datetime, datetime]:
    """The first and the last instant that may be booked."""
    rules = business.call_backs
    return at + timedelta(minutes=rules.minutes_ahead), at + timedelta(days=rules.days_ahead)


def _half_hour(instant: datetime, business: Business) -> datetime:
    """The half hour of the shop's clock that the instant lies in, by its beginning in UTC."""
    local = instant.astimezone(business.shop.zone)
    into = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return instant.astimezone(UTC) - into


def _is_open(business: Business, slot: datetime) -> bool:
    hours = business.opening_hours
    return hours.is_open(slot) and hours.is_open(slot + SLOT - _LAST_MOMENT)


async def _taken(
    session: AsyncSession, business: Business, since: datetime, until: datetime, *, apart_from: Case | None = None
) -> dict[datetime, int]:
    """{half hour: how many open call-backs begin in it}."""
    query = (
        select(Case.due_at, func.count())
        .where(Case.kind == CaseKind.CALL_BACK, Case.due_at >= since, Case.due_at < until, case_log.is_open())
        .group_by(Case.due_at)
    )
    if apart_from is not None:
        query = query.where(Case.id != apart_from.id)
    taken: dict[datetime, int] = {}
    for due_at, count in await session.execute(query):
        assert due_at is not None  # each has lain between two dates
        slot = _half_hour(due_at, business)
        taken[slot] = taken.get(slot, 0) + count
    return taken


async def _open_one(session: AsyncSession, customer_id: str) -> Case | None:
    found: Case | None = await session.scalar(
        select(Case)
        .where(Case.customer_id == customer_id, Case.kind == CaseKind.CALL_BACK, case_log.is_open())
        .order_by(Case.opened_at.desc()).limit(1)
    )
    return found
