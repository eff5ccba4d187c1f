"""Wishes under the heading of an order or of a thing one has: "my other order: the cookware in ceramic, the mouse wireless"."""

import dataclasses
import re
from typing import Collection, Iterator, List, Optional, Text

import numpy as np

from engine.nlu.going_on import LEADS, OF_ITS_OWN
from engine.nlu.heard import Heard

_LEADS = rf"{LEADS}(?:(?:nxt|now|then|ok|okay|and)\W+)*(?:(?:in|for|from|as for|about|there['’]?s|there is)\s+)?"
# "Now, my order with the cookware.", "The other order that hasn't been sent: ..."
_ORDER = re.compile(
    rf"{_LEADS}(?:(?:so\s+)?(?:i|we)(?:['’]ve|\s+have)?(?:\s+got)?\s+)?(?:the|my|that|this|an?)\s+(?:[\w-]+\s+){{0,4}}?"
    r"(?:order|delivery|parcel)\b(?:\s+#?\w*\d\w*)?"
    r"(?:\s+(?:with|that|thats|which|to|for|from|of|i|we|in)\b[^:,.;?!…]{1,60})?\s*(?:[:,.…–-]|$)",
    re.IGNORECASE,
)
_CHANGE_IT = re.compile(rf"{LEADS}(?:change|swap|exchange)\s+(?:it|that|them)(?:\W+(?:then|please|pls))*\W*", re.IGNORECASE)
# "I got two cameras", of which one is not as it should be
_HAS = re.compile(
    rf"{LEADS}(?:i|we)(?:['’]ve)?\s+(?:also\s+|just\s+)?(?:got|ordered|bought|received|have)\b(?!\s+to\b)", re.IGNORECASE
)
_NOT_RIGHT = re.compile(
    r"\b(?:mistakes?|wrong|too \w+|not (?:what|right|so|as|quite)|regret\w*|mix(?:ed)?[- ]up|"
    r"(?:does|do|did|is|are|was)n['’]?t (?:fit|like|what|right|as|suit))\b",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:(?:should|shud|shld|shall)(?!\s+have\b)|want|wanna|need|(?:would|['’]?d)(?: \w+)? (?:like|love|prefer)|rather|instead|otherwise|same|rest|"
    r"cheapest|(?:can|could) (?:i|we|it|they|that) (?:have|be|get))\b",
    re.IGNORECASE,
)
_OTHER_ONE = re.compile(r"\b(?:an?|the)\b(?: [\w-]+){0,4}? (?:one|pair)\b|\bones\b", re.IGNORECASE)
_QUESTION = re.compile(r"\b(?:how|what|which|when|where|who|why|is there|are there|do you|does)\b|\?", re.IGNORECASE)
_POLITELY = re.compile(
    r"\b(?:can|could|may|might)\s+(?:i|we|it|they|that|you)\s+(?:(?:please|also|maybe)\s+)*(?:have|get|be|make|swap|change|come)\b",
    re.IGNORECASE,
)
SURELY, UNSURE = 0.8, 0.5


def lifted(
    heard: List[Heard], intents: List[Text], wish: Text, alike: Collection[Text], others: Collection[Text] = ()
) -> List[Heard]:
    """The clauses `heard`, those that tell how a thing should be under such a heading as the intent `wish`, asking.

    `alike` are the intents such a clause is taken for without its heading: looking for products, the same wish for
    another order. What is taken for anything but one of the `others` without being sure is a wish as well. `intents`
    are those of the labels, as in `Heard.confidences`.
    """
    wishes = [
        one for one in _under_headings(heard)
        if _WISHES.search(one.clause.text)
        and (one.intent in (wish, *alike) or (one.confidence < UNSURE and one.intent not in others))
    ]
    return [_as_wish(one, intents, wish) if one in wishes else one for one in heard]


def _under_headings(heard: List[Heard]) -> Iterator[Heard]:
    """The clauses under a heading, none of them a question, up to one that names another order."""
    under: Optional[Text] = None
    wrong = any(_NOT_RIGHT.search(one.clause.text) for one in heard)
    for one in heard:
        text = one.clause.text
        if found := _ORDER.match(text) or _CHANGE_IT.fullmatch(text):
            under, text = "order", text[found.end() :]
        elif _HAS.match(text) and wrong and not one.clause.inquires:
            under, text = "thing", ""
        elif OF_ITS_OWN.search(text):
            under = None
        asks = (one.clause.inquires or _QUESTION.search(text)) and not _POLITELY.search(text)
        if not text or not under or asks:
            continue
        if under == "order" or _OTHER_ONE.search(text):
            yield one


def _as_wish(one: Heard, intents: List[Text], wish: Text) -> Heard:
    confidence = max(SURELY, one.confidence)
    row = np.where(np.array(intents) == wish, confidence, one.confidences * (1 - confidence))
    return Heard(dataclasses.replace(one.clause, asks=True), wish, confidence, "", row)
