"""What a variant costs beside the one that the customer has, as far as their orders tell which one that is."""

from collections.abc import Collection, Sequence

from actions.product_asked import ProductAsked
from actions.product_phrases import ProductPhrases, beside_mine
from actions.shop_questions import ShopQuestion
from actions.wording import Wording
from support.grounding.numbered_orders import numbered
from support.grounding.price_comparing import compares_prices
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine
from support.products.product_views import OfferedVariant


async def lines_compared(question: ShopQuestion, named: Sequence[Collection[str]]) -> list[OrderedLine]:
    """The lines of the one order that a comparison is with; none if that cannot be told.

    `named` are the ids of the products that may be meant, a collection for each thing named. It is the order that holds
    the most of these: of several the one last spoken of, or the only one that waits to be packed.
    """
    if not question.has_orders or not named:
        return []
    names = {one.id: one.name for one in await question.records.products()}
    wanted = [{names[id] for id in ids if id in names} for ids in named]
    every = [one for one in await question.records.all_orders() if one.status is not OrderStatus.CANCELLED]
    read = numbered(question.text, every)
    said = {one.number for one in read.chosen} if read else set()
    count = {
        one.id: sum(bool(some & {line.product for line in one.lines}) for some in wanted) for one in every
        if not said or one.number in said
    }
    most = max(count.values(), default=0)
    best = [one for one in every if most and count.get(one.id) == most]
    last = [one for one in best if one.number == question.tracker.slots.get("order_number")]
    if len(best) != 1:
        best = last or [one for one in best if one.status is OrderStatus.PENDING]
    return list((await question.records.order(best[0].id)).lines) if len(best) == 1 else []


class BesideMine(ProductPhrases):
    """One variant beside the line that the question starts from."""

    def told(self, one: OfferedVariant) -> str:
        """The variant with its price, and what it costs more or less than the customer's own."""
        line = self._asked.line
        assert line is not None
        is_there = f"{self._is} in stock and {self._costs}" if one.stock else f"{self._is} sold out just now;"
        cost = self._cost(one) if one.stock else f"{self._it.lower()} {self._costs} {self._cost(one)}"
        return f"The {self._product.name}{self._as(one)} {is_there} {cost}.{beside_mine(self._words, line, one)}"


    def told_range(self) -> str:
        """What the customer's own cost, and what the product costs, where it is not clear which variant is meant."""
        line = self._asked.line
        assert line is not None
        mine = self._words.money(line.unit_price_minor, self._offer.variants[0].currency)
        return f"You paid {mine} for your {self._words.line(line)}. {self._price()} Which one do you mean?"


def variant_compared(question: ShopQuestion, asked: ProductAsked, last: str | None) -> OfferedVariant | None:
    """The variant that is to be compared with the customer's own, `last` being the id of the one last spoken of.

    In a task it is the one that was chosen there instead of the line.
    """
    if asked.line is None or not compares_prices(asked.text):
        return None
    if asked.prices:
        return asked.singled_out
    chosen = (question.tracker.slots.get("wishes") or {}).get(asked.line.id) or {}
    if not asked.narrows:
        last = chosen.get("variant") or last
        return next((one for one in asked.product.offer.variants if one.id == last), None)
    mine, some = asked.line.options, [one for one in asked.having() if one.stock]
    same = [sum(str(one.options.get(name)) == str(value) for name, value in mine.items()) for one in some]
    closest = [one for one, many in zip(some, same, strict=True) if many == max(same)]
    return closest[0] if len(closest) == 1 else None


def told_together(words: Wording, every: Sequence[tuple[OrderedLine | None, OfferedVariant | None]]) -> str:
    """What all the variants cost more or less together than the lines they would replace; "" unless all are known."""
    known = [(line, one) for line, one in every if line is not None and one is not None]
    if len(known) < 2 or len(known) < len(every):
        return ""
    more = sum((one.price_minor - line.unit_price_minor) * line.quantity for line, one in known)
    if not more:
        return "\nTogether that costs as much as what you have."
    amount = words.money(abs(more), known[0][1].currency)
    return f"\nTogether that is {amount} {'more' if more > 0 else 'less'} than what you have."
