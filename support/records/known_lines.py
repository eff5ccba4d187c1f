"""The lines of orders, and the returns and cases that are about some of them, with their photos, as records name them.

Lines that come in are kept only if a table of the same go may name them: `keeps` says so.
"""

from collections.abc import Collection
from itertools import batched
from typing import Any

from sqlalchemy import select

from support.models.cases import Case, CasePhoto
from support.models.orders import Order, OrderLine
from support.models.returns import Return, ReturnKind
from support.records.intake import BATCH, Intake
from support.records.known import KnownCase, KnownLine, KnownReturn
from support.records.record import Record

NAMING = ("return_lines", "case_lines")  # the tables whose records name lines


class KnownLines:
    """`returns` and `cases` by their references, `photos` (case, our id) by their files, lines by their order."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.keeps = False
        self.returns: dict[str, KnownReturn] = {}
        self.cases: dict[str, KnownCase] = {}
        self.photos: dict[str, tuple[str, str]] = {}
        self._of_order: dict[str, list[KnownLine]] = {}

    def came(self, order_id: str, line: KnownLine) -> None:
        """The line is one of those that the order has from now on."""
        if self.keeps:
            self._of_order.setdefault(order_id, []).append(line)

    async def load_returns(self, keys: Collection[str]) -> None:
        """And the lines of their orders."""
        columns = (Return.reference, Return.id, Return.order_id, Order.number, Return.currency, Return.kind)
        for some in batched(sorted({key for key in keys if key not in self.returns}), BATCH, strict=False):
            query = select(*columns).join(Order, Order.id == Return.order_id).where(Return.reference.in_(some))
            for key, id, order_id, number, currency, kind in await self._intake.session.execute(query):
                self.returns[key] = KnownReturn(id, order_id, number, currency, kind is ReturnKind.EXCHANGE)
        await self._load({self.returns[key].order_id for key in keys if key in self.returns})

    async def load_cases(self, keys: Collection[str]) -> None:
        """And the lines of their orders."""
        columns = (Case.reference, Case.id, Case.customer_id, Case.order_id, Order.number)
        for some in batched(sorted({key for key in keys if key not in self.cases}), BATCH, strict=False):
            query = select(*columns).outerjoin(Order, Order.id == Case.order_id).where(Case.reference.in_(some))
            for key, id, customer_id, order_id, number in await self._intake.session.execute(query):
                self.cases[key] = KnownCase(id, customer_id, order_id, number)
        await self._load({order for key in keys if key in self.cases and (order := self.cases[key].order_id)})

    async def load_photos(self, files: Collection[str]) -> None:
        for some in batched(sorted({file for file in files if file not in self.photos}), BATCH, strict=False):
            query = select(CasePhoto.stored_as, Case.reference, CasePhoto.id).join(Case, Case.id == CasePhoto.case_id)
            for file, case, id in await self._intake.session.execute(query.where(CasePhoto.stored_as.in_(some))):
                self.photos[file] = (case, id)

    def line(self, record: Any, order_id: str, order_number: str) -> KnownLine | None:
        """The order's line that the record names by its id or its place; refuses the record if there is none."""
        lines = sorted(self._of_order.get(order_id, []), key=lambda line: line.position)
        if record.place is not None:
            column, found = "place", lines[record.place - 1:record.place]
        else:
            column, found = "line_id", [line for line in lines if line.reference == record.line_id]
        if found:
            return found[0]
        if not self._intake.is_faulty("order_lines"):
            reason = f"names no line of order “{order_number}”: “{getattr(record, column)}”"
            self._intake.refuse(record, column, "unknown_reference", reason)
        return None

    def named[K](self, record: Record, column: str, table: str, known: dict[str, K]) -> K | None:
        """The return or case that the record names; refuses the record if there is none."""
        key = getattr(record, column)
        if (found := known.get(key)) is None and not self._intake.may_exist(table, key):
            reason = f"names no {table[:-1]} that there is: “{key}”"
            self._intake.refuse(record, column, "unknown_reference", reason)
        return found

    async def _load(self, order_ids: set[str]) -> None:
        missing = {id for id in order_ids if id not in self._of_order}
        self._of_order |= {id: [] for id in missing}
        for row in await self._intake.rows(OrderLine, OrderLine.order_id, missing):
            self._of_order[row["order_id"]].append(KnownLine(
                row["id"], row["position"], row["reference"], row["quantity"], row["unit_price_minor"]
            ))
