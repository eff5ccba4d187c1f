"""Cases: what went wrong with an order, until somebody has seen to it. Open or closed is told by their events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.care import case_log, reports
from support.care.case_log import new_case
from support.errors import NotFound, TextInvalid
from support.identity import Speaker, use_case
from support.models.cases import Case, CaseEventKind, CaseKind, CaseLine, CasePhoto
from support.models.conversations import Level
from support.models.orders import Order
from support.models.service_requests import ServiceRequest
from support.policy.business import Business
from support.refusals import CaseClosed, CaseDoesNotFit, LinesInvalid, NeedsPerson
from support.service_requests import Asked, Done
from support.text import clean

MOST_SHOWN = 50


@dataclass(frozen=True)
class CaseSummary:
    """A case in a line; `due_at` is when somebody is to have seen to it, `photos` how many there are."""

    reference: str
    kind: CaseKind
    order_number: str | None
    text: str
    opened_at: datetime
    due_at: datetime | None
    is_open: bool
    photos: int


@use_case("look up", needs=Level.VERIFIED)
async def list_cases(
    session: AsyncSession, speaker: Speaker, *, closed_too: bool = False
) -> tuple[CaseSummary, ...]:
    """The customer's open cases, the newest first; with `closed_too` all of them. At most 50."""
    is_open = case_log.is_open()
    photos = select(func.count()).where(CasePhoto.case_id == Case.id).correlate(Case).scalar_subquery()
    query = (
        select(Case, Order.number, is_open, photos).outerjoin(Order, Order.id == Case.order_id)
        .where(Case.customer_id == speaker.customer).order_by(Case.opened_at.desc(), Case.reference).limit(MOST_SHOWN)
    )
    rows = await session.execute(query if closed_too else query.where(is_open))
    return tuple(
        CaseSummary(case.reference, case.kind, number, case.text, case.opened_at, case.due_at, bool(runs), count)
        for case, number, runs, count in rows
    )


