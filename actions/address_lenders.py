"""Orders whose address another one shall have, or the profile: "to where the espresso machine went"."""

import re
from collections.abc import Mapping

from actions.personal import Question
from support.grounding.address_sources import sources
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary
from support.people import postal
from support.people.address_book import SavedAddress

_MY_OTHERS = re.compile(r"\b(?:(?:my|the) other (?:orders|ones)|all my orders)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:earlier|previous|past|older|delivered|last)\s+(?:orders|ones|deliveries|parcels)\b", re.IGNORECASE
)
# The answer to "where shall it go?": "the water bottle one"
_ORDER_ALONE = re.compile(
    r"\W*(?:(?:to|at|use)\s+)?(?:(?:the|my)\s+)?(?:\w+\s+){1,4}(?:one|order)(?:['’]?s)?"
    r"(?:\s+(?:address|place|please|pls))*\W*",
    re.IGNORECASE,
)


async def lenders(
    question: Question, text: str, *, own: str | None = None, asked: bool = False
) -> list[list[OrderSummary]]:
    """The orders that each such part of `text` may mean; none of them is the order of the number `own`.

    `asked` tells that the text answers where something shall go.
    """
    known = await question.records.orders()
    some = []
    for said in sources(text) or ([text] if asked and _ORDER_ALONE.fullmatch(text) else []):
        others = [one for one in known if one.number != own]
        reading = question.orders_in(said, others)
        found = reading.chosen or reading.candidates
        if not found and _MY_OTHERS.search(said):
            found = tuple(one for one in others if one.status.open) or tuple(others)
        if not found and _EARLIER.search(said):
            found = tuple(one for one in others if one.status is OrderStatus.DELIVERED)
        if found:
            some.append(list(found))
    return some


async def lent(
    question: Question, text: str, where: Mapping[str, SavedAddress], *, own: str | None, asked: bool = False
) -> SavedAddress | None:
    """The one address to which the orders go that `text` names for it; `where` each goes is told by its number."""
    for some in await lenders(question, text, own=own, asked=asked):
        places = {tuple(postal.lines(where[one.number])): where[one.number] for one in some if one.number in where}
        if len(places) == 1:
            return next(iter(places.values()))
    return None
