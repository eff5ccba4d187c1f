"""The shop's own systems over HTTP: what they put is what we hold, by their own ids, and what follows from it."""

import copy
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import func, select

from support import clock
from support.identity import Speaker
from support.models.catalogue import Variant
from support.models.customers import Address, Customer
from support.models.loyalty import LedgerEntry
from support.models.orders import Order, OrderTransition
from support.models.outbox import OutboxEvent
from support.models.payments import Payment, PaymentMethod
from support.models.returns import Return
from support.models.rewards import RewardKind, Voucher
from support.ordering.order_status import MOVES
from support.points import loyalty_accounts, referrals
from support.returning import returns
from support.settings import DEMO_SECRET, PROJECT
from support.text import new_id
from tests.desk.conftest import RunningDesk

MIA: dict[str, Any] = {
    "first_name": "Mia", "last_name": "Garcia", "email": "mia@mail.example", "phone": "+353 20 910 1234", "locale": "en_IE",
    "created_at": "2025-01-02T10:00:00Z",
    "addresses": [
        {"id": "home", "label": "Home", "line_1": "14 Quay Lane", "town": "Kinsale", "postcode": "P17 AB12", "country": "IE",
         "default": True},
        {"id": "work", "label": "Work", "recipient": "Mia at work", "line_1": "2 Mill St", "line_2": "Floor 3", "town": "Cork",
         "region": "Munster", "postcode": "T12 XY34", "country": "Ireland"},
    ],
    "payment_methods": [
        {"id": "credit_card_7394", "kind": "credit_card", "brand": "Visa", "last_digits": "7394", "expires_on": "2029-08",
         "default": True},
        {"id": "gift_card_1", "kind": "gift_card", "balance": "40.00", "currency": "EUR", "last_digits": "0815"},
    ],
}
KETTLE: dict[str, Any] = {
    "name": "Kettle", "category": "Kitchen", "description": "Boils\nwater",
    "variants": [
        {"id": "9523456873", "options": {"colour": "brass", "size": "large"}, "price": "45.50", "currency": "EUR", "stock": 7},
        {"id": "9523456874", "options": {"colour": "steel"}, "price": "40", "currency": "EUR", "stock": 3},
    ],
}
ORDER: dict[str, Any] = {
    "customer_id": "mia/garcia 4516", "status": "pending", "placed_at": "2026-11-01T09:30:00+01:00", "currency": "EUR",
    "shipping": "4.95", "discount": "1.00", "total": "134.95", "address_line_1": "14 Quay Lane", "address_town": "Kinsale",
    "address_postcode": "P17 AB12", "address_country": "IE",
    "lines": [
        {"id": "1", "variant_id": "9523456873", "quantity": 2, "unit_price": "45.50"},
        {"id": "2", "variant_id": "9523456874", "unit_price": "40.00"},
    ],
    "payments": [
        {"id": "pay_1", "payment_method_id": "credit_card_7394", "kind": "payment", "amount": "134.95",
         "at": "2026-11-01T09:31:00+01:00"},
    ],
    "shipments": [],
}
CUSTOMER_ID, ORDER_ID = "mia/garcia 4516", "#A17-b"


def at(kind: str, id: str) -> str:
    return f"/v1/shop/{kind}/{quote(id, safe='')}"


@pytest.fixture
async def shop(desk: RunningDesk) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {DEMO_SECRET}"}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=30) as http:
        yield http


@pytest.fixture
async def stocked(shop: httpx.AsyncClient) -> httpx.AsyncClient:
    """A shop with a customer, a product and a pending order."""
    for path, body in ((at("customers", CUSTOMER_ID), MIA), (at("products", "P1"), KETTLE), (at("orders", ORDER_ID), ORDER)):
        answer = await shop.put(path, json=body)
        assert answer.status_code == 200, answer.text
    return shop


async def put_order(shop: httpx.AsyncClient, expect: int = 200, id: str = ORDER_ID, **changes: Any) -> dict[str, Any]:
    answer = await shop.put(at("orders", id), json=ORDER | changes)
    assert answer.status_code == expect, answer.text
    found: dict[str, Any] = answer.json()
    return found


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def faults(answer: httpx.Response) -> set[tuple[str, int, str, str]]:
    assert error(answer) == (422, "records_refused")
    return {(one["table"], one["place"], one["column"], one["code"]) for one in answer.json()["error"]["faults"]}


async def everything(desk: RunningDesk, *models: Any) -> list[Any]:
    async with desk.database.read() as session:
        return [tuple(one) for model in models for one in await session.execute(select(model.__table__).order_by(*model.__table__.primary_key))]


async def one(desk: RunningDesk, query: Any) -> Any:
    async with desk.database.read() as session:
        return await session.scalar(query)


async def points(desk: RunningDesk, reference: str = CUSTOMER_ID) -> int:
    return int(await one(desk, select(func.coalesce(func.sum(LedgerEntry.points), 0)).where(
        LedgerEntry.account_id.in_(select(loyalty_accounts.LoyaltyAccount.id).join(Customer).where(Customer.reference == reference))
    )))


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


