"""What a question says of one product: the variants it is about, and which of its options it names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from babel.numbers import get_currency_precision

from support.grounding.known_lines import COLOURS
from support.grounding.option_values import OptionValues
from support.grounding.price_reading import PriceLimits, read_price_limits
from support.grounding.variant_reading import read_wish
from support.grounding.wish import Wish
from support.grounding.words import forms, split
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant, ProductDetail

_SIZES = frozenset({"xxs", "xs", "s", "m", "l", "small", "medium", "large", "xl", "xxl", "xxxl", "xsmall", "xlarge"})
_UTMOST = {
    "lowest": re.compile(r"\b(?:cheapest|least expensive|lowest[- ](?:price|cost)|most affordable)", re.IGNORECASE),
    "highest": re.compile(
        r"\b(?:most (?:expensive|costly)|priciest|dearest|costliest|highest[- ](?:price|cost))", re.IGNORECASE
    ),
}

_NOT = re.compile(r"\b(?:not|no|without|except|but|other than|anything but)\b|n't\b", re.IGNORECASE)
_FALLBACK = re.compile(r"\b(?:if|otherwise|else|instead|failing|unless|rather|prefer\w*|in case)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:than|vs\.?|versus|from|to|against|compared (?:to|with)|over)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ProductAsked:
    """A question about `product`; `line` is one of the customer's own that it starts from ("in a bigger size").

    `own` is the part of the text that is about this product, "" for all of it.
    """

    product: ProductDetail
    text: str
    line: OrderedLine | None = None
    own: str = ""

    @property
    def _own(self) -> str:
        return self.own or self.text

    @cached_property
    def wishes(self) -> tuple[Wish[OfferedVariant], ...]:
        """What is wished, and what instead if that cannot be had; "blue or green" alone prefers neither."""
        first, *others = self._read(self._own, self.line.options if self.line else {}).in_order
        if not others or _FALLBACK.search(self._own):
            return (first, *others)
        wished = dict(first.wished)
        for other in others:
            for option, values in other.wished.items():
                wished[option] = tuple(dict.fromkeys((*wished.get(option, ()), *values)))
        matches = (*first.matches, *(one for other in others for one in other.matches))
        return (replace(first, wished=wished, matches=matches, otherwise=None),)

    def between(self) -> dict[str, tuple[str, ...]]:
        """{option: values} that a question for a difference puts against each other."""
        return dict(self._read(_AGAINST.sub(" and ", self._own), {}).wished)

    def _read(self, text: str, current: Mapping[str, Any]) -> Wish[OfferedVariant]:
        return read_wish(text, current, self.product.offer.variants, name=self.product.name)

    @property
    def limits(self) -> PriceLimits:
        return read_price_limits(self.text) or read_price_limits(self._own)

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """Words for a colour, a size or a measure that the product does not come in."""
        if not self.product.offer.variants:
            return ()
        values = [value for values in self.product.offer.options.values() for value in values]
        theirs = _units(word for value in values for word in forms(value))
        unknown = {word for wish in self.wishes for word in wish.unknown}
        return tuple(dict.fromkeys(
            self._own[word.start:word.end] for word in split(self._own)
            if word.key in unknown and (word.key in COLOURS or word.key in _SIZES or _units([word.key]) & theirs)
        ))

    @property
    def prices(self) -> tuple[str, ...]:
        """ "lowest", "highest" or both, if the question is which costs that."""
        return utmost_prices(self.text)

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options that are asked for by their names: "which colours"; those with a wish are not."""
        known, keys = OptionValues([one.options for one in self.product.offer.variants]), list(forms(self.text))
        named = {option for place in range(len(keys)) for option in known.named_at(keys, place)[0]}
        return tuple(option for option in self.product.offer.options if option in named and option not in self.wished())

    def wished(self, wish: Wish[OfferedVariant] | None = None) -> dict[str, tuple[str, ...]]:
        """{option: the values that will do}; "any colour" wishes for none."""
        offered = self.product.offer.options
        wish = wish or self.wishes[0]
        found = {
            option: values for option, values in wish.wished.items() if set(values) != set(offered.get(option, ()))
        }
        return {**self._ruled_out, **found} if wish is self.wishes[0] else found

    @cached_property
    def _ruled_out(self) -> dict[str, tuple[str, ...]]:
        """{option: what is left of its values} where one is not wanted: "any that aren't glass"."""
        if not _NOT.search(self._own):
            return {}
        found = {}
        for option, values in self.product.offer.options.items():
            for value in values:
                rest = tuple(one for one in values if one != value)
                wish = self._read(self._own, {option: value})
                plain = self.wishes[0].wished.get(option, ())
                if rest and set(wish.wished.get(option, ())) == set(rest) and value not in plain:
                    found[option] = rest
        return found

    @property
    def narrows(self) -> bool:
        """Whether only some of the variants are asked about."""
        return any(self.wished(wish) for wish in self.wishes) or bool(self.lacking) or bool(self.limits)

    def having(self, wish: Wish[OfferedVariant] | None = None) -> tuple[OfferedVariant, ...]:
        """The variants as wished, sold-out ones too, the cheapest first; without a wish all of them."""
        if self.lacking and not wish:
            return ()
        limits = self.limits
        return tuple(
            one for one in self.product.offer.variants
            if all(str(one.options.get(name)) in values for name, values in self.wished(wish).items())
            and limits.hold(one.price_minor, get_currency_precision(one.currency))
        )

    @property
    def singled_out(self) -> OfferedVariant | None:
        """The one in stock that the answer comes to: it alone is as wished, or alone costs least or most of these."""
        some = [one for one in self.having() if one.stock]
        if len(some) > 1 and self.prices in (("lowest",), ("highest",)):
            pick = min if self.prices == ("lowest",) else max
            wanted = pick(one.price_minor for one in some)
            some = [one for one in some if one.price_minor == wanted]
        return some[0] if len(some) == 1 else None

    def nearest(self, count: int) -> Sequence[OfferedVariant]:
        """What is in stock and comes closest to the wish, and to the line it starts from; then the cheapest."""
        wished, mine = self.wished(), self.line.options if self.line else {}

        def far(one: OfferedVariant) -> tuple[int, int, int]:
            fits = sum(str(one.options.get(name)) in values for name, values in wished.items())
            same = sum(str(one.options.get(name)) == str(value) for name, value in mine.items() if name not in wished)
            return -fits, -same, one.price_minor

        return sorted(self.product.offer.in_stock, key=far)[:count]


def utmost_prices(text: str) -> tuple[str, ...]:
    """ "lowest", "highest" or both, whichever `text` asks for."""
    return tuple(name for name, pattern in _UTMOST.items() if pattern.search(text))


def _units(words: Iterable[str]) -> set[str]:
    return {word.lstrip("0123456789.") for word in words if word[:1].isdigit()} - {""}
