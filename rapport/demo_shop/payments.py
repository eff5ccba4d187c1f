"""What the demo shop's customers pay with, the money of their orders, and what came back or is coming back."""

from datetime import date, timedelta

from rapport.demo_shop.draft import Draft, Row
from rapport.demo_shop.people import PREPARED, REGULAR
from support.models.orders import OrderLine, OrderStatus
from support.models.payments import GiftCardEntry, MethodKind, Payment, PaymentKind, PaymentMethod
from support.models.returns import Return, ReturnKind, ReturnLine, ReturnStatus

CARDS = ("Visa", "Mastercard")
WALLETS = ("PayPal", "Apple Pay", "Google Pay")
WITH_WALLET = 0.5  # of the customers
WITH_GIFT_CARD = 0.12
_BACK = (OrderStatus.RETURNED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED)


def make_methods(draft: Draft, customers: list[Row]) -> dict[str, list[Row]]:
    """{customer id: what they pay with}, a card first; some have a gift card with something on it."""
    return {customer["id"]: list(_methods(draft, customer)) for customer in customers}


def _methods(draft: Draft, customer: Row) -> list[Row]:
    chance, prepared = draft.chance, customer["reference"] in {one.reference for one in PREPARED}
    made = [_method(draft, customer, MethodKind.CARD, chance.choice(CARDS), f"{chance.randint(0, 9999):04}")]
    if chance.random() < WITH_WALLET or prepared:
        made.append(_method(draft, customer, MethodKind.WALLET, chance.choices(WALLETS, (6, 3, 1))[0], None))
    if chance.random() < WITH_GIFT_CARD or customer["reference"] == REGULAR.reference:
        card = _method(draft, customer, MethodKind.GIFT_CARD, None, f"{chance.randint(0, 9999):04}")
        bought = max(draft.moment(chance.randint(20, 200)), customer["created_at"])
        draft.add(
            GiftCardEntry, id=draft.new_id(), method_id=card["id"], amount_minor=chance.choice((2500, 5000, 7500)),
            at=bought, reason="Bought", idempotency_key=f"demo:{card['id']}",
        )
        made.append(card)
    return made


def _method(draft: Draft, customer: Row, kind: MethodKind, brand: str | None, digits: str | None) -> Row:
    year = draft.at.year + draft.chance.randint(1, 4)
    return draft.add(
        PaymentMethod,
        id=draft.new_id(), customer_id=customer["id"], reference=f"{kind}_{len(draft.rows[PaymentMethod]) + 1}",
        kind=kind, brand=brand, last_digits=digits, currency=draft.business.shop.currency,
        expires_on=None if kind is MethodKind.WALLET else date(year, draft.chance.randint(1, 12), 28),
        is_default=kind is MethodKind.CARD, removed_at=None,
    )


def make_payments(draft: Draft, order: Row, methods: list[Row], variants: dict[str, list[Row]]) -> None:
    """What was paid for the order, what was given back, and the return or exchange if there is one."""
    paying = [method for method in methods if method["kind"] is not MethodKind.GIFT_CARD]
    method = draft.chance.choices(paying, (7, 3)[:len(paying)])[0]
    _payment(draft, order, method, PaymentKind.PAYMENT, order["total_minor"], order["placed_at"], 0)
    if order["status"] is OrderStatus.CANCELLED:
        _payment(draft, order, method, PaymentKind.REFUND, order["total_minor"], order["status_since"], 2)
    elif order["status"] in _BACK:
        _come_back(draft, order, method, variants)


def _payment(
    draft: Draft, order: Row, method: Row, kind: PaymentKind, minor: int, at: object, days: int
) -> None:
    settled = order["status_since"] + timedelta(days=days) if days else order["placed_at"]
    draft.add(
        Payment,
        id=draft.new_id(), order_id=order["id"], method_id=method["id"], request_id=None, reference=None, kind=kind,
        amount_minor=minor, currency=order["currency"], at=at, settled_at=settled if settled <= draft.at else None,
    )


def _come_back(draft: Draft, order: Row, method: Row, variants: dict[str, list[Row]]) -> None:
    lines = [row for row in draft.rows[OrderLine] if row["order_id"] == order["id"]]
    exchange = order["status"] is OrderStatus.EXCHANGE_REQUESTED
    completed = order["status"] is OrderStatus.RETURNED
    others = [_other_variant(draft, line, variants) if exchange else None for line in lines[:1 if exchange else None]]
    pairs = list(zip(lines, others, strict=False))
    amount = sum(
        line["quantity"] * (line["unit_price_minor"] - (other["price_minor"] if other else 0)) for line, other in pairs
    )
    asked = order["status_since"] - timedelta(days=6) if completed else order["status_since"]
    back = draft.add(
        Return,
        id=draft.new_id(), reference=_reference(draft), order_id=order["id"], request_id=None,
        kind=ReturnKind.EXCHANGE if exchange else ReturnKind.RETURN,
        status=ReturnStatus.COMPLETED if completed else ReturnStatus.REQUESTED,
        reason=draft.chance.choice(draft.business.returns.reasons), method_id=method["id"], amount_minor=amount,
        currency=order["currency"], requested_at=asked, completed_at=order["status_since"] if completed else None,
    )
    for position, (line, other) in enumerate(pairs, 1):
        draft.add(
            ReturnLine,
            return_id=back["id"], position=position, order_line_id=line["id"], quantity=line["quantity"],
            unit_price_minor=line["unit_price_minor"], new_variant_id=other["id"] if other else None,
            new_options=other["options"] if other else None,
            new_unit_price_minor=other["price_minor"] if other else None,
        )
    if completed:
        _payment(draft, order, method, PaymentKind.REFUND, amount, order["status_since"], 4)


def _other_variant(draft: Draft, line: Row, variants: dict[str, list[Row]]) -> Row:
    return draft.chance.choice([one for one in variants[line["product_name"]] if one["id"] != line["variant_id"]])


def _reference(draft: Draft) -> str:
    signs = "".join(draft.chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=8))
    return f"RT-{signs[:4]}-{signs[4:]}"
