"""What is on gift cards: the entries that are told, then one that makes up the difference to the balance told."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import func, select

from support.models.payments import GiftCardEntry, MethodKind
from support.records.entering import Entering
from support.records.faults import Fault, Wrong
from support.records.intake import BATCH, table_of
from support.records.known import KnownMethod
from support.records.money import minor
from support.records.payments import GiftCardEntryRecord
from support.records.values import MOST
from support.text import new_id


class EnteringGiftCardEntries(Entering):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._held: dict[str, int] = {}  # {card: what is on it with the entries that came}
        self._lines: dict[str, int] = {}  # {card: the line of its last entry}

    async def take(self, records: Sequence[GiftCardEntryRecord]) -> None:
        records = self.firsts(records, "id")
        await self.links.load_customers(record.customer_id for record in records)
        known = [(record, customer.id) for record in records if (customer := self.links.customer(record))]
        await self.links.load_methods([(customer_id, record.payment_method_id) for record, customer_id in known])
        rows = await self.intake.rows(GiftCardEntry, GiftCardEntry.idempotency_key, (record.id for record in records))
        there = {row["idempotency_key"]: row for row in rows}
        new, same = [], 0
        for record, customer_id in known:
            card = self.links.method(record, customer_id)
            values = self._values(record, card) if card is not None else None
            if values is None:
                continue
            if (row := there.get(record.id)) is not None:
                same += 1
                self.check_same(record, "id", values, row)
                continue
            new.append(values | {"id": new_id()})
            self._lines[values["method_id"]] = record.line
        await self._load(values["method_id"] for values in new)
        for values in new:
            self._held[values["method_id"]] += values["amount_minor"]
        self.intake.count_changes(GiftCardEntry.__tablename__, same, 0)
        await self.intake.insert(GiftCardEntry, new)

    async def finish(self) -> None:
        """Bring each card to the balance that was told; without one it holds what its entries come to."""
        balances = self.links.balances
        for id, line in self._lines.items():
            if not (balances[id] - MOST if id in balances else 0) <= self._held[id] <= MOST:
                reason = "brings the card to less than nothing, or to more than can be kept"
                self.intake.report(Fault(GiftCardEntryRecord.table, line, "amount", "balance_impossible", reason))
        await self._load(balances)
        differences = {id: balance - self._held[id] for id, balance in balances.items()}
        rows = [
            {
                "id": (entry := new_id()), "method_id": id, "amount_minor": difference, "at": self.intake.at,
                "reason": "Balance as the shop has it", "idempotency_key": f"import:{entry}",
            }
            for id, difference in differences.items() if difference
        ]
        await self.intake.insert(GiftCardEntry, rows, counted=False)

    def _values(self, record: GiftCardEntryRecord, card: KnownMethod) -> dict[str, Any] | None:
        if card.kind is not MethodKind.GIFT_CARD:
            reason = f"names a {card.kind}, not a gift card"
            self.intake.refuse(record, "payment_method_id", "not_for_this_kind", reason)
            return None
        try:
            amount = minor(record.amount, card.currency)
        except Wrong as wrong:
            self.intake.refuse(record, "amount", wrong.code, wrong.reason)
            return None
        return {
            "method_id": card.id, "amount_minor": amount, "at": record.at, "reason": record.reason,
            "idempotency_key": record.id,
        }

    async def _load(self, cards: Iterable[str]) -> None:
        """What was on these cards before, where that is not known yet."""
        entries = table_of(GiftCardEntry)
        for some in batched(sorted({id for id in cards if id not in self._held}), BATCH, strict=False):
            query = select(entries.c.method_id, func.sum(entries.c.amount_minor)).where(entries.c.method_id.in_(some))
            found = await self.intake.session.execute(query.group_by(entries.c.method_id))
            self._held |= dict.fromkeys(some, 0) | {id: int(held) for id, held in found}
