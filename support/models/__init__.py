"""Every table, imported here so that `Base.metadata` knows them all."""

from support.models import (
    agents,
    cases,
    catalogue,
    conversations,
    customers,
    identity,
    invoices,
    loyalty,
    orders,
    outbox,
    payments,
    returns,
    rewards,
    service_requests,
    subscriptions,
)
from support.models.base import Base

__all__ = [
    "Base", "agents", "cases", "catalogue", "conversations", "customers", "identity", "invoices", "loyalty", "orders",
    "outbox", "payments", "returns", "rewards", "service_requests", "subscriptions",
]
