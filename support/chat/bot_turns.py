"""Bot turns as rows: put in line with the message, claimed by one process, done again if that process dies."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.errors import TooManyMessages
from support.events import announce
from support.models.conversations import BotTurn, Conversation, State
from support.text import new_id

OPEN = ("pending", "claimed")
ATTEMPTS = 3  # a turn whose process died this often is failed, not tried for ever


async def put_in_line(
    session: AsyncSession, conversation: Conversation, *, text: str, payload: str | None = None,
    message_id: str | None = None, most: int | None = None,
) -> BotTurn:
    """Let the bot answer `text` (or the intent in `payload`) when its turn comes.

    Raises TooManyMessages if `most` turns of the conversation are open already.
    """
    if most is not None:
        waiting = await session.scalar(
            select(func.count()).where(BotTurn.conversation_id == conversation.id, BotTurn.status.in_(OPEN))
        )
        if (waiting or 0) >= most:
            raise TooManyMessages(retry_after=2)
    turn = BotTurn(
        id=new_id(), conversation_id=conversation.id, number=conversation.last_seq, message_id=message_id,
        text=text, payload=payload, status="pending", attempts=0, created_at=clock.now(),
    )
    session.add(turn)
    await session.flush()
    announce(session, conversation.id, turn=True)
    return turn


async def drop_open(session: AsyncSession, conversation_id: str) -> None:
    """Whoever spoke before speaks no more: the bot's open turns there end unanswered."""
    await session.execute(
        update(BotTurn)
        .where(BotTurn.conversation_id == conversation_id, BotTurn.status.in_(OPEN))
        .values(status="dropped", finished_at=clock.now())
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """A turn that this process alone may answer until its lease is over."""

    turn: BotTurn
    conversation: Conversation
    token: str
    exhausted: bool


def may_speak(conversation: Conversation) -> bool:
    """Whether the bot may answer in this conversation now."""
    state = conversation.state
    return state in (State.BOT, State.RESOLVED) or (
        state == State.WAITING and conversation.bot_while_waiting
    )


async def claim(session: AsyncSession, conversation: Conversation, *, lease: timedelta) -> Claim | None:
    """The conversation's oldest open turn, claimed; None if there is none or somebody else is at it.

    The conversation's row must be locked.
    """
    at = clock.now()
    turn = await session.scalar(
        select(BotTurn)
        .where(BotTurn.conversation_id == conversation.id, BotTurn.status.in_(OPEN))
        .order_by(BotTurn.number, BotTurn.created_at)
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if turn is None or (turn.status == "claimed" and turn.leased_until and turn.leased_until > at):
        return None
    turn.status, turn.claim, turn.epoch = "claimed", new_id(), conversation.epoch
    turn.leased_until = at + lease
    turn.attempts += 1
    await session.flush()
    return Claim(turn, conversation, turn.claim, turn.attempts > ATTEMPTS)


async def still_current(session: AsyncSession, turn_id: str, token: str) -> BotTurn | None:
    """The turn if this claim still holds it, else None."""
    turn = await session.get(BotTurn, turn_id, populate_existing=True)
    if turn is None or turn.status != "claimed" or turn.claim != token:
        return None
    return turn


def finish(turn: BotTurn, status: str, *, failure: str | None = None) -> None:
    """End the turn as `answered`, `failed` (with the failure's name) or `dropped`."""
    turn.status, turn.failure, turn.finished_at, turn.leased_until = status, failure, clock.now(), None


async def conversations_to_serve(session: AsyncSession, *, limit: int = 100) -> list[str]:
    """Ids of conversations with a turn that nobody is at: new ones, and those whose claim has run out."""
    at = clock.now()
    abandoned = (BotTurn.status == "claimed") & (BotTurn.leased_until < at)
    query = (
        select(BotTurn.conversation_id)
        .where((BotTurn.status == "pending") | abandoned)
        .group_by(BotTurn.conversation_id)
        .order_by(func.min(BotTurn.created_at))
        .limit(limit)
    )
    return list(await session.scalars(query))


async def failed_lately(session: AsyncSession, conversation_id: str, *, most: int = 10) -> list[BotTurn]:
    """The customer's turns that failed since the last answered one, oldest first, the last `most` of them."""
    here = BotTurn.conversation_id == conversation_id
    answered = select(func.coalesce(func.max(BotTurn.number), -1)).where(here, BotTurn.status == "answered")
    query = (
        select(BotTurn)
        .where(
            here, BotTurn.status == "failed", BotTurn.message_id.is_not(None),
            BotTurn.number > answered.scalar_subquery(),
        )
        .order_by(BotTurn.number.desc())
        .limit(most)
    )
    return list(await session.scalars(query))[::-1]
