"""Returns and exchanges with their lines, and the numbers of invoices, as cells."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.invoicing.invoice_numbers import written
from support.models.catalogue import Variant
from support.models.customers import Customer
from support.models.invoices import Invoice
from support.models.orders import Order
from support.models.payments import PaymentMethod
from support.models.returns import Return, ReturnLine
from support.records.cells import Cells, Told, cells_of, rows_of
from support.records.money import money_of


async def of_returns(session: AsyncSession, orders: Mapping[str, str], lines: Mapping[str, Cells]) -> Told:
    """What comes back of {our id of an order: its number}, whose `lines` (by our ids) are named by these cells."""
    told: Told = defaultdict(list)
    query = select(Return, PaymentMethod.reference.label("method"))
    query = query.join(PaymentMethod, PaymentMethod.id == Return.method_id)
    for row in await rows_of(session, query, Return.order_id, orders, Return.requested_at, Return.reference):
        told["returns"].append(cells_of(
            "returns", row, id=row["reference"], order_id=orders[row["order_id"]], payment_method_id=row["method"],
            amount=money_of(row["amount_minor"], row["currency"]), ended_at=row["completed_at"],
        ))
    pieces = (
        select(ReturnLine, Return.reference.label("return"), Return.currency, Variant.sku)
        .join(Return, Return.id == ReturnLine.return_id).outerjoin(Variant, Variant.id == ReturnLine.new_variant_id)
    )
    for row in await rows_of(
        session, pieces, Return.order_id, orders, Return.requested_at, Return.reference, ReturnLine.position
    ):
        new_price = row["new_unit_price_minor"]
        told["return_lines"].append(cells_of(
            "return_lines", row, **lines[row["order_line_id"]], return_id=row["return"], new_variant_id=row["sku"],
            unit_price=money_of(row["unit_price_minor"], row["currency"]),
            new_unit_price=None if new_price is None else money_of(new_price, row["currency"]),
        ))
    return told


async def of_invoices(session: AsyncSession, orders: Mapping[str, str]) -> list[Cells]:
    """The invoices of {our id of an order: its number}."""
    query = select(Invoice)
    return [
        cells_of("invoices", row, number=written(row["year"], row["number"]), order_id=orders[row["order_id"]])
        for row in await rows_of(session, query, Invoice.order_id, orders, Invoice.year, Invoice.number)
    ]


async def of_invoices_alone(session: AsyncSession) -> list[Cells]:
    """The invoices whose orders are not told of, for their customers were erased: they keep their numbers taken."""
    query = (
        select(Invoice.year, Invoice.number, Invoice.issued_at)
        .outerjoin(Order, Order.id == Invoice.order_id).outerjoin(Customer, Customer.id == Order.customer_id)
        .where(Order.id.is_(None) | Customer.erased_at.is_not(None)).order_by(Invoice.year, Invoice.number)
    )
    return [
        cells_of("invoices", row, number=written(row["year"], row["number"]), order_id=None)
        for row in (await session.execute(query)).mappings()
    ]
