"""The console's socket: conversations, and the inbox live."""

import asyncio

from fastapi import APIRouter, WebSocket

from desk.agents.endpoints import write_as
from desk.agents.schemas import FRAMES, Frame, WatchInbox
from desk.agents.sign_in import of_cookie
from desk.desk import Desk, TheDesk
from desk.realtime.socket import SESSION_OVER, Socket
from desk.realtime.stream import Streams, follow
from desk.visitors.schemas import Send, Subscribe, Typing, Unsubscribe
from support.chat import conversations, inbox
from support.chat.agents import SignedIn
from support.errors import NotAuthenticated

router = APIRouter()
SETTLE = 0.15  # seconds in which changes of the inbox are gathered into one frame


@router.websocket("/v1/agent/socket")
async def agent_socket(websocket: WebSocket, desk: TheDesk) -> None:
    # Browsers send the cookie along whatever page opens the socket, so here an Origin must be there and be ours
    origin = websocket.headers.get("origin")
    if origin is None or not desk.admits(origin):
        await websocket.close(1008)
        return
    try:
        found = await of_cookie(desk, websocket)
    except NotAuthenticated:
        await websocket.accept()
        await websocket.close(SESSION_OVER)
        return
    await websocket.accept()
    await _AgentSocket(websocket, desk, found).run_whole()


class _AgentSocket(Socket):
    def __init__(self, websocket: WebSocket, desk: Desk, found: SignedIn) -> None:
        super().__init__(websocket, desk.settings.heartbeat)
        self._desk, self._found = desk, found
        self.session_id = found.session.id
        self._streams = Streams(self._start_stream, self)
        self._watching = asyncio.Event()

    async def run_whole(self) -> None:
        with self._desk.hub.connected(self):
            await self.run(self._converse(), self._watch_inbox())
        await self._streams.close()

    async def _converse(self) -> None:
        await self.send({
            "type": "welcome", "level": "agent", "name": self._found.agent.name,
            "heartbeat": self._desk.settings.heartbeat,
        })
        await self.serve(FRAMES, self._act)

    def _start_stream(self, conversation_id: str, after: int) -> "asyncio.Task[None]":
        desk = self._desk
        return asyncio.create_task(follow(desk.database, desk.hub, self, conversation_id, after, private=True))

    async def _act(self, frame: Frame) -> None:
        match frame:
            case WatchInbox():
                self._watching.set()
            case Subscribe():
                async with self._desk.database.read() as session:
                    await conversations.find(session, frame.conversation_id)
                await self._streams.follow(frame.conversation_id, frame.after)
            case Unsubscribe():
                await self._streams.leave(frame.conversation_id)
            case Typing():
                await self._type(frame.conversation_id)
            case Send():
                message, _ = await write_as(
                    self._desk, self._found, frame.conversation_id, frame.id, frame.text
                )
                await self.send({
                    "type": "accepted", "conversation_id": frame.conversation_id,
                    "id": message.id, "seq": message.seq,
                })

    async def _type(self, conversation_id: str) -> None:
        agent = self._found.agent
        async with self._desk.database.read() as session:
            conversation = await conversations.find(session, conversation_id)
        if conversation.agent_id == agent.id:
            self._desk.hub.pass_on(conversation_id, {
                "type": "typing", "conversation_id": conversation_id,
                "author": {"kind": "agent", "name": agent.name},
            }, self)

    async def _watch_inbox(self) -> None:
        await self._watching.wait()
        desk, only = self._desk, None
        with desk.hub.watching_inbox() as (woken, dirty):
            while True:
                async with desk.database.read() as session:
                    rows = await inbox.rows(session, desk.business, only=only)
                await self.send({"type": "inbox", "rows": rows, "complete": only is None})
                await woken.wait()
                await asyncio.sleep(SETTLE)
                woken.clear()
                only = set(dirty)
                dirty.clear()
