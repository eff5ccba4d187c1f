"""What belongs to customers, as cells, but for their orders."""

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
from support.records.cells_of_cases import of_cases
from support.records.cells_of_points import of_points
from support.records.cells_of_vouchers import of_vouchers
from support.records.entering_addresses import PLACE
from support.records.money import money_of


async def of_customers(session: AsyncSession, ids: Sequence[str], *, friends: bool = True) -> Told:
    """What belongs to these customers (our ids) but for their orders; with `friends`, their referrals too."""
    told: Told = defaultdict(list)
    keys: dict[str, str] = {}
    for row in await rows_of(session, select(Customer), Customer.id, ids, Customer.reference):
        keys[row["id"]] = row["reference"]
        told["customers"].append(cells_of("customers", row, id=row["reference"]))
    addresses = select(Address).join(Customer, Customer.id == Address.customer_id).where(Address.saved)
    place = (getattr(Address, name) for name in (*PLACE, "label", "is_default"))
    for row in await rows_of(
        session, addresses, Address.customer_id, ids, Customer.reference, Address.reference, *place
    ):
        told["addresses"].append(cells_of(
            "addresses", row, id=row["reference"], customer_id=keys[row["customer_id"]], default=row["is_default"]
        ))
    balances = await _balances(session, ids)
    methods = select(PaymentMethod).join(Customer, Customer.id == PaymentMethod.customer_id)
    for row in await rows_of(
        session, methods, PaymentMethod.customer_id, ids, Customer.reference, PaymentMethod.reference
    ):
        is_card = row["kind"] is MethodKind.GIFT_CARD
        told["payment_methods"].append(cells_of(
            "payment_methods", row, id=row["reference"], customer_id=keys[row["customer_id"]],
            default=row["is_default"],
            balance=money_of(balances.get(row["id"], 0), row["currency"]) if is_card else None,
        ))
    changes = select(GiftCardEntry, PaymentMethod.customer_id, PaymentMethod.currency, PaymentMethod.reference)
    changes = changes.join(PaymentMethod, PaymentMethod.id == GiftCardEntry.method_id)
    for row in await rows_of(
        session, changes, PaymentMethod.customer_id, ids, GiftCardEntry.at, GiftCardEntry.idempotency_key
    ):
        told["gift_card_entries"].append(cells_of(
            "gift_card_entries", row, id=row["idempotency_key"], customer_id=keys[row["customer_id"]],
            payment_method_id=row["reference"], amount=money_of(row["amount_minor"], row["currency"]),
        ))
    subscriptions = (
        select(Subscription, Variant.sku, PaymentMethod.reference.label("method"))
        .outerjoin(Variant, Variant.id == Subscription.variant_id)
        .outerjoin(PaymentMethod, PaymentMethod.id == Subscription.method_id)
        .join(Customer, Customer.id == Subscription.customer_id)
    )
    for row in await rows_of(
        session, subscriptions, Subscription.customer_id, ids, Customer.reference, Subscription.reference
    ):
        told["subscriptions"].append(cells_of(
            "subscriptions", row, id=row["reference"], customer_id=keys[row["customer_id"]], variant_id=row["sku"],
            payment_method_id=row["method"], price=money_of(row["price_minor"], row["currency"]),
        ))
    interactions = select(Interaction).join(Customer, Customer.id == Interaction.customer_id)
    for row in await rows_of(
        session, interactions, Interaction.customer_id, ids, Interaction.at, Customer.reference, Interaction.reference
    ):
        told["interactions"].append(
            cells_of("interactions", row, id=row["reference"], customer_id=keys[row["customer_id"]])
        )
    consents = select(Consent).join(Customer, Customer.id == Consent.customer_id)
    for row in await rows_of(
        session, consents, Consent.customer_id, ids, Consent.at, Customer.reference, Consent.purpose, Consent.channel
    ):
        told["consents"].append(cells_of("consents", row, customer_id=keys[row["customer_id"]]))
    if friends:
        friend = aliased(Customer)
        referrals = select(Referral, friend.reference.label("friend")).join(friend, friend.id == Referral.friend_id)
        referrals = referrals.where(friend.erased_at.is_(None))
        for row in await rows_of(session, referrals, Referral.customer_id, ids, Referral.joined_at, friend.reference):
            told["referrals"].append(
                cells_of("referrals", row, customer_id=keys[row["customer_id"]], friend_id=row["friend"])
            )
    told["points"] = await of_points(session, keys)
    told["vouchers"] = await of_vouchers(session, keys)
    return told | await of_cases(session, keys)


async def _balances(session: AsyncSession, customer_ids: Sequence[str]) -> dict[str, int]:
    query = (
        select(GiftCardEntry.method_id, func.sum(GiftCardEntry.amount_minor))
        .join(PaymentMethod, PaymentMethod.id == GiftCardEntry.method_id)
        .where(PaymentMethod.customer_id.in_(customer_ids)).group_by(GiftCardEntry.method_id)
    )
    return {method_id: int(held) for method_id, held in await session.execute(query)}
