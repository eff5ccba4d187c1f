"""What single things cost a customer: "what did the watch cost?", "the cheapest thing I ever ordered"."""

import re
from collections.abc import Sequence

from actions.order_asked import named_orders
from actions.order_choice import orders_asked
from actions.order_context import not_cancelled, told_around
from actions.order_words import OrderTold
from actions.personal import Question
from actions.wording import numbered
from support.errors import NotFound
from support.grounding.counting import without_counts
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.models.orders import OrderStatus
from support.ordering.order_views import Line, OrderedLine, OrderSummary

SHOWN = 6
_SINGLE = re.compile(r"\b(?:single )?(?:things?|items?|products?|articles?)\b", re.IGNORECASE)
_ONE_MORE = re.compile(r"\b(?:one|another|a) (?:last |more |other |final )?thing\b", re.IGNORECASE)
_IN_ONE_ORDER = re.compile(
    r"\b(?:in|of|from|on)\s+(?:my|the|that|this)\b[^?.;,]*\border\b|#\w*\d|\b[a-z]+-?\d{4,}", re.IGNORECASE
)
_MINE = re.compile(r"\bmine\b(?: costs?)?[^,.;]{0,12}$", re.IGNORECASE)
_THEM = re.compile(
    rf"\b(?:for|did|of) (?:it|them|those|these|that|each|both)\b(?! \w)|{_MINE.pattern}", re.IGNORECASE
)
# "How much is your cheapest clock? And what did mine cost?"
_OF_SHOP = re.compile(r"\b(?:cheapest|dearest|(?:most|least) expensive|priciest)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:together|in total|total|altogether|all in all|sum)\b", re.IGNORECASE)
# "My two watches", which came one by one
_COUNTED = re.compile(r"\b(?:two|three|four|both|[234])(?: pairs of)?\s+(?=[a-z]+s\b)", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:(?:each|both|all|everything)(?: of)?\s+)?(?:it|them|those|these)\b|\beach(?: one)?\b", re.IGNORECASE
)
_DID_COST = re.compile(
    r"\b(?:did|have)\b[^?.;]*\b(?:cost|pay|paid|spen[dt])\b|\b(?:i|we) (?:paid|pay) for\b|\bwas\b[^?.;]*\bprice\b|"
    r"\bmine\b[^?.;]*\bcosts?\b|\bprice\b[^?.;]*\b(?:was|did)\b|"
    r"\b(?:do|does) my\b[^?.;]*\bcost\b|\bhow much (?:was|were)\b|"
    # "I have two watches. What does each cost?"
    r"\b(?:i|we)(?: have|['’]ve)(?: got)? (?:two|three|four|both|[234])\b[^?;]*\b(?:each|they|both)\b[^?.;]*\bcosts?\b",
    re.IGNORECASE,
)


async def told_utmost_thing(question: Question) -> str:
    """The dearest or cheapest thing that was bought, "" if it is not a single thing that is asked about."""
    if not _SINGLE.search(_ONE_MORE.sub(" ", question.text)) or _IN_ONE_ORDER.search(question.text):
        return ""
    asked = await orders_asked(question)
    if asked.utmost not in ("dearest", "cheapest"):
        return ""
    try:
        orders = await named_orders(question) or asked.orders
    except NotFound:
        return ""
    found = [
        (line, order) for order in orders for line in order.lines
        if order.status is not OrderStatus.CANCELLED or len(orders) == 1
    ]
    if not found:
        return ""
    currency = found[0][1].currency
    found = [one for one in found if one[1].currency == currency]
    pick = max if asked.utmost == "dearest" else min
    wanted = pick(line.unit_price_minor for line, _ in found)
    some = [one for one in found if one[0].unit_price_minor == wanted]
    word = {"dearest": "most expensive", "cheapest": "cheapest"}[asked.utmost]
    which = f" of what is {asked.said}" if asked.said else " that you ordered" if len(orders) > 1 else ""
    if len(some) == 1:
        return f"The {word} thing{which} is the {_priced(question, *some[0])}."
    listed = numbered(_priced(question, *one) for one in some[:SHOWN])
    return f"The {word} things{which} are these:\n{listed}"


def asks_what_was_paid(text: str) -> bool:
    """Whether the words ask for a price of the past."""
    return bool(_DID_COST.search(text))


async def told_paid(question: Question) -> str:
    """What the things that the text names did cost, "" if it asks for no past price or names none that was bought."""
    if not asks_what_was_paid(question.text):
        return ""
    text = without_described(question.text)
    if of_order := await _told_order(question, text):
        return of_order
    found = await _named(question, text)
    last = question.tracker.slots.get("order_number")
    found = [one for one in found if one[1].number == last] or found
    return _listed(question, found)


async def told_paid_in_several(question: Question) -> str:
    """What things of several orders did cost: "my two watches, what did I pay for each?"; "" for those of one order.

    That it does tell where the thing was spoken of before: "and what did mine cost?".
    """
    if not asks_what_was_paid(question.text):
        return ""
    found = await _named(question, without_described(question.text))
    several = len({order.id for _, order in found}) > 1
    return _listed(question, found) if several or _MINE.search(question.text) else ""


async def _named(question: Question, text: str) -> list[tuple[OrderedLine, OrderSummary]]:
    """The lines of all orders that the text names, or if it only points at "them" what was said before."""
    if _THEM.search(text):
        text = without_described(told_around(question, text) or " ".join(question.said[-2:]))
        text = _OF_SHOP.sub(" ", text)
    text = without_counts(_EACH.sub(" ", text), 0)
    orders = [one for one in await question.records.all_orders() if one.status is not OrderStatus.CANCELLED]
    held = [(one, (await question.records.order(one.id)).lines) for one in orders]
    for said in dict.fromkeys((text, _COUNTED.sub("", text))):
        if found := [(line, order) for order, lines in held for line, _ in read_lines(said, lines).chosen]:
            return found
    return []


def _listed(question: Question, found: Sequence[tuple[OrderedLine, OrderSummary]]) -> str:
    if not found or len(found) > SHOWN:
        return ""
    told = [_priced(question, *one) for one in found]
    if len(told) == 1:
        return f"You paid: {told[0]}."
    currencies = {order.currency for _, order in found}
    total = sum(line.total_minor for line, _ in found)
    sums = len(currencies) == 1 and _TOGETHER.search(question.text)
    together = f"\nTogether that is {question.wording.money(total, currencies.pop())}." if sums else ""
    return f"You have bought these:\n{numbered(told)}{together}"


async def _told_order(question: Question, text: str) -> str:
    """What the order comes to that the question only describes, and asks about: "the order with the lamp"; else "".

    `text` is the question without what it describes orders by.
    """
    if text == question.text:
        return ""
    try:
        orders = not_cancelled(await named_orders(question))
    except NotFound:
        return ""
    if len(orders) != 1:
        return ""
    found = await question.records.order(orders[0].id)
    return "" if read_lines(text, found.lines).chosen else OrderTold(question.wording, found).total()


def _priced(question: Question, line: Line, order: OrderSummary) -> str:
    words = question.wording
    each = " each" if line.quantity > 1 else ""
    return f"{words.line(line)} for {words.money(line.unit_price_minor, order.currency)}{each}, in order {order.number}"
