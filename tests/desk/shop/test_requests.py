"""The shop's own systems over HTTP: who may ask, and bodies that are none."""

import json
import re

import httpx
import pytest
from sqlalchemy import func, select

from support.models.orders import Order
from support.ordering.order_status import MOVES
from support.settings import DEMO_SECRET, PROJECT
from tests.desk.conftest import RunningDesk
from tests.desk.shop.putting import KETTLE, MIA, ORDER, ORDER_ID, at, error, one


class TestTheKey:
    ROUTES = (
        ("GET", "/customers/C-1", None), ("PUT", "/customers/C-1", MIA), ("PUT", "/products/P1", KETTLE),
        ("PUT", "/stock", {"stock": []}), ("GET", "/orders/A1", None), ("PUT", "/orders/A1", ORDER),
        ("POST", "/payments/x/settled", {}), ("POST", "/returns/x/complete", {}), ("POST", "/returns/x/call-off", {}),
        ("POST", "/vouchers/x/use", {"order_id": "A1"}), ("POST", "/referrals", {"friend_id": "C-1", "code": "x"}),
    )

    async def test_is_wanted_on_every_route(self, desk: RunningDesk) -> None:
        ada, maya = await desk.customer(), await desk.agent()
        for key in (None, "", "wrong", DEMO_SECRET + "x", DEMO_SECRET[:-1], ada.token, "\u00e9"):
            headers = {"Authorization": f"Bearer {key}".strip().encode()} if key is not None else {}
            cookies = {"rapport_agent": maya.http.cookies.get("rapport_agent") or ""}
            async with httpx.AsyncClient(base_url=desk.url, headers=headers, cookies=cookies, trust_env=False) as nobody:
                for method, path, body in self.ROUTES:
                    answer = await nobody.request(method, f"/v1/shop{path}", json=body)
                    assert error(answer) == (401, "token_invalid"), (method, path, key)
        assert await one(desk, select(func.count()).select_from(Order)) == 0

    async def test_opens_nothing_else(self, desk: RunningDesk, shop: httpx.AsyncClient) -> None:
        assert error(await shop.get("/v1/visitor/session")) == (401, "token_invalid")
        assert error(await shop.get("/v1/agent/inbox")) == (401, "not_authenticated")


class TestTheDocs:
    async def test_show_bodies_that_are_taken_in_their_order(self, shop: httpx.AsyncClient) -> None:
        page = (PROJECT / "docs" / "shop-api.md").read_text(encoding="utf-8")
        (block,) = re.findall(r"```\n(PUT .*?)```", page, re.DOTALL)
        shown = re.findall(r"PUT (\S+)\n(\{.*?\})\n(?=\n|$)", block, re.DOTALL)
        assert len(shown) == 3
        for path, body in shown:
            answer = await shop.put(path, json=json.loads(body))
            assert answer.status_code == 200, answer.text
        assert (await shop.get(at("orders", ORDER_ID))).json()["total"] == "95.95"

    def test_show_every_move_of_an_order_and_no_other(self) -> None:
        page = (PROJECT / "docs" / "shop-api.md").read_text(encoding="utf-8")
        table = page.split("## An order's status")[1].split("Any other move")[0]
        moves: dict[str, set[str]] = {}
        for row in re.findall(r"^\| (`.*?) \| (`.*?) \|$", table, re.MULTILINE):
            for status in re.findall(r"`(\w+)`", row[0]):
                moves[status] = set(re.findall(r"`(\w+)`", row[1]))
        assert moves == {str(one): {str(to) for to in others} for one, others in MOVES.items() if others}


class TestBodies:
    @pytest.mark.parametrize("content", ["", "{", "[]", "null", "3", '"x"', '{"a": NaN}'])
    async def test_that_are_no_object_are_refused(self, shop: httpx.AsyncClient, content: str) -> None:
        answer = await shop.put("/v1/shop/customers/C9", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422)
        assert error(await shop.get("/v1/shop/customers/C9")) == (404, "not_found")

    async def test_of_another_type_are_refused(self, shop: httpx.AsyncClient) -> None:
        answer = await shop.put("/v1/shop/customers/C9", content="id=1", headers={"Content-Type": "text/plain"})
        assert error(answer) == (415, "media_type_unsupported")
