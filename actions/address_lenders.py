"""Orders whose address another one shall have, or the profile: "to where the espresso machine went"."""

from collections.abc import Mapping

from actions.personal import Question
from support.formatting import local_date
from support.grounding.address_sources import sources
from support.grounding.order_reading import read_orders
from support.ordering.order_views import OrderSummary
from support.people import postal
from support.people.address_book import SavedAddress


async def lenders(question: Question, text: str, *, own: str | None = None) -> list[list[OrderSummary]]:
    """The orders that each such part of `text` may mean; none of them is the order of the number `own`."""
    known = await question.records.orders()
    zone = question.business.shop.zone
    some = []
    for said in sources(text):
        reading = read_orders(
            said, [one for one in known if one.number != own], today=local_date(question.at, zone), zone=zone,
        )
        if found := reading.chosen or reading.candidates:
            some.append(list(found))
    return some


async def lent(
    question: Question, text: str, where: Mapping[str, SavedAddress], *, own: str | None
) -> SavedAddress | None:
    """The one address to which the orders go that `text` names for it; `where` each goes is told by its number."""
    for some in await lenders(question, text, own=own):
        places = {tuple(postal.lines(where[one.number])): where[one.number] for one in some if one.number in where}
        if len(places) == 1:
            return next(iter(places.values()))
    return None
