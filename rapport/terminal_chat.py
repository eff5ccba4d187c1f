"""A conversation in the terminal, through the public visitor API and nothing else."""

import asyncio
import json
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
import websockets
from rich.console import Console
from rich.markup import escape

from support.settings import Settings
from support.signing_in import sign_in

API = "/v1/visitor"
STATES = {
    "bot": "You are talking to the assistant.",
    "waiting": "You are in line for a person.",
    "resolved": "This conversation is settled. Write again at any time.",
}


class CannotTalk(Exception):
    """One sentence that says what to do."""


async def talk(settings: Settings, customer: str, url: str, console: Console) -> None:
    """Talk until standard input ends. Raises CannotTalk."""
    token = await _sign_in(settings, customer, url)
    socket_url = url.replace("http", "ws", 1) + f"{API}/socket"
    conversation_id = str(uuid.uuid4())
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        answer = await http.put(
            f"{API}/conversations/{conversation_id}", json={}, headers={"Authorization": f"Bearer {token}"}
        )
        answer.raise_for_status()
    async with websockets.connect(socket_url, proxy=None) as socket:
        await socket.send(json.dumps({"type": "hello", "token": token}))
        await socket.send(json.dumps({"type": "subscribe", "conversation_id": conversation_id, "after": 0}))
        talk = _Talk(socket, conversation_id, console)
        listening = asyncio.create_task(talk.listen())
        console.print(f"Signed in as {escape(customer)}. Write, and press Enter; #1 presses the first button.\n")
        try:
            async for line in _lines():
                if not line.strip():
                    break
                await talk.say(line.strip())
            await talk.wait_until_answered()
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError, websockets.ConnectionClosed):
                await listening


async def _sign_in(settings: Settings, customer: str, url: str) -> str:
    jwt = sign_in.sign(
        customer, secret=settings.jwt_secret.get_secret_value(), audience=settings.jwt_audience
    )
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        try:
            began = await http.post(f"{API}/sessions", json={})
        except httpx.HTTPError as fault:
            raise CannotTalk(f"Nobody answers at {url}: start the service with `rapport run` first.") from fault
        token: str = began.json()["token"]
        done = await http.post(
            f"{API}/session/sign-in", json={"jwt": jwt}, headers={"Authorization": f"Bearer {token}"}
        )
    if done.status_code != 200:
        raise CannotTalk(f"The shop has no customer {customer}, or RAPPORT_JWT_SECRET is not the service's.")
    return token


async def _lines() -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        yield line


class _Talk:
    def __init__(self, socket: websockets.ClientConnection, conversation_id: str, console: Console) -> None:
        self._socket, self._conversation_id, self._console = socket, conversation_id, console
        self._buttons: list[dict[str, str]] = []
        self._unanswered: set[str] = set()
        self._answered = asyncio.Event()
        self._answered.set()

    async def say(self, line: str) -> None:
        text, payload = line, None
        if line.startswith("#") and line[1:].isdigit() and 0 < int(line[1:]) <= len(self._buttons):
            button = self._buttons[int(line[1:]) - 1]
            text, payload = button["title"], button["payload"]
        message_id = str(uuid.uuid4())
        frame: dict[str, Any] = {
            "type": "send", "conversation_id": self._conversation_id, "id": message_id, "text": text
        }
        if payload is not None:
            frame["payload"] = payload
        self._unanswered.add(message_id)
        self._answered.clear()
        await self._socket.send(json.dumps(frame))

    async def wait_until_answered(self, longest: float = 15.0) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._answered.wait(), longest)

    async def listen(self) -> None:
        async for raw in self._socket:
            frame = json.loads(raw)
            if frame["type"] == "ping":
                await self._socket.send('{"type":"pong"}')
            elif frame["type"] == "error":
                self._console.print(f"[red]{escape(frame['message'])}[/red]")
                self._done(frame.get("id"))
            elif frame["type"] == "events":
                for event in frame["events"]:
                    self._show(event)

    def _done(self, message_id: str | None) -> None:
        self._unanswered.discard(message_id or "")
        if not self._unanswered:
            self._answered.set()

    def _show(self, event: dict[str, Any]) -> None:
        if event["type"] == "message":
            self._show_message(event["message"])
        elif event["type"] == "transition" and event["from"] != event["to"]:
            who = event["agent"]
            words = f"{who['name']} is with you now." if event["to"] == "agent" else STATES[event["to"]]
            self._console.print(f"[dim]— {escape(words)}[/dim]")
            if event["to"] != "bot":
                self._unanswered.clear()
                self._answered.set()
        elif event["type"] == "queue":
            self._console.print(f"[dim]— You are number {event['position']} in line.[/dim]")

    def _show_message(self, message: dict[str, Any]) -> None:
        author = message["author"]
        if author["kind"] == "customer":
            return
        self._buttons = message["buttons"]
        self._console.print(f"[bold]{escape(author['name'] or author['kind'])}[/bold]  {escape(message['text'])}")
        for number, button in enumerate(self._buttons, 1):
            self._console.print(f"    [cyan]#{number}[/cyan] {escape(button['title'])}")
        self._done(message["reply_to"])
