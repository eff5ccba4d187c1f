"""Order lines: those that come in are all that the order has, so that the ones left over go."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping

from support.models.cases import CaseLine
from support.models.orders import OrderLine
from support.models.returns import ReturnLine
from support.records.entering import Entering
from support.records.faults import Fault, Wrong
from support.records.intake import differ
from support.records.known import KnownLine, KnownOrder
from support.records.money import minor
from support.records.orders import OrderLineRecord
from support.text import new_id


class EnteringLines(Entering):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        # Of orders that were there already: the rows that no record has been found for, and where the order began
        self._left: dict[str, list[RowMapping]] = {}
        self._last: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self._began: dict[str, tuple[int, str]] = {}

    async def take(self, records: Sequence[OrderLineRecord]) -> None:
        records = [record for record in records if record.id is None or self.firsts([record], "order_id", "id")]
        await self.links.load_orders(record.order_id for record in records)
        await self.links.load_variants(record.variant_id for record in records)
        await self._load_lines(records)
        new, changes, there = [], {}, 0
        for record in records:
            order, variant = self.links.order(record), self.links.variant(record)
            if order is None or variant is None:
                continue
            try:
                price = minor(record.unit_price, order.currency)
            except Wrong as wrong:
                self.intake.refuse(record, "unit_price", wrong.code, wrong.reason)
                continue
            values = {
                "order_id": order.id, "reference": record.id, "variant_id": variant.id,
                "product_name": record.product_name or variant.product_name,
                "options": variant.options if record.options is None else record.options,
                "quantity": record.quantity, "unit_price_minor": price,
            }
            row = self._row_of(record, order)
            if row is None:
                self._last[order.id] += 1
                new.append(values | {"id": new_id(), "position": self._last[order.id]})
                self._came(order, new[-1], record.id)
                continue
            there += 1
            if changed := self._changed(record, values, row):
                changes[row["id"]] = changed
            self._came(order, values | {"id": row["id"], "position": row["position"]}, record.id or row["reference"])
        self.intake.count_changes(OrderLine.__tablename__, there, len(changes))
        await self.intake.insert(OrderLine, new)
        await self.intake.change(OrderLine, changes)

    async def finish(self) -> None:
        """The lines that orders had and have no more go, if nothing else is about them."""
        order_of = {row["id"]: order_id for order_id, rows in self._left.items() for row in rows}
        used: set[str] = set()
        for model in (ReturnLine, CaseLine):
            used.update(row["order_line_id"] for row in await self.intake.rows(model, model.order_line_id, order_of))
        for line_id in used:
            line, number = self._began[order_of[line_id]]
            reason = f"a line of order “{number}” is left out that a return or a case is about"
            self.intake.report(Fault("order_lines", line, "order_id", "line_in_use", reason))
        await self.intake.remove(OrderLine, list(order_of))

    def _came(self, order: KnownOrder, values: dict[str, Any], reference: str | None) -> None:
        self.links.lines.came(order.id, KnownLine(
            values["id"], values["position"], reference, values["quantity"], values["unit_price_minor"]
        ))

    async def _load_lines(self, records: Sequence[OrderLineRecord]) -> None:
        met: dict[str, None] = {}
        for record in records:
            order = self.links.orders.get(record.order_id)
            if order is not None and not order.new and order.id not in self._left:
                met[order.id] = None
                self._began.setdefault(order.id, (record.line, record.order_id))
        rows: defaultdict[str, list[RowMapping]] = defaultdict(list)
        for row in await self.intake.rows(OrderLine, OrderLine.order_id, met):
            rows[row["order_id"]].append(row)
            self._last[row["order_id"]] = max(self._last[row["order_id"]], row["position"])
        self._left |= {order_id: sorted(rows[order_id], key=lambda row: row["position"]) for order_id in met}

    def _row_of(self, record: OrderLineRecord, order: KnownOrder) -> RowMapping | None:
        """The row that the record is about: by its id, else by its place in the order."""
        self._places[order.id] += 1
        place = self._places[order.id]
        left = self._left.get(order.id, [])
        for index, row in enumerate(left):
            by_id = record.id is not None and row["reference"] == record.id
            by_place = (record.id is None or row["reference"] is None) and row["position"] == place
            if by_id or by_place:
                return left.pop(index)
        return None

    @staticmethod
    def _changed(record: OrderLineRecord, values: dict[str, Any], row: RowMapping) -> dict[str, Any]:
        keeps = set() if record.id is not None else {"reference"}
        if values["variant_id"] == row["variant_id"]:
            # As bought: what the product is called by now is no news
            keeps |= {"product_name"} if record.product_name is None else set()
            keeps |= {"options"} if record.options is None else set()
        return {
            name: value for name, value in values.items() if name not in keeps and differ(value, row[name])
        }
