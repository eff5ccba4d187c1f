"""Cases with the lines and photos that they are about, and their logs, as cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.cases import Case, CaseEvent, CaseLine, CasePhoto
from support.models.loyalty import LedgerEntry
from support.models.orders import Order, OrderLine
from support.records.cells import Cells, Told, cells_of, line_named, rows_of


async def of_cases(session: AsyncSession, keys: Mapping[str, str]) -> Told:
    """The cases of {our id of a customer: the shop's}."""
    told: Told = defaultdict(list)
    cases: dict[str, str] = {}
    orders: set[str] = set()
    query = select(Case, Order.number).outerjoin(Order, Order.id == Case.order_id)
    for row in await rows_of(session, query, Case.customer_id, keys, Case.opened_at, Case.reference):
        cases[row["id"]] = row["reference"]
        orders |= {row["order_id"]} - {None}
        told["cases"].append(cells_of(
            "cases", row, id=row["reference"], customer_id=keys[row["customer_id"]], order_id=row["number"]
        ))
    lines = select(CaseLine).join(Case, Case.id == CaseLine.case_id)
    lines = lines.join(OrderLine, OrderLine.id == CaseLine.order_line_id)
    named = await _named(session, orders)
    for row in await rows_of(session, lines, CaseLine.case_id, cases, Case.reference, OrderLine.position):
        told["case_lines"].append(
            cells_of("case_lines", row, **named[row["order_line_id"]], case_id=cases[row["case_id"]])
        )
    files: dict[str, str] = {}
    for row in await rows_of(session, select(CasePhoto), CasePhoto.case_id, cases, CasePhoto.at, CasePhoto.stored_as):
        files[row["id"]] = row["stored_as"]
        told["case_photos"].append(
            cells_of("case_photos", row, case_id=cases[row["case_id"]], file=row["stored_as"])
        )
    events = await rows_of(session, select(CaseEvent), CaseEvent.case_id, cases)
    entries = await _entries(session, {row["details"].get("entry") for row in events} - {None})
    for row in sorted(events, key=lambda row: (cases[row["case_id"]], row["number"])):
        details = {name: row["details"].get(name) for name in ("request", "text", "points", "moved_to")}
        told["case_entries"].append(cells_of(
            "case_entries", row, **details, case_id=cases[row["case_id"]],
            photo=files.get(row["details"].get("photo")), points_id=entries.get(row["details"].get("entry")),
        ))
    return told


async def _named(session: AsyncSession, order_ids: Iterable[str]) -> dict[str, Cells]:
    """{our id of a line: the cells by which others name it}."""
    named: dict[str, Cells] = {}
    places: defaultdict[str, int] = defaultdict(int)
    for row in await rows_of(session, select(OrderLine), OrderLine.order_id, order_ids, OrderLine.position):
        places[row["order_id"]] += 1
        named[row["id"]] = line_named(row["reference"], places[row["order_id"]])
    return named


async def _entries(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    rows = await rows_of(session, select(LedgerEntry), LedgerEntry.id, sorted(ids))
    return {row["id"]: row["idempotency_key"] for row in rows}
