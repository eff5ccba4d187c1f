"""Customers and what hangs on them alone: subscriptions, interactions, consents, referrals."""

from collections.abc import Sequence

from support.models.customers import Consent, Customer, Interaction
from support.models.rewards import Referral
from support.models.subscriptions import Subscription
from support.records.customers import (
    ConsentRecord,
    CustomerRecord,
    InteractionRecord,
    ReferralRecord,
    SubscriptionRecord,
)
from support.records.entering import Entering
from support.records.known import KnownCustomer
from support.records.links import customers_called


class EnteringCustomers(Entering):
    async def take(self, records: Sequence[CustomerRecord]) -> None:
        records = self.firsts(records, "id")
        there = await customers_called(self.intake, (record.id for record in records))
        puts = []
        for record in records:
            row = there.get(record.id)
            if row is not None and row["erased_at"] is not None:
                self.intake.refuse(record, "id", "erased_customer", "is a customer whose account was deleted here")
                continue
            values = record.plain() | {
                "locale": record.locale or self.intake.business.shop.locale,
                "created_at": record.created_at or self.intake.at,
            }
            puts.append((record, values, row))
        for (record, values, row), id in zip(puts, await self.intake.put(Customer, puts), strict=True):
            name = f"{values['first_name']} {values['last_name']}".strip()
            created_at = values["created_at"] if row is None or record.created_at else row["created_at"]
            self.links.customers[record.id] = KnownCustomer(id, name, created_at, False)


class EnteringSubscriptions(Entering):
    async def take(self, records: Sequence[SubscriptionRecord]) -> None:
        records = self.firsts(records, "customer_id", "id")
        await self.links.load_customers(record.customer_id for record in records)
        await self.links.load_variants(record.variant_id for record in records if record.variant_id)
        known = [(record, customer.id) for record in records if (customer := self.links.customer(record))]
        await self.links.load_methods([(id, one.payment_method_id) for one, id in known if one.payment_method_id])
        rows = await self.intake.rows(Subscription, Subscription.customer_id, (id for _, id in known))
        there = {(row["customer_id"], row["reference"]): row for row in rows}
        puts = []
        for record, customer_id in known:
            variant = self.links.variant(record) if record.variant_id else None
            method = self.links.method(record, customer_id) if record.payment_method_id else None
            if bool(record.variant_id) is not bool(variant) or bool(record.payment_method_id) is not bool(method):
                continue
            values = record.plain() | {
                "customer_id": customer_id, "price_minor": record.price_minor(),
                "variant_id": variant.id if variant else None, "method_id": method.id if method else None,
            }
            puts.append((record, values, there.get((customer_id, record.id))))
        await self.intake.put(Subscription, puts)


class EnteringInteractions(Entering):
    async def take(self, records: Sequence[InteractionRecord]) -> None:
        records = self.firsts(records, "customer_id", "id")
        await self.links.load_customers(record.customer_id for record in records)
        known = [(record, customer.id) for record in records if (customer := self.links.customer(record))]
        rows = await self.intake.rows(
            Interaction, Interaction.reference, (record.id for record, _ in known),
        )
        there = {(row["customer_id"], row["reference"]): row for row in rows}
        await self.intake.put(Interaction, [
            (record, record.plain() | {"customer_id": customer_id}, there.get((customer_id, record.id)))
            for record, customer_id in known
        ])


class EnteringConsents(Entering):
    async def take(self, records: Sequence[ConsentRecord]) -> None:
        records = self.firsts(records, "customer_id", "purpose", "channel", "at")
        await self.links.load_customers(record.customer_id for record in records)
        known = [(record, customer.id) for record in records if (customer := self.links.customer(record))]
        rows = await self.intake.rows(Consent, Consent.customer_id, (id for _, id in known))
        there = {(row["customer_id"], row["purpose"], row["channel"], row["at"]): row for row in rows}
        await self.intake.put(Consent, [
            (
                record, record.plain() | {"customer_id": customer_id},
                there.get((customer_id, record.purpose, record.channel, record.at)),
            )
            for record, customer_id in known
        ])


class EnteringReferrals(Entering):
    async def take(self, records: Sequence[ReferralRecord]) -> None:
        records = self.firsts(records, "friend_id")
        await self.links.load_customers(id for record in records for id in (record.customer_id, record.friend_id))
        known = []
        for record in records:
            customer = self.links.customer(record)
            friend = self.links.customer(record, "friend_id")
            if customer is not None and friend is not None:
                known.append((record, customer.id, friend.id))
        rows = await self.intake.rows(Referral, Referral.friend_id, (friend_id for _, _, friend_id in known))
        there = {row["friend_id"]: row for row in rows}
        await self.intake.put(Referral, [
            (record, record.plain() | {"customer_id": customer_id, "friend_id": friend_id}, there.get(friend_id))
            for record, customer_id, friend_id in known
        ])
