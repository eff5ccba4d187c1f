"""The action server's own additions to rasa-sdk: a token, and a limit on an action's time."""

import asyncio
import threading
from typing import Any

import pytest

from rapport.action_server import TimedExecutor


def call(name: str) -> dict[str, Any]:
    tracker = {"sender_id": "c", "slots": {}, "latest_message": {}, "events": []}
    return {"next_action": name, "tracker": tracker, "domain": {}, "version": "3.6.21"}


class TestAnActionThatTakesTooLong:
    async def test_is_cancelled_where_it_waits(self) -> None:
        ended: list[str] = []

        async def sleeps(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
            try:
                await asyncio.sleep(90)
            finally:
                ended.append("rolled back")
            return []

        executor = TimedExecutor(0.1)
        executor.register_function("action_sleeps", sleeps)
        with pytest.raises(TimeoutError):
            await executor.run(call("action_sleeps"))
        assert ended == ["rolled back"]

    async def test_written_without_async_holds_up_nobody_else(self) -> None:
        release = threading.Event()

        def blocks(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
            release.wait(30)
            return []

        async def is_quick(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
            dispatcher.utter_message(text="here")
            return []

        executor = TimedExecutor(1.0)
        executor.register_function("action_blocks", blocks)
        executor.register_function("action_is_quick", is_quick)
        blocked = asyncio.create_task(executor.run(call("action_blocks")))
        await asyncio.sleep(0)
        answer = await executor.run(call("action_is_quick"))
        assert not blocked.done()
        assert answer is not None
        assert answer.responses[0]["text"] == "here"
        with pytest.raises(TimeoutError):
            await blocked
        release.set()
