"""Records of customers, and of what hangs on a customer and nothing else."""

from datetime import date, datetime
from decimal import Decimal

from support.models.customers import Channel, Purpose
from support.models.subscriptions import SubscriptionStatus
from support.records import money, times, values
from support.records.countries import country
from support.records.faults import Wrong
from support.records.record import Record, WrongColumn, column, table

_STATUSES = {"canceled": SubscriptionStatus.CANCELLED}


@table("customers")
class CustomerRecord(Record):
    """Somebody who has an account with the shop."""

    id: str = column(values.reference, to="reference")
    first_name: str = column(values.text(100), to="first_name")
    last_name: str = column(values.text(100), to="last_name", default="")
    email: str = column(values.email, to="email")
    phone: str | None = column(values.phone, to="phone", default=None)
    locale: str | None = column(values.locale, into="locale", keeps=True, default=None)
    created_at: datetime | None = column(times.time, into="created_at", keeps=True, default=None)


@table("addresses")
class AddressRecord(Record):
    """An address of a customer's address book."""

    id: str | None = column(values.reference, default=None)
    customer_id: str = column(values.reference)
    label: str = column(values.text(60), default="")
    recipient: str | None = column(values.text(200), default=None)
    line_1: str = column(values.text(200))
    line_2: str | None = column(values.text(200), default=None)
    town: str = column(values.text(100))
    region: str | None = column(values.text(100), default=None)
    postcode: str = column(values.text(20))
    country: str = column(country)
    default: bool | None = column(values.boolean, default=None)


@table("subscriptions")
class SubscriptionRecord(Record):
    """What a customer gets every so many months."""

    id: str = column(values.reference, to="reference")
    customer_id: str = column(values.reference)
    name: str = column(values.text(200), to="name")
    variant_id: str | None = column(values.reference, into="variant_id", default=None)
    payment_method_id: str | None = column(values.reference, into="method_id", default=None)
    quantity: int = column(values.integer(1, 1_000_000), to="quantity", default=1)
    price: Decimal = column(money.amount, into="price_minor")
    currency: str = column(money.currency, to="currency")
    every_months: int = column(values.integer(1, 120), to="every_months")
    status: SubscriptionStatus = column(
        values.choice(SubscriptionStatus, _STATUSES), to="status", default=SubscriptionStatus.ACTIVE
    )
    started_on: date = column(times.day, to="started_on")
    renews_on: date | None = column(times.day, to="renews_on", default=None)
    paused_until: date | None = column(times.day, to="paused_until", default=None)
    ends_on: date | None = column(times.day, to="ends_on", default=None)
    cancelled_at: datetime | None = column(times.time, to="cancelled_at", default=None)

    def check(self) -> None:
        self.price_minor()
        for name in ("renews_on", "ends_on"):
            on = getattr(self, name)
            if on is not None and on < self.started_on:
                raise WrongColumn(name, "before_the_start", "must not be before started_on")

    def price_minor(self) -> int:
        return minor_of("price", self.price, self.currency)


@table("interactions")
class InteractionRecord(Record):
    """Something that happened between the shop and a customer on any channel."""

    id: str = column(values.reference, to="reference")
    customer_id: str = column(values.reference)
    channel: str = column(values.text(40), to="channel")
    kind: str = column(values.text(60), to="kind")
    summary: str = column(values.text(2000, lines=True), to="summary")
    rating: int | None = column(values.integer(1, 5), to="rating", default=None)
    at: datetime = column(times.time, to="at")


@table("consents")
class ConsentRecord(Record):
    """One yes or no of a customer."""

    customer_id: str = column(values.reference)
    purpose: Purpose = column(values.choice(Purpose), to="purpose")
    channel: Channel = column(values.choice(Channel), to="channel")
    granted: bool = column(values.boolean, to="granted")
    source: str = column(values.text(40), to="source", default="import")
    at: datetime = column(times.time, to="at")


@table("referrals")
class ReferralRecord(Record):
    """A friend who came by a customer's code."""

    customer_id: str = column(values.reference, into="customer_id")
    friend_id: str = column(values.reference)
    joined_at: datetime = column(times.time, to="joined_at")
    rewarded_at: datetime | None = column(times.time, to="rewarded_at", default=None)

    def check(self) -> None:
        if self.customer_id == self.friend_id:
            raise WrongColumn("friend_id", "own_friend", "must be somebody else than customer_id")


def minor_of(name: str, amount: Decimal, currency: str) -> int:
    """`amount` of the column `name` in minor units. Raises WrongColumn."""
    try:
        return money.minor(amount, currency)
    except Wrong as wrong:
        raise WrongColumn(name, wrong.code, wrong.reason) from None
