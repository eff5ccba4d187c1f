"""Questions about goods: what there is, and all about one thing."""

import re

from babel.numbers import get_currency_precision
from rasa_sdk.events import EventType, SlotSet

from actions import buttons
from actions.buttons import Button
from actions.own_lines import in_task
from actions.own_sums import told_of_own
from actions.product_asked import ProductAsked, utmost_prices
from actions.product_compared import BesideMine, told_together, variant_compared
from actions.product_context import PRODUCT, VARIANT, Spoken, categories_named, spoken_of, telling_words
from actions.product_lists import SHOWN, told_of_many, told_of_stock
from actions.product_phrases import limits_said
from actions.product_words import ProductTold
from actions.shop_questions import ShopAction, ShopQuestion
from actions.wished_unawares import swap_begun
from actions.wording import excerpt
from support.grounding.goods_questions import asks_how_much
from support.grounding.price_comparing import compares_prices
from support.grounding.price_reading import PriceLimits, read_price_limits
from support.grounding.product_reading import read_names
from support.products.product_views import OfferedVariant, ProductDetail

_ANYTHING = re.compile(r"\b(?:things?|products?|items?|articles?|anything|everything|stuff)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:my|mine|orders?|ordered|bought|cart|basket)\b", re.IGNORECASE)
AT_ONCE = 3  # things that one question may name


class SearchProducts(ShopAction):
    intent = "search_products"
    searching = True

    def name(self) -> str:
        return "action_search_products"

    async def answer(self, question: ShopQuestion) -> list[EventType]:
        own = await told_of_own(question.dispatcher, question.tracker)
        if own is not None:
            return own
        if begun := await swap_begun(question.dispatcher, question.tracker):
            return begun
        if await _utmost_of_all(question):
            return []
        spoken = await spoken_of(question, searching=self.searching)
        limits = read_price_limits(question.text)
        kinds = await categories_named(question)
        if (kinds or limits) and all(one.found for one in spoken):
            await _in_stock(question, kinds, limits)
            return []
        if not spoken:
            await _which(question)
            return []
        told, offers, last, beside = [], [], [], []
        for one in spoken[:AT_ONCE]:
            products = [await question.records.product(id) for id in one.ids]
            answer, compared = _told(question, one, products)
            told.append(answer)
            beside.append((one.line, compared))
            last += [product for product in products if product not in last]
            offers += [buttons.said(product.name) for product in products] if len(products) > 1 else []
        together = told_together(question.wording, beside)
        question.say("\n".join(told) + together, offers[:SHOWN] or _next(question, last))
        if len(last) != 1:
            return []
        variant = beside[-1][1] or _asked_of(question, spoken[-1], last[0]).singled_out
        return [SlotSet(PRODUCT, last[0].id), SlotSet(VARIANT, variant.id if variant else None)]


class ShowProduct(SearchProducts):
    intent = "show_product"
    searching = False

    def name(self) -> str:
        return "action_show_product"


async def _utmost_of_all(question: ShopQuestion) -> bool:
    """Whether the question was what costs least or most of all there is, which has been answered then."""
    prices, text = utmost_prices(question.text), question.text
    if not prices or not _ANYTHING.search(text) or _OWN.search(text) or in_task(question):
        return False
    if read_names(text, {one.name for one in await question.records.products()}):
        return False
    kinds, told = await categories_named(question), []
    where = f" in {question.wording.listed(kinds)}" if kinds else ""
    for price in prices:
        found = await question.records.to_be_had(kinds, dearest_first=price == "highest")
        if found.products:
            first = await question.records.product(found.products[0].id)
            asked = ProductAsked(first, {"lowest": "cheapest", "highest": "most expensive"}[price])
            its = ProductTold(question.wording, asked).told()
            told.append(f"Of everything in stock{where} it is the {first.name}. {its}")
    question.say("\n".join(told) or "There is nothing in stock just now.")
    return True


def _told(
    question: ShopQuestion, spoken: Spoken, products: list[ProductDetail]
) -> tuple[str, OfferedVariant | None]:
    """The answer, and the variant in it that was compared with the customer's own."""
    if len(products) == 1:
        asked = _asked_of(question, spoken, products[0])
        if one := variant_compared(question, asked, question.tracker.slots.get(VARIANT)):
            return BesideMine(question.wording, asked).told(one), one
        beside = asked.line is not None and compares_prices(asked.text) and not asked.narrows
        if beside and asked.product.offer.variants:
            return BesideMine(question.wording, asked).told_range(), None
        return ProductTold(question.wording, asked).told(), None
    every = [ProductAsked(one, spoken.asked or question.text, own=spoken.own) for one in products]
    return told_of_many(question.wording, every, spoken.more), None


def _asked_of(question: ShopQuestion, spoken: Spoken, product: ProductDetail) -> ProductAsked:
    return ProductAsked(product, spoken.asked or question.text, spoken.line, spoken.own)


async def _in_stock(question: ShopQuestion, kinds: tuple[str, ...], limits: PriceLimits) -> None:
    scale = 10 ** get_currency_precision(question.business.shop.currency)
    at_least = int((limits.at_least or 0) * scale)
    at_most = None if limits.at_most is None else int(limits.at_most * scale)
    found = await question.records.to_be_had(kinds, at_least, at_most)
    where = f" in {question.wording.listed(kinds)}" if kinds else ""
    price = limits_said(question.wording, limits, question.business.shop.currency)
    if not found.products:
        others = (await question.records.to_be_had(kinds)).products[:SHOWN]
        listed = told_of_stock(question.wording, others, 0)
        instead = f" The cheapest we have{where}:\n{listed}" if others else ""
        question.say(f"We have nothing{where}{price} in stock just now.{instead}", [buttons.PERSON])
        return
    listed = told_of_stock(question.wording, found.products, found.more)
    offers = [buttons.said(one.name) for one in found.products[:SHOWN]]
    question.say(f"This is in stock{where}{price}, the cheapest first:\n{listed}", offers)


async def _which(question: ShopQuestion) -> None:
    names_something = bool(telling_words(question.text))
    if in_task(question) and (not names_something or asks_how_much(question.text)):
        return  # what is asked there tells the prices
    said = question.tracker.latest_message.get("metadata") or {}
    if said.get("left") or "/" in str(said.get("turn_id")):
        return  # the rest of the message has its answer
    every = await question.records.categories()
    kinds = [one.name for one in every]
    if len(kinds) < 2 or not all(kinds):
        kinds = [one.name for one in await question.records.products()]
    told = f"I can't find anything for “{excerpt(question.text, 60)}”."
    if not names_something:
        told = "Which thing do you mean?" if question.text else "What shall it be?"
    if kinds:
        told += f" Tell me the name of the thing, or pick one of these: {question.wording.listed(kinds[:SHOWN])}."
    question.say(told, [*map(buttons.said, kinds[:SHOWN]), buttons.PERSON])


def _next(question: ShopQuestion, products: list[ProductDetail]) -> list[Button]:
    if len(products) != 1 or len(products[0].offer.variants) < 2:
        return []
    name = products[0].name
    asked = f"Which is the cheapest {name}?", f"Which options of the {name} are in stock?"
    return [buttons.said(one) for one in asked if one != question.text]
