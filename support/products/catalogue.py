"""What the shop sells, for anybody who asks: found by words, one product whole, its variants by wished options."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.catalogue import Product, Variant
from support.models.conversations import Level
from support.pages import checked_limit
from support.products.product_search import ranked
from support.products.product_views import (
    Category,
    Offer,
    OfferedVariant,
    PriceRange,
    ProductDetail,
    ProductList,
    ProductName,
    ProductSummary,
)
from support.text import sought_id


@use_case("look up", needs=Level.VISITOR)
async def search(session: AsyncSession, speaker: Speaker, words: str, *, limit: int = 5) -> ProductList:  # noqa: ARG001
    """The products that fit what somebody typed, by name, category and description, the best first.

    Typing mistakes are allowed, and words that fill a sentence do not count. Raises InvalidInput (a limit that is
    none).
    """
    checked_limit(limit)
    rows = await session.execute(select(Product.id, Product.name, Product.category, Product.description))
    found = ranked(rows.all(), words)
    return ProductList(await _summaries(session, found[:limit]), max(0, len(found) - limit))


@use_case("look up", needs=Level.VISITOR)
async def categories(session: AsyncSession, speaker: Speaker) -> tuple[Category, ...]:  # noqa: ARG001
    """What kinds of goods there are, by name: how many products, variants, variants in stock, at which prices."""
    counts = await session.execute(select(Product.category, func.count()).group_by(Product.category))
    products = dict(counts.all())
    rows = await session.execute(
        select(
            Product.category, Variant.currency, func.count(), _stocked(), func.min(Variant.price_minor),
            func.max(Variant.price_minor),
        )
        .join(Variant, Variant.product_id == Product.id)
        .group_by(Product.category, Variant.currency)
        .order_by(Variant.currency)
    )
    variants: defaultdict[str, int] = defaultdict(int)
    stocked: defaultdict[str, int] = defaultdict(int)
    prices: defaultdict[str, list[PriceRange]] = defaultdict(list)
    for name, currency, count, in_stock, lowest, highest in rows:
        variants[name] += count
        stocked[name] += in_stock
        prices[name].append(PriceRange(currency, lowest, highest))
    return tuple(
        Category(name, products[name], variants[name], stocked[name], tuple(prices[name])) for name in sorted(products)
    )


@use_case("look up", needs=Level.VISITOR)
async def names(session: AsyncSession, speaker: Speaker) -> tuple[ProductName, ...]:  # noqa: ARG001
    """What every product is called, by name: for telling which of them a text speaks of."""
    rows = await session.execute(select(Product.id, Product.name, Product.category).order_by(Product.name, Product.id))
    return tuple(ProductName(*row) for row in rows)


@use_case("look up", needs=Level.VISITOR)
async def to_be_had(
    session: AsyncSession, speaker: Speaker, *, at_least_minor: int = 0, at_most_minor: int | None = None,  # noqa: ARG001
    categories: Sequence[str] = (), dearest_first: bool = False, limit: int = 5,
) -> ProductList:
    """The products that have a variant in stock at such a price, the cheapest first.

    With `dearest_first` they are put by their dearest variant.
    Both limits are counted in, in minor units of the variant's currency. Variants and prices are told of those that
    are in stock at such a price. Without `categories` it is those of all. Raises InvalidInput (a limit that is none).
    """
    checked_limit(limit)
    fitting = [Variant.stock > 0, Variant.price_minor >= at_least_minor]
    if at_most_minor is not None:
        fitting.append(Variant.price_minor <= at_most_minor)
    if categories:
        fitting.append(Product.category.in_(categories))
    lowest, highest = func.min(Variant.price_minor), func.max(Variant.price_minor)
    rows = (await session.execute(
        select(
            Product.id, Product.reference, Product.name, Product.category, Variant.currency, func.count(), lowest,
            highest,
        )
        .join(Variant, Variant.product_id == Product.id)
        .where(*fitting)
        .group_by(Product.id, Product.reference, Product.name, Product.category, Variant.currency)
        .order_by(highest.desc() if dearest_first else lowest, Product.name, Product.id, Variant.currency)
    )).all()
    found: dict[str, ProductSummary] = {}
    for id, reference, name, category, currency, count, cheapest, dearest in rows:
        before = found.get(id)
        prices = (*(before.prices if before else ()), PriceRange(currency, cheapest, dearest))
        count += before.in_stock if before else 0
        found[id] = ProductSummary(id, reference, name, category, count, count, prices)
    products = tuple(found.values())
    return ProductList(products[:limit], max(0, len(products) - limit))


@use_case("look up", needs=Level.VISITOR)
async def product(session: AsyncSession, speaker: Speaker, product_id: str) -> ProductDetail:  # noqa: ARG001
    """A product with its variants, options, prices, and what of it is in stock. Raises NotFound."""
    found = await session.scalar(
        select(Product)
        .where(Product.id == sought_id(product_id))
        .options(selectinload(Product.variants))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    offer = Offer(tuple(
        OfferedVariant(one.id, one.sku, one.options, one.price_minor, one.currency, one.stock)
        for one in sorted(found.variants, key=lambda one: (one.currency, one.price_minor, one.sku))
    ))
    return ProductDetail(found.id, found.reference, found.name, found.category, found.description, offer)


@use_case("look up", needs=Level.VISITOR)
async def variants(
    session: AsyncSession, speaker: Speaker, product_id: str, wished: Mapping[str, str] | None = None
) -> Offer:
    """The variants of a product that have the wished options; all of them without any wish.

    `wished` is such as {"colour": "blue"}; an option or value that the product does not come in leaves none. How many
    there are is `len(offer.variants)`, how many can be had now `len(offer.in_stock)`. Raises NotFound.
    """
    return (await product(session, speaker, product_id)).offer.fitting(wished or {})


async def _summaries(session: AsyncSession, ids: Sequence[str]) -> tuple[ProductSummary, ...]:
    """Those products, in that order."""
    found = await session.execute(
        select(Product.id, Product.reference, Product.name, Product.category).where(Product.id.in_(ids))
    )
    rows = await session.execute(
        select(
            Variant.product_id, Variant.currency, func.count(), _stocked(), func.min(Variant.price_minor),
            func.max(Variant.price_minor),
        )
        .where(Variant.product_id.in_(ids))
        .group_by(Variant.product_id, Variant.currency)
        .order_by(Variant.currency)
    )
    offered: defaultdict[str, list[tuple[int, int, PriceRange]]] = defaultdict(list)
    for product_id, currency, count, in_stock, lowest, highest in rows:
        offered[product_id].append((count, in_stock, PriceRange(currency, lowest, highest)))
    summaries = {
        row.id: ProductSummary(
            row.id, row.reference, row.name, row.category, sum(count for count, *_ in offered[row.id]),
            sum(in_stock for _, in_stock, _ in offered[row.id]), tuple(prices for *_, prices in offered[row.id]),
        )
        for row in found
    }
    return tuple(summaries[product_id] for product_id in ids if product_id in summaries)


def _stocked() -> ColumnElement[int]:
    return func.sum(case((Variant.stock > 0, 1), else_=0))
