"""Customers of the demo shop with something of everything, one for each conversation, so that none meets another's."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.identity import Speaker
from support.models.catalogue import Product, Variant
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.orders import Order, OrderStatus
from support.models.payments import MethodKind, PaymentMethod
from support.models.subscriptions import Subscription, SubscriptionStatus
from support.points import ledger
from support.policy.business import Business
from support.returning import returns
from support.returning.returned_lines import ReturnedLine
from tests.support.shop_rows import (
    create_account,
    create_address,
    create_customer,
    create_method,
    create_order,
    create_shipment,
    lines_of,
)

POINTS = 500
IN_STOCK = 50  # of what the conversations are about, whatever the demo shop happens to have


@dataclass
class Regular:
    """`orders` by what is to be known of them: pending, shipped, delivered, returning and old (too old to come back).

    `renews_on` is when the subscription renewed next when all began.
    """

    customer: Customer
    orders: dict[str, Order]
    methods: dict[str, PaymentMethod]
    renews_on: date

    @property
    def numbers(self) -> dict[str, str]:
        """{role: the order's number}"""
        return {role: order.number for role, order in self.orders.items()}


async def variant(session: AsyncSession, product: str, **options: str) -> Variant:
    """What the demo shop sells under that name with just these options."""
    known = await session.scalars(select(Variant).join(Product).where(Product.name == product))
    found = next(one for one in known if one.options == options)
    found.stock = max(found.stock, IN_STOCK)
    return found


async def create_regular(session: AsyncSession, business: Business, at: datetime, *, points: int = POINTS) -> Regular:
    """Maeve: five orders paid by Visa, PayPal and a gift card beside it, two addresses, points, a subscription."""
    own = uuid.uuid4().hex
    customer = await create_customer(
        session, first_name="Maeve", email=f"maeve-{own}@example.com", reference=f"maeve-{own}"
    )
    customer.phone = "+353 86 555 0101"
    home = await create_address(session, customer)
    work = await create_address(session, customer, line_1="3 Mill Road", postcode="T12 XY34", is_default=False)
    work.label, work.town = "Work", "Cork"
    card = await create_method(session, customer)
    card.is_default = True
    methods = {
        "Visa": card, "PayPal": await create_method(session, customer, MethodKind.WALLET),
        "gift card": await create_method(session, customer, MethodKind.GIFT_CARD, balance=1000, last_digits="0815"),
    }
    await variant(session, "Storage jar", size="medium")
    await variant(session, "Lantern desk lamp", colour="white")
    await variant(session, "Pepper mill", wood="oak", size="tall")
    await variant(session, "Bath towel", colour="moss")
    bought = {
        "pending": (0, (("Storage jar", {"size": "small"}, 2), ("Lantern desk lamp", {"colour": "brass"}, 1))),
        "shipped": (2, (("Linen throw", {"colour": "sand"}, 1),)),
        "delivered": (8, (
            ("Pepper mill", {"wood": "oak", "size": "short"}, 1), ("Bath towel", {"colour": "chalk"}, 2),
        )),
        "returning": (12, (("Linen cushion", {"colour": "moss", "size": "45 cm"}, 1),)),
        "old": (200, (("Field jug", {"colour": "oat", "size": "1 litre"}, 1),)),
    }
    orders = {}
    for role, (days, wares) in bought.items():
        placed = at - timedelta(days=days, minutes=30)
        lines = [(await variant(session, name, **options), quantity) for name, options, quantity in wares]
        orders[role] = order = await create_order(
            session, customer, placed_at=placed, shipping=495, paid_with=card, address=home,
            lines=tuple((one, quantity, one.price_minor) for one, quantity in lines),
            status=OrderStatus(role) if role in ("pending", "shipped") else OrderStatus.DELIVERED,
        )
        if role != "pending":
            arrived = None if role == "shipped" else placed + timedelta(days=3)
            await create_shipment(
                session, order, expected_on=(placed + timedelta(days=5)).date(), delivered_at=arrived
            )
    account = await create_account(session, customer)
    await ledger.earn(
        session, account, points, key=f"regular:{customer.id}", at=at - timedelta(days=20),
        expires_at=at + timedelta(days=340), reason="Order",
    )
    renews_on = (at + timedelta(days=20)).date()
    session.add(Subscription(
        customer_id=customer.id, reference="SUB-1", name="Coffee beans", price_minor=1250, currency="EUR",
        every_months=1, status=SubscriptionStatus.ACTIVE, started_on=(at - timedelta(days=100)).date(),
        renews_on=renews_on, method_id=card.id,
    ))
    (cushion,) = await lines_of(session, orders["returning"])
    await returns.request_return(
        session, Speaker(Level.SIGNED_IN, customer.id), orders["returning"].id, [ReturnedLine(cushion.id)],
        method_id=card.id, reason=None, key="regular", business=business, at=at - timedelta(days=1),
    )
    return Regular(customer, orders, methods, renews_on)
