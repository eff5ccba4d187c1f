"""How often something may be tried in a while: counted from the rows that trying leaves."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from support.errors import TooManyAttempts


async def check(
    session: AsyncSession, tried_at: InstrumentedAttribute[datetime], *whose: ColumnElement[bool],
    most: int, within: timedelta, at: datetime,
) -> None:
    """Raises TooManyAttempts, with the seconds to wait, if `most` rows of `whose` were tried within that time."""
    count, first = (
        await session.execute(
            select(func.count(), func.min(tried_at)).where(tried_at > at - within, *whose)
        )
    ).one()
    if count >= most:
        raise TooManyAttempts(retry_after=max(1, round((first + within - at).total_seconds())))
