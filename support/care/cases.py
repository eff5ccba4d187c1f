"""Cases: what went wrong with an order, until somebody has seen to it. Open or closed is told by their events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.care import case_log
from support.care.case_log import new_case
from support.errors import NotFound, TextInvalid
from support.identity import Speaker, use_case
from support.models.cases import Case, CaseEventKind, CaseKind, CaseLine, CasePhoto
from support.models.conversations import Level
from support.models.orders import Order, OrderLine, OrderStatus
from support.models.service_requests import ServiceRequest
from support.policy.business import Business
from support.refusals import CaseClosed, CaseDoesNotFit, LinesInvalid, NeedsPerson, ReasonUnknown
from support.service_requests import Asked, Done
from support.text import clean

_S = OrderStatus
_ARRIVED = frozenset({_S.DELIVERED, _S.RETURN_REQUESTED, _S.EXCHANGE_REQUESTED, _S.RETURNED})
FITS = {
    CaseKind.DAMAGED: _ARRIVED,
    CaseKind.WRONG: _ARRIVED,
    CaseKind.MISSING: _ARRIVED | {_S.SHIPPED},
    CaseKind.LATE: frozenset(status for status in OrderStatus if status.open),
}
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
    kind, text, line_ids = _reportable(kind), checked_text(text), _distinct(line_ids)
    content = {"kind": kind.value, "order": order_id, "lines": sorted(line_ids), "text": text}
    asked = Asked(speaker, "open_case", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    order, lines = await _order_with(session, speaker, order_id, line_ids)
    if order.status not in FITS[kind]:
        raise CaseDoesNotFit
    if not lines and kind is not CaseKind.LATE:
        raise LinesInvalid
    request = await service_requests.enter(session, asked, order_id=order.id)
    case = await _same_open(session, order, kind, {line.id for line in lines})
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


def _reportable(kind: CaseKind | str) -> CaseKind:
    if kind not in FITS:
        raise ReasonUnknown
    return CaseKind(kind)


def _distinct(line_ids: Sequence[str]) -> list[str]:
    ids = list(line_ids)
    if isinstance(line_ids, str) or not all(isinstance(one, str) for one in ids) or len(set(ids)) < len(ids):
        raise LinesInvalid
    return ids


async def _order_with(
    session: AsyncSession, speaker: Speaker, order_id: str, line_ids: list[str]
) -> tuple[Order, list[OrderLine]]:
    order = await session.scalar(
        select(Order).where(Order.id == order_id, Order.customer_id == speaker.customer)
        .execution_options(populate_existing=True)
    )
    if order is None:
        raise NotFound
    lines = await session.scalars(select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position))
    wanted = [line for line in lines if line.id in line_ids]
    if len(wanted) < len(line_ids):
        raise NotFound
    return order, wanted


async def _same_open(session: AsyncSession, order: Order, kind: CaseKind, line_ids: set[str]) -> Case | None:
    """The open case of that kind that is about all of these lines already."""
    found = await session.scalars(
        select(Case).where(Case.order_id == order.id, Case.kind == kind, case_log.is_open()).order_by(Case.opened_at)
    )
    for case in found:
        about = await session.scalars(select(CaseLine.order_line_id).where(CaseLine.case_id == case.id))
        if line_ids <= set(about):
            return case
    return None


async def _finish(
    session: AsyncSession, request: ServiceRequest, case: Case, more: dict[str, Any], *, event: str
) -> Done:
    return await service_requests.finish(
        session, request, details=case_log.details(case), event=event, body={"case": case.reference} | more
    )
