"""Guarantee 9 at the desk: a bot that fails, hangs or is gone is said so, and nothing is lost."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from support.policy.business import Business
from tests.desk.conftest import RunningDesk, a_desk
from tests.stand_ins.rasa import saying

PERSON = {"title": "Talk to a person", "payload": "rapport:person"}


class TestFailures:
    @pytest.mark.parametrize(("reply", "failure"), [
        (JSONResponse([]), "rasa_malformed"),
        (saying(), "rasa_empty"),
        (Response(b"<html>", 200), "rasa_malformed"),
        (JSONResponse({"error": "x"}, 500), "rasa_status_500"),
        (JSONResponse({"messages": "no"}), "rasa_malformed"),
        (Response(b"x" * 10_000_000), "rasa_too_large"),
        ({"failure": "action_timeout"}, "action_timeout"),
    ])
    async def test_each_is_said_at_once_with_a_person_offered(
        self, desk: RunningDesk, reply: Any, failure: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def wrong(_: Any) -> Any:
            return reply

        desk.rasa.answer = wrong
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        began = time.monotonic()
        await visitor.send(conversation, "my private words")
        said = await reader.until_text("something went wrong", 5)
        assert time.monotonic() - began < 5
        assert PERSON in said["message"]["buttons"]
        assert failure in caplog.text
        assert "private" not in caplog.text
        desk.rasa.answer = desk.rasa.echo
        await visitor.send(conversation, "and now?")
        await reader.until_text("You said: and now?")
        assert reader.messages("customer") == ["my private words", "and now?"]

    async def test_a_turn_that_hangs_is_said_and_the_next_message_is_served(self, desk: RunningDesk) -> None:
        async def hangs(turn: Any) -> Any:
            if turn["text"] == "first":
                await asyncio.sleep(30)
            return saying(f"re {turn['text']}")

        desk.rasa.answer = hangs
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "first")
        await visitor.send(conversation, "second")
        await reader.until_text("something went wrong", 10)
        await reader.until_text("re second", 2)
        assert reader.messages("bot") == ["re second"]

    async def test_a_rasa_that_is_down_is_told_once_for_all_that_waits(self, desk: RunningDesk) -> None:
        await desk.rasa.stop()
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        for number in range(5):
            await visitor.send(conversation, str(number))
        await reader.until_text("something went wrong", 5)
        await desk.rasa.start(desk.rasa.port)
        await visitor.send(conversation, "are you back?")
        await reader.until_text("You said: are you back?")
        assert len(reader.messages("system")) == 1

    async def test_one_that_comes_back_in_time_is_not_told_at_all(self, desk: RunningDesk) -> None:
        await desk.rasa.stop()
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "hello")
        await desk.rasa.start(desk.rasa.port)
        await reader.until_text("You said: hello", 5)
        assert reader.messages("system") == []

    async def test_try_again_asks_all_that_failed_again_in_order(self, desk: RunningDesk) -> None:
        async def fails_at_first(turn: Any) -> Any:
            return {"failure": "rasa_error"} if len(desk.rasa.turns) <= 2 else saying(f"re {turn['text']}")

        desk.rasa.answer = fails_at_first
        visitor = await desk.visitor()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        await visitor.send(conversation, "where is it")
        await visitor.send(conversation, "and the other one")
        await reader.until_text("still can't answer")
        await visitor.send(conversation, "Try again", payload="rapport:try_again")
        await reader.until_text("re and the other one")
        assert reader.messages("bot") == ["re where is it", "re and the other one"]


class TestACrashOfTheDesk:
    async def test_a_turn_left_behind_is_served_by_the_next_process(self, tmp_path: Path, business: Business) -> None:
        never = asyncio.Event()

        async def hangs(_: Any) -> Any:
            await never.wait()

        async with a_desk(tmp_path, business) as first:
            first.rasa.answer = hangs
            visitor = await first.visitor()
            conversation = await visitor.start()
            await visitor.send(conversation, "do not lose me")
            while not first.rasa.turns:
                await asyncio.sleep(0.01)
            token = visitor.token
        async with a_desk(tmp_path, business, clock_offset="60s") as second:
            visitor = await second.visitor()
            visitor.http.headers["Authorization"] = f"Bearer {token}"
            visitor.token = token
            reader = await visitor.follow(conversation)
            await reader.until_text("You said: do not lose me", 10)
            assert reader.messages("customer") == ["do not lose me"]
