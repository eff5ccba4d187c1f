"""Orders that an invoice is asked for, the invoices there are, and what a PDF says."""

import io

from pypdf import PdfReader
from sqlalchemy import select

from support.models.invoices import Invoice
from support.models.payments import Payment
from tests.support.shop_rows import create_method, create_order


async def create_paid(session, customer, number=None, **knobs):
    return await create_order(session, customer, number, paid_with=await create_method(session, customer), **knobs)


async def move_money(session, order, method, kind, minor, at):
    session.add(Payment(
        order_id=order.id, method_id=method.id, kind=kind, amount_minor=minor, currency=order.currency, at=at,
        settled_at=at,
    ))
    await session.flush()


async def invoiced(session):
    return list(await session.scalars(select(Invoice).order_by(Invoice.year, Invoice.number)))


def read(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
