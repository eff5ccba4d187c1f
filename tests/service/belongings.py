"""What a customer has with the shop, each fact under a name, as the database has it: what changed is what differs."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.cases import Case, CaseEvent
from support.models.catalogue import Variant
from support.models.customers import Address, Consent, Customer
from support.models.loyalty import LedgerEntry, LoyaltyAccount
from support.models.orders import Order, OrderLine
from support.models.payments import Payment, PaymentKind
from support.models.returns import Return, ReturnLine
from support.models.rewards import Voucher
from support.models.service_requests import ServiceRequest
from support.models.subscriptions import Subscription
from support.paying import gift_cards
from tests.service.regulars import Regular

Facts = dict[str, Any]


async def belongings(session: AsyncSession, regular: Regular) -> Facts:
    """Money is minor units; of an order `paid` is what each method has paid for it less what went back."""
    who = regular.customer.id
    customer = await session.get_one(Customer, who)
    addresses = list(await session.scalars(
        select(Address).where(Address.customer_id == who, Address.saved).order_by(Address.is_default.desc())
    ))
    facts: Facts = {
        "name": customer.name, "phone": customer.phone, "email": customer.email,
        "default address": next(f"{one.line_1}, {one.town}" for one in addresses if one.is_default),
        "address book": sorted(one.line_1 for one in addresses),
        "gift card": await gift_cards.balance(session, regular.methods["gift card"]),
        **await _points(session, who), **await _wishes(session, who), **await _subscription(session, regular),
        "cases": [one.kind.value for one in await session.scalars(select(Case).where(Case.customer_id == who))],
        "said on cases": len(list(await session.scalars(select(CaseEvent).join(Case).where(Case.customer_id == who)))),
    }
    for role, order in regular.orders.items():
        facts |= {f"{role}{name}": fact for name, fact in (await _order(session, regular, order.id)).items()}
    # The return that the customer begins with is one
    asked = select(ServiceRequest.kind).where(ServiceRequest.customer_id == who).order_by(ServiceRequest.at)
    return facts | {"done": list(await session.scalars(asked))[1:]}


async def _order(session: AsyncSession, regular: Regular, order_id: str) -> Facts:
    order = await session.get_one(Order, order_id)
    address = await session.get_one(Address, order.address_id)
    lines = await session.scalars(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.position))
    methods = {method.id: name for name, method in regular.methods.items()}
    paid: Counter[str] = Counter()
    for one in await session.scalars(select(Payment).where(Payment.order_id == order_id)):
        sign = 1 if one.kind is PaymentKind.PAYMENT else -1
        paid[methods[one.method_id]] += sign * one.amount_minor
    return {
        "": order.status.value, " goes to": f"{address.line_1}, {address.town}", " costs": order.total_minor,
        " has": [_words(one.quantity, one.product_name, one.options) for one in lines],
        " paid": {name: minor for name, minor in paid.items() if minor},
        " comes back": [await _return(session, one, methods) for one in await session.scalars(
            select(Return).where(Return.order_id == order_id).order_by(Return.requested_at)
        )],
    }


async def _return(session: AsyncSession, one: Return, methods: dict[str, str]) -> tuple[str, ...]:
    """(kind and status, minor units and method, line …)"""
    pieces = await session.execute(
        select(ReturnLine, OrderLine).join(OrderLine, OrderLine.id == ReturnLine.order_line_id)
        .where(ReturnLine.return_id == one.id).order_by(ReturnLine.position)
    )
    lines = []
    for piece, line in pieces:
        new = await session.get(Variant, piece.new_variant_id) if piece.new_variant_id else None
        instead = f" for {', '.join(new.options.values())}" if new else ""
        lines.append(_words(piece.quantity, line.product_name, line.options) + instead)
    return (f"{one.kind} {one.status}", f"{one.amount_minor} {methods[one.method_id]}", *lines)


async def _points(session: AsyncSession, who: str) -> Facts:
    entries = await session.scalars(
        select(LedgerEntry.points).join(LoyaltyAccount).where(LoyaltyAccount.customer_id == who)
    )
    vouchers = await session.scalars(select(Voucher).where(Voucher.customer_id == who).order_by(Voucher.issued_at))
    return {"points": sum(entries), "vouchers": [f"{one.kind} {one.value}" for one in vouchers]}


async def _wishes(session: AsyncSession, who: str) -> Facts:
    rows = await session.scalars(select(Consent).where(Consent.customer_id == who).order_by(Consent.at))
    return {"agreed to": {f"{one.purpose} by {one.channel}": one.granted for one in rows}}


async def _subscription(session: AsyncSession, regular: Regular) -> Facts:
    """Its status, the months by which it rests longer, and the days from the renewal until it ends, else None."""
    one = (await session.scalars(select(Subscription).where(Subscription.customer_id == regular.customer.id))).one()
    resting, ending = one.paused_until, one.ends_on
    months = resting and (resting.year - regular.renews_on.year) * 12 + resting.month - regular.renews_on.month
    return {
        "subscription": one.status.value, "subscription rests": months,
        "subscription ends": ending and (ending - regular.renews_on).days,
    }


def _words(quantity: int, product: str, options: dict[str, str]) -> str:
    return f"{quantity} {product} ({', '.join(options.values())})"
