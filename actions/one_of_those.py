"""What "the black one" is, said of things that were just spoken of: "what did my two speakers cost?"."""

import re

from actions.personal import Question
from support.grounding.known_lines import KnownLines
from support.grounding.words import split
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderedLine

_ONE = re.compile(
    r"\b(?P<the>the|my) (?P<how>(?!(?:other|same|only|first|second|third|last|new|old)\b)[\w-]+) ones?\b", re.IGNORECASE
)
BEFORE = 3  # messages in which it may have been named


async def with_product_named(question: Question, text: str) -> str:
    """`text` with a product for "one", where it names nothing and they bought several of what was named before."""
    if not _ONE.search(text):
        return text
    orders = [one for one in await question.records.all_orders() if one.status is not OrderStatus.CANCELLED]
    lines = [line for one in orders for line in (await question.records.order(one.id)).lines]
    if _products(text, lines):
        return text
    named = next((found for said in reversed(question.said[-BEFORE:]) if (found := _products(said, lines))), [])
    several = len(set(named)) == 1 and len(named) > 1
    return _ONE.sub(rf"\g<the> \g<how> {named[0]}", text) if several else text


def _products(text: str, lines: list[OrderedLine]) -> list[str]:
    """The products of the lines whose heads the text has."""
    known = KnownLines(lines)
    owners = [place for word in split(text) if known.is_head(word.key) for place in known.owners(word.key)]
    return [lines[place].product for place in dict.fromkeys(owners)]
