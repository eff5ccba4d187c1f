"""Guarantees 17 to 20: who may do what, and what pretenders get."""

import asyncio
import base64
import json
import time
import uuid
from typing import Any

import httpx
import jwt
import pytest
import websockets

from support import agents
from tests.desk.clients import VisitorClient
from tests.desk.conftest import SECRET, RunningDesk

VISITOR_ROUTES = [
    ("GET", "", None), ("GET", "/events", None), ("PUT", f"/messages/{uuid.uuid4()}", {"text": "hi"}),
    ("POST", "/person", {}), ("DELETE", "/person", None), ("PUT", "/bot-while-waiting", {"wanted": True}),
    ("PUT", f"/left-message/{uuid.uuid4()}", {}), ("PUT", "", {}),
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


class TestSignIn:
    def _claims(self, **more: Any) -> dict[str, Any]:
        at = int(time.time())
        return {"sub": "C-1", "aud": "rapport", "iat": at, "exp": at + 300} | more

    async def test_by_a_good_token_keeps_the_conversation(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        answer = await visitor.sign_in("C-1", SECRET)
        assert answer.json() == {"level": "signed_in", "name": "Ada Lovelace"}
        kinds = [e["type"] for e in await visitor.events(conversation)]
        assert "identity" in kinds
        elsewhere = await desk.customer("C-1")
        listed = (await elsewhere.http.get("/v1/visitor/conversations")).json()["conversations"]
        assert [one["id"] for one in listed] == [conversation]

    async def test_by_a_bad_one_is_401_and_leaves_a_visitor(self, desk: RunningDesk) -> None:
        at = int(time.time())
        none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
        payload = base64.urlsafe_b64encode(json.dumps(self._claims()).encode()).rstrip(b"=").decode()
        bad = {
            "alg none": f"{none}.{payload}.",
            "wrong key": jwt.encode(self._claims(), "another secret of thirty-two bytes", "HS256"),
            "wrong algorithm": jwt.encode(self._claims(), SECRET * 3, "HS512"),
            "expired": jwt.encode(self._claims(iat=at - 600, exp=at - 300), SECRET, "HS256"),
            "wrong audience": jwt.encode(self._claims(aud="elsewhere"), SECRET, "HS256"),
            "no audience": jwt.encode({k: v for k, v in self._claims().items() if k != "aud"}, SECRET, "HS256"),
            "too long a life": jwt.encode(self._claims(exp=at + 3600), SECRET, "HS256"),
            "from the future": jwt.encode(self._claims(iat=at + 600, exp=at + 900), SECRET, "HS256"),
            "no subject": jwt.encode({k: v for k, v in self._claims().items() if k != "sub"}, SECRET, "HS256"),
            "nobody's": jwt.encode(self._claims(sub="C-404"), SECRET, "HS256"),
            "numbers as text": jwt.encode(self._claims(exp="soon"), SECRET, "HS256"),
            "rubbish": "not.a.token",
        }
        visitor = await desk.visitor()
        for name, token in bad.items():
            answer = await visitor.http.post("/v1/visitor/session/sign-in", json={"jwt": token})
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in_invalid"), name
        assert (await visitor.http.get("/v1/visitor/session")).json()["level"] == "visitor"

    async def test_as_another_customer_is_refused(self, desk: RunningDesk) -> None:
        visitor = await desk.customer("C-1")
        answer = await visitor.sign_in("C-2", SECRET)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "signed_in_as_another")

    async def test_lapses_and_goes_on_with_a_fresh_token(self, desk: RunningDesk) -> None:
        from datetime import timedelta

        from support import clock

        visitor = await desk.customer("C-1")
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        clock.shift(timedelta(seconds=desk.settings.sign_in_lifetime + 1))
        answer = await visitor.http.get(f"/v1/visitor/conversations/{conversation}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in_expired")
        await asyncio.wait_for(reader.socket.wait_closed(), 5)
        assert (await visitor.sign_in("C-1", SECRET)).status_code == 200
        assert (await visitor.http.get(f"/v1/visitor/conversations/{conversation}")).status_code == 200

    async def test_tokens_hold_at_least_128_bits_and_never_repeat(self, desk: RunningDesk) -> None:
        tokens = [(await desk.visitor()).token for _ in range(20)]
        assert len(set(tokens)) == 20
        assert all(len(base64.urlsafe_b64decode(token + "==")) >= 16 for token in tokens)


class TestSigningOut:
    async def test_ends_the_token_and_closes_its_sockets(self, desk: RunningDesk) -> None:
        visitor = await desk.customer()
        conversation = await visitor.start()
        reader = await visitor.follow(conversation)
        assert (await visitor.http.delete("/v1/visitor/session")).status_code == 204
        await asyncio.wait_for(reader.socket.wait_closed(), 5)
        assert reader.socket.close_code == 4401
        assert (await visitor.http.get(f"/v1/visitor/conversations/{conversation}")).status_code == 401

    async def test_of_an_agent_does_the_same(self, desk: RunningDesk) -> None:
        agent = await desk.agent()
        console = await agent.connect()
        await console.until_frame("welcome")
        assert (await agent.http.delete("/v1/agent/session")).status_code == 204
        await asyncio.wait_for(console.socket.wait_closed(), 5)
        assert (await agent.http.get("/v1/agent/inbox")).status_code == 401

    async def test_a_disabled_agent_is_out_within_five_seconds(self, desk: RunningDesk) -> None:
        agent = await desk.agent()
        console = await agent.connect()
        await console.until_frame("welcome")

        async def disable(session: Any) -> None:
            await agents.disable(session, "maya@shop.example")

        await desk.do(disable)
        await asyncio.wait_for(console.socket.wait_closed(), 5)
        assert (await agent.http.get("/v1/agent/inbox")).status_code == 401
        answer = await agent.sign_in("maya@shop.example", "a long password")
        assert answer.json()["error"]["code"] == "credentials_invalid"


class TestAgentsPasswords:
    async def test_are_kept_as_argon2id(self, desk: RunningDesk) -> None:
        from sqlalchemy import select

        from support.models.agents import Agent

        async with desk.database.read() as session:
            stored = await session.scalar(select(Agent.password).where(Agent.email == "maya@shop.example"))
        assert stored is not None
        assert stored.startswith("$argon2id$")

    async def test_five_failures_make_the_next_wait_and_an_unknown_address_looks_the_same(
        self, desk: RunningDesk
    ) -> None:
        from datetime import timedelta

        from support import clock

        async with httpx.AsyncClient(base_url=desk.url, trust_env=False) as http:
            async def attempt(email: str, password: str = "wrong") -> httpx.Response:
                return await http.post("/v1/agent/session", json={"email": email, "password": password})

            seen = {}
            for email in ("maya@shop.example", "nobody@shop.example"):
                answers = [await attempt(email) for _ in range(6)]
                seen[email] = [(a.status_code, a.json()["error"]["code"]) for a in answers]
                assert 0 < answers[-1].json()["error"]["retry_after"] <= 300
                assert answers[-1].headers["Retry-After"] == str(answers[-1].json()["error"]["retry_after"])
            assert seen["maya@shop.example"] == seen["nobody@shop.example"]
            assert seen["maya@shop.example"] == [(401, "credentials_invalid")] * 5 + [(429, "too_many_attempts")]
            assert (await attempt("maya@shop.example", "a long password")).status_code == 429
            assert (await attempt("jonas@shop.example", "a long password")).status_code == 201
            clock.shift(timedelta(seconds=301))
            assert (await attempt("maya@shop.example", "a long password")).status_code == 201

    async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self, desk: RunningDesk) -> None:
        agent = await desk.agent()
        cookie = (await agent.sign_in("maya@shop.example", "a long password")).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie


