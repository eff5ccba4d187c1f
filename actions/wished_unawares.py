"""A wish for other things of an order, understood as nothing or as a look at goods: "the jug should be red"."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.clauses import FALLBACK
from actions.left_lines import AllLeft
from actions.meanings import GOODS
from actions.personal import Question, knows_enough, question_of
from actions.registry import tasks
from actions.tasks import Run
from actions.typed import typed
from support.errors import SupportError
from support.grounding.known_lines import KnownLines
from support.grounding.words import split
from support.models.orders import OrderStatus
from support.ordering.order_views import OrderSummary

FORM, SWAP = "task_form", "change_order_items"
UNAWARES = frozenset({FALLBACK, *GOODS})
_WISHES = re.compile(
    r"\b(?:want|need|needs|like|rather|instead|should|shoud|shud|must|ought|has to|have to|make|swap|change|please|pls|"
    r"plz|otherwise|rest|else|exchange|replace|supposed to)\b", re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|so|hi|hello|hey)\W+)*(?:do|does|is|are|have|has|what|which|how|when|where|why|who)\b",
    re.IGNORECASE,
)
# A look at goods is meant for those in an order only if it says so, or names several of them
_OF_MINE = re.compile(
    r"\b(?:my|mine|(?:that|this|the|my) (?:other |same )?(?:order|one|purchase)|ordered|orderd|instead|swap|exchange|"
    r"rest)\b",
    re.IGNORECASE,
)
SEVERAL = 2


async def swap_begun(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The event with which the form begins the swap that the message wishes for; none if it wishes for none."""
    intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
    idle = not (tracker.active_loop or {}).get("name") and not tracker.slots.get("task")
    if not idle or intent not in UNAWARES or not knows_enough(tracker, tasks()[SWAP].needs):
        return []
    text = typed(tracker)
    if _ASKS.search(text) or not _WISHES.search(text) or (intent in GOODS and not _OF_MINE.search(text)):
        return []
    async with question_of(dispatcher, tracker) as question:
        most = await _most_wished(question, text)
    return [ActiveLoop(FORM)] if most >= (SEVERAL if intent in GOODS else 1) else []


async def wishes_swap(question: Question, text: str) -> bool:
    """Whether it wishes something instead of a thing in an order: "Great. Now my watch: I fancy a gold one instead"."""
    plainly = _OF_MINE.search(text) and _WISHES.search(text) and not _ASKS.search(text)
    return bool(plainly) and await _most_wished(question, text) > 0


async def _most_wished(question: Question, text: str) -> int:
    return max([await _wished(question, one, text) for one in await question.records.orders()], default=0)


async def _wished(question: Question, order: OrderSummary, text: str) -> int:
    """Of how many things of the order `text` plainly says by their names what they shall be instead."""
    if order.status not in (OrderStatus.PENDING, OrderStatus.DELIVERED):
        return 0
    lines = (await question.records.order(order.id)).lines
    known = KnownLines(lines)
    named = {place for word in split(text) if known.is_head(word.key) for place in known.owners(word.key)}
    if not named:
        return 0
    slot = next(one for one in tasks()[SWAP].slots if one.name == "wishes")
    try:
        heard = await slot.hear(question, Run(SWAP, values={"order": order.number}), text, asked=False)
    except (AllLeft, SupportError):
        return 0
    ids = {lines[place].id for place in named}
    return sum(id in ids and (one["variant"] is not None or "wished" in one) for id, one in (heard.value or {}).items())
