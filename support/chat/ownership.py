"""The ownership machine: the only place that says who may speak to the customer, and how that changes.

One table of moves, one function that applies a move. Each application raises the conversation's epoch, so that
whatever was decided under an older epoch (a bot answer, a time-out, a second takeover) can be told and dropped.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat import bot_turns
from support.chat.conversations import append
from support.errors import EpochMoved, MoveRefused
from support.events import announce
from support.models.agents import Agent
from support.models.conversations import Conversation, State, Transition


class Move(StrEnum):
    """What can happen to the ownership of a conversation."""

    ASK_FOR_PERSON = "ask_for_person"
    WITHDRAW = "withdraw"
    TAKE_OVER = "take_over"
    HAND_BACK = "hand_back"
    RESOLVE = "resolve"
    RELEASE = "release"
    CUSTOMER_WROTE = "customer_wrote"
    BOT_FAILED = "bot_failed"


MOVES: dict[tuple[State, Move], State] = {
    (State.BOT, Move.ASK_FOR_PERSON): State.WAITING,
    (State.BOT, Move.TAKE_OVER): State.AGENT,
    (State.BOT, Move.BOT_FAILED): State.BOT,
    (State.WAITING, Move.TAKE_OVER): State.AGENT,
    (State.WAITING, Move.WITHDRAW): State.BOT,
    (State.WAITING, Move.RESOLVE): State.RESOLVED,
    (State.AGENT, Move.HAND_BACK): State.BOT,
    (State.AGENT, Move.RESOLVE): State.RESOLVED,
    (State.AGENT, Move.RELEASE): State.WAITING,
    (State.RESOLVED, Move.CUSTOMER_WROTE): State.BOT,
    (State.RESOLVED, Move.ASK_FOR_PERSON): State.WAITING,
    (State.RESOLVED, Move.TAKE_OVER): State.AGENT,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made a move: `customer`, `bot`, `agent` or `system`, with the id of a person."""

    kind: str
    id: str | None = None


SYSTEM = Actor("system")
BOT = Actor("bot")


async def apply(
    session: AsyncSession, conversation: Conversation, move: Move, *,
    actor: Actor, reason: str, agent: Agent | None = None, note: str | None = None, epoch: int | None = None,
) -> Transition:
    """Make `move` and log it; the conversation's row must be locked.

    With `epoch`, only if the conversation still is in it. Raises EpochMoved, or MoveRefused where the table has no
    such move.
    """
    before, at_epoch = State(conversation.state), conversation.epoch
    if epoch is not None and epoch != at_epoch:
        raise EpochMoved
    after = MOVES.get((before, move))
    if after is None:
        raise MoveRefused
    at = clock.now()
    changed: dict[str, object] = {
        "state": after,
        "epoch": at_epoch + 1,
        "agent_id": agent.id if agent and after is State.AGENT else None,
        "waiting_since": at if after is State.WAITING else None,
        "queue_position": None,
        "expected_wait": None,
        "bot_while_waiting": False,
    }
    if after in (State.BOT, State.RESOLVED):
        changed["priority"] = 0
    result = await session.execute(
        update(Conversation)
        .where(
            Conversation.id == conversation.id, Conversation.epoch == at_epoch, Conversation.state == before
        )
        .values(**changed)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise EpochMoved
    for name, value in changed.items():
        setattr(conversation, name, value)
    transition = Transition(
        conversation_id=conversation.id, epoch=at_epoch + 1, at=at, actor=actor.kind, actor_id=actor.id,
        from_state=before, to_state=after, reason=reason, note=note,
    )
    session.add(transition)
    append(session, conversation, "transition", {
        "epoch": at_epoch + 1, "from": before, "to": after, "reason": reason,
        "agent": {"name": agent.name} if agent else None,
    }, at=at)
    announce(session, conversation.id, queue=State.WAITING in (before, after))
    if after is not before:
        await bot_turns.drop_open(session, conversation.id)
    await session.flush()
    return transition
