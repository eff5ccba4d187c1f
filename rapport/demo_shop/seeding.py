"""Filling an empty database with the demo shop."""

import random
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from rapport.demo_shop.conversations import Colleague, make_conversations
from rapport.demo_shop.customers import make_customers
from rapport.demo_shop.draft import Draft, Row
from rapport.demo_shop.orders import make_order, make_products
from rapport.demo_shop.payments import make_methods, make_payments
from rapport.demo_shop.people import DEMO_AGENTS, LAPSING, REGULAR
from rapport.demo_shop.points import Delivered, make_points
from rapport.demo_shop.relations import make_relations
from rapport.demo_shop.rewards import make_rewards, make_vouchers
from rapport.demo_shop.shipments import make_shipments
from rapport.demo_shop.stories import all_plans
from support.models.agents import Agent
from support.models.base import Base
from support.models.customers import Customer
from support.models.orders import OrderStatus
from support.policy.business import Business

SEED = 20
FIRST_NUMBER = 10001
Progress = Callable[[str], None]


async def is_seeded(session: AsyncSession) -> bool:
    """Whether the database holds any customer already."""
    return await session.scalar(select(Customer.id).limit(1)) is not None


async def seed(
    session: AsyncSession, business: Business, at: datetime, progress: Progress | None = None
) -> None:
    """Write the demo shop as it stands at `at`: the same rows for the same `at`, agents and rules.

    The database must hold no customer yet. `progress` hears what is being done, a sentence a step.
    """
    tell = progress or (lambda _: None)
    tell("Inventing the demo shop")
    draft = make_shop(business, at, await _colleagues(session))
    for table in Base.metadata.sorted_tables:
        for model in [one for one in draft.rows if one.__tablename__ == table.name]:
            rows = draft.rows[model]
            tell(f"Writing {len(rows)} {table.name.replace('_', ' ')}")
            await session.execute(insert(model), rows)
    await session.flush()


async def _colleagues(session: AsyncSession) -> list[Colleague]:
    ids = {agent.email: agent.id for agent in await session.scalars(select(Agent))}
    return [Colleague(ids.get(one["email"]), one["name"]) for one in DEMO_AGENTS]


def make_shop(business: Business, at: datetime, colleagues: list[Colleague]) -> Draft:
    """All rows of the demo shop, not yet written."""
    draft = Draft(business, at, random.Random(SEED))  # noqa: S311 - a demo, not a secret
    customers, variants = make_customers(draft), make_products(draft)
    methods = make_methods(draft, customers)
    orders: dict[str, list[Row]] = {}
    delivered: dict[str, list[Delivered]] = {}
    for place, plan in enumerate(all_plans(draft, customers)):
        number = f"{business.orders.number_prefix}-{FIRST_NUMBER + place}"
        order, life = make_order(draft, plan, number, variants)
        make_shipments(draft, plan, order, life)
        make_payments(draft, order, methods[plan.customer["id"]], variants)
        orders.setdefault(plan.customer["id"], []).append(order)
        if life.arrives_at <= draft.at and order["status"] is not OrderStatus.CANCELLED:
            returned_at = life.ended_at if order["status"] == OrderStatus.RETURNED else None
            story = Delivered(order, life.arrives_at, returned_at)
            delivered.setdefault(plan.customer["id"], []).append(story)
    for customer in customers:
        redeems = {REGULAR.reference: True, LAPSING.reference: False}.get(customer["reference"])
        make_points(draft, customer, delivered.get(customer["id"], []), redeems=redeems)
    make_rewards(draft)
    make_vouchers(draft)
    make_relations(draft, customers, orders)
    make_conversations(draft, customers, orders, colleagues)
    return draft
