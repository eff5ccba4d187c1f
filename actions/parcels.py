"""What there is to say about an order on its way, by its status and its parcels."""

from actions.wording import Wording
from support.formatting import plural
from support.models.orders import OrderStatus
from support.ordering.order_views import Parcel, Tracking
from support.policy.business import Business


def describe(found: Tracking, words: Wording, business: Business) -> str:
    """Where the order stands, what its carrier said last, and what is in it."""
    sentences = [_standing(found, words, business)]
    if found.order.status in (OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        several = len(found.parcels) > 1
        for position, parcel in enumerate(found.parcels, 1):
            sentences.append((f"Parcel {position}: " if several else "") + _parcel(parcel, words))
    total = words.money(found.order.total_minor, found.order.currency)
    lines = words.listed(words.line(line) for line in found.order.lines)
    sentences.append(f"In it: {lines}, {total} in all.")
    return "\n".join(sentences)


def _standing(found: Tracking, words: Wording, business: Business) -> str:
    order, since = found.order, words.day(found.order.status_since)
    place = f" to {found.town}" if found.town else ""
    match order.status:
        case OrderStatus.PENDING:
            days = plural(business.orders.dispatch_days, "working day")
            return (
                f"We have your order {order.number} of {words.day(order.placed_at)}, and it is waiting to be "
                f"packed. Orders usually leave within {days}."
            )
        case OrderStatus.PROCESSED:
            return f"Your order {order.number} has been packed since {since} and is waiting for the carrier."
        case OrderStatus.SHIPPED:
            return f"Your order {order.number} is on its way{place}."
        case OrderStatus.DELIVERED:
            return f"Your order {order.number} was delivered on {since}."
        case OrderStatus.CANCELLED:
            return f"Your order {order.number} was cancelled on {since}."
        case OrderStatus.RETURN_REQUESTED:
            days = plural(business.returns.refund_days, "working day")
            return (
                f"A return of your order {order.number} was asked for on {since}. Once your parcel is back with us, "
                f"the refund takes up to {days}."
            )
        case OrderStatus.EXCHANGE_REQUESTED:
            return (
                f"An exchange for your order {order.number} was asked for on {since}. We see to it as soon as your "
                "parcel is back with us."
            )
        case OrderStatus.RETURNED:
            days = plural(business.returns.refund_days, "working day")
            return (
                f"Your order {order.number} came back to us on {since}. A refund takes up to {days} from then on."
            )


def _parcel(parcel: Parcel, words: Wording) -> str:
    if parcel.delivered_at is not None:
        return _seen(parcel, words)
    link = f": {parcel.tracking_url}" if parcel.tracking_url else "."
    return f"{_due(parcel, words)}\n{_seen(parcel, words)}\nTracking number {parcel.tracking_number}{link}"


def _seen(parcel: Parcel, words: Wording) -> str:
    if parcel.last_event is None:
        if parcel.delivered_at is not None:
            return f"{parcel.carrier} delivered it on {words.day(parcel.delivered_at)}."
        return f"{parcel.carrier} has had it since {words.day(parcel.shipped_at)}."
    place = f", {parcel.last_place}" if parcel.last_place else ""
    moment = f" ({words.moment(parcel.last_event_at)})" if parcel.last_event_at else ""
    return f"Latest from {parcel.carrier}: {parcel.last_event}{place}{moment}."


def _due(parcel: Parcel, words: Wording) -> str:
    if parcel.expected_on is None:
        return f"{parcel.carrier} has not told us yet on which day it will arrive."
    if late := parcel.late_by(words.today):
        due_on = words.weekday(parcel.expected_on)
        return f"It was due on {due_on} and is {words.count(late, 'day')} late. I'm sorry about that."
    if parcel.expected_on == words.today:
        return "It should arrive today."
    return f"It should arrive on {words.weekday(parcel.expected_on)}."
