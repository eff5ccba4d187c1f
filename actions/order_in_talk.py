"""Which order a thing is looked for in while one is spoken of: that one, or the one that fits what is to be done."""

import re
from collections.abc import Awaitable, Callable, Sequence

from actions.personal import Question
from support.grounding.numbered_orders import numbered
from support.grounding.order_evidence import with_goods
from support.grounding.reading import Reading
from support.grounding.words import split
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary

_NAMES_ORDER = re.compile(
    r"\b(?:orders?|purchases?|parcels?|packages?|one with|other ones?|pending|"
    r"process(?:ed|ing)|shipped|on (?:its|the) way)\b", re.IGNORECASE,
)
_CANCELLED = re.compile(r"\bcancel\w*", re.IGNORECASE)
_SPEAKS_OF_ORDER = re.compile(
    r"\b(?:orders?|purchases?|parcels?|packages?|deliver\w*|one with|arrived|received|got|sent|other (?:one|ones)|"
    r"pending|instead|meant|mean|cancel\w*)\b", re.IGNORECASE,
)


async def is_in_it(question: Question, number: str, text: str) -> bool:
    """Whether `text` only names a thing that the order of that number holds, too, and speaks of no order."""
    orders = await question.records.orders()
    if _SPEAKS_OF_ORDER.search(text) or numbered(text, orders) is not None:
        return False
    own = next((one for one in orders if one.number == number), None)
    return own is not None and any(question.records.known_lines(own).is_head(word.key) for word in split(text))


async def fitting_instead(
    question: Question, text: str, reading: Reading[OrderSummary],
    fit: Callable[[Sequence[OrderSummary]], Awaitable[list[OrderSummary]]], *, said: str,
) -> Reading[OrderSummary]:
    """The reading; where it is of the order spoken of, which does not `fit`, the one that does and holds the thing.

    After a talk of a pending order, "I'd also return my backpack" is about the one that has come. `said` is `text` with
    what the thing shall be like: "the same colour as in HF-10432" tells the order where nothing else does.
    """
    known = await question.records.orders()
    if numbered(text, known) is not None or await fit(reading.chosen):
        return reading
    if (like := numbered(said, known)) is not None and len(await fit(like.chosen)) == 1:
        return like
    gone = all(one.status is OrderStatus.CANCELLED for one in reading.chosen)
    if _NAMES_ORDER.search(text) and (not gone or _CANCELLED.search(text)):
        return reading
    fitting = await fit(known)
    again = question.orders_in(text, fitting) if fitting else reading
    goods = with_goods(text, known)
    if goods is not None and any(one.id not in goods.ids for one in again.chosen):
        return reading  # "my watch should go to my sister": the order with the watch, though it is on its way
    return again if len(again.chosen) == 1 else reading
