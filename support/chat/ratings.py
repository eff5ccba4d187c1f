"""How a conversation was: one to five stars from the customer who was in it."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.errors import NotFound, TextInvalid
from support.identity import Speaker, use_case
from support.models.conversations import Contact, Conversation, Level
from support.models.customers import Interaction
from support.models.identity import Identification
from support.refusals import RatingInvalid
from support.service_requests import Asked, Done
from support.text import clean

BEST = 5
LONGEST = 2000  # characters of what they say to it
KIND = "rating"


@use_case("do", needs=Level.VERIFIED)
async def rate(
    session: AsyncSession, speaker: Speaker, conversation_id: str, stars: int, text: str | None = None, *, key: str,
    at: datetime,
) -> Done:
    """Rate a conversation of the customer's with 1 to 5 stars; rated again, only the latest stars count.

    Raises RatingInvalid, NotFound, MessageTooLong, TextInvalid, IdReused. Empty text is none.
    """
    if type(stars) is not int or not 1 <= stars <= BEST:
        raise RatingInvalid
    if text is not None and not isinstance(text, str):
        raise TextInvalid
    text = clean(text, longest=LONGEST) if text and text.strip() else ""
    asked = Asked(speaker, "rate", key, {"conversation": conversation_id, "stars": stars, "text": text}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    if not await _was_in(session, speaker, conversation_id, at):
        raise NotFound
    request = await service_requests.enter(session, asked)
    earlier = await _ratings_of(session, speaker.customer, conversation_id)
    for row in earlier:
        # The stars that no longer count stay in the request that gave them
        row.rating = None
    session.add(Interaction(
        customer_id=speaker.customer, reference=f"{conversation_id}:{len(earlier) + 1}", channel="chat", kind=KIND,
        summary=text, rating=stars, at=at,
    ))
    said = {"conversation": conversation_id, "stars": stars, "text": text}
    return await service_requests.finish(session, request, details=said, event="conversation.rated", body=said)


async def _was_in(session: AsyncSession, speaker: Speaker, conversation_id: str, at: datetime) -> bool:
    shown = exists().where(
        Identification.contact_id == Contact.id, Identification.customer_id == speaker.customer,
        Identification.level == Level.VERIFIED, Identification.ends_at > at, Identification.revoked_at.is_(None),
    )
    theirs = or_(Contact.customer_id == speaker.customer, Contact.customer_id.is_(None) & shown)
    query = select(Conversation.id).join(Contact, Contact.id == Conversation.contact_id)
    return await session.scalar(query.where(Conversation.id == conversation_id, theirs)) is not None


async def _ratings_of(session: AsyncSession, customer_id: str, conversation_id: str) -> list[Interaction]:
    rows = await session.scalars(
        select(Interaction).where(
            Interaction.customer_id == customer_id, Interaction.kind == KIND, Interaction.channel == "chat",
            Interaction.reference.startswith(f"{conversation_id}:", autoescape=True),
        )
    )
    return list(rows)
