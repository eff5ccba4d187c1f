"""Invoices: which orders have one, what it says, and sending it. A shop without a tax number gives receipts."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support import formatting, service_requests
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.invoicing import invoice_numbers, invoice_pdf
from support.invoicing.invoice_sheet import InvoiceSheet, number, sheet
from support.models.conversations import Level
from support.models.invoices import Invoice
from support.models.orders import Order, OrderStatus
from support.models.payments import Payment, PaymentKind
from support.ordering import orders_at_hand
from support.outgoing import mail
from support.people import customers
from support.policy.business import Business
from support.refusals import NotPaidYet, ProfileInvalid
from support.service_requests import Asked, Done

LONGEST_SUBJECT = 200  # characters
_LOADED = (
    selectinload(Order.lines), selectinload(Order.address), selectinload(Order.payments).selectinload(Payment.method),
)


@dataclass(frozen=True)
class InvoiceSummary:
    """The invoice of an order, or the one it can have: `number` is None until it is first asked for.

    `credited_minor` is what went back to the customer; all of it for a cancelled order.
    """

    order_id: str
    order_number: str
    placed_at: datetime
    number: str | None
    issued_at: datetime | None
    currency: str
    total_minor: int
    credited_minor: int
    cancelled: bool


@use_case("look up", needs=Level.VERIFIED)
async def invoices(session: AsyncSession, speaker: Speaker) -> tuple[InvoiceSummary, ...]:
    """Every order of the customer's that is paid, newest first, and cancelled ones that had an invoice before."""
    found = await session.execute(
        select(Order, Invoice)
        .outerjoin(Invoice, Invoice.order_id == Order.id)
        .where(Order.customer_id == speaker.customer)
        .order_by(Order.placed_at.desc(), Order.number.desc())
        .options(selectinload(Order.payments))
    )
    return tuple(
        InvoiceSummary(
            order.id, order.number, order.placed_at, number(invoice) if invoice else None,
            invoice.issued_at if invoice else None, order.currency, order.total_minor, _credited(order),
            order.status is OrderStatus.CANCELLED,
        )
        for order, invoice in found
        if invoice or _may_have_one(order)
    )


@use_case("look up", needs=Level.VERIFIED)
async def invoice(
    session: AsyncSession, speaker: Speaker, order_id: str, *, business: Business, at: datetime
) -> InvoiceSheet:
    """What the invoice of an order says; it gets its number when it is first asked for, so the session must write.

    Raises NotFound, or NotPaidYet for an order that is not paid, or was cancelled before it had an invoice.
    """
    order = await orders_at_hand.lock_order(session, speaker, order_id, *_LOADED)
    await _check_may_have_one(session, order)
    issued = await _issue(session, order, business, at)
    return sheet(issued, order, await customers.speaking(session, speaker))


@use_case("do", needs=Level.VERIFIED)
async def send_invoice(
    session: AsyncSession, speaker: Speaker, order_id: str, *, key: str, business: Business, at: datetime
) -> Done:
    """Send the invoice of an order to the customer's address on file.

    `details` holds the invoice's number. Raises NotFound, NotPaidYet (as `invoice` does), ProfileInvalid if there is
    no address, IdInvalid, IdReused.
    """
    asked = Asked(speaker, "send_invoice", key, {"order": order_id}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    customer = await customers.speaking(session, speaker)
    order = await orders_at_hand.lock_order(session, speaker, order_id, *_LOADED)
    await _check_may_have_one(session, order)
    if not customer.email:
        raise ProfileInvalid("There is no e-mail address on file.")
    request = await service_requests.enter(session, asked, order_id=order.id)
    issued = await _issue(session, order, business, at)
    title = invoice_pdf.title(business).lower()
    greeted = f" {customer.first_name}" if customer.first_name else ""
    total = formatting.money(
        order.total_minor, order.currency, formatting.locale_for(customer.locale, business.shop.locale)
    )
    await mail.write(
        session, recipient=customer.email, customer_id=customer.id, attachment={"invoice": order.id}, at=at,
        subject=f"Your {title} {number(issued)} from {business.shop.name}"[:LONGEST_SUBJECT],
        text=(
            f"Hello{greeted},\n\nhere is the {title} {number(issued)} for your order {order.number} of "
            f"{total}.\n\n{business.shop.name}\n{business.shop.email}\n"
        ),
    )
    return await service_requests.finish(session, request, details={"invoice": number(issued)})


async def make_attachment(session: AsyncSession, order_id: str, business: Business) -> tuple[str, str, bytes]:
    """(file name, media type, content) of the invoice that a mail has with it. Raises NotFound if there is none."""
    query = select(Order).where(Order.id == order_id).options(*_LOADED, selectinload(Order.customer))
    order = await session.scalar(query.execution_options(populate_existing=True))
    issued = await invoice_numbers.issued(session, order) if order else None
    if order is None or issued is None:
        raise NotFound
    # Some hundred lines take a second, in which whoever sends mail has other things to do
    content = await asyncio.to_thread(invoice_pdf.render, sheet(issued, order, order.customer), business)
    return f"{number(issued)}.pdf", "application/pdf", content


async def _issue(session: AsyncSession, order: Order, business: Business, at: datetime) -> Invoice:
    year = formatting.local_date(at, business.shop.zone).year
    return await invoice_numbers.issue(session, order, year=year, at=at)


async def _check_may_have_one(session: AsyncSession, order: Order) -> None:
    if not _may_have_one(order) and await invoice_numbers.issued(session, order) is None:
        raise NotPaidYet


def _may_have_one(order: Order) -> bool:
    return order.status is not OrderStatus.CANCELLED and _was_paid(order)


def _was_paid(order: Order) -> bool:
    """Whether payments have at some time come to the total: what went back later for a return changes nothing."""
    so_far, most = 0, 0
    # Where one method takes the place of another, both rows bear the same time
    for _, together in groupby(order.payments, key=lambda payment: payment.at):
        so_far += sum(one.amount_minor if one.kind is PaymentKind.PAYMENT else -one.amount_minor for one in together)
        most = max(most, so_far)
    return most >= order.total_minor


def _credited(order: Order) -> int:
    return sum(one.amount_minor for one in order.payments if one.kind is PaymentKind.REFUND)