class TestCustomers:
    async def test_are_held_as_they_were_put(self, desk: RunningDesk, shop: httpx.AsyncClient) -> None:
        answer = await shop.put(at("customers", CUSTOMER_ID), json=MIA)
        assert answer.json() == {
            "added": {"customers": 1, "addresses": 2, "payment_methods": 2}, "changed": {}, "unchanged": {}
        }
        held = (await shop.get(at("customers", CUSTOMER_ID))).json()
        assert held["id"] == CUSTOMER_ID
        assert {name: held[name] for name in ("first_name", "last_name", "email", "phone", "locale")} == {
            name: MIA[name] for name in ("first_name", "last_name", "email", "phone", "locale")
        }
        assert held["addresses"] == [
            {"id": "home", "label": "Home", "recipient": "Mia Garcia", "line_1": "14 Quay Lane", "line_2": None, "town": "Kinsale",
             "region": None, "postcode": "P17 AB12", "country": "IE", "default": True},
            {"id": "work", "label": "Work", "recipient": "Mia at work", "line_1": "2 Mill St", "line_2": "Floor 3", "town": "Cork",
             "region": "Munster", "postcode": "T12 XY34", "country": "IE", "default": False},
        ]
        assert [(one["id"], one["kind"], one.get("balance"), one["expires_on"]) for one in held["payment_methods"]] == [
            ("credit_card_7394", "card", None, "2029-08-31"), ("gift_card_1", "gift_card", "40.00", None),
        ]

    async def test_put_again_or_back_change_nothing(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        kinds = (Customer, Address, PaymentMethod)
        before = await everything(desk, *kinds)
        for body in (MIA, (await stocked.get(at("customers", CUSTOMER_ID))).json()):
            answer = await stocked.put(at("customers", CUSTOMER_ID), json=body)
            assert answer.status_code == 200, answer.text
            assert (answer.json()["added"], answer.json()["changed"]) == ({}, {})
        assert await everything(desk, *kinds) == before

    async def test_keep_what_is_not_named(self, stocked: httpx.AsyncClient) -> None:
        body = {"first_name": "Maria", "last_name": "Garcia", "email": "maria@mail.example"}
        assert (await stocked.put(at("customers", CUSTOMER_ID), json=body)).status_code == 200
        held = (await stocked.get(at("customers", CUSTOMER_ID))).json()
        assert (held["first_name"], held["phone"], len(held["addresses"])) == ("Maria", MIA["phone"], 2)

    async def test_are_refused_whole_with_every_fault(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        before = await everything(desk, Customer, Address, PaymentMethod)
        body = copy.deepcopy(MIA) | {"id": "another", "emial": "x", "email": "nowhere"}
        body["addresses"][1] |= {"country": "Atlantis", "customer_id": "C-1"}
        body["addresses"].append("a text")
        body["payment_methods"][0]["last_digits"] = "4111111111111111"
        body["payment_methods"][1]["balance"] = 40.5
        answer = await stocked.put(at("customers", CUSTOMER_ID), json=body)
        assert faults(answer) == {
            ("customers", 0, "id", "id_differs"), ("addresses", 2, "customer_id", "id_differs"),
            ("addresses", 3, "", "type_wrong"), ("payment_methods", 1, "last_digits", "last_digits"),
            ("payment_methods", 2, "balance", "type_wrong"),
        }
        body = copy.deepcopy(MIA) | {"emial": "x", "email": "nowhere"}
        body["addresses"][1]["country"] = "Atlantis"
        found = faults(await stocked.put(at("customers", CUSTOMER_ID), json=body))
        assert {fault[:3] for fault in found} >= {("customers", 0, "emial"), ("addresses", 2, "country")}
        assert "4111111111111111" not in answer.text
        assert await everything(desk, Customer, Address, PaymentMethod) == before

    @pytest.mark.parametrize("addresses", ["x", 1, {"id": "home"}, True])
    async def test_with_parts_that_are_no_list_are_refused(self, shop: httpx.AsyncClient, addresses: Any) -> None:
        answer = await shop.put(at("customers", "C9"), json=MIA | {"addresses": addresses})
        assert faults(answer) == {("customers", 0, "addresses", "type_wrong")}

    async def test_with_two_defaults_are_refused_at_their_place(self, shop: httpx.AsyncClient) -> None:
        body = copy.deepcopy(MIA)
        body["addresses"][1]["default"] = True
        (fault,) = faults(await shop.put(at("customers", "C9"), json=body))
        assert fault[:3] == ("addresses", 2, "default")
        assert error(await shop.get(at("customers", "C9"))) == (404, "not_found")

    @pytest.mark.parametrize("name", ["bad\u0000name", "bad\ud800name"])
    async def test_with_a_column_that_cannot_be_shown_are_refused(self, shop: httpx.AsyncClient, name: str) -> None:
        body = {**MIA, "addresses": [{**MIA["addresses"][0], name: "x"}]}
        answer = await shop.put(at("customers", "C9"), content=json.dumps(body), headers={"Content-Type": "application/json"})
        assert faults(answer) == {("addresses", 1, "", "unknown_column")}

    async def test_that_nobody_knows_are_not_found(self, shop: httpx.AsyncClient) -> None:
        for id in ("C-404", "%00", "a" * 201, " ", "\u200b\n"):
            assert error(await shop.get(at("customers", id))) == (404, "not_found")
            assert error(await shop.get(at("orders", id))) == (404, "not_found")
        assert error(await shop.put(at("customers", "a" * 201), json=MIA)) == (404, "not_found")

    async def test_that_are_erased_are_neither_shown_nor_put(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        async def erase(session: Any) -> None:
            customer = await session.scalar(select(Customer).where(Customer.reference == CUSTOMER_ID))
            customer.erased_at = clock.now()

        await desk.do(erase)
        assert error(await stocked.get(at("customers", CUSTOMER_ID))) == (404, "not_found")
        assert error(await stocked.get(at("orders", ORDER_ID))) == (404, "not_found")
        assert error(await stocked.put(at("customers", CUSTOMER_ID), json=MIA)) == (422, "records_refused")


class TestProducts:
    async def test_are_held_with_their_variants(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        brass = await one(desk, select(Variant).where(Variant.sku == "9523456873"))
        assert (brass.options, brass.price_minor, brass.currency, brass.stock) == ({"colour": "brass", "size": "large"}, 4550, "EUR", 7)
        answer = await stocked.put(at("products", "P1"), json=KETTLE)
        assert answer.json() == {"added": {}, "changed": {}, "unchanged": {"products": 1, "variants": 2}}

    async def test_with_a_wrong_variant_are_refused(self, stocked: httpx.AsyncClient) -> None:
        wrong = {"id": "v", "price": "1.505", "currency": "EUR", "stock": -1}
        found = faults(await stocked.put(at("products", "P2"), json={"name": "Pan", "variants": [wrong]}))
        assert {fault[:3] for fault in found} == {("variants", 1, "stock")}
        found = faults(await stocked.put(at("products", "P2"), json={"name": "Pan", "variants": [wrong | {"stock": 1}]}))
        assert {fault[:3] for fault in found} == {("variants", 1, "price")}


class TestStock:
    async def stock(self, desk: RunningDesk) -> list[int]:
        async with desk.database.read() as session:
            return list(await session.scalars(select(Variant.stock).order_by(Variant.sku)))

    async def test_is_set_for_many_at_once(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        levels = [{"variant_id": "9523456874", "stock": 0}, {"variant_id": "9523456873", "stock": "12"}]
        answer = await stocked.put("/v1/shop/stock", json={"stock": levels})
        assert answer.json() == {"variants": 2}
        assert await self.stock(desk) == [12, 0]
        assert (await stocked.put("/v1/shop/stock", json={"stock": []})).json() == {"variants": 0}

    async def test_is_refused_whole(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        good = {"variant_id": "9523456873", "stock": 1}
        for wrong, fault in (
            ({"variant_id": "nothing", "stock": 1}, (2, "variant_id", "unknown_reference")),
            ({"variant_id": "9523456873", "stock": 2}, (2, "variant_id", "duplicate")),
            ({"variant_id": "9523456874", "stock": -1}, (2, "stock", "out_of_range")),
            ({"variant_id": "9523456874", "stock": 1.5}, (2, "stock", "type_wrong")),
            ({"variant_id": "9523456874", "stock": True}, (2, "stock", "not_a_whole_number")),
            ({"variant_id": "9523456874", "stock": 2**31}, (2, "stock", "out_of_range")),
            ({"variant_id": "9523456874"}, (2, "stock", "missing_column")),
            ([], (2, "", "type_wrong")),
        ):
            assert faults(await stocked.put("/v1/shop/stock", json={"stock": [good, wrong]})) == {("stock", *fault)}
        assert error(await stocked.put("/v1/shop/stock", json={"stock": "all"})) == (400, "body_malformed")
        assert error(await stocked.put("/v1/shop/stock", json=[good])) == (400, "body_malformed")
        assert await self.stock(desk) == [7, 3]


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


def business_of(desk: RunningDesk) -> Any:
    from support.policy.business import load_business

    return load_business(desk.settings.business)


async def ask_return(desk: RunningDesk) -> str:
    """The customer asks here to send everything back; the return's reference."""
    async def ask(session: Any) -> str:
        order = await session.scalar(select(Order).where(Order.number == ORDER_ID))
        method = await session.scalar(select(PaymentMethod).where(PaymentMethod.reference == "credit_card_7394"))
        lines = await returns_lines(session, order)
        done = await returns.request_return(
            session, Speaker.signed_in(order.customer_id), order.id, lines, method_id=method.id, reason=None, key="r",
            business=business_of(desk), at=clock.now(),
        )
        return str(done.details["return"])

    found: str = await desk.do(ask)
    return found


async def returns_lines(session: Any, order: Order) -> list[Any]:
    from support.models.orders import OrderLine

    ids = await session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id))
    return [returns.ReturnedLine(id) for id in ids]


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
