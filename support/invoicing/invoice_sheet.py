"""What an invoice says. Money is minor units of the order's currency."""

from dataclasses import dataclass
from datetime import datetime

from support.invoicing.invoice_numbers import written
from support.models.customers import Customer
from support.models.invoices import Invoice
from support.models.orders import Order, OrderStatus
from support.models.payments import PaymentKind
from support.ordering.order_views import Line, MoneyMoved, moved, summary
from support.people import postal


def number(invoice: Invoice) -> str:
    """The invoice's number as it is written: INV-2026-000123."""
    return written(invoice.year, invoice.number)


@dataclass(frozen=True)
class InvoiceSheet:
    """An invoice as its order stands now: goods + shipping - discount = total.

    `address` is where the parcel went, a line each, empty if we know none. `payments` holds payments and refunds,
    oldest first. `cancelled_at` is when the order was cancelled, None if it was not.
    """

    number: str
    issued_at: datetime
    order_number: str
    placed_at: datetime
    cancelled_at: datetime | None
    customer: str
    locale: str
    address: tuple[str, ...]
    currency: str
    lines: tuple[Line, ...]
    goods_minor: int
    shipping_minor: int
    discount_minor: int
    total_minor: int
    payments: tuple[MoneyMoved, ...]

    @property
    def refunded_minor(self) -> int:
        return sum(one.amount_minor for one in self.payments if one.kind is PaymentKind.REFUND)

    @property
    def balance_minor(self) -> int:
        """What the customer has paid and not got back."""
        paid = sum(one.amount_minor for one in self.payments if one.kind is PaymentKind.PAYMENT)
        return paid - self.refunded_minor


def sheet(invoice: Invoice, order: Order, customer: Customer) -> InvoiceSheet:
    """The invoice of the order, whose lines, address, and payments with their methods must be loaded."""
    seen = summary(order)
    return InvoiceSheet(
        number=number(invoice), issued_at=invoice.issued_at, order_number=order.number, placed_at=order.placed_at,
        cancelled_at=order.status_since if order.status is OrderStatus.CANCELLED else None,
        customer=customer.name, locale=customer.locale,
        address=postal.lines(order.address) if order.address else (),
        currency=order.currency, lines=seen.lines, goods_minor=order.goods_minor,
        shipping_minor=order.shipping_minor, discount_minor=order.discount_minor, total_minor=order.total_minor,
        payments=tuple(moved(payment) for payment in order.payments),
    )
