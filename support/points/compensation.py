"""Points as an apology, within what the shop allows: so many for a case, so many a customer in twelve months."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.care import case_log, cases
from support.errors import PointsInvalid
from support.identity import Speaker, use_case
from support.models.cases import Case, CaseEvent, CaseEventKind
from support.models.conversations import Level
from support.months import months_before
from support.points import ledger, loyalty_accounts
from support.points.loyalty import expiry_of
from support.policy.business import Business
from support.refusals import GoodwillExhausted, NeedsPerson
from support.service_requests import Asked, Done

AGENTS_FACTOR = 10  # how much more an agent may give than the assistant


@dataclass(frozen=True)
class Compensation:
    """Points that can be offered for a case now, 0 if none; given now, they lapse at `expires_at`."""

    case: str
    points: int
    expires_at: datetime


@use_case("look up", needs=Level.VERIFIED)
async def plan_compensation(
    session: AsyncSession, speaker: Speaker, case_reference: str, *, business: Business, at: datetime
) -> Compensation:
    """How many points may be given for a case without asking anybody else. Raises NotFound, CaseClosed."""
    case = await cases.find_open(session, speaker, case_reference)
    points = await _allowed(session, speaker, case, business, at)
    return Compensation(case.reference, points, expiry_of(at, business))


@use_case("do", needs=Level.VERIFIED)
async def compensate(
    session: AsyncSession, speaker: Speaker, case_reference: str, points: int, *, key: str, business: Business,
    at: datetime,
) -> Done:
    """Give points for an open case, as far as the limits of business.yml go; an agent may give ten times as much.

    What was given for the case before counts, and so does what the customer got for any case in twelve months.
    Raises PointsInvalid (no whole number above zero), NotFound, CaseClosed, GoodwillExhausted, NeedsPerson (more than
    even an agent may give), IdReused.
    """
    if type(points) is not int or points < 1:
        raise PointsInvalid
    asked = Asked(speaker, "compensate", key, {"case": case_reference, "points": points}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    case = await cases.find_open(session, speaker, case_reference)
    if points > await _allowed(session, speaker, case, business, at):
        raise GoodwillExhausted if speaker.actor == "customer" else NeedsPerson
    request = await service_requests.enter(session, asked, order_id=case.order_id)
    account = await loyalty_accounts.opened(session, speaker.customer, at=at)
    expires_at = expiry_of(at, business)
    entry = await ledger.adjust(
        session, account, points, key=f"compensation:{request.id}", at=at, expires_at=expires_at,
        reason=f"Goodwill for {case.reference}",
    )
    given = {"points": points, "entry": entry.id}
    await case_log.append(session, case, CaseEventKind.COMPENSATED, request, given)
    said = {"case": case.reference, "points": points, "expires_at": expires_at.isoformat()}
    return await service_requests.finish(
        session, request, details=said | {"entry": entry.id}, event="case.compensated", body=said
    )


async def _allowed(session: AsyncSession, speaker: Speaker, case: Case, business: Business, at: datetime) -> int:
    factor = 1 if speaker.actor == "customer" else AGENTS_FACTOR
    rows = await session.execute(
        select(CaseEvent.case_id, CaseEvent.at, CaseEvent.details).join(Case, Case.id == CaseEvent.case_id)
        .where(Case.customer_id == case.customer_id, CaseEvent.kind == CaseEventKind.COMPENSATED)
    )
    year_ago = datetime.combine(months_before(at.date(), 12), at.timetz())
    for_case = in_year = 0
    for case_id, given_at, details in rows:
        for_case += details["points"] if case_id == case.id else 0
        in_year += details["points"] if given_at > year_ago else 0
    left_for_case = business.goodwill.points.get(case.kind, 0) * factor - for_case
    left_this_year = business.goodwill.most_a_year * factor - in_year
    return max(0, min(left_for_case, left_this_year))
