"""What a transaction changed, for those who listen after it has been committed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

_KEY = "rapport_changes"


@dataclass(slots=True)
class Changes:
    """Ids of conversations with new events, of those with new bot turns, and whether the queue moved."""

    conversations: set[str] = field(default_factory=set)
    turns: set[str] = field(default_factory=set)
    queue: bool = False


Listener = Callable[[Changes], None]


def changes(session: AsyncSession) -> Changes:
    """What this transaction has changed so far."""
    found: Changes = session.info.setdefault(_KEY, Changes())
    return found


def announce(session: AsyncSession, conversation_id: str, *, turn: bool = False, queue: bool = False) -> None:
    """Tell listeners of this conversation once the transaction has been committed."""
    noted = changes(session)
    noted.conversations.add(conversation_id)
    noted.queue = noted.queue or queue
    if turn:
        noted.turns.add(conversation_id)
