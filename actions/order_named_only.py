"""An order that a message only names before it says what is wanted: "Order HF-10432. I want to return the lamp"."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions.order_asked import named_orders
from actions.order_context import not_cancelled
from actions.personal import Question
from actions.product_context import PRODUCT, VARIANT
from support.errors import NotFound
from support.grounding.line_reading import read_lines

_ONLY_NAMES = re.compile(
    r"\W*(?:(?:hi|hey|hello|hiya|ok|okay|so|and|also|now|about|regarding|re|for|in|from|on|with|as for|it['’]?s|"
    r"it is|this is|there)\b\W*)*(?:(?:my|the|this|that)\s+)?(?:(?:order|purchase)\s*(?:number|no\.?|nr\.?|"
    r"id)?\s*:?\s*#?\s?[a-z]{0,4}-?\d[\w-]*|#\s?[\w-]*\d[\w-]*|(?:order|purchase)\s+(?:with|containing|"
    r"that (?:has|had))(?:\s+[^\W\d_][\w'’-]*){1,6})[\s,.:;!–-]*",
    re.IGNORECASE,
)


async def named_only(question: Question) -> list[EventType] | None:
    """The slots of the order, and of the thing that tells it, where the rest of the message says more; else None.

    Nothing is said then: what is wanted of the order comes next.
    """
    if not question.left or not _ONLY_NAMES.fullmatch(question.text):
        return None
    try:
        found = not_cancelled(await named_orders(question))
    except NotFound:
        return None
    if len(found) != 1:
        return None
    lines = (await question.records.order(found[0].id)).lines
    things = {line.product_id for line, _ in read_lines(question.text, lines).chosen}
    told = [SlotSet(PRODUCT, things.pop()), SlotSet(VARIANT, None)] if len(things) == 1 else []
    return [SlotSet("order_number", found[0].number), *told]
