"""The visitor's socket: hello, then frames."""

import asyncio

from fastapi import APIRouter, WebSocket
from pydantic import ValidationError

from desk.desk import Desk, TheDesk
from desk.error_responses import FRAME_MALFORMED
from desk.realtime.socket import SESSION_OVER, SILENT, Ended, Socket
from desk.realtime.stream import Streams, follow
from desk.visitors.schemas import FRAMES, HELLO, Frame, Send, Subscribe, Typing, Unsubscribe
from support.chat import conversations, incoming
from support.errors import NotAuthenticated
from support.signing_in import visitors
from support.signing_in.identification import Identity
from support.signing_in.visitors import Visitor

router = APIRouter()
HELLO_WITHIN = 10.0  # seconds


@router.websocket("/v1/visitor/socket")
async def visitor_socket(websocket: WebSocket, desk: TheDesk) -> None:
    if not desk.admits(websocket.headers.get("origin")):
        await websocket.close(1008)  # before accepting: the handshake is answered with 403
        return
    await websocket.accept()
    await _VisitorSocket(websocket, desk).run_whole()


class _VisitorSocket(Socket):
    def __init__(self, websocket: WebSocket, desk: Desk) -> None:
        super().__init__(websocket, desk.settings.heartbeat)
        self._desk, self._token = desk, ""
        self._streams = Streams(self._start_stream, self)

    async def run_whole(self) -> None:
        await self.run(self._converse())
        await self._streams.close()

    async def _converse(self) -> None:
        visitor, known = await self._greet()
        self.session_id = visitor.session.id
        with self._desk.hub.connected(self):
            await self.send({
                "type": "welcome", "level": known.level, "name": known.name,
                "heartbeat": self._desk.settings.heartbeat,
            })
            await self.serve(FRAMES, self._act)

    async def _greet(self) -> tuple[Visitor, Identity]:
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                raw = await self.receive()
        except TimeoutError as fault:
            raise Ended(SILENT) from fault
        try:
            self._token = HELLO.validate_python(raw).token
        except ValidationError as fault:
            await self.refuse(FRAME_MALFORMED)
            raise Ended(SESSION_OVER) from fault
        try:
            async with self._desk.database.read() as session:
                visitor = await visitors.authenticate(session, self._token)
                return visitor, await visitors.who(session, visitor)
        except NotAuthenticated as error:
            await self.refuse(error)
            raise Ended(SESSION_OVER) from error

    def _start_stream(self, conversation_id: str, after: int) -> "asyncio.Task[None]":
        desk = self._desk
        return asyncio.create_task(follow(desk.database, desk.hub, self, conversation_id, after, private=False))

    async def _act(self, frame: Frame) -> None:
        match frame:
            case Subscribe():
                await self._check_theirs(frame.conversation_id)
                await self._streams.follow(frame.conversation_id, frame.after)
            case Unsubscribe():
                await self._streams.leave(frame.conversation_id)
            case Typing():
                visitor = await self._check_theirs(frame.conversation_id)
                self._desk.hub.pass_on(frame.conversation_id, {
                    "type": "typing", "conversation_id": frame.conversation_id,
                    "author": {"kind": "customer", "name": visitor.contact.name},
                }, self)
            case Send():
                await self._send(frame)

    async def _check_theirs(self, conversation_id: str) -> Visitor:
        async with self._desk.database.read() as session:
            visitor = await visitors.authenticate(session, self._token)
            await conversations.find(session, conversation_id, contact=visitor.contact)
        return visitor

    async def _send(self, frame: Send) -> None:
        async with self._desk.database.write() as session:
            visitor = await visitors.authenticate(session, self._token)
            conversation = await conversations.lock(session, frame.conversation_id, contact=visitor.contact)
            message, _ = await incoming.send(
                session, conversation, visitor.contact, self._desk.rules,
                message_id=frame.id, text=frame.text, payload=frame.payload,
            )
        await self.send({
            "type": "accepted", "conversation_id": frame.conversation_id, "id": message.id, "seq": message.seq
        })
