"""Guarantee 19: sign-ins and sign-outs of customers and agents, and those who pretend."""

import asyncio
import base64
import json
import time
from datetime import timedelta
from typing import Any

import httpx
import jwt
from sqlalchemy import select

from support import clock
from support.chat import agents
from support.models.agents import Agent
from tests.desk.conftest import SECRET, RunningDesk


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
        async with desk.database.read() as session:
            stored = await session.scalar(select(Agent.password).where(Agent.email == "maya@shop.example"))
        assert stored is not None
        assert stored.startswith("$argon2id$")

    async def test_five_failures_make_the_next_wait_and_an_unknown_address_looks_the_same(
        self, desk: RunningDesk
    ) -> None:
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
