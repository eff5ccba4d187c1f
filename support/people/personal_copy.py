"""Everything that is kept about a customer, for themselves: docs/privacy.md."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker, use_case
from support.models.base import Base
from support.models.conversations import Level
from support.people import customers, personal_rows

# Digests of secrets and marks of the machinery: they say nothing about anybody
_LEFT_OUT = ("digest", "fingerprint", "claim")


@use_case("look up", needs=Level.SIGNED_IN)
async def copy_of_everything(session: AsyncSession, speaker: Speaker) -> dict[str, list[dict[str, Any]]]:
    """Every row about the customer: {table: [{column: value}]}, ready for JSON, times in ISO 8601, money as kept.

    The files of photos are named by their rows; what the dialogue engine keeps of a conversation is asked for by the
    ids in `conversations`. Raises NotFound.
    """
    customer = await customers.speaking(session, speaker)
    copy: dict[str, list[dict[str, Any]]] = {}
    for model, theirs in personal_rows.of_customer(customer).items():
        table = Base.metadata.tables[model.__tablename__]
        columns = [column for column in table.columns if not column.name.endswith(_LEFT_OUT)]
        rows = await session.execute(select(*columns).where(theirs).order_by(*table.primary_key))
        copy[table.name] = [
            {name: _plain(value) for name, value in row.items()} for row in rows.mappings()
        ]
    return dict(sorted(copy.items()))


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date, too
