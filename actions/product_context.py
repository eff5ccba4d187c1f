"""Which products a question is about: named, found by their descriptions, or last spoken of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.own_lines import OWN, in_task, own_lines
from actions.product_asked import ProductAsked
from actions.product_compared import lines_compared
from actions.product_in_order import line_in_order
from actions.product_parts import asks_a_figure, of_those, parts_about
from actions.shop_questions import ShopQuestion
from support.errors import NotFound
from support.grounding.filling import FILLING, listed
from support.grounding.known_lines import COLOURS, head_of
from support.grounding.line_reading import read_lines
from support.grounding.pointing import points_back
from support.grounding.price_comparing import compares_prices
from support.grounding.price_reading import read_price_limits
from support.grounding.product_reading import Meant, read_products, stretches
from support.grounding.words import forms, split
from support.ordering.order_views import OrderedLine
from support.products.product_views import ProductName

PRODUCT = "product"  # the slot with the id of the product last spoken of
VARIANT = "variant"  # that of the one of its variants that the answer came to
_A_THING = re.compile(r"\b(?:an?|any)\s+(?:new\s+|good\s+|nice\s+)?(\w+)", re.IGNORECASE)
_ASKING = listed("""
color size gift present price cost budget product article euro dollar pound eur usd stock recommend recommendation idea
suggestion suggest browse catalog catalogue range category show list dear good evening morning afternoon hi hello friend
mother father mum mom dad sister brother wife husband birthday christma something anything nice
oh ah hm hmm total sum both altogether together difference extra more less cheaper dearer expensive cheapest dearest
""")


@dataclass(frozen=True)
class Spoken:
    """Products that may be meant by the same words, by their ids; `line` is one of the customer's own to start from.

    `more` counts further ones. `found` tells that no name of theirs was said. `own` is what the text says of these;
    `asked` is what it asks of these alone, "" for the whole text.
    """

    ids: tuple[str, ...]
    line: OrderedLine | None = None
    more: int = 0
    found: bool = False
    own: str = ""
    asked: str = ""


async def spoken_of(question: ShopQuestion, *, searching: bool) -> list[Spoken]:
    """What the question is about, one for each thing that is named; empty if that cannot be told.

    With `searching` a word may name many things; otherwise one of the customer's own goes first.
    """
    if (line := await line_in_order(question)) is not None:
        return await _apart(question, [Spoken((line.product_id,), line)])
    text, groups = question.text, await _named(question)
    lines = await own_lines(question, groups)
    if compares_prices(text) and not in_task(question):
        last = [[id] for id in [question.tracker.slots.get(PRODUCT)] if id]
        named = [[one.id for one in group.products] for group in groups]
        lines = await lines_compared(question, named or last) or lines
    if groups:
        some = [
            replace(_of_group(question, group, lines, searching=searching), own=own)
            for group, own in zip(groups, stretches(text, groups), strict=True)
        ]
        return await _apart(question, some)
    before = await _last(question, lines)
    if before is not None and await _goes_on(question, before) and not (searching and read_price_limits(text)):
        return await _apart(question, [replace(before, own=await of_those(question, before.ids[0]))])
    words = telling_words(text)
    found = await question.records.found(" ".join(words)) if words else None
    if found is None or not found.products:
        return []
    return [Spoken(tuple(one.id for one in found.products), more=found.more, found=True)]


async def _apart(question: ShopQuestion, some: Sequence[Spoken]) -> list[Spoken]:
    """The same, each with the question that is asked of it alone, where the message asks for several figures."""
    if len(some) > 1:
        each = all(asks_a_figure(one.own) for one in some)
        return [replace(one, asked=one.own) for one in some] if each else list(some)
    if len(some[0].ids) > 1:
        return list(some)
    parts = parts_about(question, await question.records.product(some[0].ids[0]))
    return [replace(some[0], asked=asked, own=own) for asked, own in parts] or list(some)


def telling_words(text: str) -> list[str]:
    """The words of the text that may say what a thing is like, or is called."""
    return [text[word.start:word.end] for word in split(text) if word.key not in FILLING | _ASKING]


async def categories_named(question: ShopQuestion) -> tuple[str, ...]:
    """The kinds of goods that the question names."""
    return tuple(one.name for group in read_products(question.text, await question.records.categories())
                 for one in group.whole)


async def _named(question: ShopQuestion) -> list[Meant[ProductName]]:
    groups = read_products(question.text, await question.records.products())
    kinds = {word for name in await categories_named(question) for word in forms(name)}
    # "Something for the garden" is no garden hose
    named = [
        group for group in groups
        if not group.words <= kinds or any(head_of(forms(one.name)) in group.words for one in group.products)
    ]
    return [one for one in named if not await _is_option(question, one, named)]


async def _is_option(question: ShopQuestion, group: Meant[ProductName], groups: Sequence[Meant[ProductName]]) -> bool:
    """Whether its words are a value of what else is named: "a bookshelf in glass" is about no glasses."""
    others = [one for other in groups if other is not group for one in other.whole]
    options = [(await question.records.product(one.id)).offer.options for one in others]
    values = {word for each in options for some in each.values() for value in some for word in forms(str(value))}
    return not group.whole and group.words <= values


def _of_group(
    question: ShopQuestion, group: Meant[ProductName], lines: Sequence[OrderedLine], *, searching: bool
) -> Spoken:
    ids = tuple(one.id for one in group.products)
    mine = {line.product_id: line for line in lines if line.product_id in ids}
    starts_there = in_task(question) or OWN.search(question.text) is not None or compares_prices(question.text)
    if len(mine) == 1 and starts_there and (not searching or len(ids) == 1 or compares_prices(question.text)):
        ((id, line),) = mine.items()
        one_line = sum(other.product_id == id for other in lines) == 1
        return Spoken((id,), line if one_line else None)
    if len(group.whole) == 1 and (len(forms(group.whole[0].name)) > 1 or not searching):
        return Spoken((group.whole[0].id,))
    return Spoken(ids)


async def _last(question: ShopQuestion, lines: Sequence[OrderedLine]) -> Spoken | None:
    """The product last spoken of; in a task about an order, that of the line it is about."""
    products = {line.product_id for line in lines}
    line = lines[0] if len(lines) == 1 else None
    if len(lines) > 1:
        chosen = read_lines(question.text, lines).chosen
        line = chosen[0][0] if len(chosen) == 1 else None
    of_line = Spoken((line.product_id,), line) if line is not None else None
    if of_line is None and len(products) == 1:
        of_line = Spoken((products.pop(),))
    if of_line is None and (line := await _fitting(question, lines)):
        of_line = Spoken((line.product_id,), line)
    if of_line is not None and in_task(question):
        return of_line
    id = question.tracker.slots.get(PRODUCT)
    if not id:
        return of_line
    try:
        await question.records.product(id)
    except NotFound:
        return of_line
    theirs = [one for one in lines if one.product_id == id]
    beside = len(theirs) == 1 and (OWN.search(question.text) or compares_prices(question.text))
    return Spoken((id,), theirs[0] if beside else None)


async def _fitting(question: ShopQuestion, lines: Sequence[OrderedLine]) -> OrderedLine | None:
    """The one of the lines whose product alone comes as the text says: "is the one with the timer cheaper?"."""
    asked = [ProductAsked(await question.records.product(one.product_id), question.text, one) for one in lines]
    some = [one.line for one in asked if one.wished() and not one.lacking]
    return some[0] if len(some) == 1 else None


async def _goes_on(question: ShopQuestion, before: Spoken) -> bool:
    """Whether the question is about what was spoken of before: it points there, or says nothing but options of it.

    "A laptop" is another thing, whatever else the question says.
    """
    asked = ProductAsked(await question.records.product(before.ids[0]), question.text, before.line)
    unknown = {word for wish in asked.wishes for word in wish.unknown if word not in _ASKING} - set(asked.lacking)
    other = {form for found in _A_THING.finditer(question.text) for form in forms(found[1])} & unknown - COLOURS
    return not other and (not unknown or points_back(question.text))
