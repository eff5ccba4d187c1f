"""Products with their variants, and rewards, as cells."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.catalogue import Product, Variant
from support.models.rewards import Reward, RewardKind
from support.records.cells import Told, cells_of, rows_of
from support.records.money import money_of


async def of_products(session: AsyncSession, ids: Sequence[str]) -> Told:
    """These products (our ids) and all their variants, by table."""
    told: Told = defaultdict(list)
    keys: dict[str, str] = {}
    for row in await rows_of(session, select(Product), Product.id, ids, Product.reference):
        keys[row["id"]] = row["reference"]
        told["products"].append(cells_of("products", row, id=row["reference"]))
    for row in await rows_of(session, select(Variant), Variant.product_id, ids, Variant.sku):
        told["variants"].append(cells_of(
            "variants", row, id=row["sku"], product_id=keys[row["product_id"]],
            price=money_of(row["price_minor"], row["currency"]),
        ))
    return told


async def of_rewards(session: AsyncSession, ids: Sequence[str]) -> Told:
    """These rewards (our ids)."""
    rows = await rows_of(session, select(Reward), Reward.id, ids, Reward.reference)
    return defaultdict(list, rewards=[
        cells_of(
            "rewards", row, id=row["reference"], value=worth_cell(row["kind"], row["value"], row["currency"])
        )
        for row in rows
    ])


def worth_cell(kind: RewardKind, value: int, currency: str | None) -> str | None:
    """What a voucher or a reward is worth: money, percent, or nothing that can be told."""
    if kind is RewardKind.VOUCHER and currency:
        return money_of(value, currency)
    return str(value) if kind is RewardKind.PERCENT else None
