"""What can still be sold of a variant, taken and put back under its lock. Pieces are integers."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.models.catalogue import Variant
from support.refusals import OutOfStock


async def lock_variants(session: AsyncSession, ids: Collection[str]) -> dict[str, Variant]:
    """{id: variant} of those that there are, read anew and locked in the order of their ids until the commit.

    Two that lock the same variants in different orders would wait for each other for ever.
    """
    query = select(Variant).where(Variant.id.in_(ids)).order_by(Variant.id).with_for_update()
    found = await session.scalars(query.execution_options(populate_existing=True))
    return {variant.id: variant for variant in found}


def check_enough(variants: Mapping[str, Variant], taken: Mapping[str, int]) -> None:
    """Raises OutOfStock if more pieces of a variant would be taken than there are; {variant id: pieces}."""
    for variant_id, pieces in taken.items():
        if pieces > 0 and variants[variant_id].stock < pieces:
            raise OutOfStock


def take(variants: Mapping[str, Variant], pieces: Mapping[str, int]) -> None:
    """Take pieces of locked variants (less than zero: put them back), all or none. Raises OutOfStock."""
    check_enough(variants, pieces)
    for variant_id, number in pieces.items():
        variants[variant_id].stock -= number


def put_back(variants: Mapping[str, Variant], pieces: Mapping[str, int]) -> None:
    """The contrary of `take`, for pieces that were taken before."""
    for variant_id, number in pieces.items():
        variants[variant_id].stock += number
