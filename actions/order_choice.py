"""Which of the customer's orders a question about several is about, and what it asks of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.personal import Question
from support.grounding.order_evidence import with_goods
from support.grounding.product_reading import read_names
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary
from support.periods import Period, read_period

_ARRIVED = (OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED)
_OPEN = tuple(one for one in OrderStatus if one.open)
# What customers say of orders: the pattern, how we say it, and the statuses that it stands for
_SAID = (
    (
        r"(?:not|never|(?:are|is|was|were|have|has)n['’]?t)(?: been)? cancel+ed|"
        r"(?:except|excluding|without|apart from|but)"
        r" (?:for )?(?:the )?cancel+ed",
        "not cancelled", tuple(one for one in OrderStatus if one is not OrderStatus.CANCELLED),
    ),
    (
        r"pending|(?:not|haven't been|hasn't been|aren't|yet to be) (?:yet )?(?:been )?(?:packed|processed|shipped|"
        r"sent)|unshipped|waiting to be (?:packed|shipped|sent)|can i (?:still )?cancel",
        "waiting to be packed", (OrderStatus.PENDING,),
    ),
    (
        r"open|outstanding|underway|under way|active|in progress|"
        r"(?:not|(?:are|is|was|were|have|has)n['’]?t)(?: yet| been)* (?:arrived|delivered|received)|"
        r"undelivered|still to come", "open", _OPEN,
    ),
    (r"processed|being prepared", "packed", (OrderStatus.PROCESSED,)),
    (r"shipped|on (?:its|their|the) way|in transit|dispatched|sent out", "on their way", (OrderStatus.SHIPPED,)),
    (r"delivered|arrived|received|completed?", "delivered", _ARRIVED),
    (r"cancel+ed", "cancelled", (OrderStatus.CANCELLED,)),
    (
        r"(?:have|being|been|were|are|i|got) (?:returned|sent back)|returned", "returned or coming back",
        (OrderStatus.RETURN_REQUESTED, OrderStatus.RETURNED),
    ),
    (r"exchanged|exchanges", "being exchanged", (OrderStatus.EXCHANGE_REQUESTED,)),
)


def _asks(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_STATUSES = [(_asks(pattern), said, frozenset(statuses)) for pattern, said, statuses in _SAID]
_RETURNABLE = _asks(r"(?:can|could|may) (?:i |still |be |i still )?(?:return|sen[dt] back|exchange)\w*|returnable")
_COUNT = _asks(r"how many|number of|count")
_SUM = _asks(r"total|sum|altogether|in all|combined|how much|worth|amount|add(?:ed)? up|come to")
_WHICH = _asks(r"(?:which|what) (?:of my |of the |of our )?(?:\w+ )?orders?|in which|"
               r"orders? (?:with|that (?:ha(?:ve|s|d)|contain\w*))")
_UTMOST = {
    "dearest": _asks(
        r"most expensive|(?:the|is|was|are|were) (?:the )?more expensive|dear(?:est|er)|pric(?:iest|ier)|"
        r"cost(?:s|ed)? (?:me )?(?:more|the most)|bigg(?:est|er)|larg(?:est|er)|highe(?:st|r)|worth more"
    ),
    "cheapest": _asks(
        r"cheap(?:est|er)|(?:less|least) expensive|cost(?:s|ed)? (?:me )?(?:less|the least)|"
        r"small(?:est|er)|lowe(?:st|r)"
    ),
    # "I first need to know ..." asks for none
    "oldest": _asks(r"oldest|earliest|(?:my|the|your|our) (?:very )?first(?= order| one| purchase)|very first"),
}
# "Which of the two": those that were told of, or the only two that can be meant
_THE_TWO = _asks(r"(?:of|between) (?:the|these|those|my) (?:two|2|both)|(?:the|those|these) two|of the pair")


@dataclass(frozen=True)
class OrdersAsked:
    """The orders meant, newest first; `said` describes them ("delivered"), "" for all of theirs.

    `narrowed` tells whether the question is about some only, or asks to count, add up or compare; `pair` whether it
    speaks of two, and they are.
    """

    orders: tuple[OrderSummary, ...]
    said: str
    when: str
    counts: bool
    sums: bool
    utmost: str
    narrowed: bool
    pair: bool = False


async def orders_asked(question: Question) -> OrdersAsked:
    """What `question` asks of which orders."""
    text = question.text
    found = _statuses(text)
    statuses = frozenset[OrderStatus]().union(*(some for _, some in found))
    returnable = _RETURNABLE.search(text) is not None
    period = _period(question)
    counts, sums = _COUNT.search(text) is not None, _SUM.search(text) is not None
    utmost = next((name for name, pattern in _UTMOST.items() if pattern.search(text)), "")
    narrowed = bool(found or period or counts or sums or utmost or returnable)
    which = _WHICH.search(text) is not None
    every = await question.records.all_orders() if narrowed or which else ()
    back = await question.records.may_come_back(question.business, question.at) if returnable else {}
    holding = _holding(text, every)
    narrowed = narrowed or (which and holding is not None)
    orders = tuple(
        one for one in every
        if (not statuses or one.status in statuses) and (period is None or _within(question, one, period))
        and (not returnable or one.id in back) and (holding is None or one.id in holding)
    )
    the_two = _THE_TWO.search(text) is not None
    if the_two and not statuses and len(still_open := [one for one in orders if one.status.open]) == 2:
        orders = tuple(still_open)
    said = " or ".join([*(said for said, _ in found), *(["open to a return or an exchange"] if returnable else [])])
    when, pair = period.label if period else "", the_two and len(orders) == 2
    return OrdersAsked(orders, said, when, counts, sums, utmost, narrowed, pair)


def _statuses(text: str) -> list[tuple[str, frozenset[OrderStatus]]]:
    """What is said of the orders, each word taken once: "not shipped" says nothing of shipped ones."""
    found = []
    for pattern, said, statuses in _STATUSES:
        text, times = pattern.subn(" ", text)
        if times:
            found.append((said, statuses))
    return [one for one in found if one[0] != "open"] or found


def _period(question: Question) -> Period | None:
    named = question.entity("period")
    return read_period(named, question.wording.today) if named else None


def _within(question: Question, order: OrderSummary, period: Period) -> bool:
    since, until = period.instants(question.wording.zone)
    return since <= order.placed_at < until


def _holding(text: str, every: Sequence[OrderSummary]) -> frozenset[str] | None:
    """The ids of the orders that hold what the text names, options too; None if it names nothing bought."""
    if not read_names(text, {line.product for order in every for line in order.lines}):
        return None
    found = with_goods(text, every)
    return found.ids if found is not None else None
