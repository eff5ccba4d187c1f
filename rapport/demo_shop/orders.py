"""The demo shop's products and orders: each order lives its life from its placing up to now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from rapport.demo_shop.catalogue import WARES, Ware
from rapport.demo_shop.draft import Draft, Row
from support.models.catalogue import Product, Variant
from support.models.customers import Address
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition


@dataclass(frozen=True)
class Plan:
    """An order to come: `fate` is what becomes of it, `pieces` how many lines it has at least."""

    customer: Row
    placed_at: datetime
    fate: str = "arrives"  # or cancelled, returned, late; coming_back and exchanged are asked for and on their way
    pieces: int = 1
    returned_at: datetime | None = None


_BY_SHOP = (OrderStatus.PROCESSED, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.RETURNED)
_ENDS = {
    "returned": OrderStatus.RETURNED, "coming_back": OrderStatus.RETURN_REQUESTED,
    "exchanged": OrderStatus.EXCHANGE_REQUESTED,
}


@dataclass(frozen=True)
class Life:
    """When an order came into each of its statuses; what lies ahead of now has not happened."""

    processed_at: datetime
    shipped_at: datetime
    arrives_at: datetime
    ended_at: datetime | None

    def steps(self, plan: Plan, at: datetime) -> list[tuple[datetime, OrderStatus]]:
        """Each status that the order has come into by `at`, and when."""
        steps = [(plan.placed_at, OrderStatus.PENDING)]
        if plan.fate == "cancelled":
            assert self.ended_at is not None
            steps.append((self.ended_at, OrderStatus.CANCELLED))
        else:
            steps += [
                (self.processed_at, OrderStatus.PROCESSED), (self.shipped_at, OrderStatus.SHIPPED),
                (self.arrives_at, OrderStatus.DELIVERED),
            ]
            if self.ended_at is not None:
                steps.append((self.ended_at, _ENDS[plan.fate]))
        return [(moment, status) for moment, status in steps if moment <= at]


def make_products(draft: Draft) -> dict[str, list[Row]]:
    """All products; {name: its variants}."""
    variants: dict[str, list[Row]] = {}
    for number, ware in enumerate(WARES, 101):
        product = draft.add(
            Product, id=draft.new_id(), reference=f"HF{number}", name=ware.name, category=ware.category, description=ware.description
        )
        variants[ware.name] = [
            draft.add(
                Variant, id=draft.new_id(), product_id=product["id"], sku=f"HF{number}-{place:02}", options=options,
                price_minor=cents, currency=draft.business.shop.currency,
                stock=draft.chance.choices((0, draft.chance.randint(1, 4), draft.chance.randint(5, 60)), (6, 14, 80))[0],
            )
            for place, (options, cents) in enumerate(ware.variants(), 1)
        ]
    return variants


def make_order(draft: Draft, plan: Plan, number: str, variants: dict[str, list[Row]]) -> tuple[Row, Life]:
    """The order of that plan with its lines, and its life."""
    life = _life(draft, plan)
    steps = life.steps(plan, draft.at)
    since, status = steps[-1]
    rules = draft.business.orders
    order_id = draft.new_id()
    goods = _lines(draft, order_id, plan.pieces, variants)
    shipping = 0 if goods >= rules.free_shipping_from else rules.shipping_cost
    home = next(row for row in draft.rows[Address] if row["customer_id"] == plan.customer["id"])
    order = draft.add(
        Order,
        id=order_id, number=number, customer_id=plan.customer["id"], address_id=home["id"], status=status,
        status_since=since, placed_at=plan.placed_at, currency=draft.business.shop.currency, goods_minor=goods,
        shipping_minor=shipping, discount_minor=0, total_minor=goods + shipping, lines_swapped_at=None,
    )
    for step, ((_, before), (at, after)) in enumerate(pairwise(steps), 1):
        draft.add(
            OrderTransition, order_id=order_id, number=step, at=at, from_status=before, to_status=after,
            actor="shop" if after in _BY_SHOP else "customer", reason=None,
        )
    return order, life


def _life(draft: Draft, plan: Plan) -> Life:
    chance, rules = draft.chance, draft.business.orders
    processed = plan.placed_at + timedelta(minutes=chance.randint(90, 1200))
    shipped = draft.on_working_day(processed, rules.dispatch_days if chance.random() < 0.8 else 0)
    on_the_road = chance.randint(rules.delivery_days.at_least, rules.delivery_days.at_most)
    arrives = draft.on_working_day(shipped, on_the_road)
    if plan.fate == "late":
        arrives = draft.on_working_day(shipped, rules.delivery_days.at_most + chance.randint(6, 9))
    ended = plan.returned_at
    if plan.fate == "cancelled":
        ended = plan.placed_at + timedelta(minutes=chance.randint(10, 80))
    elif plan.fate == "returned" and ended is None:
        ended = arrives + timedelta(days=chance.randint(4, 24), hours=chance.randint(0, 5))
    return Life(processed, shipped, arrives, ended)


def _lines(draft: Draft, order_id: str, pieces: int, variants: dict[str, list[Row]]) -> int:
    """Add the order's lines; the sum of their prices."""
    chance, goods = draft.chance, 0
    count = max(pieces, chance.choices((1, 2, 3, 4), (48, 30, 15, 7))[0])
    wares: list[Ware] = chance.sample(WARES, count)
    for position, ware in enumerate(wares, 1):
        variant = chance.choice(variants[ware.name])
        quantity = chance.randint(1, ware.at_once)
        goods += quantity * variant["price_minor"]
        draft.add(
            OrderLine,
            id=draft.new_id(), order_id=order_id, position=position, variant_id=variant["id"],
            product_name=ware.name, options=variant["options"], quantity=quantity,
            unit_price_minor=variant["price_minor"],
        )
    return goods
