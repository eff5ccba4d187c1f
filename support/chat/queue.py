"""The queue of conversations that wait for a person: order, position, expected wait."""

from datetime import timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat.conversations import append
from support.models.agents import Agent
from support.models.conversations import Conversation, State
from support.policy.business import Business

# A message left while people were away waits too, but nobody sits there watching their place
LIVE = Conversation.parent_id.is_(None)


async def place_of(session: AsyncSession, conversation: Conversation) -> int:
    """The waiting conversation's position; 1 is next."""
    ahead = or_(
        Conversation.priority > conversation.priority,
        and_(
            Conversation.priority == conversation.priority,
            or_(
                Conversation.waiting_since < conversation.waiting_since,
                and_(
                    Conversation.waiting_since == conversation.waiting_since,
                    Conversation.id < conversation.id,
                ),
            ),
        ),
    )
    query = select(func.count()).where(Conversation.state == State.WAITING, LIVE, ahead)
    return (await session.scalar(query) or 0) + 1


async def present_agents(session: AsyncSession, business: Business) -> int:
    """How many agents have been heard of within the time after which one counts as offline."""
    since = clock.now() - timedelta(seconds=business.people.offline_after_seconds)
    query = select(func.count()).where(Agent.seen_at >= since, Agent.disabled_at.is_(None))
    return await session.scalar(query) or 0


def expected_wait(position: int, agents: int, business: Business) -> int | None:
    """Seconds until the `position`-th is taken, None while nobody is there.

    Each of `agents` frees up once per average handling time, so on average the first comes after 1/agents of it.
    """
    if agents == 0:
        return None
    return round(position * business.people.average_handling_minutes * 60 / agents)


async def tell(session: AsyncSession, conversation: Conversation, business: Business) -> None:
    """Note the conversation's place as an event if it has changed; its row must be locked."""
    if conversation.parent_id is not None:
        return
    position = await place_of(session, conversation)
    wait = expected_wait(position, await present_agents(session, business), business)
    if (position, wait) == (conversation.queue_position, conversation.expected_wait):
        return
    conversation.queue_position, conversation.expected_wait = position, wait
    append(session, conversation, "queue", {"position": position, "expected_wait_seconds": wait})
    await session.flush()


async def moved(session: AsyncSession, business: Business) -> list[str]:
    """Ids of waiting conversations whose last told place is no longer true, in the queue's order."""
    agents = await present_agents(session, business)
    query = (
        select(Conversation.id, Conversation.queue_position, Conversation.expected_wait)
        .where(Conversation.state == State.WAITING, LIVE)
        .order_by(Conversation.priority.desc(), Conversation.waiting_since, Conversation.id)
    )
    rows = (await session.execute(query)).all()
    return [
        row.id for position, row in enumerate(rows, 1)
        if (row.queue_position, row.expected_wait) != (position, expected_wait(position, agents, business))
    ]
