"""What there is to say about one product: all of it, or the answers to what was asked."""

import re

from actions.product_differences import difference
from actions.product_phrases import ProductPhrases, are
from actions.product_stock import Availability
from actions.wish_words import described
from support.products.product_views import OfferedVariant


def _asks(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_KINDS = r"options?|variants?|variations?|versions?|varieties|kinds?|types?|choices|models?|styles?|combinations?"
COUNT = _asks(r"how many|number of|count of|count the")
PIECES = _asks(
    rf"how many(?! (?:\S+ ){{0,3}}(?:{_KINDS}|different|colou?rs?|sizes?|do you (?:sell|offer)))\b.*\b(?:left|in stock|"
    r"pieces|units|do you (?:still )?have|remain(?:ing)?|have you got)"
)
DIFFERENCE = _asks(
    r"(?:price )?differences?(?: in price| between)?|how much (?:more|less|dearer|cheaper|extra)|compare|comparison|"
    r"(?:(?:more|less) expensive|cheaper|dearer|pricier) than"
)
OPTIONS = _asks(r"options?|variants?|versions?|combinations?")
LIST = _asks(
    rf"(?:what|which|list|show|all|any|see|other|every) (?:\S+ ){{0,3}}(?:{_KINDS}|different)|come in|comes in|"
    r"available in|what (?:do|have) you (?:have|got)|which (?:ones|one|of them|are)"
)
PRICE = _asks(r"cheaper|dearer|costs?|prices?|priced?|pay|how much|worth|expensive|charge|come to")
GONE = _asks(r"sold out|out of stock|unavailable|(?:not|isn't|aren't) (?:available|in stock)")
_WORD = {"lowest": "cheapest", "highest": "most expensive"}


class ProductTold(ProductPhrases):
    """Everything about one product that may be asked."""

    def told(self) -> str:
        """The answers to what is asked, the whole of it where nothing in particular is."""
        if not self._offer.variants:
            return f"The {self._product.name} {self._is} not to be had just now."
        compared = difference(self._words, self._asked) if DIFFERENCE.search(self._text) else ""
        told = [compared] if compared else []
        if COUNT.search(self._text):
            told.append(self._count())
        if not compared:
            told += map(self._utmost, self._asked.prices)
        return "\n".join(told) or self._one_answer()

    def _one_answer(self) -> str:
        if self._asked.options and not self._asked.lacking:
            return self._values()
        if self._asked.narrows:
            return Availability(self._words, self._asked).told()
        if GONE.search(self._text):
            return self._gone()
        if LIST.search(self._text):
            return self._listing(self._offer.in_stock, f"{self._product.name}: {self._in_stock_of_all()}")
        if PRICE.search(self._text):
            return self._price()
        return self._whole()

    def _whole(self) -> str:
        about = f"{self._product.name}: {self._product.description}" if self._product.description else ""
        values = [f"{self._it} {self._comes} in {self._listed_values(name)}." for name in self._offer.options]
        return "\n".join([*([about] if about else []), f"{self._price()} {self._in_stock_of_all()}", *values])

    def _gone(self) -> str:
        gone = [one for one in self._offer.variants if not one.stock]
        if not gone:
            return f"{self._product.name}: {self._in_stock_of_all()}"
        options = self._words.count(len(gone), "option")
        return self._listing(gone, f"{options} of the {self._product.name} {are(len(gone))} sold out just now:")

    def _count(self) -> str:
        """How many variants, pieces or values; what is asked about is narrowed by the wish."""
        some = self._asked.having()
        there = [one for one in some if one.stock]
        what = f"{self._product.name}{self._wished()}"
        options = self._words.count(len(there), "option")
        if PIECES.search(self._text):
            pieces = self._words.count(sum(one.stock for one in there), "piece")
            return f"We have {pieces} of the {what} in stock right now{f', in {options}' if len(there) > 1 else ''}."
        if self._asked.options and not OPTIONS.search(self._text):
            return self._values()
        if not some:
            return Availability(self._words, self._asked).told()
        gone = len(some) - len(there)
        rest = f"; there are {len(some)} in all, and {gone} {are(gone)} sold out just now" if gone else ""
        return f"{options} of the {what} {are(len(there))} in stock right now{rest}."

    def _values(self) -> str:
        """The values of the options that are asked for, and which of them are sold out."""
        some = self._asked.having() or self._offer.variants
        told = []
        for name in self._asked.options:
            there = {str(one.options[name]) for one in some if one.stock and name in one.options}
            values = self._values_of(name, some)
            gone = [value for value in values if value not in there]
            left = f"; {self._words.listed(gone)} {are(len(gone))} sold out just now" if gone else ""
            if len(gone) == len(values) > 1:
                left = "; all of them are sold out just now"
            noun = f"{self._words.count(len(values), name)}:" if COUNT.search(self._text) else name
            what = f"The {self._product.name}{self._wished()} {self._comes} in"
            told.append(f"{what} {noun} {self._words.listed(values)}{left}.")
        if PRICE.search(self._text) and (stocked := [one for one in some if one.stock]):
            return "\n".join([*told, self._listing(stocked, "In stock are:")])
        return "\n".join(told)

    def _utmost(self, price: str) -> str:
        """The cheapest or the dearest of what is in stock; a sold-out one beyond it is told too."""
        some = [one for one in self._asked.having() if one.stock]
        if not some:
            return Availability(self._words, self._asked).told()
        pick, currency = (min if price == "lowest" else max), some[0].currency
        wanted = pick(one.price_minor for one in some if one.currency == currency)
        these = [one for one in some if (one.price_minor, one.currency) == (wanted, currency)]
        every = [one for one in self._asked.having() if one.currency == currency]
        sold = self._beyond(pick(every, key=lambda one: one.price_minor), wanted)
        what = f"{self._product.name}{self._wished()}"
        if len(every) == 1:
            return f"There is only one {what}, for {self._cost(these[0])}."
        if len(these) == 1:
            told = f"The {_WORD[price]} {what} in stock is the one with {described(these[0].options)}"
            return f"{told}: {self._cost(these[0])}.{sold}"
        if len(these) == len(every):
            options = "Both" if len(every) == 2 else f"All {len(every)}"
            return f"{options} options of the {what} cost the same: {self._cost(these[0])}."
        heading = f"The {_WORD[price]} {what} in stock costs {self._cost(these[0])}, in {len(these)} options:"
        return self._listing(these, heading) + (f"\n{sold.strip()}" if sold else "")

    def _beyond(self, one: OfferedVariant, wanted: int) -> str:
        if one.price_minor == wanted:
            return ""
        return f" The one for {self._cost(one)} ({described(one.options)}) is sold out just now."
