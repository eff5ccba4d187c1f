"""The log of a case: opened, noted, compensated, closed, reopened. It is open unless the last word was a closing."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.cases import Case, CaseEvent, CaseEventKind, CaseKind
from support.models.service_requests import ServiceRequest
from support.text import new_reference

_TURNS = (CaseEventKind.OPENED, CaseEventKind.CLOSED, CaseEventKind.REOPENED)


def is_open() -> ColumnElement[bool]:
    """For the WHERE of a query of `Case`: that it was not closed, or opened again since."""
    latest = (
        select(CaseEvent.kind)
        .where(CaseEvent.case_id == Case.id, CaseEvent.kind.in_(_TURNS))
        .order_by(CaseEvent.number.desc()).limit(1).correlate(Case).scalar_subquery()
    )
    return func.coalesce(latest, CaseEventKind.OPENED.value) != CaseEventKind.CLOSED.value


async def runs(session: AsyncSession, case: Case) -> bool:
    """Whether the case is open."""
    return await session.scalar(select(Case.id).where(Case.id == case.id, is_open())) is not None


async def new_case(
    session: AsyncSession, request: ServiceRequest, kind: CaseKind, text: str, *, order_id: str | None = None,
    phone: str | None = None, due_at: datetime | None = None,
) -> Case:
    """Open a case that `request` is the reason for; its customer is locked."""
    case = Case(
        reference=await _unused_reference(session), customer_id=request.customer_id, order_id=order_id,
        request_id=request.id, conversation_id=request.conversation_id, kind=kind, text=text, phone=phone,
        opened_at=request.at, due_at=due_at,
    )
    session.add(case)
    await session.flush()
    await append(session, case, CaseEventKind.OPENED, request, {})
    return case


async def append(
    session: AsyncSession, case: Case, kind: CaseEventKind, request: ServiceRequest, details: dict[str, Any]
) -> CaseEvent:
    """Add what `request` did to the case; the case's customer is locked."""
    last = await session.scalar(select(func.max(CaseEvent.number)).where(CaseEvent.case_id == case.id))
    event = CaseEvent(
        case_id=case.id, number=(last or 0) + 1, kind=kind, at=request.at, actor=request.actor,
        actor_id=request.actor_id, details={"request": request.reference} | details,
    )
    session.add(event)
    await session.flush()
    return event


def details(case: Case) -> dict[str, Any]:
    """What a request says that was about the case."""
    return {
        "case": case.reference, "kind": case.kind.value, "due_at": case.due_at.isoformat() if case.due_at else None,
    }


def told(case: Case, *, order: str | None) -> dict[str, Any]:
    """What the shop hears of a new case; `order` is its number there."""
    return details(case) | {"order": order, "text": case.text}


async def _unused_reference(session: AsyncSession) -> str:
    while True:
        reference = new_reference("C")
        if await session.scalar(select(Case.id).where(Case.reference == reference)) is None:
            return reference
