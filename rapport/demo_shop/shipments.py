"""The parcels of the demo shop's orders, and what their carriers say."""

from datetime import datetime

from rapport.demo_shop.draft import Draft, Row, working_days_after
from rapport.demo_shop.orders import Life, Plan
from support.models.customers import Address
from support.models.orders import OrderStatus, Shipment

CARRIERS = (("Swiftgull", "SG"), ("Green Lane Parcels", "GL"), ("Ternpost", "TP"), ("Northway Couriers", "NW"))
SECOND_PARCEL = 0.08  # of the orders on the road or there


def make_shipments(draft: Draft, plan: Plan, order: Row, life: Life) -> None:
    """One parcel or two, if the order has left."""
    if order["status"] in (OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.CANCELLED):
        return
    _parcel(draft, plan, order, life)
    if draft.chance.random() < SECOND_PARCEL:
        _parcel(draft, plan, order, life)


def _parcel(draft: Draft, plan: Plan, order: Row, life: Life) -> None:
    carrier, prefix = draft.chance.choice(CARRIERS)
    code = f"{prefix}{draft.chance.randint(10**8, 10**9 - 1)}"
    delivered = life.arrives_at if life.arrives_at <= draft.at else None
    event, place, seen = _last_seen(draft, plan, order, life)
    promised = draft.business.orders.delivery_days.at_most
    draft.add(
        Shipment,
        id=draft.new_id(), order_id=order["id"], carrier=carrier, tracking_number=code,
        tracking_url=f"https://{carrier.lower().replace(' ', '-')}.example/track/{code}",
        shipped_at=life.shipped_at,
        expected_on=working_days_after(life.shipped_at.astimezone(draft.zone).date(), promised),
        delivered_at=delivered, last_event=event, last_place=place, last_event_at=seen,
    )


def _last_seen(draft: Draft, plan: Plan, order: Row, life: Life) -> tuple[str, str, datetime]:
    """What the carrier said last, where, and when."""
    town = next(row["town"] for row in draft.rows[Address] if row["id"] == order["address_id"])
    if life.arrives_at <= draft.at:
        event = draft.chance.choice(("Delivered", "Delivered to a neighbour", "Left in the porch"))
        return event, town, life.arrives_at
    road = life.arrives_at - life.shipped_at
    travelled = (draft.at - life.shipped_at) / road
    if plan.fate == "late" and travelled > 0.3:
        return "Held up at the depot", "Athlone", life.shipped_at + road * 0.25
    if travelled > 0.8:
        return "Out for delivery", town, life.shipped_at + road * 0.8
    if travelled > 0.3:
        return "Sorted at the depot", "Athlone", life.shipped_at + road * 0.3
    return "Collected from the shop", "Kinsale", life.shipped_at
