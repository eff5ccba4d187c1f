"""Orders that have been paid, in every way that a test may want, and where their money and stock are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker
from support.models.catalogue import Product, Variant
from support.models.customers import Customer
from support.models.orders import Order, OrderLine, OrderStatus
from support.models.outbox import OutboxEvent
from support.models.payments import MethodKind, Payment, PaymentKind, PaymentMethod
from support.paying import gift_cards
from tests.support.shop_rows import (
    NOW,
    create_customer,
    create_method,
    create_order,
    create_product,
    create_variant,
    lines_of,
    speaker_of,
)


@dataclass
class Bought:
    """A pending order of two small kettles and a plain mug, 4.95 of shipping, paid by card: 2 x 20.00 + 8.00 + 4.95."""

    customer: Customer
    speaker: Speaker
    card: PaymentMethod
    gift_card: PaymentMethod
    order: Order
    kettles: OrderLine
    mug: OrderLine
    small: Variant
    large: Variant
    copper: Variant
    plain: Variant
    striped: Variant


async def buy(session: AsyncSession, *, balance: int = 1000, status: OrderStatus = OrderStatus.PENDING) -> Bought:
    """`balance` is what the customer's gift card holds, in minor units."""
    customer = await create_customer(session)
    card = await create_method(session, customer)
    gift_card = await create_method(session, customer, MethodKind.GIFT_CARD, balance=balance, last_digits="0815")
    kettle, cup = await create_product(session, "Kettle"), await create_product(session, "Mug")
    small = await create_variant(session, kettle, price=2000, stock=5, size="small")
    large = await create_variant(session, kettle, price=2550, stock=3, size="large")
    copper = await create_variant(session, kettle, price=1699, stock=2, size="small", colour="copper")
    plain = await create_variant(session, cup, price=800, stock=4, pattern="plain")
    striped = await create_variant(session, cup, price=800, stock=1, pattern="striped")
    order = await create_order(
        session, customer, lines=((small, 2, 2000), (plain, 1, 800)), status=status, shipping=495, paid_with=card
    )
    kettles, mug = await lines_of(session, order)
    return Bought(
        customer, speaker_of(customer), card, gift_card, order, kettles, mug, small, large, copper, plain, striped
    )


async def pay_in_part(session: AsyncSession, order: Order, method: PaymentMethod, minor: int) -> None:
    """One more payment for the order; a gift card's entry is left to the test."""
    session.add(Payment(
        order_id=order.id, method_id=method.id, kind=PaymentKind.PAYMENT, amount_minor=minor, currency=order.currency,
        at=NOW, settled_at=NOW,
    ))
    await session.flush()


async def kept(session: AsyncSession, order: Order) -> dict[str, int]:
    """{method id: what it paid for the order less what it got back}, zeros left out."""
    sums: dict[str, int] = {}
    for row in await session.scalars(select(Payment).where(Payment.order_id == order.id)):
        sign = 1 if row.kind is PaymentKind.PAYMENT else -1
        sums[row.method_id] = sums.get(row.method_id, 0) + sign * row.amount_minor
    return {method_id: minor for method_id, minor in sums.items() if minor}


async def made_by(session: AsyncSession, request_id: str) -> list[tuple[str, str, int, bool]]:
    """(kind, method id, minor units, whether settled) of the request's payment rows, refunds last."""
    rows = await session.scalars(select(Payment).where(Payment.request_id == request_id).order_by(Payment.kind))
    return [(row.kind, row.method_id, row.amount_minor, row.settled_at is not None) for row in rows]


async def payment_ids(session: AsyncSession, request_id: str) -> dict[str, str]:
    """{method id: the id of what the request moved by it}."""
    rows = await session.execute(select(Payment.method_id, Payment.id).where(Payment.request_id == request_id))
    return {row.method_id: row.id for row in rows}


async def balance(session: AsyncSession, card: PaymentMethod) -> int:
    return await gift_cards.balance(session, card)


async def stock(session: AsyncSession, *variants: Variant) -> list[int]:
    """What the database says is left of each."""
    found = {row.id: row.stock for row in await session.execute(select(Variant.id, Variant.stock))}
    return [found[variant.id] for variant in variants]


async def reread(session: AsyncSession, order: Order) -> Order:
    """The order as the database has it."""
    return await session.get_one(Order, order.id, populate_existing=True)


async def told(session: AsyncSession) -> list[tuple[str, dict[str, object]]]:
    """(name, body) of every event for the shop, the first first."""
    rows = await session.scalars(select(OutboxEvent).order_by(OutboxEvent.number))
    return [(row.name, row.body) for row in rows]


async def product_of(session: AsyncSession, variant: Variant) -> Product:
    return await session.get_one(Product, variant.product_id)
