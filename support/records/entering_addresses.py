"""Addresses: the place in a row never changes. A changed one is a new row, and the old one leaves the address book."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from support.models.customers import Address
from support.records.customers import AddressRecord
from support.records.entering import Entering
from support.records.intake import Intake
from support.records.known import KnownCustomer
from support.records.orders import OrderRecord
from support.text import new_id

PLACE = ("recipient", "line_1", "line_2", "town", "region", "postcode", "country")


class AddressRows:
    """The address rows of some customers, as they are and will be."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._new: list[dict[str, Any]] = []
        self._changes: defaultdict[str, dict[str, Any]] = defaultdict(dict)

    async def load(self, customer_ids: Iterable[str]) -> None:
        for row in await self._intake.rows(Address, Address.customer_id, customer_ids):
            self._rows[row["customer_id"]].append(dict(row))
        for rows in self._rows.values():
            rows.sort(key=lambda row: not row["saved"])

    def saved(self, customer_id: str, reference: str) -> dict[str, Any] | None:
        """The row of the address book with the shop's id."""
        return next(
            (row for row in self._rows[customer_id] if row["saved"] and row["reference"] == reference), None
        )

    def at(self, customer_id: str, place: Mapping[str, Any], *references: str | None) -> dict[str, Any] | None:
        """A row of that place, rather one of the address book; if `references` are named, with the first there is."""
        rows = [row for row in self._rows[customer_id] if all(row[name] == place[name] for name in PLACE)]
        if not references:
            return rows[0] if rows else None
        return next((row for reference in references for row in rows if row["reference"] == reference), None)

    def has_default(self, customer_id: str) -> bool:
        return any(row["is_default"] for row in self._rows[customer_id])

    def add(self, customer_id: str, **values: Any) -> dict[str, Any]:
        row = {"id": new_id(), "customer_id": customer_id, **values}
        self._new.append(row)
        self._rows[customer_id].append(row)
        return row

    def set(self, row: dict[str, Any], **values: Any) -> bool:
        """Change its place in the address book; answers whether that was news."""
        news = {name: value for name, value in values.items() if row[name] != value}
        row.update(news)
        if news:
            self._changes[row["id"]].update(news)
        return bool(news)

    def only_default(self, row: dict[str, Any]) -> bool:
        """Make it the customer's default; answers whether it was not."""
        for other in self._rows[row["customer_id"]]:
            if other is not row:
                self.set(other, is_default=False)
        return self.set(row, is_default=True)

    async def write(self) -> None:
        fresh = {row["id"] for row in self._new}
        await self._intake.insert(Address, self._new, counted=False)
        await self._intake.change(Address, {id: news for id, news in self._changes.items() if id not in fresh})

    def of_order(self, record: OrderRecord, customer: KnownCustomer) -> dict[str, Any]:
        """The row for the address that is written out in an order; a new one is not in the address book."""
        values = {name: getattr(record, f"address_{name}") for name in PLACE}
        values["recipient"] = values["recipient"] or customer.name
        return self.at(customer.id, values) or self.add(
            customer.id, reference=None, label="", saved=False, is_default=False, **values
        )


class EnteringAddresses(Entering):
    async def take(self, records: Sequence[AddressRecord]) -> None:
        named = iter(self.firsts([record for record in records if record.id is not None], "customer_id", "id"))
        kept = {id(record) for record in named}
        records = [record for record in records if record.id is None or id(record) in kept]
        await self.links.load_customers(record.customer_id for record in records)
        known = [
            (record, customer) for record in records
            if (customer := self.links.customer(record)) and self._is_only_default(record, customer)
        ]
        rows = AddressRows(self.intake)
        await rows.load({customer.id for _, customer in known})
        done = [self._enter(rows, record, customer) for record, customer in known]
        await rows.write()
        self.intake.outcome.added[Address.__tablename__] += done.count("added")
        self.intake.count_changes(Address.__tablename__, len(done) - done.count("added"), done.count("changed"))

    def _is_only_default(self, record: AddressRecord, customer: KnownCustomer) -> bool:
        return not record.default or self.intake.first(
            record, ("default", customer.id, True), "default", "two_defaults", "names a second default; the first is in"
        )

    @staticmethod
    def _enter(rows: AddressRows, record: AddressRecord, customer: KnownCustomer) -> str:
        """Have a row in the address book that says what the record says; answers what that took."""
        place = {name: getattr(record, name) for name in PLACE}
        place["recipient"] = record.recipient or customer.name
        before = rows.saved(customer.id, record.id) if record.id is not None else None
        # One that came with an order before has no id yet
        row = rows.at(customer.id, place, record.id, None) if record.id is not None else rows.at(customer.id, place)
        took = ""
        if row is None:
            row = rows.add(
                customer.id, reference=record.id, label=before["label"] if before else "", saved=True,
                is_default=bool(before and before["is_default"]), **place,
            )
            took = "changed" if before else "added"
        news = {"label": record.label} if "label" in record.given else {}
        changed = rows.set(row, saved=True, reference=record.id or row["reference"], **news)
        if before is not None and before is not row:
            changed |= rows.set(before, saved=False, is_default=False)
        if record.default or (record.default is None and not rows.has_default(customer.id)):
            changed |= rows.only_default(row)
        elif record.default is False:
            changed |= rows.set(row, is_default=False)
        return took or ("changed" if changed else "")
