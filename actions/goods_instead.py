"""Questions that the shop has a general answer to, and the catalogue a better one."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.own_lines import in_task
from actions.product_asked import ProductAsked
from actions.product_compared import variant_compared
from actions.product_context import VARIANT, spoken_of
from actions.product_words import COUNT
from actions.products import ShowProduct
from actions.shop_questions import ShopQuestion, shop_question_of
from actions.typed import typed
from support.grounding.price_comparing import compares_prices

_DIFFERENCE, _STOCK, _DELIVERY = "price_difference", "stock", "delivery_cost"
_DELIVERS = re.compile(r"\b(?:deliver\w*|ship\w*|postage|send\w*|sent)\b", re.IGNORECASE)
_SWAPS = frozenset({"exchange_items", "change_order_items"})


async def told_of_goods(
    dispatcher: CollectingDispatcher, tracker: Tracker, article: str
) -> list[EventType] | None:
    """The slots to set after the catalogue's answer instead of that article's; None where the article is to be told.

    While things are swapped, what all of it costs more is told by what is asked there: then nothing is said.
    """
    text = typed(tracker)
    differs = article == _DIFFERENCE or (article == _DELIVERY and not _DELIVERS.search(text))
    if not (differs and compares_prices(text)) and not (article == _STOCK and COUNT.search(text)):
        return None
    async with shop_question_of(dispatcher, tracker) as question:
        if await _known(question, counts=article == _STOCK):
            return await ShowProduct().answer(question)
        swaps = in_task(question) and question.tracker.slots["task"].get("task") in _SWAPS
        return [] if differs and swaps else None


async def _known(question: ShopQuestion, *, counts: bool) -> bool:
    """Whether the things that the question is about are known, and what they are to be compared with."""
    some = [one for one in await spoken_of(question, searching=False) if len(one.ids) == 1 and not one.found]
    if counts or not some:
        return bool(some)
    every = [
        ProductAsked(await question.records.product(one.ids[0]), one.asked or question.text, one.line, one.own)
        for one in some
    ]
    return all(variant_compared(question, one, question.tracker.slots.get(VARIANT)) for one in every)
