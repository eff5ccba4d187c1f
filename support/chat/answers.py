"""How a bot turn ends: its answer is said, or its failure is, or nothing because the conversation has moved on."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.chat import bot_turns, waiting
from support.chat.messages import store
from support.chat.ownership import BOT, Move, apply
from support.models.conversations import Author, BotTurn, Conversation, State
from support.policy.business import Business
from support.text import MAX_TEXT, derived_id
from support.words import button, say


@dataclass(frozen=True, slots=True)
class BotMessage:
    """One bubble of the bot's, with buttons of `title` and `payload`."""

    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Rasa made of a turn: what to say, how sure it is (0 to 1), and why a person should go on, if so."""

    messages: list[BotMessage]
    intent: str | None = None
    confidence: float | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    handoff: str | None = None


async def give(
    session: AsyncSession, conversation: Conversation, turn: BotTurn, answer: Answer, business: Business,
) -> bool:
    """Say the answer in the locked conversation, unless its epoch has moved; answers whether it was said."""
    turn.intent, turn.confidence = answer.intent, answer.confidence
    if conversation.epoch != turn.epoch or not bot_turns.may_speak(conversation):
        bot_turns.finish(turn, "dropped")
        return False
    bot_turns.finish(turn, "answered")
    for number, message in enumerate(answer.messages):
        await store(
            session, conversation, message_id=derived_id("bot", turn.id, number), author=Author.BOT,
            author_name=business.assistant.name, text=message.text[:MAX_TEXT], buttons=message.buttons,
            reply_to=turn.message_id,
        )
    if answer.handoff:
        await waiting.ask_for_person(
            session, conversation, business, actor=BOT, reason=answer.handoff, key=turn.id,
            slots=answer.slots,
        )
    await session.flush()
    return True


async def fail(
    session: AsyncSession, conversation: Conversation, turn: BotTurn, failure: str, business: Business
) -> bool:
    """Say that something went wrong and offer a person; answers whether it was said.

    The epoch moves, so that an answer that still comes is dropped.
    """
    bot_turns.finish(turn, "failed", failure=failure)
    if conversation.epoch != turn.epoch or not bot_turns.may_speak(conversation):
        turn.status = "dropped"
        return False
    if turn.message_id is None:
        return False  # the customer asked nothing: the desk did, to let the dialogue react
    again = await _failed_before(session, conversation, turn)
    if conversation.state == State.BOT:
        await apply(session, conversation, Move.BOT_FAILED, actor=BOT, reason="bot_failed")
    buttons = [button("try_again", "rapport:try_again")]
    if conversation.state != State.WAITING:
        buttons.insert(0, button("person", "rapport:person"))
    await store(
        session, conversation, message_id=derived_id("bot failed", turn.id), author=Author.SYSTEM,
        author_name=business.assistant.name, text=say("bot_failed_again" if again else "bot_failed"),
        buttons=buttons, reply_to=turn.message_id,
    )
    return True


async def _failed_before(session: AsyncSession, conversation: Conversation, turn: BotTurn) -> bool:
    query = (
        select(BotTurn.status)
        .where(
            BotTurn.conversation_id == conversation.id, BotTurn.number < turn.number,
            BotTurn.status.in_(("answered", "failed")),
        )
        .order_by(BotTurn.number.desc())
        .limit(1)
    )
    return await session.scalar(query) == "failed"


async def fail_rest(session: AsyncSession, conversation: Conversation, failure: str) -> None:
    """With Rasa unreachable one sentence is enough for all that is still in line."""
    for turn in await session.scalars(
        select(BotTurn).where(BotTurn.conversation_id == conversation.id, BotTurn.status == "pending")
    ):
        bot_turns.finish(turn, "failed", failure=failure)
    await session.flush()
