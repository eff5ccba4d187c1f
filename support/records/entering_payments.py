"""Payment methods, payments and refunds, parcels."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import RowMapping

from support.models.orders import Shipment
from support.models.payments import MethodKind, Payment, PaymentMethod
from support.records.entering import Entering
from support.records.faults import Wrong
from support.records.known import KnownMethod, KnownOrder
from support.records.money import minor
from support.records.orders import ShipmentRecord
from support.records.payments import PaymentMethodRecord, PaymentRecord
from support.text import new_id


class EnteringMethods(Entering):
    async def take(self, records: Sequence[PaymentMethodRecord]) -> None:
        records = self.firsts(records, "customer_id", "id")
        await self.links.load_customers(record.customer_id for record in records)
        known = [
            (record, customer.id) for record in records
            if (customer := self.links.customer(record)) and (
                not record.default or self.intake.first(
                    record, ("default", customer.id, True), "default", "two_defaults",
                    "names a second default; the first is in",
                )
            )
        ]
        owners = {customer_id for _, customer_id in known}
        rows = await self.intake.rows(PaymentMethod, PaymentMethod.customer_id, owners)
        there = {(row["customer_id"], row["reference"]): row for row in rows}
        puts = []
        for record, customer_id in known:
            row = there.get((customer_id, record.id))
            kind, implied = record.kind
            values = record.plain() | {
                "customer_id": customer_id, "kind": kind, "brand": record.brand or implied,
                "currency": record.currency or self.intake.business.shop.currency, "is_default": bool(record.default),
            }
            if row is None or self._may_become(record, values, row):
                puts.append((record, values, row))
        ids = await self.intake.put(PaymentMethod, puts)
        for (record, values, row), id in zip(puts, ids, strict=True):
            currency = values["currency"] if row is None or record.currency else row["currency"]
            self.links.methods[values["customer_id"], record.id] = KnownMethod(id, values["kind"], currency)
            if (balance := record.balance_minor()) is not None:
                self.links.balances[id] = balance
        chosen = {
            values["customer_id"]: id for (record, values, _), id in zip(puts, ids, strict=True) if record.default
        }
        await self._only_defaults(chosen, rows)

    def _may_become(self, record: PaymentMethodRecord, values: dict[str, Any], row: RowMapping) -> bool:
        gift_card = MethodKind.GIFT_CARD
        if (row["kind"] is gift_card) is not (values["kind"] is gift_card):
            reason = f"is {values['kind']}, but that payment method has been a {row['kind']} so far"
            self.intake.refuse(record, "kind", "kind_differs", reason)
            return False
        if row["kind"] is gift_card and row["currency"] != values["currency"]:
            reason = f"is {values['currency']}, but the gift card has been in {row['currency']} so far"
            self.intake.refuse(record, "currency", "currency_differs", reason)
            return False
        return True

    async def _only_defaults(self, chosen: dict[str, str], rows: Iterable[RowMapping]) -> None:
        """{customer: their default}: what was it before is it no more."""
        others = {
            row["id"]: {"is_default": False} for row in rows
            if row["is_default"] and chosen.get(row["customer_id"], row["id"]) != row["id"]
        }
        await self.intake.change(PaymentMethod, others)


class EnteringPayments(Entering):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._left: dict[str, list[RowMapping]] = {}

    async def take(self, records: Sequence[PaymentRecord]) -> None:
        records = [record for record in records if record.id is None or self.firsts([record], "order_id", "id")]
        await self.links.load_orders(record.order_id for record in records)
        known = [(record, order) for record in records if (order := self.links.order(record))]
        await self.links.load_methods([(order.customer_id, record.payment_method_id) for record, order in known])
        await self._load_payments(order for _, order in known)
        new, changes, there = [], {}, 0
        for record, order in known:
            if (values := self._values(record, order)) is None:
                continue
            row = self._row_of(record, values)
            if row is None:
                if "settled_at" not in record.given:
                    values["settled_at"] = values["at"]
                new.append(values | {"id": new_id(), "request_id": None})
                continue
            there += 1
            names = {*values} - (set() if "settled_at" in record.given else {"settled_at"})
            names -= {"at"} if record.at is None else set()
            names -= {"reference"} if record.id is None else set()
            if changed := {name: values[name] for name in names if values[name] != row[name]}:
                changes[row["id"]] = changed
        self.intake.count_changes(Payment.__tablename__, there, len(changes))
        await self.intake.insert(Payment, new)
        await self.intake.change(Payment, changes)

    def _values(self, record: PaymentRecord, order: KnownOrder) -> dict[str, Any] | None:
        method = self.links.method(record, order.customer_id)
        if method is None:
            return None
        currency = record.currency or order.currency
        if currency != order.currency:
            reason = f"is {currency}, but the order is in {order.currency}"
            self.intake.refuse(record, "currency", "currency_differs", reason)
            return None
        if method.kind is MethodKind.GIFT_CARD and method.currency != currency:
            reason = f"names a gift card in {method.currency}, but the order is in {currency}"
            self.intake.refuse(record, "payment_method_id", "currency_differs", reason)
            return None
        try:
            amount = minor(record.amount, currency)
        except Wrong as wrong:
            self.intake.refuse(record, "amount", wrong.code, wrong.reason)
            return None
        return {
            "order_id": order.id, "method_id": method.id, "reference": record.id, "kind": record.kind,
            "amount_minor": amount, "currency": currency, "at": record.at or order.placed_at,
            "settled_at": record.settled_at,
        }

    async def _load_payments(self, orders: Iterable[KnownOrder]) -> None:
        met = {order.id for order in orders if not order.new and order.id not in self._left}
        rows: defaultdict[str, list[RowMapping]] = defaultdict(list)
        for row in await self.intake.rows(Payment, Payment.order_id, met):
            rows[row["order_id"]].append(row)
        self._left |= {order_id: rows[order_id] for order_id in met}

    def _row_of(self, record: PaymentRecord, values: dict[str, Any]) -> RowMapping | None:
        """The row that the record is about: by its id, else one of the same content that no other record is about."""
        left = self._left.get(values["order_id"], [])
        for index, row in enumerate(left):
            if record.id is not None and row["reference"] == record.id:
                return left.pop(index)
        content = ("kind", "method_id", "amount_minor", "at")
        for index, row in enumerate(left):
            same = all(row[name] == values[name] for name in content)
            if same and (record.id is None or row["reference"] is None):
                return left.pop(index)
        return None


class EnteringShipments(Entering):
    async def take(self, records: Sequence[ShipmentRecord]) -> None:
        records = self.firsts(records, "order_id", "tracking_number")
        await self.links.load_orders(record.order_id for record in records)
        known = [(record, order) for record in records if (order := self.links.order(record))]
        rows = await self.intake.rows(Shipment, Shipment.order_id, (order.id for _, order in known if not order.new))
        there = {(row["order_id"], row["tracking_number"]): row for row in rows}
        await self.intake.put(Shipment, [
            (record, record.plain() | {"order_id": order.id}, there.get((order.id, record.tracking_number)))
            for record, order in known
        ])
