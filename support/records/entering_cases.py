"""Cases: what they are about, their photos, and their logs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping

from support.models.cases import Case, CaseEvent, CaseLine, CasePhoto
from support.records.cases import CaseEntryRecord, CaseLineRecord, CasePhotoRecord, CaseRecord
from support.records.entering import Entering
from support.records.known import KnownCase

_DETAILS = ("request", "text", "points", "moved_to", "entry", "photo")  # that an entry can tell


class EnteringCases(Entering):
    async def take(self, records: Sequence[CaseRecord]) -> None:
        records = self.firsts(records, "id")
        await self.links.load_customers(record.customer_id for record in records)
        await self.links.load_orders(record.order_id for record in records if record.order_id)
        rows = await self.intake.rows(Case, Case.reference, (record.id for record in records))
        there = {row["reference"]: row for row in rows}
        puts = []
        for record in records:
            if (customer := self.links.customer(record)) is None:
                continue
            order = self.links.order_of(record, customer.id) if record.order_id else None
            values = record.plain() | {"customer_id": customer.id, "order_id": order.id if order else None}
            row = there.get(record.id)
            if bool(record.order_id) is bool(order) and (row is None or self._is_same(record, values, row)):
                puts.append((record, values, row))
        ids = await self.intake.put(Case, puts)
        for (record, values, row), id in zip(puts, ids, strict=True):
            if row is None or record.order_id is not None:
                self.links.lines.cases[record.id] = KnownCase(
                    id, values["customer_id"], values["order_id"], record.order_id
                )

    def _is_same(self, record: CaseRecord, values: dict[str, Any], row: RowMapping) -> bool:
        for name in ("customer_id", "order_id"):
            if name in record.given and row[name] not in (None, values[name]):
                reason = f"names another {name.removesuffix('_id')} than the one whose case it has been so far"
                self.intake.refuse(record, name, "belongs_to_another", reason)
                return False
        return True


class EnteringCaseLines(Entering):
    async def take(self, records: Sequence[CaseLineRecord]) -> None:
        lines = self.links.lines
        await lines.load_cases({record.case_id for record in records})
        wanted: dict[tuple[str, str], dict[str, Any]] = {}
        for record in records:
            if (case := lines.named(record, "case_id", "cases", lines.cases)) is None:
                continue
            if case.order_id is None or case.order_number is None:
                self.intake.refuse(record, "case_id", "not_for_this_kind", "names a case that is about no order")
                continue
            line = lines.line(record, case.order_id, case.order_number)
            column = "line_id" if record.place is None else "place"
            if line is not None and self.intake.first(record, (case.id, line.id), column):
                wanted[case.id, line.id] = {"case_id": case.id, "order_line_id": line.id}
        rows = await self.intake.rows(CaseLine, CaseLine.case_id, (case_id for case_id, _ in wanted))
        there = {(row["case_id"], row["order_line_id"]) for row in rows} & wanted.keys()
        self.intake.count_changes(CaseLine.__tablename__, len(there), 0)
        await self.intake.insert(CaseLine, [values for key, values in wanted.items() if key not in there])


class EnteringCasePhotos(Entering):
    async def take(self, records: Sequence[CasePhotoRecord]) -> None:
        records = self.firsts(records, "file")
        lines = self.links.lines
        await lines.load_cases({record.case_id for record in records})
        rows = await self.intake.rows(CasePhoto, CasePhoto.stored_as, (record.file for record in records))
        there = {row["stored_as"]: row for row in rows}
        puts = []
        for record in records:
            if (case := lines.named(record, "case_id", "cases", lines.cases)) is None:
                continue
            row = there.get(record.file)
            if row is not None and row["case_id"] != case.id:
                reason = "names another case than the one whose photo it has been so far"
                self.intake.refuse(record, "case_id", "belongs_to_another", reason)
                continue
            puts.append((record, record.plain() | {"case_id": case.id}, row))
        ids = await self.intake.put(CasePhoto, puts)
        lines.photos |= {record.file: (record.case_id, id) for (record, *_), id in zip(puts, ids, strict=True)}


class EnteringCaseEntries(Entering):
    async def take(self, records: Sequence[CaseEntryRecord]) -> None:
        records = self.firsts(records, "case_id", "number")
        lines = self.links.lines
        await lines.load_cases({record.case_id for record in records})
        await lines.load_photos({record.photo for record in records if record.photo})
        await self.links.load_entries(record.points_id for record in records if record.points_id)
        known = [
            (record, case) for record in records if (case := lines.named(record, "case_id", "cases", lines.cases))
        ]
        rows = await self.intake.rows(CaseEvent, CaseEvent.case_id, (case.id for _, case in known))
        there = {(row["case_id"], row["number"]): row for row in rows}
        new, same = [], 0
        for record, case in known:
            if (details := self._details(record, case)) is None:
                continue
            values = {
                "case_id": case.id, "number": record.number, "kind": record.kind, "at": record.at,
                "actor": record.actor.value, "details": details,
            }
            if (row := there.get((case.id, record.number))) is not None:
                same += 1
                kept = {name: value for name, value in row["details"].items() if name in _DETAILS}
                self.check_same(record, "number", values, {**row, "details": kept})
            else:
                new.append(values)
        self.intake.count_changes("case_entries", same, 0)
        self.intake.outcome.added["case_entries"] += len(new)
        await self.intake.insert(CaseEvent, new, counted=False)

    def _details(self, record: CaseEntryRecord, case: KnownCase) -> dict[str, Any] | None:
        """What the log keeps beside kind and time; refuses the record if it names what is not there."""
        said = {"request": record.request, "text": record.text, "points": record.points, "moved_to": record.moved_to}
        if record.points_id is not None:
            entry = self.links.entry(record, case.customer_id)
            if entry is None:
                return None
            said["entry"] = entry.id
        if record.photo is not None:
            of_case, id = self.links.lines.photos.get(record.photo, (None, None))
            if of_case != record.case_id:
                if not self.intake.is_faulty("case_photos"):
                    reason = f"names no photo of that case: “{record.photo}”"
                    self.intake.refuse(record, "photo", "unknown_reference", reason)
                return None
            said["photo"] = id
        return {name: value for name, value in said.items() if value is not None}
