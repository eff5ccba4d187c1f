"""Orders with their lines, payments, parcels, returns and invoices, as cells."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.catalogue import Variant
from support.models.customers import Address, Customer
from support.models.orders import Order, OrderLine, OrderStatus, OrderTransition, Shipment
from support.models.payments import Payment, PaymentMethod
from support.records.cells import Cells, Told, cells_of, line_named, rows_of
from support.records.cells_of_returns import of_invoices, of_returns
from support.records.entering_addresses import PLACE
from support.records.intake import table_of
from support.records.money import money_of

_ADDRESS = tuple(
    table_of(Address).c[name] for name in (
        "reference", "saved", *PLACE
    )
)


async def of_orders(session: AsyncSession, ids: Sequence[str]) -> Told:
    """These orders (our ids) with all that hangs on them, by table."""
    told: Told = defaultdict(list)
    orders: dict[str, RowMapping] = {}
    reasons = await _cancel_reasons(session, ids)
    query = (
        select(Order, Customer.reference.label("customer"), *(column.label(f"to_{column.name}") for column in _ADDRESS))
        .join(Customer, Customer.id == Order.customer_id).outerjoin(Address, Address.id == Order.address_id)
    )
    for row in await rows_of(session, query, Order.id, ids, Order.number):
        orders[row["id"]] = row
        told["orders"].append(cells_of(
            "orders", row, **_address_cells(row), id=row["number"], customer_id=row["customer"],
            shipping=money_of(row["shipping_minor"], row["currency"]),
            discount=money_of(row["discount_minor"], row["currency"]),
            total=money_of(row["total_minor"], row["currency"]), lines_changed_at=row["lines_swapped_at"],
            cancel_reason=reasons.get(row["id"]) if row["status"] is OrderStatus.CANCELLED else None,
        ))
    lines = select(OrderLine, Variant.sku).join(Variant, Variant.id == OrderLine.variant_id)
    lines = lines.join(Order, Order.id == OrderLine.order_id)
    named: dict[str, Cells] = {}
    places: Counter[str] = Counter()
    for row in await rows_of(session, lines, OrderLine.order_id, ids, Order.number, OrderLine.position):
        order = orders[row["order_id"]]
        places[order["id"]] += 1
        named[row["id"]] = line_named(row["reference"], places[order["id"]])
        told["order_lines"].append(cells_of(
            "order_lines", row, id=row["reference"], order_id=order["number"], variant_id=row["sku"],
            unit_price=money_of(row["unit_price_minor"], order["currency"]),
        ))
    payments = select(Payment, PaymentMethod.reference.label("method"))
    payments = payments.join(PaymentMethod, PaymentMethod.id == Payment.method_id)
    payments = payments.join(Order, Order.id == Payment.order_id)
    for row in await rows_of(
        session, payments, Payment.order_id, ids, Payment.at, Order.number, Payment.kind, PaymentMethod.reference,
        Payment.amount_minor, Payment.reference, Payment.settled_at,
    ):
        told["payments"].append(cells_of(
            "payments", row, id=row["reference"], order_id=orders[row["order_id"]]["number"],
            payment_method_id=row["method"], amount=money_of(row["amount_minor"], row["currency"]),
        ))
    shipments = select(Shipment).join(Order, Order.id == Shipment.order_id)
    for row in await rows_of(
        session, shipments, Shipment.order_id, ids, Shipment.shipped_at, Order.number, Shipment.tracking_number
    ):
        told["shipments"].append(cells_of("shipments", row, order_id=orders[row["order_id"]]["number"]))
    numbers = {id: row["number"] for id, row in orders.items()}
    told |= await of_returns(session, numbers, named)
    told["invoices"] = await of_invoices(session, numbers)
    return told


def _address_cells(row: RowMapping) -> dict[str, Any]:
    if row["to_saved"] and row["to_reference"] is not None:
        return {"address_id": row["to_reference"]}
    return {"address_id": None, **{f"address_{name}": row[f"to_{name}"] for name in PLACE}}


async def _cancel_reasons(session: AsyncSession, order_ids: Sequence[str]) -> dict[str, str | None]:
    query = (
        select(OrderTransition.order_id, OrderTransition.reason)
        .where(OrderTransition.order_id.in_(order_ids), OrderTransition.to_status == OrderStatus.CANCELLED)
        .order_by(OrderTransition.number)
    )
    return {order_id: reason for order_id, reason in await session.execute(query)}  # noqa: C416 - rows, not pairs
