"""Messages left while people are away: each a conversation of its own that waits for them."""

from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat import conversations
from support.chat.announcements import opening_in_words, speak
from support.chat.conversations import append
from support.chat.ownership import Actor, Move, apply
from support.errors import NotFound
from support.models.conversations import Contact, Conversation, Handoff
from support.policy.business import Business
from support.text import checked_id
from support.words import say


async def leave(
    session: AsyncSession, conversation: Conversation, contact: Contact, business: Business, *, new_id: str
) -> tuple[Conversation, bool]:
    """A conversation of its own that waits for people to be back, and whether it is new."""
    new_id = checked_id(new_id)
    left, is_new = await conversations.start(session, contact, new_id)
    if not is_new:
        if left.parent_id != conversation.id:
            raise NotFound
        return left, False
    left.parent_id, left.title = conversation.id, say("left_over_there")
    transition = await apply(
        session, left, Move.ASK_FOR_PERSON, actor=Actor("customer", contact.id), reason="left_message"
    )
    at = clock.now()
    session.add(Handoff(
        conversation_id=left.id, epoch=transition.epoch, reason="left_message", asked=conversation.title,
        slots={}, requested_at=at,
    ))
    opening = opening_in_words(business, at)
    words = say("message_left", opening=opening) if opening else say("message_left_for_long")
    await speak(session, left, business, "message_left", words)
    append(session, conversation, "linked", {"conversation_id": left.id, "title": left.title})
    await session.flush()
    return left, True
