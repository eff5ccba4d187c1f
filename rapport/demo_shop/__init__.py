"""A homeware shop that never was: its customers, products, orders, points and conversations, and its website."""

from rapport.demo_shop.people import DEMO_AGENTS, DEMO_CUSTOMERS
from rapport.demo_shop.seeding import is_seeded, seed

__all__ = ["DEMO_AGENTS", "DEMO_CUSTOMERS", "is_seeded", "seed"]
