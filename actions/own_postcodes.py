"""What a customer says of an order, without the postcodes that tell only who they are."""

import re

from actions.personal import Question
from support.grounding.other_numbers import without_postcodes
from support.models.conversations import Level
from support.ordering import order_numbers

_DIGITS = re.compile(r"\d{3}")


async def without_own_postcodes(question: Question, text: str) -> str:
    """`text` without the postcodes of their addresses and orders, unless one is the number of an order as well."""
    if not _DIGITS.search(text) or not question.speaker.level.reaches(Level.VERIFIED):
        return text
    places = [*await question.records.addresses(), *(await question.records.sent_to()).values()]
    numbers = {one.id: one.number for one in await question.records.orders()}
    own = {one.postcode for one in places}
    return without_postcodes(text, sorted(one for one in own if not order_numbers.fitting(numbers, one)))
