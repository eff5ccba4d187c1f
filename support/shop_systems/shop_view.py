"""What we hold of a customer or an order, in the very shape in which the shop's systems may put it back."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support.errors import NotFound
from support.models.catalogue import Variant
from support.models.customers import Address, Customer
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition, Shipment
from support.models.payments import MethodKind, Payment, PaymentMethod
from support.outgoing.event_bodies import amount
from support.paying import gift_cards

Shown = dict[str, Any]
_PLACE = ("recipient", "line_1", "line_2", "town", "region", "postcode", "country")


async def customer(session: AsyncSession, reference: str) -> Shown:
    """A customer with their address book and payment methods. Raises NotFound, also for an erased one."""
    found = await session.scalar(
        select(Customer).where(Customer.reference == reference, Customer.erased_at.is_(None))
    )
    if found is None:
        raise NotFound
    addresses = await session.scalars(
        select(Address).where(Address.customer_id == found.id, Address.saved)
        .order_by(Address.is_default.desc(), Address.id)
    )
    methods = await session.scalars(
        select(PaymentMethod).where(PaymentMethod.customer_id == found.id).order_by(PaymentMethod.reference)
    )
    return {
        "id": found.reference, "first_name": found.first_name, "last_name": found.last_name, "email": found.email,
        "phone": found.phone, "locale": found.locale, "created_at": _time(found.created_at),
        "addresses": [_address(one) for one in addresses],
        "payment_methods": [await _method(session, one) for one in methods],
    }


async def order(session: AsyncSession, number: str) -> Shown:
    """An order with its lines, payments and shipments. Raises NotFound, also for one of an erased customer."""
    found = await session.scalar(
        select(Order).join(Customer).where(Order.number == number, Customer.erased_at.is_(None)).options(
            selectinload(Order.customer), selectinload(Order.address), selectinload(Order.lines),
            selectinload(Order.shipments), selectinload(Order.payments).selectinload(Payment.method),
        )
    )
    if found is None:
        raise NotFound
    skus = await _skus(session, found)
    currency = found.currency
    return {
        "id": found.number, "customer_id": found.customer.reference, "status": found.status,
        "status_since": _time(found.status_since), "placed_at": _time(found.placed_at), "currency": currency,
        "shipping": money(found.shipping_minor, currency), "discount": money(found.discount_minor, currency),
        "total": money(found.total_minor, currency), **_destination(found.address),
        "cancel_reason": await _cancel_reason(session, found), "lines_changed_at": _time(found.lines_swapped_at),
        "lines": [_line(line, skus[line.variant_id], currency) for line in found.lines],
        "payments": [_payment(payment) for payment in found.payments],
        "shipments": [_shipment(shipment) for shipment in found.shipments],
    }


def money(minor: int, currency: str) -> str:
    """Minor units as the decimal that a body has: 12.50."""
    return amount(minor, currency)["amount"]


def payment(found: Payment) -> Shown:
    """A payment or refund; `rapport_id` is how it is called here, `id` the shop's own, null until it has one."""
    return {
        "rapport_id": found.id, "id": found.reference, "kind": found.kind,
        "amount": money(found.amount_minor, found.currency), "currency": found.currency, "at": _time(found.at),
        "settled_at": _time(found.settled_at),
    }


def _payment(found: Payment) -> Shown:
    return payment(found) | {"payment_method_id": found.method.reference}


def _address(found: Address) -> Shown:
    return {
        "id": found.reference, "label": found.label, **{name: getattr(found, name) for name in _PLACE},
        "default": found.is_default,
    }


def _destination(found: Address | None) -> Shown:
    return {f"address_{name}": getattr(found, name, None) for name in _PLACE}


async def _method(session: AsyncSession, found: PaymentMethod) -> Shown:
    is_card = found.kind is MethodKind.GIFT_CARD
    balance = {"balance": money(await gift_cards.balance(session, found), found.currency)} if is_card else {}
    return {
        "id": found.reference, "kind": found.kind, "brand": found.brand, "last_digits": found.last_digits,
        "currency": found.currency, "expires_on": found.expires_on and found.expires_on.isoformat(),
        "default": found.is_default, "removed_at": _time(found.removed_at), **balance,
    }


def _line(found: OrderLine, sku: str, currency: str) -> Shown:
    return {
        "id": found.reference, "variant_id": sku, "product_name": found.product_name, "options": found.options,
        "quantity": found.quantity, "unit_price": money(found.unit_price_minor, currency),
    }


def _shipment(found: Shipment) -> Shown:
    return {
        "tracking_number": found.tracking_number, "carrier": found.carrier, "tracking_url": found.tracking_url,
        "shipped_at": _time(found.shipped_at), "expected_on": found.expected_on and found.expected_on.isoformat(),
        "delivered_at": _time(found.delivered_at), "last_event": found.last_event, "last_place": found.last_place,
        "last_event_at": _time(found.last_event_at),
    }


async def _skus(session: AsyncSession, found: Order) -> dict[str, str]:
    ids = {line.variant_id for line in found.lines}
    rows = await session.execute(select(Variant.id, Variant.sku).where(Variant.id.in_(ids)))
    return {row.id: row.sku for row in rows}


async def _cancel_reason(session: AsyncSession, found: Order) -> str | None:
    reason: str | None = await session.scalar(
        select(OrderTransition.reason)
        .where(OrderTransition.order_id == found.id, OrderTransition.to_status == OrderStatus.CANCELLED)
    )
    return reason


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
