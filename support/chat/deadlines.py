"""Time-outs as rows: armed with the conversation's epoch, carried out once when due."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.models.conversations import Conversation, Deadline


async def arm(session: AsyncSession, conversation: Conversation, kind: str, after: timedelta) -> None:
    """Let `kind` fall due `after` from now, unless the conversation's epoch moves before; replaces an older one."""
    due_at = clock.now() + after
    found = await session.get(Deadline, (conversation.id, kind))
    if found is None:
        session.add(Deadline(
            conversation_id=conversation.id, kind=kind, epoch=conversation.epoch, due_at=due_at
        ))
    else:
        found.epoch, found.due_at = conversation.epoch, due_at
    await session.flush()


async def disarm(session: AsyncSession, conversation: Conversation, kind: str) -> None:
    """What was waited for has happened."""
    found = await session.get(Deadline, (conversation.id, kind))
    if found is not None:
        await session.delete(found)
        await session.flush()


async def is_armed(session: AsyncSession, conversation: Conversation, kind: str) -> bool:
    found = await session.get(Deadline, (conversation.id, kind))
    return found is not None and found.epoch == conversation.epoch


async def due(session: AsyncSession, *, limit: int = 50) -> list[tuple[str, str]]:
    """(conversation id, kind) of what has fallen due, the oldest first."""
    query = (
        select(Deadline.conversation_id, Deadline.kind)
        .where(Deadline.due_at <= clock.now())
        .order_by(Deadline.due_at)
        .limit(limit)
    )
    return [(row.conversation_id, row.kind) for row in await session.execute(query)]
