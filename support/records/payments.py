"""Records of what customers pay with, and of the money that went there and back."""

from datetime import date, datetime
from decimal import Decimal

from support.models.payments import MethodKind, PaymentKind
from support.records import money, times, values
from support.records.customers import minor_of
from support.records.record import Record, WrongColumn, column, table

METHOD_SYNONYMS = {
    word: kind
    for kind, words in {
        MethodKind.CARD: ("credit_card", "debit_card", "creditcard", "debitcard"),
        MethodKind.WALLET: ("paypal", "apple_pay", "google_pay", "amazon_pay", "klarna", "venmo"),
        MethodKind.GIFT_CARD: ("giftcard", "store_credit"),
        MethodKind.OTHER: ("bank_transfer", "invoice", "direct_debit", "cash"),
    }.items()
    for word in words
}
# A wallet is called by its name
_BRANDS = {
    "paypal": "PayPal", "apple_pay": "Apple Pay", "google_pay": "Google Pay", "amazon_pay": "Amazon Pay",
    "klarna": "Klarna", "venmo": "Venmo",
}


def _kind(cell: str, business: object) -> tuple[MethodKind, str | None]:
    kind = _KIND(cell, business)
    return kind, _BRANDS.get("_".join(cell.lower().replace("-", " ").replace("_", " ").split()))


_KIND = values.choice(MethodKind, METHOD_SYNONYMS)


@table("payment_methods")
class PaymentMethodRecord(Record):
    """What a customer pays with; `balance` is what is on a gift card now. `kind` comes with the brand it implies."""

    id: str = column(values.reference, to="reference")
    customer_id: str = column(values.reference)
    kind: tuple[MethodKind, str | None] = column(_kind, into="kind")
    brand: str | None = column(values.text(60), into="brand", default=None)
    last_digits: str | None = column(values.digits, to="last_digits", default=None)
    expires_on: date | None = column(times.day_or_month, to="expires_on", default=None)
    default: bool | None = column(values.boolean, into="is_default", keeps=True, default=None)
    balance: Decimal | None = column(money.amount, default=None)
    currency: str | None = column(money.currency, into="currency", keeps=True, default=None)
    removed_at: datetime | None = column(times.time, to="removed_at", default=None)

    def check(self) -> None:
        if self.kind[0] is MethodKind.GIFT_CARD:
            for name in ("balance", "currency"):
                if getattr(self, name) is None:
                    raise WrongColumn(name, "required", "must not be empty for a gift card")
            self.balance_minor()
        elif self.balance is not None:
            raise WrongColumn("balance", "not_for_this_kind", "must be empty for anything but a gift card")

    def balance_minor(self) -> int | None:
        """What is on the gift card, None for others."""
        if self.balance is None or self.currency is None:
            return None
        return minor_of("balance", self.balance, self.currency)


@table("gift_card_entries")
class GiftCardEntryRecord(Record):
    """A change of what is on a gift card, less than zero if it was taken. Entries never change."""

    id: str = column(values.reference)
    customer_id: str = column(values.reference)
    payment_method_id: str = column(values.reference)
    amount: Decimal = column(money.signed_amount)
    at: datetime = column(times.time)
    reason: str = column(values.text(200))

    def check(self) -> None:
        if not self.amount:
            raise WrongColumn("amount", "out_of_range", "must not be zero")


@table("payments")
class PaymentRecord(Record):
    """Money for an order (`payment`) or back to the customer (`refund`)."""

    id: str | None = column(values.reference, default=None)
    order_id: str = column(values.reference)
    payment_method_id: str = column(values.reference)
    kind: PaymentKind = column(values.choice(PaymentKind), to="kind")
    amount: Decimal = column(money.amount)
    currency: str | None = column(money.currency, default=None)
    at: datetime | None = column(times.time, default=None)
    settled_at: datetime | None = column(times.time, default=None)

    def check(self) -> None:
        if not self.amount:
            raise WrongColumn("amount", "out_of_range", "must be more than zero")