@use_case("do", needs=Level.VERIFIED)
async def open_case(
    session: AsyncSession, speaker: Speaker, kind: CaseKind | str, order_id: str, line_ids: Sequence[str], text: str, *,
    key: str, business: Business, at: datetime,
) -> Done:
    """Report an order of the customer's: damaged, wrong or missing lines, or a late delivery (lines may be left out).

    If a case of that kind is open for these lines already, `text` becomes a note on it, and `details` has its reference
    with `opened` false. Raises ReasonUnknown (another kind), NotFound (no such order of theirs, no such line in it),
    LinesInvalid (none, or one twice), CaseDoesNotFit (the order has come too far, or not far enough), MessageEmpty,
    MessageTooLong, TextInvalid, IdReused.
    """
    kind, text, line_ids = reports.reportable(kind), checked_text(text), reports.distinct(line_ids)
    content = {"kind": kind.value, "order": order_id, "lines": sorted(line_ids), "text": text}
    asked = Asked(speaker, "open_case", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order, lines = await reports.order_with(session, speaker, order_id, line_ids)
    if order.status not in reports.FITS[kind]:
        raise CaseDoesNotFit
    if not lines and kind is not CaseKind.LATE:
        raise LinesInvalid
    request = await service_requests.enter(session, asked, order_id=order.id)
    case = await reports.same_open(session, order, kind, {line.id for line in lines})
    opened = case is None
    if case is None:
        due_at = business.opening_hours.working_days_after(at, business.cases.answer_working_days)
        case = await new_case(session, request, kind, text, order_id=order.id, due_at=due_at)
        session.add_all(CaseLine(case_id=case.id, order_line_id=line.id) for line in lines)
    else:
        await case_log.append(session, case, CaseEventKind.NOTED, request, {"text": text})
    body = case_log.told(case, order=order.number) | {"lines": [line.position for line in lines]}
    return await service_requests.finish(
        session, request, details=case_log.details(case) | {"opened": opened},
        event="case.opened" if opened else None, body=body,
    )


@use_case("do", needs=Level.VERIFIED)
async def add_note(
    session: AsyncSession, speaker: Speaker, case_reference: str, text: str, *, key: str, at: datetime
) -> Done:
    """Say something more on an open case. Raises NotFound, CaseClosed, IdReused, and for the text as `open_case`."""
    text = checked_text(text)
    asked = Asked(speaker, "add_case_note", key, {"case": case_reference, "text": text}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    case = await find_open(session, speaker, case_reference)
    request = await service_requests.enter(session, asked, order_id=case.order_id)
    await case_log.append(session, case, CaseEventKind.NOTED, request, {"text": text})
    return await _finish(session, request, case, {"text": text}, event="case.noted")


@use_case("do", needs=Level.SIGNED_IN)
async def close_case(
    session: AsyncSession, speaker: Speaker, case_reference: str, note: str, *, key: str, at: datetime
) -> Done:
    """Close a case, with what was done about it. For agents and the shop.

    Raises NeedsPerson (a customer), NotFound, CaseClosed, IdReused, and for the note as `open_case` for its text.
    """
    note = checked_text(note)
    asked = Asked(speaker, "close_case", key, {"case": case_reference, "note": note}, at)
    _check_not_customer(speaker)
    if made := await service_requests.made_before(session, asked):
        return made
    case = await find_open(session, speaker, case_reference)
    request = await service_requests.enter(session, asked, order_id=case.order_id)
    await case_log.append(session, case, CaseEventKind.CLOSED, request, {"text": note})
    return await _finish(session, request, case, {}, event="case.closed")


@use_case("do", needs=Level.SIGNED_IN)
async def reopen_case(
    session: AsyncSession, speaker: Speaker, case_reference: str, note: str, *, key: str, at: datetime
) -> Done:
    """Take a closed case up again; an open one stays as it is, with the note. For agents and the shop.

    Raises NeedsPerson (a customer), NotFound, IdReused, and for the note as `open_case` for its text.
    """
    note = checked_text(note)
    asked = Asked(speaker, "reopen_case", key, {"case": case_reference, "note": note}, at)
    _check_not_customer(speaker)
    if made := await service_requests.made_before(session, asked):
        return made
    case = await find(session, speaker, case_reference)
    reopens = not await case_log.runs(session, case)
    request = await service_requests.enter(session, asked, order_id=case.order_id)
    kind = CaseEventKind.REOPENED if reopens else CaseEventKind.NOTED
    await case_log.append(session, case, kind, request, {"text": note})
    return await _finish(session, request, case, {}, event="case.reopened" if reopens else "case.noted")


async def find(session: AsyncSession, speaker: Speaker, case_reference: str) -> Case:
    """The customer's case of that reference; case and spaces do not count. Raises NotFound."""
    wanted = "".join(case_reference.split()).upper()
    found = await session.scalar(select(Case).where(Case.reference == wanted, Case.customer_id == speaker.customer))
    if found is None:
        raise NotFound
    return found


async def find_open(session: AsyncSession, speaker: Speaker, case_reference: str) -> Case:
    """The customer's open case of that reference. Raises NotFound, CaseClosed."""
    case = await find(session, speaker, case_reference)
    if not await case_log.runs(session, case):
        raise CaseClosed
    return case


def checked_text(text: str) -> str:
    """`text` cleaned. Raises MessageEmpty, MessageTooLong, TextInvalid."""
    if not isinstance(text, str):
        raise TextInvalid
    return clean(text)


def _check_not_customer(speaker: Speaker) -> None:
    if speaker.actor == "customer":
        raise NeedsPerson


async def _finish(
    session: AsyncSession, request: ServiceRequest, case: Case, more: dict[str, Any], *, event: str
) -> Done:
    return await service_requests.finish(
        session, request, details=case_log.details(case), event=event, body={"case": case.reference} | more
    )
