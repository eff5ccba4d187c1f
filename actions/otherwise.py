"""What a customer wants done if the task cannot be: kept with its run, begun where it is refused."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.clauses import Clause
from actions.kept_wishes import WishesKept, kept_in_words
from actions.meanings import GOODS
from actions.personal import Question
from actions.registry import tasks
from actions.tasks import Run, Task
from support.errors import SupportError
from support.grounding.fallbacks import Deed, read_fallback
from support.grounding.keeping import without_otherwise

# What a request that waits begins with if it is only wanted otherwise
_LEADS = re.compile(
    r"\W*(?:(?:and|but|or|then|so|please|just|maybe|rather|instead|i['’]?d|i|would|like|want|to|you|can|could)\b\W*)*"
    r"(?:$|(?:if|otherwise|or else|else|failing|in case|when|should)\b)", re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:a few|some|two|three|four|several|(?:a )?couple of|the following|these)\s+"
    r"(?:things?|changes?|items?|swaps?|exchanges?)\b", re.IGNORECASE,
)
SWAPS = frozenset({"change_order_items", "exchange_items"})
_DEEDS = {
    Deed.CANCEL: frozenset({"cancel_order"}), Deed.RETURN: frozenset({"return_items"}), Deed.EXCHANGE: SWAPS,
    Deed.ADDRESS: frozenset({"change_order_address"}), Deed.PAYMENT: frozenset({"change_order_payment"}),
    Deed.OTHER: SWAPS,
}
# What it is about, and so what can be wanted in its place
OF_ORDERS = frozenset({"cancel_order", "return_items", "change_order_address", "change_order_payment"}) | SWAPS


def parted(task: Task, text: str) -> tuple[str, dict[str, str] | None]:
    """`text` without what is wanted only if the task cannot be done, and that, as Run.otherwise keeps it."""
    if task.intent not in OF_ORDERS:
        return text, None
    if task.intent == "return_items":
        text = without_otherwise(text)
    rest, then = read_fallback(text, bare=task.intent == "cancel_order")
    if then is None or task.intent in _DEEDS.get(then.deed, ()):
        return text, None
    # Behind a cancellation that cannot be, things are wished for beside the one that is swapped then
    more = then.after if task.intent == "cancel_order" and then.deed in (Deed.EXCHANGE, Deed.OTHER) else ""
    return rest, {"deed": then.deed.value, "text": then.text} | ({"more": more} if more else {})


def taken_along(
    task: Task, text: str, agenda: list[dict[str, Any]]
) -> tuple[str, dict[str, str] | None]:
    """`parted` of the text with the request that waits first, and is taken from the agenda, if it belongs to it."""
    rest, then = parted(task, text)
    if not agenda or then is not None:
        return rest, then
    waits = str(agenda[0]["text"])
    if task.intent in SWAPS and agenda[0]["intent"] in SWAPS and _ANNOUNCES.search(text):
        agenda.pop(0)  # "I'd like to change a few things. First the laptop: could I have ...?"
        return f"{text} {waits}", None
    if task.intent in SWAPS and agenda[0]["intent"] in GOODS and read_fallback(waits, bare=True)[1] is not None:
        agenda.pop(0)  # "Do you have it in blue? If not, the black one"
        return f"{text.rstrip(' .,;')}. {waits}", None
    # "If it costs more than $10, then | return it": the condition may be in either
    for joint in (". ", ", then "):
        rest, then = parted(task, f"{text.rstrip(' .,;')}{joint}{waits}")
        if then is not None and then["text"] in waits and _LEADS.match(waits[:waits.find(then["text"])]):
            # "Just cancel it, refund to PayPal" may be taken for the wish to pay otherwise
            waiting, meant = agenda.pop(0)["intent"], _DEEDS.get(Deed(then["deed"]), frozenset())
            return rest, then | ({"intent": waiting} if waiting in meant or then["deed"] == Deed.OTHER else {})
    return text, None


def without(clauses: Sequence[Clause], text: str, rest: str) -> list[Clause]:
    """The clauses of `text` as far as they are in its `rest`."""
    left = []
    for clause in clauses:
        if clause.text in rest or len(text) == len(rest):
            left.append(clause)
        elif (words := read_fallback(clause.text)[0]) != clause.text:
            left.append(replace(clause, text=words, confidence=0.0))  # as a whole it was understood as the other wish
    return left


def intent_of(otherwise: dict[str, str]) -> str | None:
    """The intent of what is to be begun; None for a person."""
    if otherwise.get("intent") in tasks():
        return otherwise["intent"]
    deed = Deed(otherwise["deed"])
    return None if deed is Deed.PERSON else min(_DEEDS[deed])


async def why_not(question: Question, run: Run, error: SupportError) -> str:
    """Why the task could not be done, before what is done instead."""
    return (await kept_in_words(question, run)).strip() if isinstance(error, WishesKept) else str(error)
