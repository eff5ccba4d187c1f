"""`rapport import`: every row of a folder checked and entered in one transaction, or all that is wrong named."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from support.policy.business import Business
from support.records.faults import Fault, Wrong
from support.records.intake import BATCH, Intake, Outcome
from support.records.known_lines import NAMING
from support.records.links import Links
from support.records.money import amount
from support.records.record import Form, NamedFault, Record
from support.records.values import integer
from support.records.writing import ENTERINGS, lock
from support.transfer.csv_rows import CsvRows, Hear
from support.transfer.folder import files_in

Progress = Callable[[str, int, int], None]
_SQLITE_CACHE = 256 * 1024  # KiB: the indexes that rows are entered into, in the order of random ids, stay in memory


class ImportRefused(Exception):
    """`count` faults were heard of; nothing was changed."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} faults")
        self.count = count


async def import_folder(
    session: AsyncSession, folder: Path, *, business: Business, at: datetime, hear: Hear,
    progress: Progress = lambda _table, _done, _lines: None,
) -> Outcome:
    """Enter all files of `folder`; `progress` hears (table, lines done, lines in all) as it goes on.

    Every fault goes to `hear`, in the order in which they are found. Raises ImportRefused if there was one: roll the
    session back then. Until the transaction ends, nobody else changes something of a customer.
    """
    await lock(session, None)
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text(f"PRAGMA cache_size = -{_SQLITE_CACHE}"))
    intake = Intake(session, business, at, hear)
    links = Links(intake)
    files = files_in(folder, intake.report)
    links.lines.keeps = not files.keys().isdisjoint(NAMING)
    if "order_lines" in files:
        goods = _goods(files["order_lines"], business)
        if goods is None:
            intake.is_unusable("order_lines")
        intake.goods = goods or {}
    for record, entering in ENTERINGS.items():
        entered = entering(intake, links)
        if record.table in files:
            rows = CsvRows(files[record.table], record.table, intake.report)
            records: list[Record] = []
            for one in _records(record, rows, intake):
                records.append(one)
                if len(records) == BATCH:
                    await entered.take(records)
                    records = []
                    progress(record.table, rows.line, rows.lines)
            await entered.take(records)
            progress(record.table, rows.lines, rows.lines)
        await entered.finish()
    assert intake.holds
    if intake.faults:
        raise ImportRefused(intake.faults)
    session.expire_all()
    return intake.outcome


def _records(kind: type[Record], rows: CsvRows, intake: Intake) -> Iterator[Record]:
    form: Form[Record] | None = None
    key = -1
    for line, cells in rows:
        if form is None:
            form = Form(kind, rows.names, intake.business)
            if _has_faults(form, kind, rows, intake):
                return
            key = rows.names.index("id") if "id" in rows.names else -1
        faults: list[NamedFault] = []
        record = form.fill(cells, faults, line)
        if record is not None:
            yield record
            continue
        for fault in faults:
            intake.report(Fault(kind.table, line, *fault))
        if key >= 0:
            intake.is_broken(kind.table, cells[key].strip())
    if form is None:
        # No row came: the header may be wrong all the same
        if not rows.names:
            intake.is_unusable(kind.table)
        else:
            _has_faults(Form(kind, rows.names, intake.business), kind, rows, intake)


def _has_faults(form: Form[Record], kind: type[Record], rows: CsvRows, intake: Intake) -> bool:
    for fault in form.faults:
        intake.report(Fault(kind.table, rows.header_line, *fault))
    if form.faults:
        intake.is_unusable(kind.table)
    return bool(form.faults)


def _goods(path: Path, business: Business) -> dict[str, Decimal | None] | None:
    """{order: what its lines come to, None where one is wrong}; None if the file cannot be read.

    Orders are entered before their lines and have to know; what is wrong with a line is said when the lines are read.
    """
    rows = CsvRows(path, "order_lines", lambda _: None)
    whole = integer(1)
    goods: dict[str, Decimal | None] = {}
    places: tuple[int, int, int | None] | None = None
    for _, cells in rows:
        if places is None:
            if not {"order_id", "unit_price"} <= set(rows.names):
                return None
            index = rows.names.index
            places = index("order_id"), index("unit_price"), index("quantity") if "quantity" in rows.names else None
        order_id = cells[places[0]].strip()
        quantity = cells[places[2]].strip() if places[2] is not None else ""
        try:
            price = amount(cells[places[1]].strip(), business)
            come_to = price * whole(quantity, business) if quantity else price
        except Wrong:
            goods[order_id] = None
            continue
        before = goods.get(order_id, Decimal(0))
        goods[order_id] = None if before is None else before + come_to
    return goods if rows.names else None
