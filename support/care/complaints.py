"""What customers want the shop to know: complaints, ideas, praise. Each is a case with a reference."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.care import case_log
from support.care.cases import checked_text
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.cases import CaseKind
from support.models.conversations import Level
from support.models.orders import Order
from support.policy.business import Business
from support.refusals import ReasonUnknown
from support.service_requests import Asked, Done

SUGGESTIONS = (CaseKind.IDEA, CaseKind.PRAISE)


@use_case("do", needs=Level.VERIFIED)
async def complain(
    session: AsyncSession, speaker: Speaker, text: str, order_id: str | None = None, *, key: str, business: Business,
    at: datetime,
) -> Done:
    """Complain, about one of the customer's orders or in general; `details` says by when somebody answers (`due_at`).

    Raises NotFound (order), MessageEmpty, MessageTooLong, TextInvalid, IdReused.
    """
    asked = Asked(speaker, "complain", key, {"text": checked_text(text), "order": order_id}, at)
    due_at = business.opening_hours.working_days_after(at, business.cases.answer_working_days)
    return await _open(session, asked, CaseKind.COMPLAINT, order_id, due_at)


@use_case("do", needs=Level.VERIFIED)
async def suggest(
    session: AsyncSession, speaker: Speaker, kind: CaseKind | str, text: str, *, key: str, at: datetime
) -> Done:
    """Pass on an idea or praise, which nobody has to answer by any date.

    Raises ReasonUnknown (another kind), MessageEmpty, MessageTooLong, TextInvalid, IdReused.
    """
    if kind not in SUGGESTIONS:
        raise ReasonUnknown
    kind = CaseKind(kind)
    asked = Asked(speaker, "suggest", key, {"kind": kind.value, "text": checked_text(text)}, at)
    return await _open(session, asked, kind, None, None)


async def _open(
    session: AsyncSession, asked: Asked, kind: CaseKind, order_id: str | None, due_at: datetime | None
) -> Done:
    if made := await service_requests.made_before(session, asked):
        return made
    number = None
    if order_id is not None:
        theirs = select(Order.number).where(Order.id == order_id, Order.customer_id == asked.speaker.customer)
        number = await session.scalar(theirs)
        if number is None:
            raise NotFound
    request = await service_requests.enter(session, asked, order_id=order_id)
    case = await case_log.new_case(session, request, kind, asked.content["text"], order_id=order_id, due_at=due_at)
    return await service_requests.finish(
        session, request, details=case_log.details(case), event="case.opened",
        body=case_log.told(case, order=number),
    )
