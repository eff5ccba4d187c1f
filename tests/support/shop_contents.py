"""All that a shop holds, for comparison with itself, and a database with nothing in it."""

from collections import Counter

from sqlalchemy import select

from support.database import Database
from support.models import Base
from support.models.catalogue import Product, Variant
from support.models.customers import Address, Customer
from support.models.loyalty import Draw, LedgerEntry, Lot, LoyaltyAccount
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition, Shipment
from support.models.payments import GiftCardEntry, Payment, PaymentMethod
from support.models.subscriptions import Subscription


async def content(database: Database) -> dict[str, Counter]:
    """Every row of the shop's tables, ids of our own replaced by what they stand for."""
    named: dict[str, str] = {}
    found: dict[str, Counter] = {}
    async with database.read() as session:
        async def take(model, name, *leave, only=None):
            query = select(model).order_by(model.id) if only is None else select(model).where(only).order_by(model.id)
            for row in await session.scalars(query):
                values = {
                    column.name: getattr(row, column.name) for column in model.__table__.columns
                    if column.name not in ("id", *leave)
                }
                values = {key: named.get(value, value) if isinstance(value, str) else value for key, value in values.items()}
                values = {key: tuple(value.items()) if isinstance(value, dict) else value for key, value in values.items()}
                named[row.id] = name(row, values)
                found.setdefault(model.__tablename__, Counter())[tuple(sorted(values.items()))] += 1

        await take(Customer, lambda row, _: f"customer {row.reference}")
        shown = select(Order.address_id).where(Order.address_id.is_not(None))
        await take(
            Address, lambda row, said: "address " + "|".join(str(said[key]) for key in ("customer_id", "line_1", "line_2", "town", "postcode", "saved")),
            only=Address.saved | Address.id.in_(shown),
        )
        await take(PaymentMethod, lambda row, said: f"{said['customer_id']} method {row.reference}")
        await take(Product, lambda row, _: f"product {row.reference}")
        await take(Variant, lambda row, _: f"variant {row.sku}")
        await take(Order, lambda row, _: f"order {row.number}")
        await take(OrderLine, lambda row, said: f"{said['order_id']} line {row.position}")
        await take(Payment, lambda row, said: f"{said['order_id']} payment {row.reference}", "request_id")
        await take(Shipment, lambda row, said: f"{said['order_id']} shipment")
        await take(Subscription, lambda row, _: f"subscription {row.reference}")
        await take(LoyaltyAccount, lambda row, said: f"account of {said['customer_id']}", "opened_at", "referral_code")
        await take(LedgerEntry, lambda row, _: f"entry {row.idempotency_key}", "reverses_id")
        await take(Lot, lambda row, said: f"lot of {said['entry_id']}")
        await take(Draw, lambda row, _: "draw")
        for name in ("rewards", "interactions", "consents", "referrals"):
            columns = [column for column in Base.metadata.tables[name].columns if column.name != "id"]
            for row in await session.execute(select(*columns)):
                found.setdefault(name, Counter())[tuple(named.get(cell, cell) if isinstance(cell, str) else cell for cell in row)] += 1
        steps = await session.execute(
            select(OrderTransition.order_id, OrderTransition.to_status, OrderTransition.reason)
            .where(OrderTransition.to_status == OrderStatus.CANCELLED, OrderTransition.reason.is_not(None))
        )
        found["steps"] = Counter((named[order_id], to, reason) for order_id, to, reason in steps)
        held: Counter = Counter()
        for entry in await session.scalars(select(GiftCardEntry)):
            held[named[entry.method_id]] += entry.amount_minor
        found["balances"] = +held
    return {name: rows for name, rows in found.items() if rows}


async def emptied(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
