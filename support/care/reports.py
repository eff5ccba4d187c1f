"""What customers report of an order: kinds that fit how far it has come, which lines, whether it is known already."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.care import case_log
from support.errors import NotFound
from support.identity import Speaker
from support.models.cases import Case, CaseKind, CaseLine
from support.models.orders import Order, OrderLine, OrderStatus
from support.refusals import LinesInvalid, ReasonUnknown

_S = OrderStatus
_ARRIVED = frozenset({_S.DELIVERED, _S.RETURN_REQUESTED, _S.EXCHANGE_REQUESTED, _S.RETURNED})
FITS = {
    CaseKind.DAMAGED: _ARRIVED,
    CaseKind.WRONG: _ARRIVED,
    CaseKind.MISSING: _ARRIVED | {_S.SHIPPED},
    CaseKind.LATE: frozenset(status for status in OrderStatus if status.open),
}


def reportable(kind: CaseKind | str) -> CaseKind:
    """The kind that is meant. Raises ReasonUnknown for one that is not reported of an order."""
    if kind not in FITS:
        raise ReasonUnknown
    return CaseKind(kind)


def distinct(line_ids: Sequence[str]) -> list[str]:
    """Raises LinesInvalid if one comes twice, or is no id."""
    ids = list(line_ids)
    if isinstance(line_ids, str) or not all(isinstance(one, str) for one in ids) or len(set(ids)) < len(ids):
        raise LinesInvalid
    return ids


async def order_with(
    session: AsyncSession, speaker: Speaker, order_id: str, line_ids: list[str]
) -> tuple[Order, list[OrderLine]]:
    """The customer's order as the database has it now, and the lines named. Raises NotFound."""
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


async def same_open(session: AsyncSession, order: Order, kind: CaseKind, line_ids: set[str]) -> Case | None:
    """The open case of that kind that is about all of these lines already."""
    found = await session.scalars(
        select(Case).where(Case.order_id == order.id, Case.kind == kind, case_log.is_open()).order_by(Case.opened_at)
    )
    for case in found:
        about = await session.scalars(select(CaseLine.order_line_id).where(CaseLine.case_id == case.id))
        if line_ids <= set(about):
            return case
    return None
