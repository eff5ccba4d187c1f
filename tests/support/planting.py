"""A row in every table that is about a customer, with a text of its own in every column that takes one."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import JSON, Column, Enum, Table
from sqlalchemy.ext.asyncio import AsyncSession

from support.models import Base
from support.models.base import UtcDateTime
from support.models.cases import CaseKind
from support.models.customers import Customer
from support.models.orders import OrderStatus
from support.models.returns import ReturnStatus
from support.models.subscriptions import SubscriptionStatus
from support.text import new_id
from tests.support.shop_rows import NOW

_numbers = count(1000)


def tables_about_customers() -> set[str]:
    """The tables from which foreign keys lead to a customer, over however many others."""
    found = {"customers"}
    while True:
        more = {
            table.name for table in Base.metadata.tables.values()
            if any(key.column.table.name in found for key in table.foreign_keys)
        } - found
        if not more:
            return found
        found |= more


class Plants:
    """The marks that were planted: {mark: (table, column)}."""

    def __init__(self) -> None:
        self.marks: dict[str, tuple[str, str]] = {}

    async def plant(self, session: AsyncSession, customer: Customer, friend: Customer) -> None:
        rows: dict[str, dict[str, Any]] = {"customers": {"id": customer.id}}
        wanted = tables_about_customers() | {"agents", "products", "variants", "rewards", "outbox_events"}
        for table in Base.metadata.sorted_tables:
            if table.name in wanted - {"customers"}:
                row = {column.name: self._value(table, column, rows, customer) for column in table.columns}
                rows[table.name] = row | self._fixed(table, customer, friend, row)
                await session.execute(table.insert().values(**rows[table.name]))
        for column in ("first_name", "last_name", "email", "phone"):
            setattr(customer, column, self._mark("customers", column, 40))
        await session.flush()

    def _mark(self, table: str, column: str, longest: int | None) -> str:
        mark = f"~{next(_numbers)}~"
        self.marks[mark] = (table, column)
        assert longest is None or len(mark) <= longest
        return mark

    def _value(self, table: Table, column: Column[Any], rows: dict[str, dict[str, Any]], customer: Customer) -> Any:
        for key in column.foreign_keys:
            # A table that leads to itself (a reversal) or to a later one stays without
            return rows.get(key.column.table.name, {}).get(key.column.name)
        if isinstance(column.type, Enum):
            return next(iter(column.type.enum_class or []))
        if isinstance(column.type, UtcDateTime):
            return NOW
        if isinstance(column.type, JSON):
            named = {"customer": customer.reference} if table.name == "outbox_events" else {}
            return named | {"said": self._mark(table.name, column.name, None)}
        kind = column.type.python_type
        if kind is str:
            length = getattr(column.type, "length", None)
            if length == 36:
                return new_id()
            return "EUR"[:length] if length and length < 6 else self._mark(table.name, column.name, length)
        if kind is bool:
            return False
        if kind is date:
            return NOW.date()
        return next(_numbers)

    def _fixed(
        self, table: Table, customer: Customer, friend: Customer, row: dict[str, Any]
    ) -> dict[str, Any]:
        """What must hold beyond the types: nothing is under way, sums add up, a friend is somebody else."""
        fixed: dict[str, dict[str, Any]] = {
            "orders": {
                "status": OrderStatus.DELIVERED, "goods_minor": 5, "shipping_minor": 1, "discount_minor": 2,
                "total_minor": 4,
            },
            "returns": {"status": ReturnStatus.COMPLETED},
            "subscriptions": {"status": SubscriptionStatus.CANCELLED, "ends_on": date(2020, 1, 1)},
            "referrals": {"friend_id": friend.id},
            "identifications": {"level": "verified"},
            "conversations": {"state": "agent"},
            "ledger_entries": {"points": 7}, "lots": {"points": 7}, "draws": {"points": 3},
            "cases": {"kind": CaseKind.DAMAGED},
        }
        found = fixed.get(table.name, {})
        for column in found:
            for mark in [mark for mark in self.marks if row[column] == mark]:
                del self.marks[mark]
        return found
