"""Money for an order, there and back: every movement is a row. Amounts are minor units.

We move gift cards' money ourselves, at once. For all else a row says what is to happen and the shop's payment provider
does it; the shop tells us when it has settled.
"""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support.models.orders import Order
from support.models.payments import MethodKind, Payment, PaymentKind, PaymentMethod
from support.models.service_requests import ServiceRequest
from support.paying import gift_cards
from support.paying.payment_methods import label
from support.refusals import AmountInvalid, CurrencyDiffers
from support.service_requests import Movement


def check_currency(method: PaymentMethod, currency: str) -> None:
    """Raises CurrencyDiffers: a gift card holds money of one currency; other methods take any."""
    if method.kind is MethodKind.GIFT_CARD and method.currency != currency:
        raise CurrencyDiffers


async def check_can_pay(
    session: AsyncSession, method: PaymentMethod, amount_minor: int, currency: str, *, at: datetime
) -> None:
    """Raises CurrencyDiffers, GiftCardTooLow."""
    check_currency(method, currency)
    if method.kind is MethodKind.GIFT_CARD:
        await gift_cards.check_covers(session, method, amount_minor, at=at)


async def pay(
    session: AsyncSession, order: Order, method: PaymentMethod, amount_minor: int, *, request: ServiceRequest,
    at: datetime, promised_at: datetime | None = None,
) -> Movement:
    """Take `amount_minor` (more than zero) for the order; a gift card that promised it may have expired since then.

    Raises AmountInvalid, CurrencyDiffers, GiftCardTooLow.
    """
    if amount_minor > 0:
        await check_can_pay(session, method, amount_minor, order.currency, at=promised_at or at)
    return await _move(session, order, method, PaymentKind.PAYMENT, amount_minor, request, at)


async def refund(
    session: AsyncSession, order: Order, method: PaymentMethod, amount_minor: int, *, request: ServiceRequest,
    at: datetime,
) -> Movement:
    """Give `amount_minor` (more than zero) back. Raises AmountInvalid, CurrencyDiffers."""
    check_currency(method, order.currency)
    return await _move(session, order, method, PaymentKind.REFUND, amount_minor, request, at)


async def paid_with(session: AsyncSession, order: Order) -> dict[PaymentMethod, int]:
    """{method: what it has paid for the order and not got back}, the first that paid first, none with nothing.

    It adds up to what the shop has of the order's money. What a method got back beyond what it paid (a gift card may
    get another's refund) is taken off those that paid, the first one first, for else it could be given back twice.
    """
    rows = await session.scalars(
        select(Payment).where(Payment.order_id == order.id).order_by(Payment.at, Payment.id)
        .options(selectinload(Payment.method))
    )
    sums: defaultdict[PaymentMethod, int] = defaultdict(int)
    for row in rows:
        sums[row.method] += row.amount_minor if row.kind is PaymentKind.PAYMENT else -row.amount_minor
    beyond = -sum(minor for minor in sums.values() if minor < 0)
    kept = {}
    for method, minor in sums.items():
        off = min(beyond, max(minor, 0))
        beyond -= off
        if minor > off:
            kept[method] = minor - off
    return kept


async def _move(
    session: AsyncSession, order: Order, method: PaymentMethod, kind: PaymentKind, amount_minor: int,
    request: ServiceRequest, at: datetime,
) -> Movement:
    if amount_minor <= 0:
        raise AmountInvalid
    is_card = method.kind is MethodKind.GIFT_CARD
    to_customer = amount_minor if kind is PaymentKind.REFUND else -amount_minor
    row = Payment(
        order_id=order.id, method_id=method.id, request_id=request.id, kind=kind, amount_minor=amount_minor,
        currency=order.currency, at=at, settled_at=at if is_card else None,
    )
    session.add(row)
    await session.flush()
    if is_card:
        await gift_cards.enter(
            session, method, to_customer, key=f"payment:{row.id}", at=at,
            reason=f"{kind.capitalize()}, {order.number}"[:200],  # a shop's own number may be as long by itself
        )
    return Movement(method.id, label(method), to_customer, order.currency)
