"""Orders that stay as they are after all: the one that a plan is for, or another that the same is to be done with."""

import re
from collections.abc import Sequence
from typing import Any

from actions import registry
from actions.clauses import Clause
from actions.order_context import names_none
from actions.personal import Question
from actions.tasks import Run
from support.grounding.all_orders_but import as_orders_staying
from support.grounding.pointing import points_back
from support.grounding.staying import STAYS

_ORDER = r"(?:order|one|parcel|purchase)\b"
_DEED = r"(?:cancel|touch|do|return|send|exchange|change)"
# "The watch is a present. That order stays too, just cancel the rest"
_STAYS = re.compile(
    rf"\b(?:that|the|my|this) (?:[^.,;!?]{{1,40}} )?{_ORDER}[^.,;!?]{{0,40}}?\b{STAYS}|"
    rf"\b(?:that|this) {STAYS}|"
    rf"\b(?:keep|leave|not(?: to)?(?: {_DEED})?|(?:do not|don['’]?t) (?:(?:want|need) (?:you )?to )?{_DEED}) "
    rf"(?P<kept>(?:the|that|my|this) (?:[^.,;!?]{{1,40}} )?{_ORDER}(?: with [^.,;!?]+)?)",
    re.IGNORECASE,
)
# "Don't keep that order" keeps nothing
_NOT = re.compile(r"(?:n['’]t|\bnot|\bnever)\s*$", re.IGNORECASE)


def twins_of(run: Run, suspended: Sequence[Run]) -> list[Run]:
    """The runs that are to do the same with other orders."""
    return [
        one for one in suspended
        if one.twin and one.task == run.task and one.values.get("order") not in (None, run.values.get("order"))
    ]


def with_twins(twins: Sequence[Run], suspended: Sequence[Run]) -> list[Run]:
    """What waits, behind the `twins`; what waited for the same order to be dealt with so does not wait twice."""
    again = {(one.task, one.values.get("order")) for one in twins}
    return [*twins, *(one for one in suspended if not (one.twin and (one.task, one.values.get("order")) in again))]


async def kept_orders(question: Question, run: Run, suspended: Sequence[Run], text: str) -> list[str]:
    """The numbers of those that the run and its twins are about and that `text` leaves as they are."""
    own = str(run.values.get("order", ""))
    numbers = [own, *(str(one.values["order"]) for one in twins_of(run, suspended))]
    orders = list(await question.records.orders())
    task = registry.tasks().get(run.task)
    if task is not None and task.closes_order:
        text = as_orders_staying(text)
    kept, since = set[str](), 0
    for found in _STAYS.finditer(text):
        if _NOT.search(text, 0, found.start()):
            continue
        # "The watch is a present. That order stays": what tells it may stand before it; "keep" makes no exception
        read = question.orders_in(found["kept"] or text[since:found.end()], orders)
        named = {one.number for one in read.chosen or read.candidates}
        kept |= named & set(numbers) if named else {own}
        since = found.end()
    return [one for one in numbers if one in kept]


async def keeps_another(question: Question, run: Run, suspended: Sequence[Run], text: str) -> bool:
    """Whether it only leaves an order as it is that nothing is to be done with anyhow: "no, keep the coffee order"."""
    numbers = {str(one.values["order"]) for one in (run, *twins_of(run, suspended)) if "order" in one.values}
    orders = list(await question.records.orders())
    read = [question.orders_in(found["kept"] or found[0], orders) for found in _STAYS.finditer(text)]
    named = {one.number for reading in read for one in reading.chosen}
    return bool(numbers and named) and named.isdisjoint(numbers)


async def of_what_is_kept(question: Question, kept: Sequence[str], wanted: Sequence[Clause]) -> list[dict[str, Any]]:
    """What is wanted besides, as the slot `agenda` keeps it: "that order stays, too. It should go to my mother"."""
    requests, orders = [one.as_request() for one in wanted], await question.records.orders()
    if len(kept) == 1:
        for one in requests:
            if points_back(one["text"]) and names_none(one["text"], orders):
                one["text"] += f" ({kept[0]})"
    return requests
