"""What a customer and we talked about before: only what they saw themselves, no notes, nothing deleted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.functions import Function

from support.identity import Speaker, use_case
from support.models.conversations import Author, Contact, Conversation, Level, Message, State
from support.pages import checked_limit


@dataclass(frozen=True)
class PastConversation:
    """A talk: how it began, and the agent who wrote in it, if one did.

    `answer` is the last that the agent wrote or, without one, the first that the bot did.
    """

    id: str
    title: str
    started_at: datetime
    active_at: datetime
    resolved: bool
    answer: str | None
    agent: str | None


@use_case("look up", needs=Level.VERIFIED)
async def last(
    session: AsyncSession, speaker: Speaker, *, limit: int = 3, apart_from: str | None = None
) -> tuple[PastConversation, ...]:
    """The customer's latest conversations in which they wrote something, the last active first.

    At most `limit`. `apart_from` is the id of the conversation that is going on now; without it, the speaker's own.
    Raises InvalidInput for a limit that is none.
    """
    present = apart_from or speaker.conversation_id
    query = (
        select(Conversation)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Contact.customer_id == speaker.customer, Conversation.title.is_not(None))
        .order_by(Conversation.active_at.desc())
        .limit(checked_limit(limit))
    )
    if present is not None:
        query = query.where(Conversation.id != present)
    conversations = list(await session.scalars(query))
    ids = [conversation.id for conversation in conversations]
    agents = await _messages(session, ids, Author.AGENT, func.max(Message.seq))
    answers = await _messages(session, ids, Author.BOT, func.min(Message.seq)) | agents
    return tuple(
        PastConversation(
            id=one.id, title=one.title or "", started_at=one.started_at, active_at=one.active_at,
            resolved=one.state == State.RESOLVED,
            answer=answers[one.id].text if one.id in answers else None,
            agent=agents[one.id].author_name if one.id in agents else None,
        )
        for one in conversations
    )


async def _messages(
    session: AsyncSession, ids: list[str], author: Author, which: Function[int]
) -> dict[str, Message]:
    """{conversation id: the public message of `author` whose seq is `which` of theirs}."""
    wanted = (
        select(Message.conversation_id, which.label("seq"))
        .where(
            Message.conversation_id.in_(ids), Message.author == author,
            Message.private.is_(False), Message.deleted_at.is_(None),
        )
        .group_by(Message.conversation_id)
        .subquery()
    )
    query = select(Message).join(
        wanted, (wanted.c.conversation_id == Message.conversation_id) & (wanted.c.seq == Message.seq)
    )
    return {message.conversation_id: message for message in await session.scalars(query)}
