"""A visitor and an agent as docs/protocol.md lets anybody write them."""

import asyncio
import json
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import websockets

from support.signing_in import sign_in

Event = dict[str, Any]


class Reader:
    """A socket's frames, and the events of one conversation as they arrive."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Event] = []
        self.events: list[Event] = []
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        try:
            async for raw in self.socket:
                frame = json.loads(raw)
                if frame["type"] == "ping":
                    await self.socket.send('{"type":"pong"}')
                    continue
                self.frames.append(frame)
                if frame["type"] == "events":
                    self.events += frame["events"]
                self._news.set()
        except websockets.ConnectionClosed:
            pass
        self._news.set()

    async def send(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def until(self, met: Callable[[], Any], within: float = 10.0) -> Any:
        """What `met` answers as soon as it is true; AssertionError if it does not come true in time."""
        try:
            async with asyncio.timeout(within):
                while not (found := met()):
                    self._news.clear()
                    await self._news.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"not met within {within} s; the last frames: {self.frames[-5:]}") from None

    async def until_frame(self, type: str, within: float = 10.0) -> Event:
        found: Event = await self.until(lambda: next((f for f in self.frames if f["type"] == type), None), within)
        return found

    async def until_text(self, part: str, within: float = 10.0) -> Event:
        """The message event whose text holds `part`."""
        found: Event = await self.until(
            lambda: next((e for e in self.events if e["type"] == "message" and part in e["message"]["text"]), None),
            within,
        )
        return found

    async def until_state(self, state: str, within: float = 10.0) -> Event:
        found: Event = await self.until(
            lambda: next((e for e in self.events[::-1] if e["type"] == "transition" and e["to"] == state), None),
            within,
        )
        return found

    def messages(self, *kinds: str) -> list[str]:
        """Texts of the messages by these kinds of author, in order of seq."""
        return [
            e["message"]["text"] for e in sorted(self.events, key=lambda e: int(e["seq"]))
            if e["type"] == "message" and (not kinds or e["message"]["author"]["kind"] in kinds)
        ]

    async def close(self) -> None:
        await self.socket.close()
        await self._task


class VisitorClient:
    """A widget without a page."""

    def __init__(self, url: str, origin: str | None = None) -> None:
        self.url, self.origin = url, origin
        self.http = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False)
        self.token = ""
        self.readers: list[Reader] = []

    async def begin(self) -> None:
        answer = await self.http.post("/v1/visitor/sessions", json={})
        self.token = answer.json()["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    async def sign_in(self, reference: str, secret: str) -> httpx.Response:
        jwt = sign_in.sign(reference, secret=secret, audience="rapport")
        return await self.http.post("/v1/visitor/session/sign-in", json={"jwt": jwt})

    async def start(self) -> str:
        conversation_id = str(uuid.uuid4())
        answer = await self.http.put(f"/v1/visitor/conversations/{conversation_id}", json={})
        assert answer.status_code == 201, answer.text
        return conversation_id

    async def send(
        self, conversation_id: str, text: str, message_id: str | None = None, payload: str | None = None
    ) -> httpx.Response:
        body = {"text": text} | ({"payload": payload} if payload else {})
        return await self.http.put(
            f"/v1/visitor/conversations/{conversation_id}/messages/{message_id or uuid.uuid4()}", json=body
        )

    async def events(self, conversation_id: str, after: int = 0) -> list[Event]:
        """Everything after `after`, page by page."""
        found: list[Event] = []
        while True:
            page = (
                await self.http.get(
                    f"/v1/visitor/conversations/{conversation_id}/events", params={"after": after, "limit": 500}
                )
            ).json()
            found += page["events"]
            after = page["last_seq"]
            if not page["more"]:
                return found

    async def connect(self) -> Reader:
        socket = await websockets.connect(
            self.url.replace("http", "ws", 1) + "/v1/visitor/socket", proxy=None,
            origin=self.origin, max_queue=None,  # type: ignore[arg-type]
        )
        reader = Reader(socket)
        self.readers.append(reader)
        await reader.send(type="hello", token=self.token)
        return reader

    async def follow(self, conversation_id: str, after: int = 0) -> Reader:
        reader = await self.connect()
        await reader.send(type="subscribe", conversation_id=conversation_id, after=after)
        await reader.until_frame("caught_up")
        return reader

    async def close(self) -> None:
        for reader in self.readers:
            await reader.close()
        await self.http.aclose()


class AgentClient:
    """A console without a page."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False)
        self.readers: list[Reader] = []

    async def sign_in(self, email: str, password: str) -> httpx.Response:
        answer = await self.http.post("/v1/agent/session", json={"email": email, "password": password})
        if answer.status_code == 201:
            self.http.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return answer

    async def move(self, conversation_id: str, move: str, **body: Any) -> httpx.Response:
        return await self.http.post(f"/v1/agent/conversations/{conversation_id}/{move}", json=body)

    async def write(self, conversation_id: str, text: str, message_id: str | None = None) -> httpx.Response:
        return await self.http.put(
            f"/v1/agent/conversations/{conversation_id}/messages/{message_id or uuid.uuid4()}", json={"text": text}
        )

    async def note(self, conversation_id: str, text: str) -> httpx.Response:
        return await self.http.put(
            f"/v1/agent/conversations/{conversation_id}/notes/{uuid.uuid4()}", json={"text": text}
        )

    async def connect(self, origin: str | None = "") -> Reader:
        cookie = f"rapport_agent={self.http.cookies.get('rapport_agent')}"
        socket = await websockets.connect(
            self.url.replace("http", "ws", 1) + "/v1/agent/socket", proxy=None, max_queue=None,
            origin=self.url if origin == "" else origin, additional_headers={"Cookie": cookie},  # type: ignore[arg-type]
        )
        reader = Reader(socket)
        self.readers.append(reader)
        return reader

    async def follow(self, conversation_id: str, after: int = 0) -> Reader:
        reader = await self.connect()
        await reader.send(type="subscribe", conversation_id=conversation_id, after=after)
        await reader.until_frame("caught_up")
        return reader

    async def close(self) -> None:
        for reader in self.readers:
            await reader.close()
        await self.http.aclose()
