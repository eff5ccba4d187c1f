"""A catalogue for the tests of questions about goods, and a way to ask them."""

from actions.products import SearchProducts, ShowProduct
from support.models.catalogue import Product
from tests.actions.asking import ask
from tests.support.shop_rows import create_variant


async def stocked(session, name, *variants, category="Kitchen", description=""):
    """`variants` are (price, stock, options)."""
    product = Product(reference=name, name=name, category=category, description=description)
    session.add(product)
    await session.flush()
    for price, stock, options in variants:
        await create_variant(session, product, price=price, stock=stock, **options)
    return product


async def told(text: str, *, search: bool = False, **more) -> str:
    return (await ask(SearchProducts() if search else ShowProduct(), text=text, **more)).text
