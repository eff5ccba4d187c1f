"""Rasa's channel for the desk: token required, one JSON answer a turn, failures by name.

The stock REST channel has no token, answers `200 []` whatever fails, and reads typed text that begins with "/" as an
intent. Here a turn is all or nothing: if an action fails or time runs out, Rasa's tracker stays as it was before.
"""

import asyncio
import hmac
import json
import time
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from engine.action_endpoint import TurnFailed, WatchedEndpoint
from engine.agenda import Turn
from engine.plain_runner import PlainRunner

log = structlog.get_logger()

NAME = "rapport"
FALLBACK = "nlu_fallback"


class RapportChannel(InputChannel):
    """`POST /webhooks/rapport/turns`, for the desk alone."""

    @classmethod
    def name(cls) -> Text:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "RapportChannel":
        token = (credentials or {}).get("token") or ""
        if not token:
            raise ValueError("the channel needs a token: set RAPPORT_RASA_TOKEN")
        return cls(token)

    def __init__(self, token: Text) -> None:
        self._token = token.encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("rapport_channel", __name__)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            ready = _agent(request) is not None
            return response.json({"ready": ready}, 200 if ready else 503)

        @routes.post("/turns")
        async def turns(request: Request) -> HTTPResponse:
            if not self._admits(request):
                return response.json({"failure": "token_invalid"}, 401)
            turn = _read(request)
            if turn is None:
                return response.json({"failure": "turn_malformed"}, 400)
            agent = _agent(request)
            if agent is None:
                return response.json({"failure": "not_ready"}, 503)
            return response.json(await _take(agent, turn))

        return routes

    def _admits(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(token.encode(), self._token)


def _agent(request: Request) -> Optional[Agent]:
    agent = getattr(request.app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


def _read(request: Request) -> Optional[Dict[Text, Any]]:
    try:
        turn = request.json
        float(turn["expires_at"])
        strings = (turn["sender_id"], turn["turn_id"], turn["text"])
        valid = all(isinstance(part, str) for part in strings) and isinstance(turn["metadata"], dict)
    except Exception:  # Sanic raises its own InvalidUsage, the rest are missing or wrong fields
        return None
    return turn if valid else None


async def _take(agent: Agent, turn: Dict[Text, Any]) -> Dict[Text, Any]:
    """The turn's answer, or {"failure": its name}."""
    try:
        left = float(turn["expires_at"]) - time.time()
        if left <= 0:
            raise TurnFailed("turn_late")
        # Cancelling leaves the tracker unsaved and frees the conversation's lock
        return await asyncio.wait_for(_answer(agent, turn), left)
    except asyncio.TimeoutError:
        return {"failure": "turn_timeout"}
    except TurnFailed as failed:
        return {"failure": failed.name}
    except Exception:
        log.exception("rapport.turn.failed", turn=turn["turn_id"])
        return {"failure": "rasa_error"}


async def _answer(agent: Agent, turn: Dict[Text, Any]) -> Dict[Text, Any]:
    sender_id, turn_id = turn["sender_id"], turn["turn_id"]
    async with agent.lock_store.lock(sender_id):
        processor = agent.processor
        processor.action_endpoint = WatchedEndpoint.around(processor.action_endpoint)
        processor.graph_runner = PlainRunner.around(processor.graph_runner)
        tracker = await agent.tracker_store.retrieve(sender_id)
        if tracker is not None and (said := _said_before(tracker, turn_id)) is not None:
            return _shown(tracker, said, tracker.latest_message.parse_data)
        taken = Turn(agent, turn, NAME)
        tracker = await taken.say(_text(turn), await _reading(agent, turn))
        return _shown(tracker, _bubbles(taken.collector.messages), taken.first)


def _text(turn: Dict[Text, Any]) -> Text:
    payload = turn.get("payload")
    return payload if payload else turn["text"]


async def _reading(agent: Agent, turn: Dict[Text, Any]) -> Optional[Dict[Text, Any]]:
    """What was understood; None for an intent that a button sent, as which Rasa would read any "/" that is typed."""
    payload = turn.get("payload")
    text = _text(turn).strip()
    if payload and payload.startswith("/"):
        return None
    plain = text.lstrip("/ ") if text.startswith("/") else text
    if not plain:
        return {"text": text, "intent": {"name": FALLBACK, "confidence": 1.0}, "entities": []}
    reading = await agent.processor.parse_message(UserMessage(plain, sender_id=turn["sender_id"]))
    return reading if plain == text else {**reading, "text": text, "entities": [], "requests": []}


def _said_before(tracker: DialogueStateTracker, turn_id: Text) -> Optional[List[Dict[Text, Any]]]:
    """The answer if this turn was taken already and its answer got lost on the way back."""
    said: List[Dict[Text, Any]] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if (event.message_id or "").startswith(f"{turn_id}/"):
                continue  # a further request of the same message
            return said[::-1] if event.message_id == turn_id else None
        if isinstance(event, BotUttered):
            said.append({"text": event.text, **{k: v for k, v in event.data.items() if v}})
    return None


def _bubbles(messages: List[Dict[Text, Any]]) -> List[Dict[Text, Any]]:
    # The collector splits one response into a bubble with its text and one with its custom part
    return [{k: v for k, v in message.items() if k != "recipient_id"} for message in messages]


def _shown(
    tracker: DialogueStateTracker, messages: List[Dict[Text, Any]], understood: Dict[Text, Any]
) -> Dict[Text, Any]:
    intent = understood.get("intent") or {}
    return {
        "messages": messages,
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "active_form": tracker.active_loop_name,
        "slots": {
            name: slot.value for name, slot in tracker.slots.items()
            if slot.value is not None and name != "session_started_metadata" and _is_plain(slot.value)
        },
    }


def _is_plain(value: Any) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True


