"""Orders told by where they go: "the one that's going to Dallas"."""

import re
from collections.abc import Sequence

from actions.personal import Question
from support.ordering.order_views import OrderSummary

_GOES = re.compile(
    r"\b(?:going|goes|headed|heading|addressed|on its way|supposed to go|"
    r"meant to go)\s+(?:out\s+)?to\s+(?:the\s+)?(?P<place>[^.;!?,]{3,40})|"
    r"\b(?:the|my)\s+(?P<called>[\w .'-]{3,30}?)\s+(?:order|one)\b", re.IGNORECASE,
)


async def sent_so(question: Question, text: str, orders: Sequence[OrderSummary]) -> list[OrderSummary]:
    """Those of the orders that go where the text says that the one it means goes; none if that is none, or all."""
    said = [(found["place"] or found["called"]).casefold() for found in _GOES.finditer(text)]
    if not said or len(orders) < 2:
        return []
    places = await question.records.sent_to()
    towns = {number: address.town for number, address in places.items()}
    some = [one for one in orders if one.number in towns and any(_in(towns[one.number], place) for place in said)]
    return some if len(some) < len(orders) else []


def _in(town: str, said: str) -> bool:
    return re.match(rf"{re.escape(town.casefold())}\b", said) is not None
