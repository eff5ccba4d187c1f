import pytest

from support.models.orders import OrderStatus
from support.models.payments import MethodKind
from tests.actions.stocking import stocked
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer, create_method, create_order

PENDING = OrderStatus.PENDING


@pytest.fixture
async def talk(database) -> Talk:
    """A customer with two pending orders: lamp, wristwatch and tablet in one, earbuds in the other."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        bought = {}
        for name, *variants in (
            ("Desk Lamp", (4000, 5, {"color": "white"}), (4500, 5, {"color": "brass"}), (3500, 0, {"color": "black"})),
            ("Wristwatch", (9000, 5, {"strap": "silicone"}), (9900, 5, {"strap": "metal"}), (8000, 5, {"strap": "leather"})),
            ("Tablet", (20000, 5, {"size": "7-inch", "color": "silver"}), (21000, 5, {"size": "8-inch", "color": "black"}),
             (22000, 5, {"size": "10-inch", "color": "black"}), (23000, 5, {"size": "8-inch", "color": "gold"})),
            ("Earbuds", (5000, 5, {"color": "white"}), (5500, 5, {"color": "blue"})),
        ):
            product = await stocked(session, name, *variants)
            await session.refresh(product, ["variants"])
            price, _, options = variants[0]
            bought[name] = (next(one for one in product.variants if one.options == options), 1, price)
        await create_order(
            session, customer, "HF-6390527", lines=tuple(bought[name] for name in ("Desk Lamp", "Wristwatch", "Tablet")),
            status=PENDING, paid_with=card,
        )
        await create_order(session, customer, "HF-5550012", lines=(bought["Earbuds"],), status=PENDING, paid_with=card)
    return Talk(customer)


@pytest.fixture
async def delivered(database) -> Talk:
    """A customer with a card and a gift card, and a delivered order of lamp, keyboard, tablet and rug."""
    async with database.write() as session:
        customer = await create_customer(session)
        card = await create_method(session, customer)
        await create_method(session, customer, MethodKind.GIFT_CARD, balance=9000, last_digits="0815")
        lines = []
        for name, *variants in (
            ("Desk Lamp", (4000, {"color": "white"}), (4500, {"color": "brass"}), (4900, {"color": "black"})),
            ("Keyboard", (6000, {"switch": "tactile", "size": "80%"}), (6500, {"switch": "clicky", "size": "80%"}),
             (7000, {"switch": "clicky", "size": "60%"})),
            ("Tablet", (20000, {"size": "7-inch", "storage": "32GB", "color": "gold"}),
             (21000, {"size": "8-inch", "storage": "128GB", "color": "black"}),
             (22000, {"size": "10-inch", "storage": "128GB", "color": "black"}),
             (23000, {"size": "10-inch", "storage": "128GB", "color": "silver"}),
             (23500, {"size": "10-inch", "storage": "64GB", "color": "silver"})),
            ("Wool Rug", (9000, {"color": "red"}), (9100, {"color": "green"})),
        ):
            product = await stocked(session, name, *((price, 5, options) for price, options in variants))
            await session.refresh(product, ["variants"])
            price, options = variants[0]
            lines.append((next(one for one in product.variants if one.options == options), 1, price))
        await create_order(session, customer, "HF-7001234", lines=tuple(lines), paid_with=card)
    return Talk(customer)
