"""Products, variants, rewards."""

from collections.abc import Sequence

from support.models.catalogue import Product, Variant
from support.models.rewards import Reward, RewardKind
from support.records.catalogue import ProductRecord, RewardRecord, VariantRecord
from support.records.entering import Entering
from support.records.known import KnownProduct, KnownVariant
from support.records.suggestions import did_you_mean


class EnteringProducts(Entering):
    async def take(self, records: Sequence[ProductRecord]) -> None:
        records = self.firsts(records, "id")
        rows = await self.intake.rows(Product, Product.reference, (record.id for record in records))
        there = {row["reference"]: row for row in rows}
        puts = [(record, record.plain(), there.get(record.id)) for record in records]
        for record, id in zip(records, await self.intake.put(Product, puts), strict=True):
            self.links.products[record.id] = KnownProduct(id, record.name)


class EnteringVariants(Entering):
    async def take(self, records: Sequence[VariantRecord]) -> None:
        records = self.firsts(records, "id")
        await self.links.load_products(record.product_id for record in records)
        rows = await self.intake.rows(Variant, Variant.sku, (record.id for record in records))
        there = {row["sku"]: row for row in rows}
        puts, products = [], []
        for record in records:
            if (product := self.links.product(record)) is None:
                continue
            values = record.plain() | {
                "product_id": product.id, "price_minor": record.price_minor(), "options": record.options or {},
            }
            puts.append((record, values, there.get(record.id)))
            products.append(product)
        for put, product, id in zip(puts, products, await self.intake.put(Variant, puts), strict=True):
            record, values, row = put
            options = values["options"] if row is None or "options" in record.given else row["options"]
            self.links.variants[record.id] = KnownVariant(id, product.id, product.name, options)


class EnteringRewards(Entering):
    async def take(self, records: Sequence[RewardRecord]) -> None:
        records = self.firsts(records, "id")
        tiers = [tier.name for tier in self.intake.business.loyalty.tiers]
        rows = await self.intake.rows(Reward, Reward.reference, (record.id for record in records))
        there = {row["reference"]: row for row in rows}
        puts = []
        for record in records:
            if record.from_tier is not None and record.from_tier not in tiers:
                reason = f"is not the name of a tier in business.yml{did_you_mean(record.from_tier, tiers)}"
                self.intake.refuse(record, "from_tier", "unknown_reference", reason)
                continue
            currency = record.currency if record.kind is RewardKind.VOUCHER else None
            values = record.plain() | {"value": record.worth(), "currency": currency}
            puts.append((record, values, there.get(record.id)))
        for (record, *_), id in zip(puts, await self.intake.put(Reward, puts), strict=True):
            self.links.rewards[record.id] = id
