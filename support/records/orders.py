"""Records of orders, their lines and their parcels."""

from datetime import date, datetime
from decimal import Decimal

from support.models.orders import OrderStatus
from support.records import money, times, values
from support.records.countries import country
from support.records.customers import minor_of
from support.records.record import Record, WrongColumn, column, table

STATUS_SYNONYMS = {"canceled": OrderStatus.CANCELLED}
_INLINE = ("line_1", "town", "postcode", "country")


@table("orders")
class OrderRecord(Record):
    """What a customer bought at once; `id` is the number that the customer knows."""

    id: str = column(values.reference, to="number")
    customer_id: str = column(values.reference)
    status: OrderStatus = column(values.choice(OrderStatus, STATUS_SYNONYMS), to="status")
    placed_at: datetime = column(times.time, to="placed_at")
    status_since: datetime | None = column(times.time, default=None)
    currency: str = column(money.currency, to="currency")
    shipping: Decimal = column(money.amount, default=Decimal(0))
    discount: Decimal = column(money.amount, default=Decimal(0))
    total: Decimal | None = column(money.amount, default=None)
    address_id: str | None = column(values.reference, default=None)
    address_recipient: str | None = column(values.text(200), default=None)
    address_line_1: str | None = column(values.text(200), default=None)
    address_line_2: str | None = column(values.text(200), default=None)
    address_town: str | None = column(values.text(100), default=None)
    address_region: str | None = column(values.text(100), default=None)
    address_postcode: str | None = column(values.text(20), default=None)
    address_country: str | None = column(country, default=None)
    cancel_reason: str | None = column(values.text(200), default=None)
    lines_changed_at: datetime | None = column(times.time, to="lines_swapped_at", default=None)

    def check(self) -> None:
        for name in ("shipping", "discount", "total"):
            self.minor(name)
        for name in ("status_since", "lines_changed_at"):
            at = getattr(self, name)
            if at is not None and at < self.placed_at:
                raise WrongColumn(name, "before_the_start", "must not be before placed_at")
        if self.cancel_reason is not None and self.status is not OrderStatus.CANCELLED:
            raise WrongColumn("cancel_reason", "not_for_this_kind", "must be empty unless the status is cancelled")
        if self.has_inline_address:
            if self.address_id is not None:
                raise WrongColumn("address_id", "two_addresses", "must be empty if the address is written out")
            for part in _INLINE:
                if getattr(self, f"address_{part}") is None:
                    raise WrongColumn(f"address_{part}", "required", "must not be empty if the address is written out")

    @property
    def has_inline_address(self) -> bool:
        return not (
            self.address_line_1 is None and self.address_town is None and self.address_postcode is None
            and self.address_country is None and self.address_recipient is None and self.address_line_2 is None
            and self.address_region is None
        )

    def minor(self, name: str) -> int | None:
        """`shipping`, `discount` or `total` in minor units. Raises WrongColumn."""
        amount: Decimal | None = getattr(self, name)
        return None if amount is None else minor_of(name, amount, self.currency)


@table("order_lines")
class OrderLineRecord(Record):
    """A line of an order, as bought."""

    id: str | None = column(values.reference, default=None)
    order_id: str = column(values.reference)
    variant_id: str = column(values.reference)
    product_name: str | None = column(values.text(200), default=None)
    options: dict[str, str] | None = column(values.options, default=None)
    quantity: int = column(values.integer(1, 1_000_000), to="quantity", default=1)
    unit_price: Decimal = column(money.amount)


@table("shipments")
class ShipmentRecord(Record):
    """A parcel of an order, and the last that its carrier said of it."""

    order_id: str = column(values.reference)
    tracking_number: str = column(values.reference, to="tracking_number")
    carrier: str = column(values.text(60), to="carrier")
    tracking_url: str | None = column(values.url, to="tracking_url", default=None)
    shipped_at: datetime = column(times.time, to="shipped_at")
    expected_on: date | None = column(times.day, to="expected_on", default=None)
    delivered_at: datetime | None = column(times.time, to="delivered_at", default=None)
    last_event: str | None = column(values.text(200), to="last_event", default=None)
    last_place: str | None = column(values.text(100), to="last_place", default=None)
    last_event_at: datetime | None = column(times.time, to="last_event_at", default=None)

    def check(self) -> None:
        if self.delivered_at is not None and self.delivered_at < self.shipped_at:
            raise WrongColumn("delivered_at", "before_the_start", "must not be before shipped_at")
