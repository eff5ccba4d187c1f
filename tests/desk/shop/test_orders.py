"""The shop's own systems over HTTP: orders, and what follows from how far they have come."""

from typing import Any

import httpx
from sqlalchemy import select

from support import clock
from support.identity import Speaker
from support.models.customers import Address, Customer
from support.models.loyalty import LedgerEntry
from support.models.orders import Order, OrderTransition
from support.models.outbox import OutboxEvent
from support.models.payments import Payment
from support.points import referrals
from tests.desk.conftest import RunningDesk
from tests.desk.shop.putting import (
    CUSTOMER_ID,
    ORDER,
    ORDER_ID,
    at,
    business_of,
    error,
    everything,
    faults,
    points,
    put_order,
)


class TestOrders:
    async def test_are_held_as_they_were_put(self, stocked: httpx.AsyncClient) -> None:
        held = (await stocked.get(at("orders", ORDER_ID))).json()
        assert {name: held[name] for name in ("id", "customer_id", "status", "placed_at", "currency", "shipping", "discount", "total")} == {
            "id": ORDER_ID, "customer_id": CUSTOMER_ID, "status": "pending", "placed_at": "2026-11-01T08:30:00+00:00",
            "currency": "EUR", "shipping": "4.95", "discount": "1.00", "total": "134.95",
        }
        assert held["lines"] == [
            {"id": "1", "variant_id": "9523456873", "product_name": "Kettle", "options": {"colour": "brass", "size": "large"},
             "quantity": 2, "unit_price": "45.50"},
            {"id": "2", "variant_id": "9523456874", "product_name": "Kettle", "options": {"colour": "steel"}, "quantity": 1,
             "unit_price": "40.00"},
        ]
        (paid,) = held["payments"]
        assert (paid["id"], paid["payment_method_id"], paid["kind"], paid["amount"]) == ("pay_1", "credit_card_7394", "payment", "134.95")

    async def test_put_again_or_back_change_nothing(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        shipment = {
            "tracking_number": "TP/1", "carrier": "Ternpost", "tracking_url": "https://ternpost.example/TP1",
            "shipped_at": "2026-11-02T10:00:00Z", "expected_on": "2026-11-04", "last_event": "Sorted", "last_place": "Athlone",
            "last_event_at": "2026-11-03T01:00:00Z",
        }
        await put_order(stocked, status="shipped", status_since="2026-11-02T10:00:00Z", shipments=[shipment])
        kinds = (Order, OrderTransition, Payment, Address)
        before = await everything(desk, *kinds)
        held = (await stocked.get(at("orders", ORDER_ID))).json()
        assert held["shipments"][0]["tracking_number"] == "TP/1"
        again = ORDER | {"status": "shipped", "status_since": "2026-11-02T10:00:00Z", "shipments": [shipment]}
        for body in (held, again):
            answer = await stocked.put(at("orders", ORDER_ID), json=body)
            assert answer.status_code == 200, answer.text
            assert (answer.json()["added"], answer.json()["changed"]) == ({}, {})
        assert await everything(desk, *kinds) == before

    async def test_are_known_by_ids_of_any_form(self, stocked: httpx.AsyncClient) -> None:
        for id in ("#A17-b", "a/b", "a//b/", "100%", "ü ß", "a?b=c&d", "+1;x", "%2F"):
            await put_order(stocked, id=id)
            assert (await stocked.get(at("orders", id))).json()["id"] == id

    async def test_move_only_as_an_order_moves(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        for status in ("processed", "shipped", "shipped", "delivered"):
            await put_order(stocked, status=status)
        before = await everything(desk, Order, OrderTransition, LedgerEntry)
        for status in ("pending", "processed", "shipped", "cancelled"):
            refused = await put_order(stocked, 409, status=status, lines=ORDER["lines"][:1], total=None)
            assert refused["error"]["code"] == "status_refused"
            assert "delivered" in refused["error"]["message"]
        assert await everything(desk, Order, OrderTransition, LedgerEntry) == before
        async with desk.database.read() as session:
            steps = await session.execute(
                select(OrderTransition.number, OrderTransition.to_status, OrderTransition.actor).order_by(OrderTransition.number)
            )
            assert [tuple(step) for step in steps] == [(1, "processed", "shop"), (2, "shipped", "shop"), (3, "delivered", "shop")]

    async def test_that_are_there_may_leave_out_the_status(self, stocked: httpx.AsyncClient) -> None:
        await put_order(stocked, status="processed")
        body = {name: value for name, value in ORDER.items() if name != "status"}
        answer = await stocked.put(at("orders", ORDER_ID), json=body | {"discount": "2.00", "total": "133.95"})
        assert answer.status_code == 200, answer.text
        held = (await stocked.get(at("orders", ORDER_ID))).json()
        assert (held["status"], held["total"]) == ("processed", "133.95")
        assert faults(await stocked.put(at("orders", "new"), json=body)) == {("orders", 0, "status", "missing_column")}

    async def test_are_refused_whole_with_the_place_of_each_fault(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        before = await everything(desk, Order, Payment)
        lines = [ORDER["lines"][0], ORDER["lines"][1] | {"variant_id": "nothing"}]
        payments = [ORDER["payments"][0], ORDER["payments"][0] | {"id": "pay_2", "payment_method_id": "another"}]
        shipments = [{"tracking_number": "T", "carrier": "C", "shipped_at": "yesterday"}]
        answer = await stocked.put(at("orders", ORDER_ID), json=ORDER | {"shipments": shipments})
        assert faults(answer) == {("shipments", 1, "shipped_at", "time_format")}
        answer = await stocked.put(at("orders", ORDER_ID), json=ORDER | {"lines": lines, "payments": payments})
        assert faults(answer) == {
            ("order_lines", 2, "variant_id", "unknown_reference"), ("payments", 2, "payment_method_id", "unknown_reference"),
        }
        answer = await stocked.put(at("orders", "X"), json=ORDER | {"customer_id": "nobody"})
        assert ("orders", 0, "customer_id", "unknown_reference") in faults(answer)
        answer = await stocked.put(at("orders", ORDER_ID), json=ORDER | {"total": "1.00"})
        assert faults(answer) == {("orders", 0, "total", "total_differs")}
        assert await everything(desk, Order, Payment) == before

    async def test_of_up_to_1_mib_are_taken(self, stocked: httpx.AsyncClient) -> None:
        many = [{"variant_id": "9523456874", "unit_price": "1.00", "product_name": "x" * 150} for _ in range(3000)]
        await put_order(stocked, lines=many, total=None, id="large")
        answer = await stocked.put(at("orders", "large"), json=ORDER | {"lines": many * 3})
        assert error(answer) == (413, "body_too_large")

    async def test_tell_the_shop_nothing_of_what_it_said_itself(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        await put_order(stocked, status="delivered")
        assert await everything(desk, OutboxEvent) == []


class TestPoints:
    async def test_come_with_the_delivery_once(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        assert await points(desk) == 0
        for _ in range(3):
            await put_order(stocked, status="delivered")
        assert await points(desk) == 130  # 2 × 45.50 + 40.00 - 1.00

    async def test_come_with_an_order_that_is_delivered_when_it_is_first_put(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        await put_order(stocked, id="second", status="delivered")
        assert await points(desk) == 130

    async def test_go_when_the_order_comes_back(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        await put_order(stocked, status="delivered")
        for _ in range(2):
            await put_order(stocked, status="returned")
            assert await points(desk) == 0

    async def test_stay_away_from_an_order_that_is_cancelled(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        await put_order(stocked, status="cancelled", cancel_reason="out of stock")
        assert await points(desk) == 0
        assert (await stocked.get(at("orders", ORDER_ID))).json()["cancel_reason"] == "out of stock"

    async def test_go_to_whoever_brought_the_customer(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        async def code(session: Any) -> str:
            ada = await session.scalar(select(Customer).where(Customer.reference == "C-1"))
            speaker = Speaker.signed_in(ada.id)
            done = await referrals.refer_friend(session, speaker, key="k", business=desk_business, at=clock.now())
            return str(done.details["code"])

        desk_business = business_of(desk)
        body = {"friend_id": CUSTOMER_ID, "code": await desk.do(code)}
        first, again = await stocked.post("/v1/shop/referrals", json=body), await stocked.post("/v1/shop/referrals", json=body)
        assert first.status_code == 200
        assert first.json() == again.json()
        for wrong, code in (
            ({"code": "nothing"}, (404, "not_found")), ({"friend_id": "nobody"}, (404, "not_found")),
            ({"friend_id": "C-1"}, (409, "own_referral")),
        ):
            assert error(await stocked.post("/v1/shop/referrals", json=body | wrong)) == code
        await put_order(stocked, status="delivered")
        rules = desk_business.loyalty.referrals
        assert await points(desk, "C-1") == rules.referrer_points
        assert await points(desk) == 130 + rules.friend_points
