"""The action server as a turn sees it: whatever goes wrong there ends the turn, under a name.

Rasa itself swallows an action's failure and goes on ("events are lost"), which looks like a bot with nothing to say.
"""

import asyncio
import json
from typing import Any, Optional, Text

import aiohttp
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import deserialise_events
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

LARGEST = 1024 * 1024  # bytes of an action's answer


class TurnFailed(BaseException):
    """A turn ends without an answer and without a trace in the tracker.

    Not an `Exception`: Rasa catches those around actions and carries on.
    """

    def __init__(self, name: Text) -> None:
        super().__init__(name)
        self.name = name


class WatchedEndpoint(EndpointConfig):
    """An endpoint with one connection pool, a limit on the answer's size, and failures by name."""

    _session: Optional[aiohttp.ClientSession] = None

    @classmethod
    def around(cls, endpoint: Optional[EndpointConfig]) -> "WatchedEndpoint":
        """`endpoint` watched; one that is watched already as it is. Raises TurnFailed if there is none."""
        if isinstance(endpoint, cls):
            return endpoint
        if endpoint is None:
            raise TurnFailed("action_endpoint_missing")
        return cls(
            endpoint.url, endpoint.params, endpoint.headers, endpoint.basic_auth, endpoint.token,
            endpoint.token_name, endpoint.cafile, **endpoint.kwargs,
        )

    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = self.session()
        return self._session

    async def request(
        self, method: Text = "post", subpath: Optional[Text] = None, content_type: Optional[Text] = "application/json",
        compress: bool = False, **kwargs: Any,
    ) -> Any:
        """The action server's JSON. Raises ClientResponseError for a rejection, TurnFailed for all else."""
        try:
            async with self._pool().request(
                method, self.url, json=kwargs["json"], headers=self.headers, compress=compress
            ) as reply:
                content = await self._read(reply)
                if reply.status == 400:
                    raise ClientResponseError(reply.status, reply.reason, content.decode("utf-8", "replace"))
                if reply.status != 200:
                    raise TurnFailed(f"action_status_{reply.status}")
        except ClientResponseError:
            raise  # the rejection from above: Rasa derives it from aiohttp.ClientError
        except (aiohttp.ClientError, OSError) as fault:
            raise TurnFailed("action_unreachable") from fault
        except asyncio.TimeoutError as fault:
            raise TurnFailed("action_timeout") from fault
        return _checked(content)

    @staticmethod
    async def _read(reply: aiohttp.ClientResponse) -> bytes:
        content = bytearray()
        async for chunk in reply.content.iter_any():
            content += chunk
            if len(content) > LARGEST:
                raise TurnFailed("action_too_large")
        return bytes(content)


def _checked(content: bytes) -> Any:
    try:
        found = json.loads(content)
        parts = found["events"], found["responses"]
    except (ValueError, KeyError, TypeError) as fault:
        raise TurnFailed("action_malformed") from fault
    if not all(isinstance(part, list) and all(isinstance(one, dict) for one in part) for part in parts):
        raise TurnFailed("action_malformed")
    try:
        readable = all("event" in event for event in parts[0]) and deserialise_events(parts[0])
    except Exception as fault:  # whatever an event's own reading raises for fields it does not expect
        raise TurnFailed("action_malformed") from fault
    if parts[0] and not readable:
        raise TurnFailed("action_malformed")
    return found


# Rasa holds an answer against a JSON schema that it prepares anew each time, which takes more than half of a turn;
# `_checked` has read the same answer by then, and refuses what Rasa would only warn of
RemoteAction._validate_action_result = lambda self, result: True
