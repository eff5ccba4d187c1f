"""What the shop's own systems tell of customers, catalogue, stock and orders, and what follows from it here.

All of it is the shop's word and the last one holds; it is not told back to the shop. An order's status alone moves
only as `order_status.MOVES` says.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.catalogue import Variant
from support.models.orders import Order, OrderStatus
from support.models.payments import Payment
from support.models.returns import Return, ReturnStatus
from support.ordering.order_status import MOVES
from support.points import order_points, referrals
from support.policy.business import Business
from support.records import (
    AddressRecord,
    CustomerRecord,
    Fault,
    OrderLineRecord,
    OrderRecord,
    Outcome,
    PaymentMethodRecord,
    PaymentRecord,
    ProductRecord,
    Record,
    RecordsRefused,
    ShipmentRecord,
    VariantRecord,
    values,
    write,
)
from support.records.record import column, table
from support.records.writing import lock
from support.refusals import StatusRefused
from support.shop_systems import shop_bodies

CUSTOMER_PARTS = {"addresses": AddressRecord, "payment_methods": PaymentMethodRecord}
PRODUCT_PARTS = {"variants": VariantRecord}
ORDER_PARTS = {"lines": OrderLineRecord, "payments": PaymentRecord, "shipments": ShipmentRecord}
OURS = "rapport_id"  # how we call a payment that began here, before the shop has an id for it


@table("stock")
class StockRecord(Record):
    """What can still be sold of a variant."""

    variant_id: str = column(values.reference)
    stock: int = column(values.integer(0))


async def put_customer(
    session: AsyncSession, reference: str, body: Mapping[str, Any], *, business: Business, at: datetime
) -> Outcome:
    """A customer, with `addresses` and `payment_methods` of theirs. Raises RecordsRefused."""
    records = shop_bodies.read(
        CustomerRecord, body, reference, CUSTOMER_PARTS, link="customer_id", business=business
    )
    return await _write(session, records, business, at)


async def put_product(
    session: AsyncSession, reference: str, body: Mapping[str, Any], *, business: Business, at: datetime
) -> Outcome:
    """A product, with `variants` of it. Raises RecordsRefused."""
    records = shop_bodies.read(ProductRecord, body, reference, PRODUCT_PARTS, link="product_id", business=business)
    skus = [record.id for record in records if isinstance(record, VariantRecord)]
    await session.execute(select(Variant.id).where(Variant.sku.in_(skus)).order_by(Variant.id).with_for_update())
    return await _write(session, records, business, at)


async def put_stock(session: AsyncSession, levels: object, *, business: Business) -> int:
    """Set the stock of the variants in a list of {variant_id, stock}; answers how many. Raises RecordsRefused."""
    wanted: dict[str, int] = {}
    places: dict[str, int] = {}
    faults = []
    for place, record in enumerate(shop_bodies.read_list(StockRecord, "stock", levels, business), 1):
        assert isinstance(record, StockRecord)
        if places.setdefault(record.variant_id, place) != place:
            reason = f"stands already in line {places[record.variant_id]}"
            faults.append(Fault("stock", place, "variant_id", "duplicate", reason))
        wanted[record.variant_id] = record.stock
    query = select(Variant).where(Variant.sku.in_(wanted)).order_by(Variant.id).with_for_update()
    variants = {variant.sku: variant for variant in await session.scalars(query)}
    faults += [
        Fault("stock", places[sku], "variant_id", "unknown_reference", f"names no variant that there is: “{sku}”")
        for sku in wanted if sku not in variants
    ]
    if faults:
        raise RecordsRefused(sorted(faults, key=lambda fault: fault.line))
    for sku, stock in wanted.items():
        variants[sku].stock = stock
    await session.flush()
    return len(wanted)


async def put_order(
    session: AsyncSession, number: str, body: Mapping[str, Any], *, business: Business, at: datetime
) -> Outcome:
    """An order with all its `lines`, and `payments` and `shipments` of it; one that is there may leave out `status`.

    One that becomes delivered brings its points and those for whoever brought the customer; one that is cancelled or
    returned loses them. Raises RecordsRefused, StatusRefused.
    """
    before = await session.scalar(select(Order.status).where(Order.number == number))
    if before is not None:
        body = {"status": before, **body}
    ours, body = _payments_of_ours(body)
    records = shop_bodies.read(OrderRecord, body, number, ORDER_PARTS, link="order_id", business=business)
    record = records[0]
    assert isinstance(record, OrderRecord)
    await lock(session, [record.customer_id])
    there = await _locked(session, number)
    if there is not None:
        await _check_move(session, there, record.status)
        await _take_over_ids(session, there, ours)
    outcome = await _write(session, records, business, at)
    order = await _locked(session, number)
    assert order is not None
    if there is None or before is not order.status:
        await follow(session, order, business=business, at=at)
    return outcome


async def follow(session: AsyncSession, order: Order, *, business: Business, at: datetime) -> None:
    """What an order's new status brings or takes in points; again: nothing."""
    if order.status is OrderStatus.DELIVERED:
        await order_points.earn(session, order, business=business, at=at)
        await referrals.reward_due(session, order, business=business, at=at)
    elif order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
        key = f"order:{order.id}:{order.status}"
        await order_points.take_back(session, order, order.goods_minor, key=key, at=at)


async def _write(session: AsyncSession, records: list[Record], business: Business, at: datetime) -> Outcome:
    try:
        return await write(session, records, business=business, at=at)
    except RecordsRefused as refused:
        raise shop_bodies.placed(refused, records) from None


async def _locked(session: AsyncSession, number: str) -> Order | None:
    query = select(Order).where(Order.number == number).with_for_update()
    found: Order | None = await session.scalar(query.execution_options(populate_existing=True))
    return found


async def _check_move(session: AsyncSession, order: Order, to: OrderStatus) -> None:
    """Raises StatusRefused."""
    if to is order.status:
        return
    if to not in MOVES[order.status]:
        raise StatusRefused(f"The order is {order.status} here, and from there it does not become {to}.")
    open_return = select(Return.reference).where(
        Return.order_id == order.id, Return.status == ReturnStatus.REQUESTED
    )
    if reference := await session.scalar(open_return):
        raise StatusRefused(f"Return {reference} of this order is open: complete it or call it off.")


def _payments_of_ours(body: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """{our id of a payment: the shop's}, and the body as records take it."""
    ours: dict[str, str] = {}
    left = dict(body)
    rows = body.get("payments")
    if isinstance(rows, list):
        left["payments"] = [
            {name: value for name, value in row.items() if name != OURS} if isinstance(row, dict) else row
            for row in rows
        ]
        for row in rows:
            if isinstance(row, dict) and isinstance(row.get(OURS), str) and isinstance(row.get("id"), str):
                ours[row[OURS]] = row["id"].strip()
    return ours, left


async def _take_over_ids(session: AsyncSession, order: Order, ours: Mapping[str, str]) -> None:
    """A payment that began here has the shop's id from now on, so that it is not entered a second time."""
    rows = await session.scalars(
        select(Payment).where(Payment.order_id == order.id, Payment.id.in_(ours), Payment.reference.is_(None))
    )
    for row in rows:
        row.reference = ours[row.id]
    await session.flush()
