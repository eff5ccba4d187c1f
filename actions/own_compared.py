"""Which of several things of one kind that were bought cost more: "I ordered two chairs, which is the dearer one?"."""

import re

from actions.personal import Question
from support.grounding.known_lines import KnownLines
from support.grounding.words import split
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine

_BOUGHT = re.compile(
    r"\b(?:i|we)(?:['’]ve| have)? (?:ordered|bought|received|got|have)\b|\bmy (?:two|2|both|own)\b|\bin my order\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bwhich (?:one )?(?:of (?:the|my|those|these) (?:two|both|2)\b)?[^.;!]*\b"
    r"(?:more expensive|dearer|pricier|cheaper|(?:cost|costs) (?:me )?(?:more|less|most|least))\b|"
    r"\b(?:the|my) (?:two|2) [^.;!]*\b(?:difference|by how much)\b", re.IGNORECASE,
)


def asks_which_cost_more(text: str) -> bool:
    """Whether the words may compare what things of one's own cost."""
    return bool(_BOUGHT.search(text) and _COMPARES.search(text))


async def told_compared(question: Question) -> str:
    """What each of them cost, the dearest first, and the difference; "" where they ask no such, or have one at most."""
    if not asks_which_cost_more(question.text):
        return ""
    lines: dict[str, tuple[OrderedLine, str, str]] = {}
    for one in await question.records.orders():
        if one.status is not OrderStatus.CANCELLED:
            for line in (await question.records.order(one.id)).lines:
                lines[line.id] = (line, one.number, one.currency)
    every = [line for line, _, _ in lines.values()]
    known = KnownLines(every)
    places = {place for word in split(question.text) if known.is_head(word.key) for place in known.owners(word.key)}
    some = sorted((every[place] for place in places), key=lambda one: -one.unit_price_minor)
    if len(some) < 2 or len({one.product for one in some}) > 1:
        return ""
    words = question.wording
    told = words.listed(
        f"the {words.line(one)} in order {lines[one.id][1]} cost {words.money(one.unit_price_minor, lines[one.id][2])}"
        for one in some
    )
    more = words.money(some[0].unit_price_minor - some[-1].unit_price_minor, lines[some[0].id][2])
    between = f" The first is the dearer one, by {more}." if len(some) == 2 else ""
    return f"{told[:1].upper()}{told[1:]}.{between}"
