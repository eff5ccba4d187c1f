"""The words of a deed that was asked about: "yes, cancel it", "please change the payment"."""

import re
from collections.abc import Collection

from support.grounding.answer_words import ALL_OF_IT

_ANOTHER = frozenset({"a", "an", "another", "some", "other", "also", "something", "someone", "only", "just", "not"})
_THE_ONE = ("the one that", "the ones that", "that one that")
# What only one deed is done to: "yes, change the payment" agrees to nothing else
_OBJECTS = {"pay": r"the payment(?: method)?", "redirect": r"the (?:delivery )?address"}


def deed_of(verbs: Collection[str]) -> re.Pattern[str] | None:
    """Words that name the deed, folded; None without verbs."""
    if not verbs:
        return None
    which = "|".join(re.escape(verb.lower()) for verb in verbs)
    objects = "|".join([ALL_OF_IT, *(what for verb, what in _OBJECTS.items() if verb in verbs)])
    return re.compile(
        rf"(?:(?:please|do|you can|kindly|just|go ahead and|can you|could you|i want to|id like to) )*(?:{which})"
        rf"(?: (?:{objects}|please|now))*(?!\S)"
    )


def of_something_else(said_so: str, ahead: str, verbs: Collection[str]) -> bool:
    """Whether the deed goes on with what it shall be done to: "send an order home" agrees to nothing."""
    goes_on = ahead[len(said_so):].split()
    if said_so.endswith(_THE_ONE) or (said_so.endswith("one") and goes_on[:1] == ["that"]):
        return bool(goes_on)  # "return the one that cost more"
    return said_so.split()[-1] in verbs and not _ANOTHER.isdisjoint(goes_on[:2])
