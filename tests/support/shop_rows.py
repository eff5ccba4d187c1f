"""Factories of the shop's rows: what a test does not name has a plain value."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker
from support.models.catalogue import Product, Variant
from support.models.conversations import Level
from support.models.customers import Address, Customer
from support.models.loyalty import Draw, EntryKind, LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order, OrderLine, OrderStatus, Shipment
from support.models.payments import GiftCardEntry, MethodKind, Payment, PaymentKind, PaymentMethod

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday
_numbers = count(1)


def speaker_of(customer: Customer, level: Level = Level.SIGNED_IN) -> Speaker:
    return Speaker(level, customer.id)


async def create_customer(
    session: AsyncSession, *, first_name: str = "Aoife", email: str = "aoife@example.com", locale: str = "en_IE",
    reference: str | None = None,
) -> Customer:
    customer = Customer(
        reference=reference or f"C{next(_numbers)}", first_name=first_name, last_name="Brennan", email=email,
        locale=locale, created_at=NOW - timedelta(days=800),
    )
    session.add(customer)
    await session.flush()
    return customer


async def create_address(
    session: AsyncSession, customer: Customer, *, line_1: str = "14 Quay Lane", postcode: str = "P17 AB12",
    is_default: bool = True, saved: bool = True,
) -> Address:
    address = Address(
        customer_id=customer.id, label="Home", recipient=customer.name, line_1=line_1, town="Kinsale",
        postcode=postcode, country="IE", is_default=is_default, saved=saved,
    )
    session.add(address)
    await session.flush()
    return address


async def create_method(
    session: AsyncSession, customer: Customer, kind: MethodKind = MethodKind.CARD, *, balance: int = 0,
    currency: str = "EUR", last_digits: str | None = "4242",
) -> PaymentMethod:
    """`balance` is minor units on a gift card."""
    brands = {MethodKind.CARD: "Visa", MethodKind.WALLET: "PayPal"}
    method = PaymentMethod(
        customer_id=customer.id, reference=f"{kind}_{next(_numbers)}", kind=kind, brand=brands.get(kind),
        last_digits=last_digits if kind is not MethodKind.WALLET else None, currency=currency,
    )
    session.add(method)
    await session.flush()
    if balance:
        session.add(GiftCardEntry(
            method_id=method.id, amount_minor=balance, at=NOW - timedelta(days=90), reason="test",
            idempotency_key=f"test:{next(_numbers)}",
        ))
        await session.flush()
    return method


async def create_product(session: AsyncSession, name: str = "Kettle") -> Product:
    product = Product(reference=f"P{next(_numbers)}", name=name, category="Kitchen", description=name)
    session.add(product)
    await session.flush()
    return product


async def create_variant(
    session: AsyncSession, product: Product, *, price: int = 1500, stock: int = 9, currency: str = "EUR",
    **options: str,
) -> Variant:
    variant = Variant(
        product_id=product.id, sku=f"S{next(_numbers)}", options=options, price_minor=price, currency=currency,
        stock=stock,
    )
    session.add(variant)
    await session.flush()
    return variant


async def create_order(
    session: AsyncSession, customer: Customer, number: str | None = None, *,
    lines: tuple[tuple[str | Variant, int, int], ...] = (("Mug", 1, 1500),),
    placed_at: datetime = NOW, status: OrderStatus = OrderStatus.DELIVERED, shipping: int = 0, currency: str = "EUR",
    paid_with: PaymentMethod | None = None, address: Address | None = None,
) -> Order:
    """`lines` are (product or variant, quantity, unit price in minor units); `paid_with` has paid the whole of it."""
    goods = sum(quantity * price for _, quantity, price in lines)
    order = Order(
        number=number or f"HF-{20_000 + next(_numbers)}", customer_id=customer.id, status=status,
        status_since=placed_at, placed_at=placed_at, currency=currency, goods_minor=goods, shipping_minor=shipping,
        total_minor=goods + shipping, address_id=address.id if address else None,
    )
    session.add(order)
    await session.flush()
    for position, (bought, quantity, price) in enumerate(lines, 1):
        variant = bought if isinstance(bought, Variant) else await create_variant(
            session, await create_product(session, bought), price=price, currency=currency, colour="oat"
        )
        product = await session.get_one(Product, variant.product_id)
        session.add(OrderLine(
            order_id=order.id, position=position, variant_id=variant.id, product_name=product.name,
            options=variant.options, quantity=quantity, unit_price_minor=price,
        ))
    if paid_with is not None:
        session.add(Payment(
            order_id=order.id, method_id=paid_with.id, kind=PaymentKind.PAYMENT, amount_minor=goods + shipping,
            currency=currency, at=placed_at, settled_at=placed_at,
        ))
    await session.flush()
    return order


async def lines_of(session: AsyncSession, order: Order) -> list[OrderLine]:
    """The order's lines as the database has them."""
    query = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


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
