"""What there is to say about several products at once: which there are, which costs least, how many."""

from collections.abc import Sequence

from actions.product_asked import ProductAsked
from actions.product_phrases import are, price_range
from actions.product_words import COUNT
from actions.wish_words import described
from actions.wording import Wording, numbered
from support.products.product_views import Offer, OfferedVariant, ProductSummary

SHOWN = 8


def told_of_many(words: Wording, every: Sequence[ProductAsked], more: int = 0) -> str:
    """The answer to one text about all these; `more` counts those that were left out."""
    narrowed = [one for one in every if one.wished() or one.limits]
    fitting = [one for one in narrowed or list(every) if any(variant.stock for variant in one.having())]
    if narrowed and not fitting:
        return "\n".join(["None of these can be had like that just now:", _listed(words, every)])
    fitting = fitting or list(every)
    told = []
    if COUNT.search(every[0].text):
        told.append(_count(words, fitting, more))
    told += [_utmost(words, fitting, price) for price in every[0].prices]
    if told:
        return "\n".join(told)
    rest = len(fitting) - SHOWN + more
    more_of_them = words.count(rest, "more product")
    further = f"\nand {more_of_them}: tell me more about what you are looking for." if rest > 0 else ""
    return f"We have these:\n{_listed(words, fitting)}{further}"


def told_of_stock(words: Wording, products: Sequence[ProductSummary], more: int) -> str:
    """Products by the prices of what is in stock of them, the cheapest first."""
    listed = numbered(
        f"{one.name}: {words.listed(price_range(words, prices) for prices in one.prices)}" for one in products[:SHOWN]
    )
    rest = len(products) - SHOWN + more
    further = f"\nand {words.count(rest, 'more product')}." if rest > 0 else ""
    return f"{listed}{further}"


def _listed(words: Wording, some: Sequence[ProductAsked]) -> str:
    return numbered(_one(words, one) for one in some[:SHOWN])


def _one(words: Wording, asked: ProductAsked) -> str:
    there = [one for one in asked.having() if one.stock]
    if not there:
        return f"{asked.product.name}: sold out just now"
    prices = words.listed(price_range(words, one) for one in Offer(tuple(there)).prices)
    options = f"{words.count(len(there), 'option')} " if len(asked.product.offer.variants) > 1 else ""
    return f"{asked.product.name}: {prices}, {options}in stock"


def _count(words: Wording, some: Sequence[ProductAsked], more: int) -> str:
    variants = sum(1 for asked in some for one in asked.having() if one.stock)
    products = words.count(len(some) + more, "product")
    options = words.count(variants, "option")
    in_all = f"in {options} that {are(variants)} in stock right now"
    return f"We have {products} like that{'' if more else f', {in_all}'}:\n{_listed(words, some)}"


def _utmost(words: Wording, some: Sequence[ProductAsked], price: str) -> str:
    there: list[tuple[ProductAsked, OfferedVariant]] = [
        (asked, one) for asked in some for one in asked.having() if one.stock
    ]
    if not there:
        return f"All of these are sold out just now:\n{_listed(words, some)}"
    currency = there[0][1].currency
    there = [(asked, one) for asked, one in there if one.currency == currency]
    wanted = (min if price == "lowest" else max)(one.price_minor for _, one in there)
    these = [f"{asked.product.name}{f' ({described(one.options)})' if one.options else ''}"
             for asked, one in there if one.price_minor == wanted]
    word = "cheapest" if price == "lowest" else "most expensive"
    cost = words.money(wanted, currency)
    if len(these) == 1:
        return f"The {word} in stock is the {these[0]}: {cost}."
    return f"The {word} in stock cost {cost}:\n{numbered(these[:SHOWN])}"
