"""What the shop's systems put in these tests, and what we then hold."""

from typing import Any
from urllib.parse import quote

import httpx
from sqlalchemy import func, select

from support import clock
from support.identity import Speaker
from support.models.customers import Customer
from support.models.loyalty import LedgerEntry
from support.models.orders import Order, OrderLine
from support.models.payments import PaymentMethod
from support.points import loyalty_accounts
from support.policy.business import Business, load_business
from support.returning import returns
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


def business_of(desk: RunningDesk) -> Business:
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
    ids = await session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id))
    return [returns.ReturnedLine(id) for id in ids]
