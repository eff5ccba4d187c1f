"""Whether somebody drops the whole matter, or wants it only in a way that cannot be."""

import re
from collections.abc import Collection

from support.grounding.answer_reading import read_answer

# "To my Visa or not at all"
_NOT_AT_ALL = re.compile(
    r"\bor (?:not at all|nothing(?: at all)?|forget it|leave it|no (?:return|refund|exchange|change|cancellation))\W*$",
    re.IGNORECASE,
)


_KEEPS = re.compile(
    r"\b(?:(?P<all>(?:it all|everything|all of (?:it|them)|they all|that all) (?:just |can |should |shall |"
    r"is to )*(?:stays?|remains?)|(?<!not )keep (?:it all|them all|everything|all of (?:it|them)|the lot|"
    r"all (?:two|three|four))|nothing (?:goes|is sent|is going|shall go|should go) back)|"
    r"(?P<both>(?:i(?:['’]ll| will|['’]d rather)?|we(?:['’]ll| will)?) (?:just |rather )?keep both|"
    r"both (?:of them )?stay)|(?P<one>(?:it|that|this)(?: just)? (?:stays?|remains?) (?:as|the way|like) (?:it|"
    r"that) (?:is|was)|leave (?:it|that|this) (?:just |all )?(?:as|the way|like) (?:it|that) (?:is|was))|"
    r"(?P<whole>(?:leave|let) (?:the|my|that|this)(?: [\w-]+){1,3}? (?:just |all |stay )*(?:as|the way|like) (?:it|"
    r"they|that) (?:is|are|was|were)|(?:let )?(?:(?:the|my) )?(?:pay ?pal|visa|master ?card|amex|gift ?card|card|"
    r"payment|address)(?: ending(?: in)? \d+)? (?:may |can |should |shall |"
    r"will )?stays?(?: (?:as|the way|like) (?:it|that) (?:is|was))?))\b(?! (?:same|but|except|else)\b)",
    re.IGNORECASE,
)


def keeps_all(text: str, *, things: int) -> bool:
    """Whether `text` keeps all the `things` of a plan, 0 for a whole order: "it all stays", "I'll keep both"."""
    found = _KEEPS.search(text)
    if found is None:
        return False
    some = (found["both"] and things == 2) or (found["one"] and things < 2) or (found["whole"] and not things)
    return bool(found["all"] or some)


def wants_stop(text: str, *, verbs: Collection[str] = ()) -> bool:
    """Whether `text` drops the whole matter and says nothing else; "cancel it" does not if `verbs` has "cancel"."""
    answer = read_answer(text, verbs=verbs)
    return (answer.stops and not answer.rest) or _rather_not(text, verbs)


def _rather_not(text: str, verbs: Collection[str]) -> bool:
    """Whether it ends in that: "then I'd rather not return them, thank you"."""
    deed = "|".join([*map(re.escape, verbs), "do", "change", "go ahead", "proceed"])
    return re.search(
        rf"(?:\bwould|['’]d)\s+(?:rather|prefer)\s+not\s+(?:to\s+)?(?:{deed})\b"
        r"(?:\s+(?:it|them|that|this|those|back|then|after all))*"
        r"(?:[\s,]*(?:thanks|thank you|please|sorry)\b[^.;!?]*)?\W*$", text, re.IGNORECASE,
    ) is not None


def refuses_deed(text: str, *, verbs: Collection[str]) -> bool:
    """Whether `text` wants the deed not done at all, and not only for one thing: "no, don't cancel it"."""
    deed = "|".join(map(re.escape, verbs))
    return re.search(
        r"\b(?:do not|don['’]?t)\s+want\s+(?:it|that|this|them|(?:the|my|that|this)\s+order)\s+"
        rf"(?:to be\s+)?(?:{deed})(?:l?ed|d)\b|"
        rf"\b(?:(?:do not|don['’]?t|not(?: to)?)\s+"
        rf"(?:please\s+|ever\s+|(?:want|need|wish|like)\s+(?:you\s+)?to\s+)?(?:{deed})(?:\s+(?:it|that|this|anything|"
        rf"(?:the|my|this|that)\s+order|it all|after all|please))*|(?:no|stop(?:\s+(?:the|this|that))?|without)\s+"
        rf"(?:{deed})(?:l?ing|l?ation))\s*(?:(?:please|pls|plz|now|thanks|ok(?:ay)?)\b\s*)*(?=$|[.,;:!?])",
        text, re.IGNORECASE,
    ) is not None


def not_at_all(text: str) -> bool:
    """Whether `text` ends in that nothing is wanted unless it can be as it says: a no to a plan that does otherwise."""
    return _NOT_AT_ALL.search(text) is not None