class TestOrigins:
    EVIL = ("https://evil.test", "https://shop.example.evil.test", "http://shop.example", "null",
            "https://shop.example:8443", "https://xshop.example")

    @pytest.mark.parametrize("origin", EVIL)
    async def test_a_page_of_another_origin_opens_no_socket(self, desk: RunningDesk, origin: str) -> None:
        visitor = await desk.visitor(origin=origin)
        with pytest.raises(websockets.InvalidStatus) as refused:
            await visitor.connect()
        assert refused.value.response.status_code == 403
        agent = await desk.agent()
        with pytest.raises(websockets.InvalidStatus) as refused:
            await agent.connect(origin)
        assert refused.value.response.status_code == 403

    async def test_the_shop_s_own_page_does(self, desk: RunningDesk) -> None:
        visitor = await desk.visitor(origin="https://shop.example")
        await (await visitor.connect()).until_frame("welcome")

    async def test_the_agents_socket_wants_an_origin_at_all(self, desk: RunningDesk) -> None:
        agent = await desk.agent()
        with pytest.raises(websockets.InvalidStatus):
            await agent.connect(None)

    @pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""])
    async def test_a_form_posted_from_another_site_is_refused(self, desk: RunningDesk, kind: str) -> None:
        agent = await desk.agent()
        answer = await agent.http.post(
            "/v1/agent/session", content=b'{"email":"maya@shop.example","password":"a long password"}',
            headers={"Content-Type": kind, "Origin": "https://evil.test"},
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (415, "media_type_unsupported")

    async def test_even_as_json_it_is_refused_by_its_origin(self, desk: RunningDesk) -> None:
        agent, visitor = await desk.agent(), await desk.visitor()
        conversation = await visitor.start()
        await visitor.send(conversation, "hello")
        answer = await agent.http.post(
            f"/v1/agent/conversations/{conversation}/take-over", json={}, headers={"Origin": "https://evil.test"}
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin_refused")

    async def test_browsers_are_told_so_by_cors(self, desk: RunningDesk) -> None:
        async with httpx.AsyncClient(base_url=desk.url, trust_env=False) as http:
            for origin, allowed in (("https://shop.example", True), ("https://evil.test", False)):
                answer = await http.options("/v1/visitor/sessions", headers={
                    "Origin": origin, "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "content-type",
                })
                assert (answer.headers.get("access-control-allow-origin") == origin) is allowed


class TestHeaders:
    async def test_pages_forbid_inline_scripts_and_styles(self, desk: RunningDesk) -> None:
        async with httpx.AsyncClient(base_url=desk.url, trust_env=False) as http:
            answer = await http.get("/console/")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
