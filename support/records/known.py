"""The little that others need to know of a row to which they refer: its own id, and what has to fit."""

from datetime import datetime
from typing import Any, NamedTuple

from support.models.loyalty import EntryKind
from support.models.payments import MethodKind


class KnownCustomer(NamedTuple):
    id: str
    name: str
    created_at: datetime
    erased: bool


class KnownProduct(NamedTuple):
    id: str
    name: str


class KnownVariant(NamedTuple):
    id: str
    product_id: str
    product_name: str
    options: dict[str, Any]


class KnownMethod(NamedTuple):
    id: str
    kind: MethodKind
    currency: str


class KnownOrder(NamedTuple):
    """`new`: it has come in this very go, so that there is nothing of it in the database yet."""

    id: str
    customer_id: str
    currency: str
    placed_at: datetime
    new: bool


class KnownLine(NamedTuple):
    """A line of an order; `position` is only good for comparing."""

    id: str
    position: int
    reference: str | None
    quantity: int
    unit_price_minor: int


class KnownReturn(NamedTuple):
    id: str
    order_id: str
    order_number: str
    currency: str
    is_exchange: bool


class KnownCase(NamedTuple):
    """`order_number` is None if it is about no order."""

    id: str
    customer_id: str
    order_id: str | None
    order_number: str | None


class KnownEntry(NamedTuple):
    """An entry of the points ledger."""

    id: str
    customer_id: str
    kind: EntryKind
