"""Returns and exchanges, and which pieces of which lines they are about."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping

from support.models.payments import MethodKind
from support.models.returns import Return, ReturnKind, ReturnLine
from support.records.entering import Entering
from support.records.faults import Wrong
from support.records.intake import differ
from support.records.known import KnownLine, KnownOrder, KnownReturn
from support.records.money import minor
from support.records.returns import ReturnLineRecord, ReturnRecord


class EnteringReturns(Entering):
    async def take(self, records: Sequence[ReturnRecord]) -> None:
        records = self.firsts(records, "id")
        await self.links.load_orders(record.order_id for record in records)
        known = [(record, order) for record in records if (order := self.links.order(record))]
        await self.links.load_methods([(order.customer_id, record.payment_method_id) for record, order in known])
        rows = await self.intake.rows(Return, Return.reference, (record.id for record in records))
        there = {row["reference"]: row for row in rows}
        puts, orders = [], []
        for record, order in known:
            row = there.get(record.id)
            values = self._values(record, order)
            if values is not None and (row is None or self._is_same(record, values, row)):
                puts.append((record, values, row))
                orders.append(order)
        ids = await self.intake.put(Return, puts)
        for (record, *_), order, id in zip(puts, orders, ids, strict=True):
            self.links.lines.returns[record.id] = KnownReturn(
                id, order.id, record.order_id, order.currency, record.kind is ReturnKind.EXCHANGE
            )

    def _values(self, record: ReturnRecord, order: KnownOrder) -> dict[str, Any] | None:
        method = self.links.method(record, order.customer_id)
        if method is None:
            return None
        if record.currency not in (None, order.currency):
            reason = f"is {record.currency}, but the order is in {order.currency}"
            self.intake.refuse(record, "currency", "currency_differs", reason)
            return None
        if method.kind is MethodKind.GIFT_CARD and method.currency != order.currency:
            reason = f"names a gift card in {method.currency}, but the order is in {order.currency}"
            self.intake.refuse(record, "payment_method_id", "currency_differs", reason)
            return None
        try:
            amount = minor(record.amount, order.currency)
        except Wrong as wrong:
            self.intake.refuse(record, "amount", wrong.code, wrong.reason)
            return None
        return record.plain() | {
            "order_id": order.id, "method_id": method.id, "amount_minor": amount, "currency": order.currency,
        }

    def _is_same(self, record: ReturnRecord, values: dict[str, Any], row: RowMapping) -> bool:
        if row["order_id"] != values["order_id"]:
            reason = "names another order than the one it has been about so far"
            self.intake.refuse(record, "order_id", "belongs_to_another", reason)
        elif row["kind"] is not record.kind:
            self.intake.refuse(record, "kind", "kind_differs", f"is {record.kind}, but it has been the other so far")
        else:
            return True
        return False


class EnteringReturnLines(Entering):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._last: Counter[str] = Counter()  # {return: the last position}

    async def take(self, records: Sequence[ReturnLineRecord]) -> None:
        lines = self.links.lines
        await lines.load_returns({record.return_id for record in records})
        await self.links.load_variants(record.new_variant_id for record in records if record.new_variant_id)
        found = []
        for record in records:
            made = lines.named(record, "return_id", "returns", lines.returns)
            line = lines.line(record, made.order_id, made.order_number) if made else None
            if made is None or line is None:
                continue
            column = "line_id" if record.place is None else "place"
            values = self._values(record, made, line)
            if values is not None and self.intake.first(record, (made.id, line.id), column):
                found.append((record, values))
        there: defaultdict[str, dict[str, RowMapping]] = defaultdict(dict)
        for one in await self.intake.rows(ReturnLine, ReturnLine.return_id, {of["return_id"] for _, of in found}):
            there[one["return_id"]][one["order_line_id"]] = one
            self._last[one["return_id"]] = max(self._last[one["return_id"]], one["position"])
        new: list[dict[str, Any]] = []
        changes, same = {}, 0
        for record, values in found:
            row = there[values["return_id"]].get(values["order_line_id"])
            if row is None:
                self._last[values["return_id"]] += 1
                new.append(values | {"position": self._last[values["return_id"]]})
                continue
            same += 1
            keeps = {name for name in ("quantity", "unit_price") if name not in record.given}
            keeps |= {"new_options"} if record.new_options is None else set()
            changed = {
                name: value for name, value in values.items()
                if name.removesuffix("_minor") not in keeps and differ(value, row[name])
            }
            if changed:
                changes[row["return_id"], row["position"]] = changed
        self.intake.count_changes(ReturnLine.__tablename__, same, len(changes))
        await self.intake.insert(ReturnLine, new)
        await self.intake.change(ReturnLine, changes)

    def _values(self, record: ReturnLineRecord, made: KnownReturn, line: KnownLine) -> dict[str, Any] | None:
        """The row but for its position; refuses the record if it does not go with its return or its line."""
        quantity = line.quantity if record.quantity is None else record.quantity
        if quantity > line.quantity:
            self.intake.refuse(record, "quantity", "out_of_range", f"must be at most {line.quantity}, as was bought")
            return None
        if made.is_exchange is not (record.new_variant_id is not None):
            code = "required" if made.is_exchange else "not_for_this_kind"
            reason = "must name what goes out in an exchange, and be empty for a return"
            self.intake.refuse(record, "new_variant_id", code, reason)
            return None
        variant = self.links.variant(record, "new_variant_id") if record.new_variant_id is not None else None
        if made.is_exchange and variant is None:
            return None
        price = self._minor(record, "unit_price", made.currency, line.unit_price_minor)
        new_price = self._minor(record, "new_unit_price", made.currency, None)
        if price is None or (made.is_exchange and new_price is None):
            return None
        options = record.new_options if variant is None or record.new_options is not None else variant.options
        return {
            "return_id": made.id, "order_line_id": line.id, "quantity": quantity, "unit_price_minor": price,
            "new_variant_id": variant.id if variant else None, "new_options": options,
            "new_unit_price_minor": new_price,
        }

    def _minor(self, record: ReturnLineRecord, name: str, currency: str, default: int | None) -> int | None:
        """None also if it is wrong, which it then says."""
        amount = getattr(record, name)
        if amount is None:
            return default
        try:
            return minor(amount, currency)
        except Wrong as wrong:
            self.intake.refuse(record, name, wrong.code, wrong.reason)
            return None
