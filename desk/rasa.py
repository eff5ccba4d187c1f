"""The only client of Rasa: one question, one answer or a failure by name."""

import time
from dataclasses import dataclass
from typing import Any

import httpx

from support.chat.answers import Answer, BotMessage
from support.settings import Settings

LARGEST_ANSWER = 1024 * 1024  # bytes
HANDOFF_REASONS = {
    "asked", "not_understood", "failed_tries", "priority", "upset", "policy", "legal", "safety", "fraud", "self_harm",
    "press",
}


class RasaFailed(Exception):
    """Rasa gave no usable answer; `name` says how, `unreachable` that trying others now is of no use."""

    def __init__(self, name: str, *, unreachable: bool = False) -> None:
        super().__init__(name)
        self.name, self.unreachable = name, unreachable


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot is to answer: typed text, or the payload of a button or of the desk itself."""

    sender_id: str
    turn_id: str
    text: str
    payload: str | None
    metadata: dict[str, Any]


class Rasa:
    """Rasa's own channel for us, `engine/channel.py`, over HTTP."""

    def __init__(self, settings: Settings) -> None:
        self._deadline = settings.turn_deadline
        self._http = httpx.AsyncClient(
            base_url=settings.rasa_url,
            headers={"Authorization": f"Bearer {settings.rasa_token.get_secret_value()}"},
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=64, keepalive_expiry=60),
            trust_env=False,
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def answer(self, question: Question) -> Answer:
        """Rasa's answer. Raises RasaFailed."""
        body = {
            "sender_id": question.sender_id, "turn_id": question.turn_id, "text": question.text,
            "payload": question.payload, "metadata": question.metadata,
            # Absolute, so that a turn Rasa gets to too late is not begun at all
            "expires_at": time.time() + self._deadline,
        }
        # Rasa ends the turn itself at the deadline; only one that hangs is given up from here
        patience = httpx.Timeout(self._deadline + 1.0, connect=1.0)
        try:
            async with self._http.stream("POST", "/webhooks/rapport/turns", json=body, timeout=patience) as reply:
                content = await _read(reply)
        except httpx.TimeoutException as fault:
            connecting = isinstance(fault, httpx.ConnectTimeout)
            raise RasaFailed("rasa_timeout", unreachable=connecting) from fault
        except httpx.HTTPError as fault:
            raise RasaFailed("rasa_unreachable", unreachable=True) from fault
        if reply.status_code == 503:
            raise RasaFailed("rasa_not_ready", unreachable=True)
        if reply.status_code != 200:
            raise RasaFailed(f"rasa_status_{reply.status_code}")
        return _read_answer(content)


async def _read(reply: httpx.Response) -> bytes:
    content = b""
    async for chunk in reply.aiter_bytes():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise RasaFailed("rasa_too_large")
    return content


def _read_answer(content: bytes) -> Answer:
    try:
        found = httpx.Response(200, content=content).json()
        if failure := found.get("failure"):
            raise RasaFailed(str(failure)[:60])
        handoff, messages = None, []
        for message in found["messages"]:
            asked = (message.get("custom") or {}).get("handoff")
            if asked is not None:
                handoff = asked["reason"] if asked["reason"] in HANDOFF_REASONS else "policy"
            if message.get("text"):
                buttons = [
                    {"title": str(b["title"]), "payload": str(b["payload"])} for b in message.get("buttons") or []
                ]
                messages.append(BotMessage(str(message["text"]), buttons))
        answer = Answer(
            messages=messages, intent=found.get("intent"), confidence=found.get("confidence"),
            slots=found.get("slots") or {}, handoff=handoff,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise RasaFailed("rasa_malformed") from fault
    if not messages and handoff is None:
        raise RasaFailed("rasa_empty")
    return answer
