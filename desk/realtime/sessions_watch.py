"""Sockets live only as long as the sign-in they were opened with; and agents with an open one are present."""

import asyncio
import itertools
import logging
from itertools import batched

from sqlalchemy import or_, select, update

from desk.realtime.hub import Hub
from desk.realtime.socket import SESSION_OVER
from support.clock import now
from support.database import Database
from support.models.agents import Agent, AgentSession
from support.models.conversations import VisitorSession

log = logging.getLogger(__name__)

EVERY = 2.0  # seconds
PRESENCE_EVERY = 5  # rounds
CHUNK = 500  # sessions a query


class SessionsWatch:
    """Ends sockets whose session was revoked, has lapsed, or whose agent was disabled, by whichever process."""

    def __init__(self, database: Database, hub: Hub) -> None:
        self._database, self._hub = database, hub

    async def run(self) -> None:
        for round_number in itertools.count():
            try:
                await self.end_what_is_over()
                if round_number % PRESENCE_EVERY == 0:
                    await self.note_presence()
            except Exception:
                log.exception("watching sessions failed")
            await asyncio.sleep(EVERY)

    async def end_what_is_over(self) -> None:
        at = now()
        over: list[str] = []
        async with self._database.read() as session:
            for ids in batched(self._hub.sessions(), CHUNK, strict=False):
                over += await session.scalars(
                    select(VisitorSession.id).where(
                        VisitorSession.id.in_(ids),
                        or_(VisitorSession.revoked_at.is_not(None), VisitorSession.signed_in_until <= at),
                    )
                )
                over += await session.scalars(
                    select(AgentSession.id)
                    .join(Agent, Agent.id == AgentSession.agent_id)
                    .where(
                        AgentSession.id.in_(ids),
                        or_(
                            AgentSession.revoked_at.is_not(None), AgentSession.expires_at <= at,
                            Agent.disabled_at.is_not(None),
                        ),
                    )
                )
        for session_id in over:
            self._hub.end_session(session_id, SESSION_OVER)

    async def note_presence(self) -> None:
        ids = self._hub.sessions()
        if not ids:
            return
        async with self._database.write() as session:
            for some in batched(ids, CHUNK, strict=False):
                present = select(AgentSession.agent_id).where(AgentSession.id.in_(some))
                await session.execute(
                    update(Agent)
                    .where(Agent.id.in_(present))
                    .values(seen_at=now())
                    .execution_options(synchronize_session=False)
                )




