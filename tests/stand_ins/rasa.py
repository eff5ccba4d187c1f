"""A Rasa that answers as ordered: at once, late, wrong, or not at all. It speaks engine/channel.py's protocol."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Turn = dict[str, Any]
Reply = Response | dict[str, Any]


def saying(*texts: str, buttons: list[dict[str, str]] | None = None, **more: Any) -> dict[str, Any]:
    """A good answer with these bubbles, the last with the buttons."""
    messages: list[dict[str, Any]] = [{"text": text} for text in texts]
    if buttons:
        messages[-1]["buttons"] = buttons
    return {"messages": messages, "intent": "greet", "confidence": 0.9, "slots": {}} | more


def handing_over(reason: str = "asked") -> dict[str, Any]:
    """An answer that asks for a person."""
    return {
        "messages": [{"custom": {"handoff": {"reason": reason}}}], "intent": "request_person" if reason == "asked" else "express_frustration",
        "confidence": 0.95, "slots": {"order_number": "HF-10432"},
    }


class OrderedRasa:
    """`answer` decides; `turns` holds what was asked; `most_at_once` counts overlapping turns by conversation."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.most_at_once = 0
        self.port = 0
        self._busy: dict[str, int] = {}
        self._server: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None
        self.answer: Callable[[Turn], Awaitable[Reply]] = self.echo

    async def echo(self, turn: Turn) -> Reply:
        return saying(f"You said: {turn['text'] or turn['payload']}")

    async def offer_person(self, turn: Turn) -> Reply:
        return saying(f"You said: {turn['text']}", buttons=[{"title": "Talk to a person", "payload": "rapport:person"}])

    async def hand_over(self, turn: Turn) -> Reply:
        return handing_over()

    async def start(self, port: int) -> None:
        self.port = port
        app = Starlette(routes=[Route("/webhooks/rapport/turns", self._take, methods=["POST"])])
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off")
        self._server = uvicorn.Server(config)
        self._task = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Gone, as after a crash: connections are cut."""
        if self._server is not None and self._task is not None:
            self._server.should_exit = self._server.force_exit = True
            await self._task
            self._server = None

    async def _take(self, request: Request) -> Response:
        turn = json.loads(await request.body())
        self.turns.append(turn)
        sender = turn["sender_id"]
        self._busy[sender] = self._busy.get(sender, 0) + 1
        self.most_at_once = max(self.most_at_once, self._busy[sender])
        try:
            reply = await self.answer(turn)
        finally:
            self._busy[sender] -= 1
        return reply if isinstance(reply, Response) else JSONResponse(reply)
