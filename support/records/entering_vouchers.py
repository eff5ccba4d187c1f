"""Vouchers, and the numbers of invoices: neither is ever given twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping

from support.models.invoices import Invoice
from support.models.loyalty import EntryKind
from support.models.rewards import Voucher
from support.records.entering import Entering
from support.records.vouchers import InvoiceRecord, VoucherRecord
from support.text import new_id


class EnteringVouchers(Entering):
    async def take(self, records: Sequence[VoucherRecord]) -> None:
        records = self.firsts(records, "code")
        await self.links.load_customers(record.customer_id for record in records)
        await self.links.load_rewards(record.reward_id for record in records if record.reward_id)
        await self.links.load_entries(record.points_id for record in records if record.points_id)
        await self.links.load_orders(record.order_id for record in records if record.order_id)
        known = [
            (record, values) for record in records
            if (customer := self.links.customer(record)) and (values := self._values(record, customer.id))
        ]
        rows = await self.intake.rows(Voucher, Voucher.code, (record.code for record in records))
        paid = {values["entry_id"] for _, values in known if values["entry_id"]}
        there = {row["code"]: row for row in rows}
        spent = {row["entry_id"]: row["code"] for row in await self.intake.rows(Voucher, Voucher.entry_id, paid)}
        await self.intake.put(Voucher, [
            (record, values, there.get(record.code)) for record, values in known
            if self._may_be(record, values, there.get(record.code), spent)
        ])

    def _values(self, record: VoucherRecord, customer_id: str) -> dict[str, Any] | None:
        reward = self.links.reward(record) if record.reward_id else None
        entry = self.links.entry(record, customer_id) if record.points_id else None
        order = self.links.order_of(record, customer_id) if record.order_id else None
        for named, found in ((record.reward_id, reward), (record.points_id, entry), (record.order_id, order)):
            if bool(named) is not bool(found):
                return None
        if entry is not None and entry.kind is not EntryKind.REDEEM:
            reason = "names an entry that took no points for a voucher"
            self.intake.refuse(record, "points_id", "not_for_this_kind", reason)
            return None
        return record.plain() | {
            "customer_id": customer_id, "reward_id": reward, "entry_id": entry.id if entry else None,
            "value": record.worth(), "currency": record.currency, "order_id": order.id if order else None,
        }

    def _may_be(
        self, record: VoucherRecord, values: dict[str, Any], row: RowMapping | None, spent: dict[str, str]
    ) -> bool:
        if row is not None and row["customer_id"] != values["customer_id"]:
            reason = "names another customer than the one whose voucher it has been so far"
            self.intake.refuse(record, "customer_id", "belongs_to_another", reason)
            return False
        entry_id = values["entry_id"]
        if entry_id is None:
            return True
        before = row["entry_id"] if row is not None else None
        if spent.get(entry_id, record.code) != record.code or before not in (None, entry_id):
            reason = "names points that paid for another voucher, or another entry than so far"
            self.intake.refuse(record, "points_id", "belongs_to_another", reason)
            return False
        return self.intake.first(record, ("points", entry_id), "points_id")


class EnteringInvoices(Entering):
    async def take(self, records: Sequence[InvoiceRecord]) -> None:
        records = self.firsts(records, "number")
        await self.links.load_orders(record.order_id for record in records if record.order_id)
        known = []
        for record in records:
            order = self.links.order(record) if record.order_id else None
            if bool(record.order_id) is bool(order):
                known.append((record, order.id if order else None))
        years = {record.number.year for record, _ in known}
        numbers = {record.number.number for record, _ in known}
        rows = await self.intake.rows(Invoice, Invoice.number, numbers, Invoice.year.in_(years))
        there = {(row["year"], row["number"]): row for row in rows}
        orders = {order_id for _, order_id in known if order_id}
        numbered = {row["order_id"]: row for row in await self.intake.rows(Invoice, Invoice.order_id, orders)}
        new, same = [], 0
        for record, order_id in known:
            year, number = record.number
            values = {"order_id": order_id, "year": year, "number": number, "issued_at": record.issued_at}
            row = there.get(record.number)
            if row is not None:
                same += 1
                # Whose it was is told no more when its customer was erased
                self.check_same(record, "number", values if order_id else {"issued_at": record.issued_at}, row)
            elif order_id in numbered:
                reason = f"names an order that has an invoice with another number: “{record.order_id}”"
                self.intake.refuse(record, "order_id", "belongs_to_another", reason)
            elif order_id is None or self.intake.first(record, ("order", order_id), "order_id"):
                new.append(values | {"id": new_id()})
        self.intake.count_changes(Invoice.__tablename__, same, 0)
        await self.intake.insert(Invoice, new)
