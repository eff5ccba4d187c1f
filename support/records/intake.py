"""What records come into: the faults found so far, the rows that are there, and rows written many at a time."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.base import Base
from support.policy.business import Business
from support.records.faults import Fault
from support.records.record import Record
from support.text import new_id

BATCH = 1000  # rows in a statement: what it names must fit into its parameters


@dataclass
class Outcome:
    """How many rows came new, were changed, and were there just so, by table."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)


class Intake:
    """One go of records into the database, in `session`; nothing more is written once there is a fault.

    `goods` is what each order's lines come to, in whole units of its currency, None where a line is wrong;
    it has to be known before the orders are entered.
    """

    def __init__(self, session: AsyncSession, business: Business, at: datetime, hear: Callable[[Fault], None]) -> None:
        self.session = session
        self.business = business
        self.at = at
        self.goods: dict[str, Decimal | None] = {}
        self.outcome = Outcome()
        self.faults = 0
        self._hear = hear
        self._seen: defaultdict[str, dict[Hashable, int]] = defaultdict(dict)
        self._broken: defaultdict[str, set[str]] = defaultdict(set)
        self._unusable: set[str] = set()
        self._faulty: set[str] = set()

    def report(self, fault: Fault) -> None:
        self.faults += 1
        self._faulty.add(fault.table)
        self._hear(fault)

    def refuse(self, record: Record, column: str, code: str, reason: str) -> None:
        """The record is wrong in that column, and what refers to it is not blamed for that."""
        self.report(Fault(record.table, record.line, column, code, reason))
        if (key := getattr(record, "id", None)) is not None:
            self.is_broken(record.table, key)

    def is_broken(self, table: str, key: str) -> None:
        """There is a row of that key, but it cannot be taken."""
        self._broken[table].add(key)

    def is_unusable(self, table: str) -> None:
        """Nobody can say which rows the table would have had."""
        self._unusable.add(table)

    def is_faulty(self, table: str) -> bool:
        """Whether a row of the table was wrong, so that one which is missed may be that one."""
        return table in self._faulty or table in self._unusable

    @property
    def holds(self) -> bool:
        """Nothing was left out without a word about it."""
        return bool(self.faults) or not (any(self._broken.values()) or self._unusable)

    def may_exist(self, table: str, key: str) -> bool:
        """Whether it is only for another fault that there is no such row."""
        return table in self._unusable or key in self._broken[table]

    def first(
        self, record: Record, key: Hashable, column: str, code: str = "duplicate", reason: str = "stands already in"
    ) -> bool:
        """Whether nothing with this key came before; refuses the record otherwise."""
        seen = self._seen[record.table]
        if (line := seen.setdefault(key, record.line)) == record.line:
            return True
        self.refuse(record, column, code, f"{reason} line {line}")
        return False

    async def rows(
        self, model: type[Base], column: Any, keys: Iterable[Any], *also: ColumnElement[bool]
    ) -> list[RowMapping]:
        """The rows of the model whose `column` is one of `keys`."""
        found: list[RowMapping] = []
        for some in batched(sorted(set(keys)), BATCH, strict=False):
            query = select(table_of(model)).where(column.in_(some), *also)
            found += (await self.session.execute(query)).mappings()
        return found

    async def insert(self, model: type[Base], rows: Sequence[dict[str, Any]], *, counted: bool = True) -> None:
        """New rows; all of them name the same attributes."""
        table = table_of(model)
        if counted:
            self.outcome.added[table.name] += len(rows)
        if not self.faults:
            for some in batched(rows, BATCH, strict=False):
                await self.session.execute(insert(table), list(some))

    async def change(self, model: type[Base], changes: Mapping[Any, dict[str, Any]]) -> None:
        """{id: {attribute: its new value}}; of a table with several key columns, the id is all of their values."""
        table = table_of(model)
        keys = list(table.primary_key)
        alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for id, values in changes.items():
            its = {f"its_{key.name}": part for key, part in zip(keys, [id] if len(keys) == 1 else id, strict=True)}
            alike[tuple(sorted(values))].append(its | {f"new_{name}": to for name, to in values.items()})
        for names, rows in alike.items():
            if self.faults:
                return
            statement = update(table).where(*(key == bindparam(f"its_{key.name}") for key in keys))
            await self.session.execute(
                statement.values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}), rows
            )

    async def remove(self, model: type[Base], ids: Sequence[str]) -> None:
        table = table_of(model)
        for some in batched(ids, BATCH, strict=False):
            if not self.faults:
                await self.session.execute(delete(table).where(table.c.id.in_(some)))

    async def put(
        self, model: type[Base], puts: Sequence[tuple[Record, dict[str, Any], RowMapping | None]]
    ) -> list[str]:
        """(record, all values, the row that is there) each; answers their ids.

        A row that is there takes those values that the record has a word on.
        """
        name = table_of(model).name
        new, changes, ids = [], {}, []
        for record, values, row in puts:
            if row is None:
                values["id"] = new_id()
                new.append(values)
                ids.append(values["id"])
                continue
            ids.append(row["id"])
            changed = {to: values[to] for to in record.said() if differ(values[to], row[to])}
            if changed:
                changes[row["id"]] = changed
        self.count_changes(name, len(puts) - len(new), len(changes))
        await self.insert(model, new)
        await self.change(model, changes)
        return ids

    def count_changes(self, name: str, there: int, changed: int) -> None:
        self.outcome.changed[name] += changed
        self.outcome.unchanged[name] += there - changed


def table_of(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def differ(new: Any, old: Any) -> bool:
    """Also when only the order of a variant's options is another."""
    return bool(new != old) or (isinstance(new, dict) and list(new) != list(old))
