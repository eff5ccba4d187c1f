"""The parts of what is said about one product: its options, prices, lists of its variants."""

import re
from collections.abc import Sequence

from babel.numbers import get_currency_precision

from actions.product_asked import ProductAsked
from actions.wish_words import described
from actions.wording import Wording, numbered
from support.grounding.price_reading import PriceLimits
from support.ordering.order_views import Line
from support.products.product_views import OfferedVariant, PriceRange

LISTED = 15


class ProductPhrases:
    """One product in one customer's words; nothing here is a whole answer."""

    def __init__(self, words: Wording, asked: ProductAsked) -> None:
        self._words, self._asked, self._text = words, asked, asked.text
        self._product, self._offer = asked.product, asked.product.offer
        several = is_plural(asked.product.name)
        self._it, self._is = ("They", "are") if several else ("It", "is")
        self._comes, self._costs = ("come", "cost") if several else ("comes", "costs")

    def _price(self) -> str:
        prices = self._words.listed(price_range(self._words, one) for one in self._offer.prices)
        return f"The {self._product.name} {self._costs} {prices}."

    def _in_stock_of_all(self) -> str:
        there, every = len(self._offer.in_stock), len(self._offer.variants)
        options = "options" if every == 2 else self._words.count(every, "option")
        if every == 1:
            return f"{self._it} {self._is} {'in stock' if there else 'sold out just now'}."
        its = "their" if self._it == "They" else "its"
        if not there:
            return f"{both(every)} {its} {options} are sold out just now."
        if there == every:
            return f"{both(every)} {its} {options} are in stock right now."
        return f"{self._words.count(there, 'option')} of {every} {are(there)} in stock right now."

    def _listing(self, some: Sequence[OfferedVariant], heading: str) -> str:
        listed = numbered(f"{described(one.options)} · {self._cost(one)}" for one in some[:LISTED])
        rest = len(some) - LISTED
        more = f"\nand {self._words.count(rest, 'other')}: tell me what it should be like." if rest > 0 else ""
        return f"{heading}\n{listed}{more}" if some else heading

    def _cost(self, one: OfferedVariant) -> str:
        return self._words.money(one.price_minor, one.currency)

    def _as(self, one: OfferedVariant) -> str:
        return f" ({described(one.options)})" if one.options else ""

    def _listed_values(self, name: str) -> str:
        """`colour blue, green and red`."""
        return f"{name} {self._words.listed(self._values_of(name, self._offer.variants))}"

    def _values_of(self, name: str, some: Sequence[OfferedVariant]) -> list[str]:
        values = {str(one.options[name]) for one in some if name in one.options}
        return [value for value in self._offer.options[name] if value in values]

    def _wished(self) -> str:
        """` with colour blue or green, size M for up to €50.00`; nothing without a wish."""
        told = [f"{name} {' or '.join(values)}" for name, values in self._asked.wished().items()]
        told += self._asked.lacking
        price = limits_said(self._words, self._asked.limits, self._offer.variants[0].currency)
        return (f" with {', '.join(told)}" if told else "") + (f" for{price}" if price else "")


def beside_mine(words: Wording, line: Line, one: OfferedVariant) -> str:
    """` That is €5.00 more than you paid for yours.`"""
    more = one.price_minor - line.unit_price_minor
    if not more:
        return " That is what you paid for yours."
    return f" That is {words.money(abs(more), one.currency)} {'more' if more > 0 else 'less'} than you paid for yours."


def is_plural(name: str) -> bool:
    """Whether a product's name speaks of several: dinner candles, headphones."""
    words = re.split(r"\b(?:for|of|with|in)\b", name.casefold())[0].split()
    return bool(words) and re.search(r"[^su'i]s$", words[-1]) is not None


def both(count: int) -> str:
    return "Both" if count == 2 else "All"


def are(count: int) -> str:
    return "is" if count == 1 else "are"


def price_range(words: Wording, one: PriceRange) -> str:
    """`€18.00 to €32.50`."""
    lowest, highest = (words.money(minor, one.currency) for minor in (one.lowest_minor, one.highest_minor))
    return lowest if one.lowest_minor == one.highest_minor else f"{lowest} to {highest}"


def limits_said(words: Wording, limits: PriceLimits, currency: str) -> str:
    """` from €20.00 up to €40.00`, "" for none."""
    scale = 10 ** get_currency_precision(currency)
    ends = (("from", limits.at_least), ("up to", limits.at_most))
    return "".join(f" {word} {words.money(int(end * scale), currency)}" for word, end in ends if end is not None)
