"""The points ledger: entries in the order of their times, with the lots and draws that its rules make of them."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import batched
from typing import Any

from sqlalchemy import RowMapping, select

from support.errors import SupportError
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.points.loyalty import expiry_of
from support.records.entering import Entering
from support.records.held_points import HeldAccount, HeldEntry
from support.records.intake import BATCH, table_of
from support.records.known import KnownEntry
from support.records.points import PointsRecord
from support.text import new_id

_REASONS = {
    EntryKind.EARN: "Points earned", EntryKind.REDEEM: "Points redeemed", EntryKind.EXPIRE: "Not used in time",
    EntryKind.ADJUST: "Adjustment", EntryKind.REVERSE: "Reversal",
}
_SENTENCES = {"not_enough_points": "takes more than there was to take at that time"}
_ENTRIES, _LOTS, _DRAWS = (table_of(model) for model in (LedgerEntry, Lot, Draw))


class EnteringPoints(Entering):
    """Keeps all entries until the last has come: they are told in any order and hold in that of their times."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._told: defaultdict[str, list[PointsRecord]] = defaultdict(list)
        self._entries: list[dict[str, Any]] = []
        self._lots: list[dict[str, Any]] = []
        self._draws: list[dict[str, Any]] = []

    async def take(self, records: Sequence[PointsRecord]) -> None:
        records = self.firsts(records, "id")
        await self.links.load_customers(record.customer_id for record in records)
        await self.links.load_orders(record.order_id for record in records if record.order_id)
        for record in records:
            customer = self.links.customer(record)
            if customer is None:
                continue
            if record.order_id is not None:
                order = self.links.order(record)
                if order is None:
                    continue
                if order.customer_id != customer.id:
                    reason = f"names no order of that customer: “{record.order_id}”"
                    self.intake.refuse(record, "order_id", "unknown_reference", reason)
                    continue
            self._told[record.customer_id].append(record)

    async def finish(self) -> None:
        accounts = await self._accounts()
        there = 0
        for some in batched(accounts, BATCH, strict=False):
            await self._load({accounts[key].id: accounts[key] for key in some})
            told = {record.id: record for key in some for record in self._told[key]}
            rows = await self.intake.rows(LedgerEntry, _ENTRIES.c.idempotency_key, told)
            made = {row["idempotency_key"]: row for row in rows}
            for key in some:
                account = accounts[key]
                for record in sorted(self._told[key], key=lambda record: record.at):
                    if record.id in made:
                        there += 1
                        self._check_same(record, account, made[record.id])
                    else:
                        self._enter(record, account)
                accounts[key] = HeldAccount(account.id)  # what is in it is needed no more
            self.intake.outcome.added["points"] += len(self._entries)
            await self.intake.insert(LedgerEntry, self._entries, counted=False)
            await self.intake.insert(Lot, self._lots, counted=False)
            await self.intake.insert(Draw, self._draws, counted=False)
            self._entries, self._lots, self._draws = [], [], []
        self.intake.count_changes("points", there, 0)

    async def _accounts(self) -> dict[str, HeldAccount]:
        """{customer: account}, locked in the order of their ids; opened for those who have none."""
        keys = {self.links.customers[key].id: key for key in self._told}
        there = [
            (row["id"], keys[row["customer_id"]])
            for row in await self.intake.rows(LoyaltyAccount, LoyaltyAccount.customer_id, keys)
        ]
        accounts = {key: HeldAccount(id) for id, key in sorted(there)}
        for some in batched((account.id for account in accounts.values()), BATCH, strict=False):
            lock = select(LoyaltyAccount.id).where(LoyaltyAccount.id.in_(some)).order_by(LoyaltyAccount.id)
            await self.intake.session.execute(lock.with_for_update())
        new = []
        for customer_id, key in keys.items():
            if key not in accounts:
                accounts[key] = HeldAccount(new_id())
                opened_at = min(self.links.customers[key].created_at, *(record.at for record in self._told[key]))
                new.append({
                    "id": accounts[key].id, "customer_id": customer_id, "opened_at": opened_at, "referral_code": None,
                })
        await self.intake.insert(LoyaltyAccount, new, counted=False)
        return accounts

    async def _load(self, accounts: dict[str, HeldAccount]) -> None:
        """Everything that is in the accounts already."""
        entries: dict[str, HeldEntry] = {}
        reversed_: list[str] = []
        for row in await self.intake.rows(LedgerEntry, _ENTRIES.c.account_id, accounts):
            entries[row["id"]] = HeldEntry(row["id"], row["kind"], row["points"], {})
            accounts[row["account_id"]].entries[row["idempotency_key"]] = entries[row["id"]]
            reversed_ += [row["reverses_id"]] if row["reverses_id"] else []
        for id in reversed_:
            entries[id].reversed = True
        owner: dict[str, HeldAccount] = {}
        for row in await self.intake.rows(Lot, _LOTS.c.account_id, accounts):
            owner[row["id"]] = accounts[row["account_id"]]
            accounts[row["account_id"]].times[row["id"]] = (row["expires_at"], row["earned_at"])
            accounts[row["account_id"]].left[row["id"]] = row["points"]
            entries[row["entry_id"]].lot = row["id"]
        for row in await self.intake.rows(Draw, _DRAWS.c.lot_id, owner):
            owner[row["lot_id"]].left[row["lot_id"]] -= row["points"]
            entries[row["entry_id"]].draws[row["lot_id"]] = row["points"]

    def _check_same(self, record: PointsRecord, account: HeldAccount, row: RowMapping) -> None:
        """Refuses a record that says something else than the entry that was made from it."""
        said = {"account_id": account.id, "kind": record.kind, "points": record.points, "at": record.at}
        if "order_id" in record.given:
            order = self.links.orders[record.order_id].id if record.order_id else None
            said["order_id"] = order
        if record.reason is not None:
            said["reason"] = record.reason
        differing = [name for name, value in said.items() if row[name] != value]
        if row["reverses_id"] != (account.entries[record.reverses].id if record.reverses in account.entries else None):
            differing.append("reverses")
        entry = account.entries.get(record.id)
        if entry is not None and entry.lot is not None and record.expires_at is not None:
            differing += ["expires_at"] if account.times[entry.lot][0] != record.expires_at else []
        if differing:
            reason = f"is an entry already, which differs in {', '.join(differing)}; entries never change"
            self.intake.refuse(record, "id", "entry_differs", reason)

    def _enter(self, record: PointsRecord, account: HeldAccount) -> None:
        entry = HeldEntry(new_id(), record.kind, record.points, {})
        undone = account.entries.get(record.reverses) if record.reverses is not None else None
        if record.reverses is not None:
            if undone is None:
                if not self.intake.may_exist("points", record.reverses):
                    reason = f"names no earlier entry of that customer: “{record.reverses}”"
                    self.intake.refuse(record, "reverses", "unknown_reference", reason)
                else:
                    self.intake.is_broken("points", record.id)
                return
            if record.points != -undone.points:
                reason = f"must be {-undone.points}, the whole of that entry"
                self.intake.refuse(record, "points", "out_of_range", reason)
                return
        expires_at = record.expires_at or expiry_of(record.at, self.intake.business)
        lot = new_id()
        try:
            if undone is not None:
                account.undo(entry, undone)
            elif record.adds:
                account.add(entry, lot, at=record.at, expires_at=expires_at)
            elif record.kind is EntryKind.EXPIRE:
                account.lapse(entry, record.at)
            else:
                account.spend(entry, record.at)
        except SupportError as refusal:
            column = "reverses" if undone is not None else "points"
            self.intake.refuse(record, column, refusal.code, _SENTENCES.get(refusal.code, str(refusal)))
            return
        account.entries[record.id] = entry
        self.links.entries[record.id] = KnownEntry(entry.id, self.links.customers[record.customer_id].id, record.kind)
        self._entries.append({
            "id": entry.id, "account_id": account.id, "kind": record.kind, "points": record.points, "at": record.at,
            "reason": record.reason or _REASONS[record.kind], "idempotency_key": record.id,
            "order_id": self.links.orders[record.order_id].id if record.order_id else None,
            "reverses_id": undone.id if undone is not None else None,
        })
        if record.adds:
            self._lots.append({
                "id": lot, "account_id": account.id, "entry_id": entry.id, "points": record.points,
                "earned_at": record.at, "expires_at": expires_at,
            })
        self._draws += [
            {"id": new_id(), "entry_id": entry.id, "lot_id": id, "points": points} for id, points in entry.draws.items()
        ]
