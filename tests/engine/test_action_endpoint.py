"""Whatever an action server may do wrong ends the turn under a name, and soon."""

import asyncio
import json
from typing import Any, Callable

import pytest
from aiohttp import web
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from engine.action_endpoint import TurnFailed, WatchedEndpoint

GOOD = {"events": [{"event": "slot", "name": "period", "value": "May"}], "responses": [{"text": "hello"}]}


def ask(answer: Callable[[web.Request], Any]) -> Any:
    """What the endpoint makes of an action server that answers so."""

    async def run() -> Any:
        app = web.Application()
        app.router.add_post("/webhook", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        endpoint = WatchedEndpoint.around(
            EndpointConfig(f"http://127.0.0.1:{port}/webhook", headers={"Authorization": "Bearer token"})
        )
        try:
            return await asyncio.wait_for(endpoint.request(json={"next_action": "action_x"}), 5)
        finally:
            await endpoint._pool().close()
            await runner.cleanup()

    return asyncio.run(run())


def saying(body: Any, status: int = 200) -> Callable[[web.Request], Any]:
    async def answer(_: web.Request) -> web.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return web.Response(body=raw, status=status, content_type="application/json")

    return answer


class TestRequest:
    def test_gives_a_good_answer_and_sends_the_token(self) -> None:
        seen = []

        async def answer(request: web.Request) -> web.Response:
            seen.append((request.headers["Authorization"], await request.json()))
            return web.json_response(GOOD)

        assert ask(answer) == GOOD
        assert seen == [("Bearer token", {"next_action": "action_x"})]

    @pytest.mark.parametrize(
        ("body", "status", "name"),
        [
            ({"error": "boom"}, 500, "action_status_500"),
            ({"error": "who?"}, 404, "action_status_404"),
            (b"<html>", 200, "action_malformed"),
            ([], 200, "action_malformed"),
            (None, 200, "action_malformed"),
            ({"events": []}, 200, "action_malformed"),
            ({"events": {}, "responses": []}, 200, "action_malformed"),
            ({"events": [5], "responses": []}, 200, "action_malformed"),
            ({"events": [{"name": "x"}], "responses": []}, 200, "action_malformed"),
            ({"events": [{"event": "no_such_event"}], "responses": []}, 200, "action_malformed"),
            (b"x" * 10_000_000, 200, "action_too_large"),
            (b"x" * 10_000_000, 500, "action_too_large"),
        ],
    )
    def test_names_what_is_wrong_with_any_other(self, body: Any, status: int, name: str) -> None:
        with pytest.raises(TurnFailed) as failed:
            ask(saying(body, status))
        assert failed.value.name == name

    def test_leaves_a_rejection_to_rasa(self) -> None:
        with pytest.raises(ClientResponseError) as rejected:
            ask(saying({"error": "not now", "action_name": "action_x"}, 400))
        assert rejected.value.status == 400

    def test_nobody_there_is_told_at_once(self) -> None:
        async def run() -> None:
            endpoint = WatchedEndpoint("http://127.0.0.1:9/webhook")
            try:
                await asyncio.wait_for(endpoint.request(json={}), 5)
            finally:
                await endpoint._pool().close()

        with pytest.raises(TurnFailed) as failed:
            asyncio.run(run())
        assert failed.value.name == "action_unreachable"

    def test_a_connection_cut_in_the_middle_is_unreachable(self) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            reply = web.StreamResponse(headers={"Content-Length": "1000"})
            await reply.prepare(request)
            await reply.write(b"{")
            request.transport.close()
            return reply

        with pytest.raises(TurnFailed) as failed:
            ask(answer)
        assert failed.value.name == "action_unreachable"


class TestAround:
    def test_without_any_endpoint_the_turn_fails(self) -> None:
        with pytest.raises(TurnFailed):
            WatchedEndpoint.around(None)

    def test_watches_an_endpoint_once(self) -> None:
        watched = WatchedEndpoint.around(EndpointConfig("http://127.0.0.1:9/webhook"))
        assert WatchedEndpoint.around(watched) is watched


def test_a_failed_turn_is_not_among_what_rasa_catches() -> None:
    assert not issubclass(TurnFailed, Exception)
    assert RemoteAction("action_x", None)._validate_action_result({}) is True
