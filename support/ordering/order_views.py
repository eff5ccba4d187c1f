"""What is told of an order: at a glance, on its way, and whole. Money is minor units of the order's currency."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition, Shipment
from support.models.payments import Payment, PaymentKind
from support.paying.payment_methods import label
from support.people import postal


@dataclass(frozen=True)
class Line:
    """A line as bought; `options` is such as {"colour": "brass"}."""

    product: str
    options: dict[str, Any]
    quantity: int
    unit_price_minor: int

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_price_minor


@dataclass(frozen=True)
class OrderedLine(Line):
    """A line with the ids that a request about it names; `sku` is the shop's own id of its variant."""

    id: str
    variant_id: str
    sku: str
    product_id: str


@dataclass(frozen=True)
class OrderSummary:
    """An order at a glance; `pieces` counts everything in it."""

    id: str
    number: str
    status: OrderStatus
    status_since: datetime
    placed_at: datetime
    currency: str
    total_minor: int
    lines: tuple[Line, ...]

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True)
class Parcel:
    """A shipment and the last that its carrier said of it; what nobody told us is None."""

    carrier: str
    tracking_number: str
    tracking_url: str | None
    shipped_at: datetime
    expected_on: date | None
    delivered_at: datetime | None
    last_event: str | None
    last_place: str | None
    last_event_at: datetime | None

    def late_by(self, today: date) -> int:
        """Whole days past the day it was expected on; 0 if it is delivered, not late, or expected on no known day."""
        if self.delivered_at is not None or self.expected_on is None:
            return 0
        return max(0, (today - self.expected_on).days)


@dataclass(frozen=True)
class Tracking:
    """An order with its parcels, first sent first, and the town they go to."""

    order: OrderSummary
    parcels: tuple[Parcel, ...]
    town: str | None


@dataclass(frozen=True)
class MoneyMoved:
    """A payment or a refund of an order; `settled_at` is None while the shop's payment provider is at it."""

    kind: PaymentKind
    method: str
    amount_minor: int
    currency: str
    at: datetime
    settled_at: datetime | None


@dataclass(frozen=True)
class Step:
    """A step of the order's history; `actor` is customer, agent, bot or shop."""

    at: datetime
    from_status: OrderStatus
    to_status: OrderStatus
    actor: str
    reason: str | None


@dataclass(frozen=True)
class OrderDetail:
    """All there is to tell of an order: goods + shipping - discount = `order.total_minor`.

    `address` is a line of text each, empty if we know none. `payments` holds payments and refunds, oldest first.
    """

    order: OrderSummary
    lines: tuple[OrderedLine, ...]
    goods_minor: int
    shipping_minor: int
    discount_minor: int
    address: tuple[str, ...]
    parcels: tuple[Parcel, ...]
    payments: tuple[MoneyMoved, ...]
    history: tuple[Step, ...]

    @property
    def paid_minor(self) -> int:
        """What was paid and has not gone back."""
        return sum(
            one.amount_minor if one.kind is PaymentKind.PAYMENT else -one.amount_minor for one in self.payments
        )


def summary(order: Order) -> OrderSummary:
    """The order at a glance; its lines must be loaded."""
    return OrderSummary(
        order.id, order.number, order.status, order.status_since, order.placed_at, order.currency,
        order.total_minor, tuple(_line(line) for line in order.lines),
    )


def on_its_way(order: Order) -> Tracking:
    """Where it is; its lines, shipments and address must be loaded."""
    return Tracking(summary(order), _parcels(order), order.address.town if order.address else None)


def detail(order: Order, variants: dict[str, tuple[str, str]], steps: list[OrderTransition]) -> OrderDetail:
    """All of it; lines, shipments, address and payments with their methods must be loaded.

    `variants` are those of its lines, {variant id: (sku, product id)}.
    """
    return OrderDetail(
        order=summary(order),
        lines=tuple(_ordered(line, *variants[line.variant_id]) for line in order.lines),
        goods_minor=order.goods_minor, shipping_minor=order.shipping_minor, discount_minor=order.discount_minor,
        address=postal.lines(order.address) if order.address else (),
        parcels=_parcels(order),
        payments=tuple(moved(payment) for payment in order.payments),
        history=tuple(Step(step.at, step.from_status, step.to_status, step.actor, step.reason) for step in steps),
    )


def _line(line: OrderLine) -> Line:
    return Line(line.product_name, line.options, line.quantity, line.unit_price_minor)


def _ordered(line: OrderLine, sku: str, product_id: str) -> OrderedLine:
    return OrderedLine(
        line.product_name, line.options, line.quantity, line.unit_price_minor, line.id, line.variant_id, sku, product_id
    )


def moved(payment: Payment) -> MoneyMoved:
    """The payment or refund; its method must be loaded."""
    return MoneyMoved(
        payment.kind, label(payment.method), payment.amount_minor, payment.currency, payment.at, payment.settled_at
    )


def _parcels(order: Order) -> tuple[Parcel, ...]:
    return tuple(_parcel(shipment) for shipment in order.shipments)


def _parcel(shipment: Shipment) -> Parcel:
    return Parcel(
        shipment.carrier, shipment.tracking_number, shipment.tracking_url, shipment.shipped_at,
        shipment.expected_on, shipment.delivered_at, shipment.last_event, shipment.last_place,
        shipment.last_event_at,
    )
