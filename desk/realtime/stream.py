"""A reader's live stream of one conversation: page after page from the log, then woken at each commit."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from desk.realtime.hub import Hub
from desk.realtime.socket import Socket
from support.chat.conversations import events_after
from support.database import Database


async def follow(
    database: Database, hub: Hub, socket: Socket, conversation_id: str, after: int, *, private: bool
) -> None:
    """Send everything after seq `after`, then what comes; the log itself is the buffer."""
    told = False
    with hub.reading(conversation_id, socket) as woken:
        while True:
            # Cleared before reading: what is committed meanwhile wakes the next round
            woken.clear()
            async with database.read() as session:
                page = await events_after(session, conversation_id, after, private=private)
            if page.events:
                after = page.last_seq
                await socket.send({
                    "type": "events", "conversation_id": conversation_id,
                    "events": page.events, "last_seq": after,
                })
                if page.more:
                    continue
            if not told:
                await socket.send({"type": "caught_up", "conversation_id": conversation_id, "seq": after})
                told = True
            await woken.wait()


class Streams:
    """The conversations that one socket follows."""

    MOST = 50

    def __init__(self, start: Callable[[str, int], "asyncio.Task[None]"], socket: Socket) -> None:
        self._start, self._socket = start, socket
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def follow(self, conversation_id: str, after: int) -> None:
        """Follow from `after` on; following it again begins anew from there."""
        await self.leave(conversation_id)
        if len(self._tasks) >= self.MOST:
            await self.leave(next(iter(self._tasks)))
        task = self._start(conversation_id, after)
        self._tasks[conversation_id] = task
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._socket.end(getattr(fault, "code", 1011))

    async def leave(self, conversation_id: str) -> None:
        task = self._tasks.pop(conversation_id, None)
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task

    async def close(self) -> None:
        for conversation_id in list(self._tasks):
            await self.leave(conversation_id)
