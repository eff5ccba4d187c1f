"""Factories of the shop's rows: what a test does not name has a plain value."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy.ext.asyncio import AsyncSession

from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.models.shop import Customer, Order, OrderLine, OrderStatus, Product, Shipment, Variant

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday
_numbers = count(1)


async def create_customer(session: AsyncSession, *, first_name: str = "Aoife", locale: str = "en_IE") -> Customer:
    customer = Customer(
        reference=f"C{next(_numbers)}", first_name=first_name, last_name="Brennan", email="aoife@example.com",
        locale=locale, created_at=NOW - timedelta(days=800),
    )
    session.add(customer)
    await session.flush()
    return customer


async def create_order(
    session: AsyncSession, customer: Customer, number: str, *,
    lines: tuple[tuple[str, int, int], ...] = (("Mug", 1, 1500),),
    placed_at: datetime = NOW, status: OrderStatus = OrderStatus.DELIVERED, shipping: int = 0, currency: str = "EUR",
) -> Order:
    """`lines` are (product, quantity, unit price in minor units)."""
    goods = sum(quantity * price for _, quantity, price in lines)
    order = Order(
        number=number, customer_id=customer.id, status=status, status_since=placed_at, placed_at=placed_at,
        currency=currency, goods_minor=goods, shipping_minor=shipping, total_minor=goods + shipping, paid_with="PayPal",
    )
    session.add(order)
    await session.flush()
    for position, (name, quantity, price) in enumerate(lines, 1):
        product = Product(name=name, category="Kitchen", description=name)
        session.add(product)
        await session.flush()
        variant = Variant(
            product_id=product.id, sku=f"S{next(_numbers)}", options={}, price_minor=price, currency=currency, stock=9
        )
        session.add(variant)
        await session.flush()
        session.add(OrderLine(
            order_id=order.id, position=position, variant_id=variant.id, product_name=name, options={"colour": "oat"},
            quantity=quantity, unit_price_minor=price,
        ))
    await session.flush()
    return order


async def create_shipment(
    session: AsyncSession, order: Order, *, expected_on: date, delivered_at: datetime | None = None
) -> Shipment:
    shipment = Shipment(
        order_id=order.id, carrier="Ternpost", tracking_number="TP1", tracking_url="https://ternpost.example/TP1",
        shipped_at=order.placed_at + timedelta(days=1), expected_on=expected_on, delivered_at=delivered_at,
        last_event="Sorted at the depot", last_place="Athlone", last_event_at=order.placed_at + timedelta(days=2),
    )
    session.add(shipment)
    await session.flush()
    return shipment


async def create_account(session: AsyncSession, customer: Customer) -> LoyaltyAccount:
    account = LoyaltyAccount(customer_id=customer.id, opened_at=customer.created_at)
    session.add(account)
    await session.flush()
    return account


async def earn(
    session: AsyncSession, account: LoyaltyAccount, points: int, *, at: datetime, expires_at: datetime,
    kind: EntryKind = EntryKind.EARN,
) -> Lot:
    """An entry that adds points, and the lot they lie in."""
    entry = await _enter(session, account, kind, points, at)
    lot = Lot(account_id=account.id, entry_id=entry.id, points=points, earned_at=at, expires_at=expires_at)
    session.add(lot)
    await session.flush()
    return lot


async def spend(
    session: AsyncSession, account: LoyaltyAccount, *draws: tuple[Lot, int], at: datetime,
    kind: EntryKind = EntryKind.REDEEM, reverses: str | None = None,
) -> LedgerEntry:
    """An entry that takes (lot, points)."""
    entry = await _enter(session, account, kind, -sum(points for _, points in draws), at, reverses)
    session.add_all([Draw(entry_id=entry.id, lot_id=lot.id, points=points) for lot, points in draws])
    await session.flush()
    return entry


async def _enter(
    session: AsyncSession, account: LoyaltyAccount, kind: EntryKind, points: int, at: datetime,
    reverses: str | None = None,
) -> LedgerEntry:
    entry = LedgerEntry(
        account_id=account.id, kind=kind, points=points, at=at, reason="test", reverses_id=reverses,
        idempotency_key=f"test:{next(_numbers)}",
    )
    session.add(entry)
    await session.flush()
    return entry
