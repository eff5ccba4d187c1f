"""The shop's own systems over HTTP: parcels that came back, money that arrived, vouchers that were used."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from support import clock
from support.models.customers import Customer
from support.models.outbox import OutboxEvent
from support.models.returns import Return
from support.models.rewards import RewardKind, Voucher
from support.text import new_id
from tests.desk.conftest import RunningDesk
from tests.desk.shop.putting import CUSTOMER_ID, ORDER_ID, ask_return, at, error, one, points, put_order


class TestReturns:
    @pytest.fixture
    async def reference(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> str:
        await put_order(stocked, status="delivered", status_since=clock.now().isoformat())
        return await ask_return(desk)

    async def test_are_completed_when_the_parcel_is_back(self, desk: RunningDesk, stocked: httpx.AsyncClient, reference: str) -> None:
        answer = await stocked.post(f"/v1/shop/returns/{reference}/complete", json={})
        assert answer.status_code == 200, answer.text
        again = await stocked.post(f"/v1/shop/returns/{reference.lower()}/complete", json={})
        assert again.json() == answer.json()
        assert (answer.json()["return"], answer.json()["order"], answer.json()["order_status"]) == (reference, ORDER_ID, "returned")
        assert (answer.json()["amount"], answer.json()["currency"], answer.json()["points_taken_back"]) == ("130.00", "EUR", 130)
        held = (await stocked.get(at("orders", ORDER_ID))).json()
        assert held["status"] == "returned"
        refund = held["payments"][1]
        assert (refund["id"], refund["kind"], refund["amount"], refund["settled_at"]) == (None, "refund", "130.00", None)
        assert await points(desk) == 0
        body = await one(desk, select(OutboxEvent.body).where(OutboxEvent.name == "return.completed"))
        [told] = body["payments"]
        assert (told["id"], told["settled"]) == (refund["rapport_id"], False)

        settled = await stocked.post(f"/v1/shop/payments/{refund['rapport_id']}/settled", json={"id": "re_9"})
        assert settled.json()["id"] == "re_9"
        assert settled.json()["settled_at"] is not None
        for body in ({"id": "re_9"}, {}, {"settled_at": "2026-01-01T00:00:00Z"}):
            assert (await stocked.post(f"/v1/shop/payments/{refund['rapport_id']}/settled", json=body)).json() == settled.json()
        for body in ({"id": "re_10"}, {"id": "pay_1"}):
            assert error(await stocked.post(f"/v1/shop/payments/{refund['rapport_id']}/settled", json=body)) == (409, "id_reused")

    async def test_are_called_off(self, desk: RunningDesk, stocked: httpx.AsyncClient, reference: str) -> None:
        answer = await stocked.post(f"/v1/shop/returns/{reference}/call-off", json={})
        assert answer.status_code == 200, answer.text
        assert (await stocked.post(f"/v1/shop/returns/{reference}/call-off", json={})).json() == answer.json()
        assert error(await stocked.post(f"/v1/shop/returns/{reference}/complete", json={})) == (409, "return_closed")
        assert (await stocked.get(at("orders", ORDER_ID))).json()["status"] == "delivered"
        assert await one(desk, select(Return.status)) == "cancelled"

    async def test_that_are_open_end_by_their_own_routes_only(self, desk: RunningDesk, stocked: httpx.AsyncClient, reference: str) -> None:
        for status in ("delivered", "returned"):
            refused = await put_order(stocked, 409, status=status)
            assert reference in refused["error"]["message"]
        await put_order(stocked, status="return_requested")
        assert await points(desk) == 130

    async def test_that_nobody_knows_are_not_found(self, stocked: httpx.AsyncClient) -> None:
        for what in ("complete", "call-off"):
            for reference in ("RT-0000-0000", "nonsense", "%00"):
                assert error(await stocked.post(f"/v1/shop/returns/{reference}/{what}", json={})) == (404, "not_found")


class TestPayments:
    async def test_that_began_here_are_not_entered_twice_when_the_shop_names_them(
        self, desk: RunningDesk, stocked: httpx.AsyncClient
    ) -> None:
        await put_order(stocked, status="delivered", status_since=clock.now().isoformat())
        await stocked.post(f"/v1/shop/returns/{await ask_return(desk)}/complete", json={})
        held = (await stocked.get(at("orders", ORDER_ID))).json()
        held["payments"][1] |= {"id": "re_1", "settled_at": "2026-12-01T10:00:00Z"}
        answer = await stocked.put(at("orders", ORDER_ID), json=held)
        assert answer.status_code == 200, answer.text
        after = (await stocked.get(at("orders", ORDER_ID))).json()["payments"]
        assert [(one["id"], one["kind"], one["amount"]) for one in after] == [("pay_1", "payment", "134.95"), ("re_1", "refund", "130.00")]
        assert after[1]["settled_at"] == "2026-12-01T10:00:00+00:00"

    @pytest.mark.parametrize(("body", "expected"), [
        ({"settled_at": "2999-01-01T00:00:00Z"}, (422, "time_invalid")), ({"settled_at": "2026-01-01T00:00:00"}, (400, "body_malformed")),
        ({"id": "a\u0000"}, (422, "text_invalid")), ({"id": 1}, (400, "body_malformed")), ({"ids": "x"}, (400, "body_malformed")),
    ])
    async def test_that_cannot_be_settled_so_are_refused(
        self, stocked: httpx.AsyncClient, body: Any, expected: tuple[int, str]
    ) -> None:
        id = (await stocked.get(at("orders", ORDER_ID))).json()["payments"][0]["rapport_id"]
        assert error(await stocked.post(f"/v1/shop/payments/{id}/settled", json=body)) == expected

    async def test_that_nobody_knows_are_not_found(self, stocked: httpx.AsyncClient) -> None:
        for id in (new_id(), "pay_1", "nonsense"):
            assert error(await stocked.post(f"/v1/shop/payments/{id}/settled", json={})) == (404, "not_found")


class TestVouchers:
    async def test_are_used_once_for_one_order(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        async def issue(session: Any) -> None:
            customer = await session.scalar(select(Customer).where(Customer.reference == CUSTOMER_ID))
            for code, days in (("V-0123-4567-89AB", 9), ("V-0000-4567-89AB", -1)):
                session.add(Voucher(
                    code=code, customer_id=customer.id, kind=RewardKind.VOUCHER, value=500, currency="EUR",
                    issued_at=clock.now() - timedelta(days=20), expires_at=clock.now() + timedelta(days=days),
                ))

        await desk.do(issue)
        await put_order(stocked, id="second")
        url = "/v1/shop/vouchers/V-0123-4567-89AB/use"
        first = await stocked.post(url, json={"order_id": ORDER_ID})
        assert first.status_code == 200, first.text
        assert (await stocked.post(url, json={"order_id": ORDER_ID})).json() == first.json()
        assert (first.json()["code"], first.json()["order_id"]) == ("V-0123-4567-89AB", ORDER_ID)
        assert error(await stocked.post(url, json={"order_id": "second"})) == (409, "voucher_used")
        assert error(await stocked.post(url, json={"order_id": "nothing"})) == (404, "not_found")
        assert error(await stocked.post("/v1/shop/vouchers/V-0000-4567-89AB/use", json={"order_id": ORDER_ID})) == (409, "voucher_expired")
        assert error(await stocked.post("/v1/shop/vouchers/nothing/use", json={"order_id": ORDER_ID})) == (404, "not_found")
