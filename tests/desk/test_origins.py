"""Guarantee 20: pages of other sites open no socket and post nothing."""


import httpx
import pytest
import websockets

from tests.desk.conftest import RunningDesk


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
