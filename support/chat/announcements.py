"""What the service itself tells a customer about people: in line, away, back when; each said once."""

from datetime import datetime

from babel.dates import format_date, format_time
from sqlalchemy.ext.asyncio import AsyncSession

from support.chat.messages import store
from support.models.conversations import Author, Conversation, Message
from support.policy.business import Business
from support.text import derived_id
from support.words import button, say


async def speak(
    session: AsyncSession, conversation: Conversation, business: Business, key: str, text: str,
    buttons: list[dict[str, str]] | None = None,
) -> None:
    """Say `text` in the assistant's name; again with the same `key` nothing is said."""
    message_id = derived_id("system", conversation.id, key)
    if await session.get(Message, (conversation.id, message_id)) is not None:
        return
    await store(
        session, conversation, message_id=message_id, author=Author.SYSTEM,
        author_name=business.assistant.name, text=text, buttons=buttons,
    )


def in_line(conversation: Conversation) -> str:
    """Where the waiting conversation stands, in words."""
    wait = ""
    if conversation.expected_wait is not None:
        minutes = max(1, round(conversation.expected_wait / 60))
        duration = say("minute") if minutes == 1 else say("minutes", count=minutes)
        wait = say("wait", minutes=duration)
    if conversation.queue_position == 1:
        return say("asked_next", wait=wait)
    return say("asked", position=conversation.queue_position, wait=wait)


def while_waiting(business: Business) -> list[dict[str, str]]:
    return [
        button("meanwhile", "rapport:bot_while_waiting", assistant=business.assistant.name),
        button("leave_queue", "rapport:no_person"),
    ]


def when_closed() -> list[dict[str, str]]:
    return [button("leave_message", "rapport:leave_message")]


def closed(business: Business, at: datetime) -> str:
    """That people are away, and when they are back."""
    opening = opening_in_words(business, at)
    return say("closed", opening=opening) if opening else say("closed_for_long")


def opening_in_words(business: Business, at: datetime) -> str | None:
    """When people are back: `today at 09:00`, `tomorrow at 09:00`, `on Monday at 09:00`, `on 4 January at 09:00`."""
    opening = business.opening_hours.next_opening(at)
    if opening is None:
        return None
    local = opening.astimezone(business.shop.zone)
    days = (local.date() - at.astimezone(business.shop.zone).date()).days
    time = format_time(local, "HH:mm", locale=business.shop.formats)
    if days < 2:
        return say("opening_today" if days == 0 else "opening_tomorrow", time=time)
    day = format_date(local, "EEEE" if days < 7 else "d MMMM", locale=business.shop.formats)
    return say("opening_later", day=day, time=time)
