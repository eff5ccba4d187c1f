"""What happens without anybody asking: time-outs, agents gone, the queue's news, turns left by a crash."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import select

from desk.bot_turns import BotTurns
from support.chat import conversations, deadlines, queue, waiting
from support.clock import now
from support.database import Database
from support.events import Changes
from support.models.agents import Agent
from support.models.conversations import Conversation, Deadline, State
from support.policy.business import Business

log = logging.getLogger(__name__)

EVERY = 1.0  # seconds


class Timekeeper:
    """One loop; each of its duties may fail without stopping the others."""

    def __init__(self, database: Database, business: Business, turns: BotTurns) -> None:
        self._database, self._business = database, business
        self._queue_moved = asyncio.Event()
        self._duties: list[Callable[[], Awaitable[None]]] = [
            turns.sweep, self.carry_out_deadlines, self.release_abandoned, self.tell_queue,
        ]

    def listen(self, changes: Changes) -> None:
        if changes.queue:
            self._queue_moved.set()

    async def run(self) -> None:
        while True:
            for duty in self._duties:
                try:
                    await duty()
                except Exception:
                    log.exception("a duty of the timekeeper failed")
            self._queue_moved.clear()
            try:
                await asyncio.wait_for(self._queue_moved.wait(), EVERY)
            except TimeoutError:
                continue

    async def carry_out_deadlines(self) -> None:
        async with self._database.read() as session:
            due = await deadlines.due(session)
        for conversation_id, kind in due:
            await self._carry_out(conversation_id, kind)

    async def _carry_out(self, conversation_id: str, kind: str) -> None:
        async with self._database.write() as session:
            conversation = await conversations.lock(session, conversation_id)
            deadline = await session.get(Deadline, (conversation_id, kind), populate_existing=True)
            if deadline is None or deadline.due_at > now():
                return
            is_void, epoch = deadline.epoch != conversation.epoch, deadline.epoch
            await session.delete(deadline)
            await session.flush()
            if is_void:
                return
            if kind == "nobody_took_it":
                await waiting.say_nobody_took_it(session, conversation, self._business, key=f"{kind} {epoch}")
            elif kind == "agent_silent":
                await waiting.release(session, conversation, self._business, reason="agent_silent")

    async def release_abandoned(self) -> None:
        """Conversations of agents who have not been heard of for too long go back to the queue."""
        since = now() - timedelta(seconds=self._business.people.offline_after_seconds)
        gone = (Agent.seen_at.is_(None)) | (Agent.seen_at < since) | (Agent.disabled_at.is_not(None))
        query = (
            select(Conversation.id, Conversation.epoch)
            .join(Agent, Agent.id == Conversation.agent_id)
            .where(Conversation.state == State.AGENT, gone)
            .limit(50)
        )
        async with self._database.read() as session:
            abandoned = (await session.execute(query)).all()
        for conversation_id, epoch in abandoned:
            async with self._database.write() as session:
                conversation = await conversations.lock(session, conversation_id)
                if conversation.epoch == epoch:
                    await waiting.release(session, conversation, self._business, reason="agent_offline")

    async def tell_queue(self) -> None:
        """Each waiting customer hears when their place has changed."""
        async with self._database.read() as session:
            moved = await queue.moved(session, self._business)
        for conversation_id in moved:
            async with self._database.write() as session:
                conversation = await conversations.lock(session, conversation_id)
                if conversation.state == State.WAITING:
                    await queue.tell(session, conversation, self._business)
