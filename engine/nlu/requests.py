"""What a message asks for, one thing after the other: its clauses, put together by what each was understood as."""

import re
from dataclasses import dataclass
from typing import Any, Dict, List, Text

import numpy as np
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from engine.nlu.clauses import Clause

# Said by the way, or foreign: no request where the message has another
NO_REQUEST = frozenset(
    {"greet", "say_goodbye", "thank", "affirm", "deny", "ask_help", DEFAULT_NLU_FALLBACK_INTENT_NAME}
)
MOST_OF_IT = 0.6
UPSET, VERY_SURE, MORE_THAN_A_SIGH = "express_frustration", 0.9, 4
# It names the order it is about, so it is no detail of another
_OF_ITS_OWN = re.compile(r"\d{5}|#\w*\d|\border\b", re.IGNORECASE)

# "Could the refund go to my card?" tells where it shall go
_POLITE = re.compile(r"\W*(?:(?:and|also|please|then)\W+)*(?:can|could|would|will|may|might)\b", re.IGNORECASE)
# "Cancel it, please. Hmm no, change it to the black one": the order was named before
_THINKS_BETTER = re.compile(
    r"\W*(?:(?:hm+|oh|wait|sorry|well|but|and|um+|uh+|then|ah)\W+)*(?:no\b|actually\b|(?:on )?second thoughts?\b|"
    r"scratch that|never\s*mind|forget that|rather\b)", re.IGNORECASE,
)
# "If that is sold out cancel it": wanted only if what came before cannot be
_IN_CASE = re.compile(
    r"\W*(?:(?:and|but|or|then)\W+)*(?:otherwise|else|failing (?:that|which)|in case|if\b.*(?:n['’]t|\b(?:not?|none|"
    r"cannot|cant|un\w+|sold out|gone|more|over|above)\b))", re.IGNORECASE,
)
# "And the kettle to a white one?"
_AND_THE = re.compile(
    r"\W*(?:and|also|plus)\s+(?:the|my|that|those)\b(?!.*\b(?:how|when|where|what|which|why|who)\b)"
    r".*\b(?:to|for|in|with)\b",
    re.IGNORECASE,
)


@dataclass(eq=False)
class Heard:
    """A clause as it was understood: its likeliest intent, the question of `faq` behind that, and how sure both are.

    `confidences` are those of all labels, from which intent and question were taken.
    """

    clause: Clause
    intent: Text
    confidence: float
    question: Text
    confidences: np.ndarray

    @property
    def meaning(self) -> Text:
        return f"{self.intent}/{self.question}" if self.question else self.intent


@dataclass
class Request:
    """Clauses that ask for one thing; `heard` is the one that says what, `corrected` that it thinks better of another."""

    texts: List[Text]
    heard: Heard
    corrected: bool = False

    def as_json(self) -> Dict[Text, Any]:
        """`{"text", "intent", "confidence"}`, for a question to the shop also its `question`."""
        told: Dict[Text, Any] = {
            "text": " ".join(self.texts),
            "intent": self.heard.intent,
            "confidence": round(self.heard.confidence, 4),
        }
        if self.heard.question:
            told["question"] = self.heard.question
        return told


def group(heard: List[Heard], sure: float, first: List[Text], details: Dict[Text, List[Text]]) -> List[Request]:
    """The requests of a message, in its order; empty if none of its clauses is clearly one.

    A clause begins a request if it has the form of one and its intent is at least `sure`; for an intent that names a
    deed (not `faq`) most of that is enough, since what it is done to blurs it. All others go with the request before
    them, those at the beginning with the first. Intents of `first` (a threat, an emergency) silence
    all others, the earlier in `first` the later ones. `details`: intent → intents that, said after it and not as a
    question, only tell more of the same thing.
    """
    urgent = [one for one in heard if one.intent in first and one.confidence >= sure and not sighs(one, heard, sure)]
    if urgent:
        most = min(urgent, key=lambda one: first.index(one.intent))
        return [Request([every.clause.text for every in heard], most)]
    found: List[Request] = []
    before: List[Text] = []
    asking = [one for one in heard if _begins(one, sure) and not sighs(one, heard, sure)]
    if any(not _only_tells(one) for one in asking):
        asking = [one for one in asking if not _only_tells(one)]
    for one in heard:
        if one not in asking:
            (found[-1].texts if found else before).append(one.clause.text)
        elif found and _THINKS_BETTER.match(one.clause.text) and not _OF_ITS_OWN.search(one.clause.text):
            found[-1] = Request([*found[-1].texts, one.clause.text], one, corrected=True)
        elif found and _goes_on(one, found[-1].heard, details):
            found[-1].texts.append(one.clause.text)
            if one.confidence > found[-1].heard.confidence and one.intent == found[-1].heard.intent:
                found[-1].heard = one
        else:
            found.append(Request([*before, one.clause.text], one))
            before = []
    return found


def sighs(one: Heard, heard: List[Heard], sure: float) -> bool:
    """Whether it is a sigh beside a wish, which is better fulfilled: "what a pity. Then change it to the black one"."""
    if one.intent != UPSET or (one.confidence >= VERY_SURE and len(one.clause.text.split()) >= MORE_THAN_A_SIGH):
        return False
    return any(other.intent not in (UPSET, *NO_REQUEST) and _begins(other, sure) for other in heard)


def is_in_case(one: Heard) -> bool:
    """Whether it is wanted only if what was said before cannot be."""
    return _IN_CASE.match(one.clause.text) is not None


def _begins(one: Heard, sure: float) -> bool:
    enough = sure if one.question else MOST_OF_IT * sure
    return one.clause.asks and one.confidence >= enough and one.intent not in NO_REQUEST


def _only_tells(one: Heard) -> bool:
    """Whether it sounds like a question to the shop and asks nothing: "put it on my card"."""
    return bool(one.question) and not one.clause.inquires


def _goes_on(one: Heard, before: Heard, details: Dict[Text, List[Text]]) -> bool:
    if one.meaning == before.meaning:
        return True
    more = details.get(before.intent, [])
    told = _POLITE.match(one.clause.text) or _AND_THE.match(one.clause.text)
    asks = one.clause.inquires and not told
    return (one.intent in more or one.meaning in more) and not asks and not _OF_ITS_OWN.search(one.clause.text)
