"""What a customer sends: stored once, then given to whoever has the conversation."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from support.chat import bot_turns, deadlines, left_messages, typed_in_line, waiting
from support.chat.messages import check_offered, find_sent, store
from support.chat.ownership import Actor, Move, apply
from support.models.conversations import Author, Contact, Conversation, Message, State
from support.policy.business import Business
from support.text import checked_id, clean, derived_id, digest

MAX_PAYLOAD = 1000  # characters
DESK = "rapport:"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the configuration says about taking messages in."""

    business: Business
    turns_waiting: int


async def send(
    session: AsyncSession, conversation: Conversation, contact: Contact, rules: Rules, *,
    message_id: str, text: str, payload: str | None = None,
) -> tuple[Message, bool]:
    """Store the contact's message in their locked conversation; answers it and whether it is new.

    Raises IdInvalid, MessageEmpty, MessageTooLong, TextInvalid, IdReused, PayloadNotOffered, TooManyMessages.
    """
    message_id, text = checked_id(message_id), clean(text)
    fingerprint = digest("customer", contact.id, text, payload)
    if found := await find_sent(session, conversation, message_id, fingerprint):
        return found, False
    if payload is not None:
        await check_offered(session, conversation, payload)
    if conversation.state == State.RESOLVED:
        await apply(
            session, conversation, Move.CUSTOMER_WROTE,
            actor=Actor("customer", contact.id), reason="customer_wrote",
        )
    message = await store(
        session, conversation, message_id=message_id, author=Author.CUSTOMER, author_id=contact.id,
        author_name=contact.name, text=text, payload=payload, fingerprint=fingerprint,
    )
    if payload is not None and payload.startswith(DESK):
        await _carry_out(session, conversation, contact, rules.business, payload, message_id)
    elif bot_turns.may_speak(conversation):
        await bot_turns.put_in_line(
            session, conversation, text=text, payload=payload, message_id=message_id, most=rules.turns_waiting
        )
    elif conversation.state == State.WAITING and (typed := typed_in_line.read(text, rules.business)):
        pressed, rest = typed
        await _carry_out(session, conversation, contact, rules.business, pressed, message_id)
        if rest and bot_turns.may_speak(conversation):
            await bot_turns.put_in_line(
                session, conversation, text=rest, message_id=message_id, most=rules.turns_waiting
            )
    elif conversation.state == State.AGENT:
        await _expect_agent(session, conversation, rules.business)
    return message, True


async def _expect_agent(session: AsyncSession, conversation: Conversation, business: Business) -> None:
    # The clock runs from the first unanswered message; writing again must not set it back
    if not await deadlines.is_armed(session, conversation, "agent_silent"):
        silence = timedelta(minutes=business.people.agent_silent_minutes)
        await deadlines.arm(session, conversation, "agent_silent", silence)


async def _carry_out(
    session: AsyncSession, conversation: Conversation, contact: Contact, business: Business,
    payload: str, key: str,
) -> None:
    actor = Actor("customer", contact.id)
    match payload.removeprefix(DESK):
        case "person":
            await waiting.ask_for_person(session, conversation, business, actor=actor, reason="asked", key=key)
        case "no_person":
            if conversation.state != State.AGENT:
                await waiting.withdraw(session, conversation, business, actor=actor, key=key)
        case "bot_while_waiting":
            if conversation.state == State.WAITING:
                await waiting.let_bot_answer(session, conversation, business, wanted=True, key=key)
        case "leave_message":
            await left_messages.leave(
                session, conversation, contact, business, new_id=derived_id("left", conversation.id, key)
            )
        case "try_again":
            await _try_again(session, conversation, key)


async def _try_again(session: AsyncSession, conversation: Conversation, message_id: str) -> None:
    """Ask the bot once more whatever it has failed at since its last answer."""
    if not bot_turns.may_speak(conversation):
        return
    for failed in await bot_turns.failed_lately(session, conversation.id):
        await bot_turns.put_in_line(
            session, conversation, text=failed.text, payload=failed.payload, message_id=message_id
        )
