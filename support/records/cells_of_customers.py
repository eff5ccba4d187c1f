"""What belongs to customers, as cells, but for their orders and points."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from support.models.catalogue import Variant
from support.models.customers import Address, Consent, Customer, Interaction
from support.models.payments import GiftCardEntry, MethodKind, PaymentMethod
from support.models.rewards import Referral
from support.models.subscriptions import Subscription
from support.records.cells import Told, cells_of, rows_of
from support.records.cells_of_points import of_points
from support.records.values import money_of


async def of_customers(session: AsyncSession, ids: Sequence[str], *, friends: bool = True) -> Told:
    """What belongs to these customers (our ids) but for their orders; with `friends`, their referrals too."""
    told: Told = defaultdict(list)
    keys: dict[str, str] = {}
    for row in await rows_of(session, select(Customer), Customer.id, ids, Customer.reference):
        keys[row["id"]] = row["reference"]
        told["customers"].append(cells_of("customers", row, id=row["reference"]))
    addresses = select(Address).where(Address.saved)
    for row in await rows_of(session, addresses, Address.customer_id, ids, Address.reference, Address.id):
        told["addresses"].append(cells_of(
            "addresses", row, id=row["reference"], customer_id=keys[row["customer_id"]], default=row["is_default"]
        ))
    balances = await _balances(session, ids)
    for row in await rows_of(session, select(PaymentMethod), PaymentMethod.customer_id, ids, PaymentMethod.reference):
        is_card = row["kind"] is MethodKind.GIFT_CARD
        told["payment_methods"].append(cells_of(
            "payment_methods", row, id=row["reference"], customer_id=keys[row["customer_id"]],
            default=row["is_default"],
            balance=money_of(balances.get(row["id"], 0), row["currency"]) if is_card else None,
        ))
    subscriptions = (
        select(Subscription, Variant.sku, PaymentMethod.reference.label("method"))
        .outerjoin(Variant, Variant.id == Subscription.variant_id)
        .outerjoin(PaymentMethod, PaymentMethod.id == Subscription.method_id)
    )
    for row in await rows_of(session, subscriptions, Subscription.customer_id, ids, Subscription.reference):
        told["subscriptions"].append(cells_of(
            "subscriptions", row, id=row["reference"], customer_id=keys[row["customer_id"]], variant_id=row["sku"],
            payment_method_id=row["method"], price=money_of(row["price_minor"], row["currency"]),
        ))
    interactions = select(Interaction)
    for row in await rows_of(session, interactions, Interaction.customer_id, ids, Interaction.at, Interaction.id):
        told["interactions"].append(
            cells_of("interactions", row, id=row["reference"], customer_id=keys[row["customer_id"]])
        )
    for row in await rows_of(session, select(Consent), Consent.customer_id, ids, Consent.at, Consent.id):
        told["consents"].append(cells_of("consents", row, customer_id=keys[row["customer_id"]]))
    if friends:
        friend = aliased(Customer)
        referrals = select(Referral, friend.reference.label("friend")).join(friend, friend.id == Referral.friend_id)
        referrals = referrals.where(friend.erased_at.is_(None))
        for row in await rows_of(session, referrals, Referral.customer_id, ids, Referral.joined_at, Referral.id):
            told["referrals"].append(
                cells_of("referrals", row, customer_id=keys[row["customer_id"]], friend_id=row["friend"])
            )
    told["points"] = await of_points(session, keys)
    return told


async def _balances(session: AsyncSession, customer_ids: Sequence[str]) -> dict[str, int]:
    query = (
        select(GiftCardEntry.method_id, func.sum(GiftCardEntry.amount_minor))
        .join(PaymentMethod, PaymentMethod.id == GiftCardEntry.method_id)
        .where(PaymentMethod.customer_id.in_(customer_ids)).group_by(GiftCardEntry.method_id)
    )
    return {method_id: int(held) for method_id, held in await session.execute(query)}
