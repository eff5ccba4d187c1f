"""Several questions about goods in one message, each with what it is about."""

import re

from actions.clauses import clauses_of
from actions.product_asked import ProductAsked, utmost_prices
from actions.product_words import COUNT
from actions.shop_questions import ShopQuestion
from actions.typed import said
from support.grounding.product_reading import read_products
from support.products.product_views import ProductDetail

_OF_THOSE = re.compile(
    r"\b(?:of|among|amongst|from|between) (?:those|these|them|the (?:two|three|four))\b", re.IGNORECASE
)


def asks_a_figure(text: str) -> bool:
    """Whether `text` asks how many there are, or which costs least or most."""
    return COUNT.search(text) is not None or bool(utmost_prices(text))


def parts_about(question: ShopQuestion, product: ProductDetail) -> list[tuple[str, str]]:
    """[(what is asked, what narrows it)] where the message asks for two figures of one product or more; else none.

    A part that narrows nothing is about what the one before it was: "how many blue ones, and which is the cheapest?"
    """
    text = question.text
    asked = [one.text for one in clauses_of(question.tracker) if one.text in text and asks_a_figure(one.text)]
    if len(asked) < 2:
        return []
    parts: list[tuple[str, str]] = []
    for one in asked:
        narrows = not parts or (ProductAsked(product, one).narrows and not _OF_THOSE.search(one))
        parts.append((one, one if narrows else f"{parts[-1][1]} {one}"))
    return parts


async def of_those(question: ShopQuestion, product_id: str) -> str:
    """What "the cheapest of those" is about: the message before with this one; "" if it says nothing of those."""
    text = question.text
    if not _OF_THOSE.search(text):
        return ""
    before = next((one for one in reversed(said(question.tracker)) if one and one != text), "")
    named = read_products(before, await question.records.products())
    return f"{before} {text}" if any(one.id == product_id for group in named for one in group.products) else ""
