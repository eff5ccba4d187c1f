"""A refusal by name that leaves every row as it was."""

from collections.abc import Awaitable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import SupportError
from support.models import Base


async def every_row(session: AsyncSession) -> dict[str, list[str]]:
    """{table: its rows, written out}."""
    return {
        table.name: sorted(map(repr, await session.execute(select(table)))) for table in Base.metadata.sorted_tables
    }


async def refused(session: AsyncSession, error: type[SupportError], asked: Awaitable[object]) -> SupportError:
    """The refusal: `asked` raises just `error`, and no row differs from what it was."""
    before = await every_row(session)
    with pytest.raises(SupportError) as found:
        await asked
    assert type(found.value) is error
    assert await every_row(session) == before
    return found.value
