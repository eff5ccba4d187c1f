"""Guarantee 17: every route and subscription, tried by those who may not."""

import uuid
from typing import Any

import httpx
import websockets

from tests.desk.clients import VisitorClient
from tests.desk.conftest import RunningDesk

VISITOR_ROUTES = [
    ("GET", "", None), ("GET", "/events", None), ("PUT", f"/messages/{uuid.uuid4()}", {"text": "hi"}),
    ("POST", "/person", {}), ("DELETE", "/person", None), ("PUT", "/bot-while-waiting", {"wanted": True}),
    ("PUT", f"/left-message/{uuid.uuid4()}", {}), ("PUT", "", {}),
]
SESSION_ROUTES = [
    ("GET", "", None), ("DELETE", "", None), ("POST", "/sign-in", {"jwt": "x"}),
    ("POST", "/code", {"email": "ada@mail.example"}), ("POST", "/code/check", {"code": "123456"}),
    ("POST", "/order", {"number": "HF-1", "postcode": "P17 AB12"}),
]
AGENT_ROUTES = [
    ("GET", "", None), ("GET", "/events", None), ("POST", "/take-over", {}), ("POST", "/hand-back", {}),
    ("POST", "/resolve", {}), ("PUT", f"/messages/{uuid.uuid4()}", {"text": "hi"}),
    ("PATCH", f"/messages/{uuid.uuid4()}", {"text": "hi"}), ("DELETE", f"/messages/{uuid.uuid4()}", None),
    ("PUT", f"/notes/{uuid.uuid4()}", {"text": "hi"}),
]


async def call(http: httpx.AsyncClient, method: str, url: str, body: Any) -> httpx.Response:
    return await http.request(method, url, json=body) if body is not None else await http.request(method, url)


class TestEveryRoute:
    async def test_of_another_visitor_or_customer_is_not_found_and_shows_nothing(self, desk: RunningDesk) -> None:
        ada, ben, stranger = await desk.customer("C-1"), await desk.customer("C-2"), await desk.visitor()
        conversation = await ada.start()
        await ada.send(conversation, "my secret order")
        before = await ada.events(conversation)
        for other in (ben, stranger):
            for method, path, body in VISITOR_ROUTES:
                answer = await call(other.http, method, f"/v1/visitor/conversations/{conversation}{path}", body)
                assert answer.status_code == 404, (method, path)
                assert answer.json() == {"error": {"code": "not_found", "message": "There is nothing here."}}
        unknown = await ben.http.get(f"/v1/visitor/conversations/{uuid.uuid4()}")
        foreign = await ben.http.get(f"/v1/visitor/conversations/{conversation}")
        assert (unknown.status_code, unknown.text) == (foreign.status_code, foreign.text)
        assert (await ada.events(conversation))[: len(before)] == before
        assert (await ben.http.get("/v1/visitor/conversations")).json() == {"conversations": []}

    async def test_without_a_token_or_with_a_wrong_one_is_401(self, desk: RunningDesk) -> None:
        ada = await desk.visitor()
        conversation = await ada.start()
        for token in (None, "Bearer", "Bearer " + "x" * 43, "Basic " + ada.token):
            headers = {"Authorization": token} if token else {}
            async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False) as nobody:
                for method, path, body in VISITOR_ROUTES:
                    answer = await call(nobody, method, f"/v1/visitor/conversations/{conversation}{path}", body)
                    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token_invalid")

    async def test_of_the_session_itself_wants_its_token(self, desk: RunningDesk) -> None:
        for token in (None, "Bearer " + "x" * 43):
            headers = {"Authorization": token} if token else {}
            async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False) as nobody:
                for method, path, body in SESSION_ROUTES:
                    answer = await call(nobody, method, f"/v1/visitor/session{path}", body)
                    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token_invalid")

    async def test_of_agents_is_closed_to_visitors_and_to_nobody(self, desk: RunningDesk) -> None:
        ada = await desk.customer()
        conversation = await ada.start()
        await ada.send(conversation, "hello")
        async with httpx.AsyncClient(base_url=desk.url, trust_env=False) as nobody:
            for http in (ada.http, nobody):
                for method, path, body in AGENT_ROUTES:
                    answer = await call(http, method, f"/v1/agent/conversations/{conversation}{path}", body)
                    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")
                assert (await http.get("/v1/agent/inbox")).status_code == 401

    async def test_of_agents_wants_the_csrf_token_for_whatever_changes_something(self, desk: RunningDesk) -> None:
        ada, maya = await desk.visitor(), await desk.agent()
        conversation = await ada.start()
        await ada.send(conversation, "hello")
        for token in (None, "", "wrong"):
            maya.http.headers.pop("X-CSRF-Token", None)
            if token is not None:
                maya.http.headers["X-CSRF-Token"] = token
            for method, path, body in AGENT_ROUTES:
                if method == "GET":
                    continue
                answer = await call(maya.http, method, f"/v1/agent/conversations/{conversation}{path}", body)
                assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf_failed")
        assert (await ada.http.get(f"/v1/visitor/conversations/{conversation}")).json()["state"] == "bot"


class TestSubscriptions:
    async def test_to_another_s_conversation_is_refused_and_delivers_nothing(self, desk: RunningDesk) -> None:
        ada, ben = await desk.customer("C-1"), await desk.customer("C-2")
        conversation = await ada.start()
        reader = await ben.connect()
        await reader.send(type="subscribe", conversation_id=conversation, after=0)
        refused = await reader.until_frame("error")
        assert (refused["code"], refused["conversation_id"]) == ("not_found", conversation)
        message_id = str(uuid.uuid4())
        await reader.send(type="send", conversation_id=conversation, id=message_id, text="let me in")
        await reader.until(lambda: [f for f in reader.frames if f["type"] == "error" and f.get("id") == message_id])
        await ada.send(conversation, "my secret")
        mine = await ben.start()
        await ben.send(mine, "ping")
        await reader.send(type="subscribe", conversation_id=mine, after=0)
        await reader.until_text("You said: ping")
        assert "my secret" not in str(reader.frames)
        assert not any(e["type"] == "message" and e["message"]["text"] == "let me in"
                       for e in await ada.events(conversation))

    async def test_a_wrong_token_is_told_and_closed(self, desk: RunningDesk) -> None:
        visitor = VisitorClient(desk.url)
        visitor.token = "x" * 43
        reader = await visitor.connect()
        assert (await reader.until_frame("error"))["code"] == "token_invalid"
        await reader.socket.wait_closed()
        assert reader.socket.close_code == 4401
        await visitor.close()

    async def test_the_agents_socket_needs_the_cookie(self, desk: RunningDesk) -> None:
        socket = await websockets.connect(
            desk.url.replace("http", "ws") + "/v1/agent/socket", origin=desk.url, proxy=None,  # type: ignore[arg-type]
        )
        await socket.wait_closed()
        assert socket.close_code == 4401
