"""Rows of the database as the cells that would make them again: {column: text}, in the columns of docs/import.md."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import batched
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncSession

from support.records.intake import BATCH, table_of
from support.records.options import written
from support.records.writing import TABLES

Cells = dict[str, str]
Told = defaultdict[str, list[Cells]]


def text_of(value: Any) -> str:
    """A value as its cell has it; none is an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return written(value) if isinstance(value, dict) else str(value)


def cells_of(table: str, row: RowMapping, **named: Any) -> Cells:
    """Every column of the table, from `named` or the row's value of that name."""
    return {
        column.name: text_of(named[column.name] if column.name in named else row.get(column.name))
        for column in TABLES[table].columns
    }


def line_named(reference: str | None, place: int) -> Cells:
    """The cells by which others name a line of an order: its id, or, if it has none, its place."""
    return {"line_id": text_of(reference), "place": text_of(None if reference else place)}


async def rows_of(
    session: AsyncSession, query: Any, column: Any, ids: Iterable[str], *order: Any
) -> list[RowMapping]:
    """What the query finds where `column` is one of `ids`, models given as their tables."""
    entities = [one["expr"] for one in query.column_descriptions]
    columns = [c for one in entities for c in (table_of(one).c if isinstance(one, type) else [one])]
    found: list[RowMapping] = []
    for some in batched(ids, BATCH, strict=False):
        limited = query.with_only_columns(*columns).where(column.in_(some)).order_by(*order)
        found += (await session.execute(limited)).mappings()
    return found
