"""An exchange and a return of one order, of which only one can be: asked for together, the customer chooses first."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions import buttons
from actions.coming_back import COMING_BACK
from actions.personal import Question
from actions.registry import tasks
from actions.relevance import has_order, of_another_order, order_heard
from actions.slots import Prompt
from actions.tasks import Run, Task
from support.errors import SupportError
from support.grounding.fallbacks import Deed
from support.grounding.line_reading import read_lines
from support.grounding.order_described import without_described
from support.grounding.pointing import points_back
from support.grounding.twins import named_apart
from support.grounding.two_deeds import (
    deed_picked,
    deeds_apart,
    from_deed_on,
    preferred,
    things_of,
    without_preference,
    without_things_kept,
)
from support.ordering.order_views import OrderedLine

ONE_OF_BOTH = "one_of_both"  # what is asked for then
# "The smaller of the two umbrellas I got", one of which came in another order
_OF_TWO = re.compile(r"\b(?:one )?of (?:the|my) (?:two|three|2|3) (?=\w)", re.IGNORECASE)
# "Hm no, just return the sunglasses instead" takes back what was wished before
_REPLACES = re.compile(
    r"\b(?:instead|rather|forget|no|not|never\s?mind|changed my mind|actually|only|just)\b|n['’]t\b", re.IGNORECASE
)
# What is left of "the order with the rug: ...", and both deeds
_OPENS = re.compile(
    r"\b(?:order|purchase)\s+with\s*:|\b(?:want|have|get|do|like)\s+both\b(?!\s+(?:the|of|my)\b)", re.IGNORECASE
)
_DEEDS = {"exchange_items": Deed.EXCHANGE, "return_items": Deed.RETURN}
_INTENTS = {deed: intent for intent, deed in _DEEDS.items()}


@dataclass(frozen=True)
class Both:
    """What is wanted of the task, `own`, and of the other one, `other`, for the order of that number."""

    order: str
    own: str
    other: str
    question: Prompt
    # Words of the things that either is about, by the intent
    things: dict[str, list[str]]
    preferred: str = ""


async def both_wanted(
    question: Question, task: Task, run: Run, text: str, agenda: list[dict[str, Any]]
) -> Both | None:
    """The wishes for both in the text, or in it and on the agenda, from which that is taken; None if they are not both.

    They are if each names things of its own, of one order that has been delivered.
    """
    if task.intent not in _DEEDS:
        return None
    deed = _DEEDS[task.intent]
    rival = Deed.RETURN if deed is Deed.EXCHANGE else Deed.EXCHANGE
    parts = deeds_apart(without_described(text))
    waits = next((one for one in agenda if one["intent"] == _INTENTS[rival]), None)
    if waits is not None and points_back(waits["text"]):
        between = agenda[:agenda.index(waits)]
        if any(one["intent"] in tasks() and has_order(tasks()[one["intent"]]) for one in between):
            waits = None  # "it" is the order of what was asked for in between
    own, other = (parts[deed], parts[rival]) if parts else (text, without_preference(waits["text"]) if waits else "")
    own = own if parts else from_deed_on(deed, own)
    if not other:
        return None
    try:
        number = run.values.get("order") or (await order_heard(question, task, run, text)).value
        order = next((one for one in await question.records.all_orders() if one.number == number), None)
        if order is None or order.status not in COMING_BACK:
            return None
        if await of_another_order(question, Run(task.intent, values={"order": number}), other):
            return None
        lines = (await question.records.order(order.id)).lines
    except SupportError:
        return None
    mine, theirs = (_things(question, *one, lines) for one in ((deed, own), (rival, other)))
    if not mine or not theirs or set(mine) & set(theirs):
        return None
    if not parts and waits is not None:
        agenda.remove(waits)
    both = _of_both(question, order.number, (_INTENTS[deed], own, mine), (_INTENTS[rival], other, theirs))
    wanted = preferred(text if parts or waits is None else f"{text}. {waits['text']}")
    return replace(both, preferred=_picked(wanted, both.things) or "")


async def wanted_besides(question: Question, task: Task, run: Run, intent: str, text: str) -> Both | None:
    """The same where the run is about things of its own already.

    `text` wishes the other one, of that `intent`, for further things of its order.
    """
    about = {one["line"] for one in run.values.get("lines") or []} | set(run.values.get("wishes") or {})
    order = next((one for one in await question.records.all_orders() if one.number == run.values.get("order")), None)
    if {task.intent, intent} != set(_DEEDS) or not about or order is None or _REPLACES.search(text):
        return None
    if await of_another_order(question, run, text):
        return None
    lines = (await question.records.order(order.id)).lines
    theirs = _named(question, {line.id for line, _ in read_lines(without_described(text), lines).chosen}, lines)
    if not theirs or about & set(theirs):
        return None
    mine = _named(question, about, lines)
    return _of_both(question, order.number, (task.intent, "", mine), (intent, text, theirs))


def _of_both(
    question: Question, order: str, own: tuple[str, str, dict[str, str]], other: tuple[str, str, dict[str, str]]
) -> Both:
    """Both, of what is said and the names of the things for each intent."""
    things = {_DEEDS[intent]: question.wording.listed(named.values()) for intent, _, named in (own, other)}
    heads = {intent: _heads(named.values()) for intent, _, named in (own, other)}
    shared = set.intersection(*map(set, heads.values()))
    words = {intent: [word for word in some if word not in shared] for intent, some in heads.items()}
    return Both(order, own[1], other[1], _which(things), words)


def keeps_own(task: Task, text: str, intents: Iterable[str]) -> str:
    """The intent of the other of both, which is not to be done where the text says the task counts more; else ""."""
    deed = _DEEDS.get(task.intent)
    other = next((intent for intent in _DEEDS if intent != task.intent and intent in set(intents)), "")
    return other if deed is not None and other and deed_picked(preferred(text)) is deed else ""


def as_kept(task: Task, both: Both) -> dict[str, Any]:
    """As Run.rival keeps it."""
    rival = next(intent for intent in _DEEDS if intent != task.intent)
    asked = both.question
    return {
        "intent": rival, "text": both.other, "asked": asked.text, "buttons": list(asked.buttons), "things": both.things,
    }


def asked_once_more(run: Run) -> Prompt:
    """The question which of both it shall be."""
    return Prompt(run.rival["asked"], run.rival["buttons"]) if run.rival else Prompt("")


def picked(run: Run, text: str) -> str | None:
    """The intent of the one that an answer chooses, by what is done or by the thing; None if it chooses none."""
    return _picked(without_things_kept(text), run.rival["things"]) if run.rival else None


def only_one(intent: str) -> str:
    """Why what else was wished is not done, where the customer said which counts more."""
    chosen, other = ("exchange", "return") if intent == "exchange_items" else ("return", "exchange")
    return f"An order can have one exchange or one return, and not both: so it is the {chosen}, without the {other}."


def _picked(text: str, things: dict[str, list[str]]) -> str | None:
    if deed := deed_picked(text):
        return _INTENTS[deed]
    said = set(re.findall(r"\w+", text.casefold()))
    named = [intent for intent, words in things.items() if said.intersection(words)]
    return named[0] if len(named) == 1 and "?" not in text else None


def _heads(names: Iterable[str]) -> list[str]:
    """The last word of each name, and what tells it from another thing called so."""
    return [word for name in names for word in re.findall(r"[\w-]+(?=,|\)|$)|\w+(?= \()", name.casefold())]


def _things(question: Question, deed: Deed, part: str, lines: Sequence[OrderedLine]) -> dict[str, str]:
    """The lines that the part of a text with that deed is about, by id, as the customer reads of them."""
    text = named_apart(_OF_TWO.sub("", things_of(deed, _OPENS.sub(". ", without_described(part)))), lines)
    return _named(question, {line.id for line, _ in read_lines(text, lines).chosen}, lines)


def _named(question: Question, about: Collection[str], lines: Sequence[OrderedLine]) -> dict[str, str]:
    products = [line.product for line in lines]
    return {
        line.id: f"the {line.product if products.count(line.product) == 1 else question.wording.line(line)}"
        for line in lines if line.id in about
    }


def _which(things: dict[Deed, str]) -> Prompt:
    exchanged, returned = things[Deed.EXCHANGE], things[Deed.RETURN]
    return Prompt(
        "An order can have one exchange or one return, and not both. Which shall it be: that you exchange "
        f"{exchanged}, or that you return {returned}? The rest only a person could do then.",
        [buttons.said(f"Exchange {exchanged}"), buttons.said(f"Return {returned}"), buttons.PERSON],
    )
