"""One WebSocket: frames in, frames out, heartbeat, and an end that leaves no task behind."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from desk.error_responses import (
    FRAME_MALFORMED,
    FRAME_TOO_LARGE,
    FRAME_UNKNOWN,
    body_of,
    malformed_by,
    unexpected,
)
from support.errors import SupportError

SESSION_OVER, SILENT, TOO_SLOW, RESTART = 4401, 4408, 4429, 1012
LARGEST_FRAME = 64 * 1024  # bytes
SEND_PATIENCE = 10.0  # seconds until a reader that takes nothing is cut off
POSTED = 32  # unstored frames waiting for a slow socket; more are dropped


class Ended(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Socket:
    """A connected client; `session_id` names the sign-in it lives by."""

    def __init__(self, websocket: WebSocket, heartbeat: float) -> None:
        self.session_id = ""
        self._websocket, self._heartbeat = websocket, heartbeat
        self._sending = asyncio.Lock()
        self._heard = asyncio.get_running_loop().time()
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._posted: asyncio.Queue[dict[str, Any]] = asyncio.Queue(POSTED)

    async def send(self, frame: dict[str, Any]) -> None:
        """Send in order. Raises Ended if the other side takes nothing for too long."""
        async with self._sending:
            try:
                async with asyncio.timeout(SEND_PATIENCE):
                    await self._websocket.send_text(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))
            except TimeoutError as fault:
                raise Ended(TOO_SLOW) from fault

    def post(self, frame: dict[str, Any]) -> None:
        """Send when there is room; what nobody stores may be dropped."""
        with suppress(asyncio.QueueFull):
            self._posted.put_nowait(frame)

    def end(self, code: int) -> None:
        """Close soon, from outside."""
        if not self._ended.done():
            self._ended.set_result(code)

    async def refuse(self, error: SupportError, **about: str | None) -> None:
        """Tell the sender, and nobody else, what was refused."""
        named = {name: value for name, value in about.items() if value is not None}
        await self.send({"type": "error", **body_of(error), **named})

    async def receive(self) -> dict[str, Any]:
        """The next frame that is a JSON object; what is not is refused on the way. Raises Ended."""
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise Ended(1000)
            self._heard = asyncio.get_running_loop().time()
            text = message.get("text")
            if text is None:
                await self.refuse(FRAME_MALFORMED)
                continue
            if len(text) > LARGEST_FRAME or len(text.encode("utf-8", "surrogatepass")) > LARGEST_FRAME:
                await self.refuse(FRAME_TOO_LARGE)
                continue
            try:
                frame = json.loads(text)
            except (ValueError, RecursionError):
                frame = None
            if isinstance(frame, dict):
                return frame
            await self.refuse(FRAME_MALFORMED)

    async def serve(self, frames: TypeAdapter[Any], act: Callable[[Any], Awaitable[None]]) -> None:
        """Hand each well-formed frame to `act` until the socket ends."""
        while True:
            raw = await self.receive()
            if raw.get("type") == "ping":
                await self.send({"type": "pong"})
                continue
            if raw.get("type") == "pong":
                continue
            about = {
                name: raw[name] for name in ("id", "conversation_id")
                if isinstance(raw.get(name), str) and len(raw[name]) <= 64 and raw[name].isprintable()
            }
            try:
                frame = frames.validate_python(raw)
            except ValidationError as fault:
                unknown = any(f["type"].startswith("union_tag") for f in fault.errors())
                await self.refuse(
                    FRAME_UNKNOWN if unknown else malformed_by(fault.errors(), FRAME_MALFORMED), **about
                )
                continue
            try:
                await act(frame)
            except SupportError as error:
                await self.refuse(error, **about)
            except Ended:
                raise
            except Exception as error:
                await self.send({"type": "error", **unexpected(error, "a frame"), **about})

    async def run(self, *work: Awaitable[None]) -> None:
        """Do all `work` beside the heartbeat until any of it ends, then close."""
        tasks = [asyncio.ensure_future(w) for w in (*work, self._beat(), self._flush_posted(), self._wait_for_end())]
        code = 1011
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                fault = task.exception()
                if isinstance(fault, Ended):
                    code = fault.code
                elif fault is not None and not isinstance(fault, (WebSocketDisconnect, RuntimeError)):
                    unexpected(fault if isinstance(fault, Exception) else Exception(), "a socket")
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with suppress(Exception):
                async with asyncio.timeout(2):
                    await self._websocket.close(code)

    async def _beat(self) -> None:
        silence = 2 * self._heartbeat + 10
        while True:
            await asyncio.sleep(self._heartbeat)
            if asyncio.get_running_loop().time() - self._heard > silence:
                raise Ended(SILENT)
            await self.send({"type": "ping"})

    async def _flush_posted(self) -> None:
        while True:
            await self.send(await self._posted.get())

    async def _wait_for_end(self) -> None:
        raise Ended(await self._ended)
