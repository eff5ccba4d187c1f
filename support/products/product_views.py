"""What is told of products and their variants. Money is integer minor units of the currency beside it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from support.products.product_search import edits, folded

_SIZES = ("xxs", "xs", "s", "small", "m", "medium", "l", "large", "xl", "extra large", "xxl", "xxxl")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class PriceRange:
    """The lowest and the highest price in a currency."""

    currency: str
    lowest_minor: int
    highest_minor: int


@dataclass(frozen=True)
class OfferedVariant:
    """A form of a product; `stock` is how many can be bought now."""

    id: str
    sku: str
    options: dict[str, Any]
    price_minor: int
    currency: str
    stock: int


@dataclass(frozen=True)
class Offer:
    """Variants of one product, the cheapest first, and what they come to together."""

    variants: tuple[OfferedVariant, ...]

    @property
    def in_stock(self) -> tuple[OfferedVariant, ...]:
        return tuple(variant for variant in self.variants if variant.stock > 0)

    @property
    def pieces(self) -> int:
        """How many can be bought now, all variants together."""
        return sum(variant.stock for variant in self.variants)

    @property
    def prices(self) -> tuple[PriceRange, ...]:
        """One range a currency, by its code."""
        found = []
        for currency in sorted({variant.currency for variant in self.variants}):
            minor = [variant.price_minor for variant in self.variants if variant.currency == currency]
            found.append(PriceRange(currency, min(minor), max(minor)))
        return tuple(found)

    @property
    def options(self) -> dict[str, tuple[str, ...]]:
        """{option: its values}, sizes from small to large, numbers by size, all else by the alphabet."""
        values: dict[str, set[str]] = {}
        for variant in sorted(self.variants, key=lambda one: one.sku):
            for name, value in variant.options.items():
                values.setdefault(name, set()).add(str(value))
        return {name: tuple(sorted(found, key=_size)) for name, found in values.items()}

    def fitting(self, wished: Mapping[str, str]) -> "Offer":
        """The variants that have all wished options, `{"colour": "blue"}`; case and a typing mistake do not count."""
        left = self.variants
        for name, value in wished.items():
            option = _meant(name, self.options)
            chosen = _meant(value, self.options[option]) if option is not None else None
            left = tuple(one for one in left if chosen is not None and str(one.options.get(option or "")) == chosen)
        return Offer(left)


@dataclass(frozen=True)
class ProductName:
    """What a product is called, and what kind of goods it is."""

    id: str
    name: str
    category: str


@dataclass(frozen=True)
class ProductSummary:
    """A product in a list: how many variants it comes in, how many of them are in stock, and what they cost."""

    id: str
    reference: str
    name: str
    category: str
    variants: int
    in_stock: int
    prices: tuple[PriceRange, ...]


@dataclass(frozen=True)
class ProductDetail:
    """A product with all its variants."""

    id: str
    reference: str
    name: str
    category: str
    description: str
    offer: Offer


@dataclass(frozen=True)
class ProductList:
    """The products that fit best, and how many more fit."""

    products: tuple[ProductSummary, ...]
    more: int


@dataclass(frozen=True)
class Category:
    """A kind of goods: how many products and variants it has, how many variants are in stock, and what they cost."""

    name: str
    products: int
    variants: int
    in_stock: int
    prices: tuple[PriceRange, ...]


def _meant(typed: str, known: Iterable[str]) -> str | None:
    """The one that `typed` is, or is a typing mistake for; None if that might be several."""
    theirs = list(known)
    word = " ".join(folded(typed).split())
    plain = {one: " ".join(folded(one).split()) for one in theirs}
    same = [one for one in theirs if plain[one] == word]
    near = [one for one in theirs if OSA.distance(plain[one], word) <= edits(word)]
    found = same or near
    return found[0] if len(found) == 1 else None


def _size(value: str) -> tuple[int, float, str]:
    plain = value.casefold()
    if plain in _SIZES:
        return (0, _SIZES.index(plain), plain)
    number = _NUMBER.search(plain)
    return (1, float(number[0]), plain) if number else (2, 0, plain)
