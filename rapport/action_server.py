"""The action server: rasa-sdk's own, on a private address, with a token and a limit on time.

The SDK's server asks for no token and lets an action run for ever; both are added here by its plugin hook and executor.
"""

import asyncio
import hmac
import inspect
import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa_sdk import utils
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.response import HTTPResponse, json

from support import clock
from support.logs import configure_logging
from support.settings import Settings


class TimedExecutor(ActionExecutor):  # type: ignore[misc]
    """Cancels an action that outlives its turn, so that its transaction is rolled back and nothing overlaps."""

    def __init__(self, longest: float) -> None:
        super().__init__()
        self._longest = longest

    def register_function(self, action_name: str, f: Callable[..., Any]) -> None:
        @wraps(f)
        async def timed(dispatcher: Any, tracker: Any, domain: Any) -> Any:
            async with asyncio.timeout(self._longest):
                return await _called(f, dispatcher, tracker, domain)

        super().register_function(action_name, timed)


async def _called(f: Callable[..., Any], *arguments: Any) -> Any:
    if inspect.iscoroutinefunction(f):
        return await f(*arguments)
    # An action written without `async` would keep everybody else waiting while it blocks
    result = await asyncio.to_thread(f, *arguments)
    return await result if isinstance(result, Awaitable) else result


def create_server(settings: Settings) -> "Sanic[Any, Any]":
    """The Sanic app with every action of `actions/` and the token check."""
    executor = TimedExecutor(settings.turn_deadline)
    executor.register_package("actions")
    app: Sanic[Any, Any] = create_app(executor, cors_origins=None)
    token = settings.actions_token.get_secret_value().encode()

    @app.on_request
    async def check_token(request: Request) -> HTTPResponse | None:
        if request.path == "/health" or hmac.compare_digest((request.token or "").encode(), token):
            return None
        return json({"error": "token_invalid"}, 401)

    return app


def main() -> None:
    settings = Settings()
    configure_logging(settings.log_level)
    clock.shift(settings.offset)
    for name in ("sanic.access", "rasa_sdk.executor"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # 3.6.21 is what we run on purpose; the pair is held by a contract test
    utils.check_version_compatibility = lambda _version: None
    app = create_server(settings)
    app.run(
        host=settings.actions_host, port=settings.actions_port, single_process=True, access_log=False, motd=False
    )


if __name__ == "__main__":
    main()
