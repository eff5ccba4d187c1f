"""Messages: stored once under the id their sender minted, edited and deleted by their author."""


from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat import agents, deadlines
from support.chat.conversations import append
from support.errors import IdReused, NotFound, NotYours, PayloadNotOffered
from support.models.agents import Agent
from support.models.conversations import Author, Conversation, Message, OfferedPayload
from support.text import checked_id, clean, digest

TITLE = 80  # characters


async def find_sent(
    session: AsyncSession, conversation: Conversation, message_id: str, fingerprint: str
) -> Message | None:
    """The message of that id if it was sent before. Raises IdReused if it said something else."""
    found = await session.get(Message, (conversation.id, message_id))
    if found is not None and found.fingerprint != fingerprint:
        raise IdReused
    return found


async def store(
    session: AsyncSession, conversation: Conversation, *, message_id: str, author: Author, text: str,
    author_id: str | None = None, author_name: str | None = None, payload: str | None = None,
    buttons: list[dict[str, str]] | None = None, reply_to: str | None = None, private: bool = False,
    fingerprint: str | None = None,
) -> Message:
    """Add a message to the log of the locked conversation and remember what its buttons offer."""
    at = clock.now()
    message = Message(
        conversation_id=conversation.id, id=message_id, seq=conversation.last_seq + 1, private=private,
        author=author, author_id=author_id, author_name=author_name, text=text, payload=payload,
        buttons=buttons or [], reply_to=reply_to, fingerprint=fingerprint or digest(text, payload), at=at,
    )
    session.add(message)
    append(session, conversation, "note" if private else "message", message_id=message_id, at=at)
    if not private:
        conversation.active_at = at
    if author == Author.CUSTOMER and conversation.title is None:
        conversation.title = text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"
    if buttons:
        await _remember_offers(session, message)
    await session.flush()
    return message


async def _remember_offers(session: AsyncSession, message: Message) -> None:
    values = [
        {"conversation_id": message.conversation_id, "digest": d, "message_id": message.id}
        for d in {digest(button["payload"]) for button in message.buttons}
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    await session.execute(dialect.insert(OfferedPayload).values(values).on_conflict_do_nothing())


async def check_offered(session: AsyncSession, conversation: Conversation, payload: str) -> None:
    """Raises PayloadNotOffered unless a message of this conversation offered `payload`."""
    if await session.get(OfferedPayload, (conversation.id, digest(payload))) is None:
        raise PayloadNotOffered


async def write_as_agent(
    session: AsyncSession, conversation: Conversation, *, agent: Agent, message_id: str, text: str,
) -> tuple[Message, bool]:
    """The agent's message, and whether it is new. Raises NotYours if another has the conversation."""
    message_id, text = checked_id(message_id), clean(text)
    fingerprint = digest("agent", agent.id, text)
    if found := await find_sent(session, conversation, message_id, fingerprint):
        return found, False
    if conversation.agent_id != agent.id:
        raise NotYours
    await agents.note_presence(session, agent.id)
    await deadlines.disarm(session, conversation, "agent_silent")
    message = await store(
        session, conversation, message_id=message_id, author=Author.AGENT, author_id=agent.id,
        author_name=agent.name, text=text, fingerprint=fingerprint,
    )
    return message, True


async def add_note(
    session: AsyncSession, conversation: Conversation, *, agent: Agent, note_id: str, text: str,
) -> tuple[Message, bool]:
    """A note only agents see, and whether it is new."""
    note_id, text = checked_id(note_id), clean(text)
    fingerprint = digest("note", agent.id, text)
    if found := await find_sent(session, conversation, note_id, fingerprint):
        return found, False
    note = await store(
        session, conversation, message_id=note_id, author=Author.AGENT, author_id=agent.id,
        author_name=agent.name, text=text, private=True, fingerprint=fingerprint,
    )
    return note, True


async def edit(
    session: AsyncSession, conversation: Conversation, *, agent: Agent, message_id: str, text: str,
) -> Message:
    """Change an agent's own message. Raises NotFound for any other."""
    message, text = await _own(session, conversation, agent, message_id), clean(text)
    if message.text != text:
        message.text, message.edited_at = text, clock.now()
        append(session, conversation, "message_edited", message_id=message.id)
        await session.flush()
    return message


async def delete(
    session: AsyncSession, conversation: Conversation, *, agent: Agent, message_id: str,
) -> Message:
    """Take an agent's own message back; its text is gone for good. Raises NotFound for any other."""
    message = await session.get(Message, (conversation.id, checked_id(message_id)))
    if message is not None and message.deleted_at is not None and message.author_id == agent.id:
        return message
    message = await _own(session, conversation, agent, message_id)
    message.text, message.buttons, message.deleted_at = "", [], clock.now()
    append(session, conversation, "message_deleted", message_id=message.id)
    await session.flush()
    return message


async def _own(
    session: AsyncSession, conversation: Conversation, agent: Agent, message_id: str
) -> Message:
    message = await session.get(Message, (conversation.id, checked_id(message_id)))
    if message is None or message.author_id != agent.id or message.deleted_at is not None:
        raise NotFound
    return message


async def latest(session: AsyncSession, conversation_id: str, *authors: Author, limit: int) -> list[Message]:
    """The last messages by these authors, oldest first, notes and deleted ones left out."""
    query = (
        select(Message)
        .where(
            Message.conversation_id == conversation_id, Message.author.in_(authors),
            Message.private.is_(False), Message.deleted_at.is_(None),
        )
        .order_by(Message.seq.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))[::-1]

