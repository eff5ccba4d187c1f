"""The kinds of goods that the shop has."""

from rasa_sdk.events import EventType

from actions import buttons
from actions.product_phrases import price_range
from actions.shop_questions import ShopAction, ShopQuestion
from actions.wording import numbered

SHOWN = 12
UNSORTED = "Everything else"
MOST = 60  # products that are listed where they are of one kind


class ShowCategories(ShopAction):
    intent = "show_categories"

    def name(self) -> str:
        return "action_show_categories"

    async def answer(self, question: ShopQuestion) -> list[EventType]:
        # What the shop has sorted under nothing comes last
        words, kinds = question.wording, sorted(await question.records.categories(), key=lambda one: not one.name)
        if not kinds:
            question.say("There is nothing in the shop just now.", [buttons.PERSON])
            return []
        if len(kinds) == 1:
            await _all(question)
            return []
        listed = numbered(
            f"{one.name or UNSORTED}: {words.count(one.products, 'product')}, "
            f"{words.count(one.in_stock, 'option')} in stock"
            + (f", {words.listed(price_range(words, prices) for prices in one.prices)}" if one.prices else "")
            for one in kinds[:SHOWN]
        )
        rest = len(kinds) - SHOWN
        more = f"\nand {words.count(rest, 'other kind')}." if rest > 0 else ""
        products, variants = sum(one.products for one in kinds), sum(one.in_stock for one in kinds)
        head = (
            f"We have {words.count(products, 'product')} of {words.count(len(kinds), 'kind')}, "
            f"{words.count(variants, 'option')} of them in stock:"
        )
        question.say(f"{head}\n{listed}{more}", [buttons.said(one.name) for one in kinds[:SHOWN] if one.name])
        return []


async def _all(question: ShopQuestion) -> None:
    """The names of the products themselves, for a shop that does not sort them."""
    words, products = question.wording, await question.records.products()
    rest = len(products) - MOST
    more = f" and {words.count(rest, 'more product')}" if rest > 0 else ""
    names = words.listed(one.name for one in products[:MOST])
    question.say(f"We have {words.count(len(products), 'product')}: {names}{more}. Ask me about any of them.")
