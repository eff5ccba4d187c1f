"""What a message asks for, one thing after the other: its clauses, put together by what each was understood as."""

import re
from dataclasses import dataclass
from typing import Any, Collection, Dict, List, Text

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from engine.nlu.going_on import LEADS, OF_ITS_OWN, goes_on
from engine.nlu.heard import Heard

# Said by the way, or foreign: no request where the message has another
NO_REQUEST = frozenset(
    {"greet", "say_goodbye", "thank", "affirm", "deny", "ask_help", DEFAULT_NLU_FALLBACK_INTENT_NAME}
)
MOST_OF_IT = 0.6
UPSET, VERY_SURE, MORE_THAN_A_SIGH = "express_frustration", 0.9, 4
_NUMBERED = re.compile(r"\d{5}|#\w*\d", re.IGNORECASE)
# "The lamp in order 10432 is too big" tells why something else is wished
_TELLS_STORY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|i['’]ve|came|come|got|arrived|bought|ordered|received|does|doesn['’]?t|did|didn['’]?t|"
    r"fits?|looks?|seems?|if|because|since|not)\b|n['’]t\b", re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|that|this|the one)\b", re.IGNORECASE)
# "Then there's the order with the lamp | could you take out the lamp"
_INTRODUCES = re.compile(
    rf"{LEADS}(?:there(?:['’]s| is| are| was)|as for|about|regarding)\b.*\b(?:orders?|purchase)\b", re.IGNORECASE
)
# "And the bookshelf is too big | I want to return that"
_TELLS_OF_ONE = re.compile(
    rf"{LEADS}(?:(?:i|we)(?:['’]ve)?\s+(?:also\s+|just\s+)?(?:ordered|bought|got|have)\b|"
    r"(?:the|my|those|these)\s+\w+(?:\s+\w+){0,4}?\s+(?:is|are|was|were|has|have|does|do|did|came|come|arrived|looks?|"
    r"feels?|fits?|turned|seems?)\b)", re.IGNORECASE,
)

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
_BETWEEN = re.compile(r"[\s,;&]*(?:(?:and|but|so|then|plus|also|as well as)\b[\s,]*)*", re.IGNORECASE)
# "No red? Then blue"
_NONE_SO = re.compile(r"\W*(?:no|not|none)(?: [\w-]+){1,3}\?", re.IGNORECASE)
# "In black if you have it", beside what it is to be instead of
_LOOKS_FOR = re.compile(
    r"\b(?:look\w*|need|want|would like|i['’]d like|show|search|find|see|tell|list|buy|get|know|do you|which|what|how|"
    r"(?:is|are) there)\b", re.IGNORECASE,
)


@dataclass
class Request:
    """Clauses that ask for one thing; `heard` is the one that says what, `corrected` that it thinks better of another."""

    texts: List[Text]
    heard: Heard
    corrected: bool = False

    def as_json(self, message: Text) -> Dict[Text, Any]:
        """`{"text", "intent", "confidence"}`, for a question to the shop also its `question`."""
        told: Dict[Text, Any] = {
            "text": _together(self.texts, message),
            "intent": self.heard.intent,
            "confidence": round(self.heard.confidence, 4),
        }
        if self.heard.question:
            told["question"] = self.heard.question
        return told


def group(
    heard: List[Heard], sure: float, first: List[Text], details: Dict[Text, List[Text]], terse: Collection[Text] = ()
) -> List[Request]:
    """The requests of a message, in its order; empty if none of its clauses is clearly one.

    A clause begins a request if it has the form of one and its intent is at least `sure`; for an intent that names a
    deed (not `faq`) most of that is enough, since what it is done to blurs it. All others go with the request before
    them, those at the beginning with the first. Intents of `first` (a threat, an emergency) silence
    all others, the earlier in `first` the later ones. `details`: intent → intents that, said after it and not as a
    question, only tell more of the same thing. Those of `terse` begin a request without the form of one, too, where
    they name their order and tell no story: "jacket in HF-10432 to size M".
    """
    urgent = [one for one in heard if one.intent in first and one.confidence >= sure and not sighs(one, heard, sure)]
    if urgent:
        most = min(urgent, key=lambda one: first.index(one.intent))
        return [Request([every.clause.text for every in heard], most)]
    found: List[Request] = []
    before: List[Text] = []
    asking = [
        one for one in heard
        if (_begins(one, sure) or _is_terse(one, sure, terse)) and not sighs(one, heard, sure)
    ]
    if any(not _only_tells(one) for one in asking):
        asking = [one for one in asking if not _only_tells(one)]
    asking = [one for one in asking if not _only_adds(one, heard, sure, details)] or asking
    for one in heard:
        if one not in asking:
            (found[-1].texts if found else before).append(one.clause.text)
        elif found and _THINKS_BETTER.match(one.clause.text) and not OF_ITS_OWN.search(one.clause.text):
            found[-1] = Request([*found[-1].texts, one.clause.text], one, corrected=True)
        elif found and goes_on(one, found[-1].heard, details):
            found[-1].texts.append(one.clause.text)
            if one.confidence > found[-1].heard.confidence and one.intent == found[-1].heard.intent:
                found[-1].heard = one
        else:
            about = _told_of_it(one, found, asking, heard)
            found.append(Request([*before, *about, one.clause.text], one))
            before = []
    return found


def _only_adds(one: Heard, heard: List[Heard], sure: float, details: Dict[Text, List[Text]]) -> bool:
    """Whether it neither asks nor looks for anything, and only tells more of what another clause wishes."""
    if _NONE_SO.fullmatch(one.clause.text):
        return any(other.intent in details for other in heard if other is not one)
    if "?" in one.clause.text or _LOOKS_FOR.search(one.clause.text) or OF_ITS_OWN.search(one.clause.text):
        return False
    wished = [other for other in heard if other.confidence >= MOST_OF_IT * sure and other.intent in details]
    return any(one.intent in details[other.intent] and one.intent not in details for other in wished)


def _together(texts: List[Text], message: Text) -> Text:
    """The clauses in a row, with what parts them in the message: ", and" tells that another thing is named."""
    told, end = "", 0
    for text in texts:
        begun = message.find(text, end)
        between = message[end:begun] if told and begun >= end else " "
        told += (between if _BETWEEN.fullmatch(between) else " ") + text if told else text
        end = begun + len(text) if begun >= 0 else end
    return told


def _told_of_it(one: Heard, found: List[Request], asking: List[Heard], heard: List[Heard]) -> List[Text]:
    """What stood right before and says what "it" is, taken from the request before.

    "Swap the lamp for the brass one. And my order with the rug was a mistake, cancel it".
    """
    place = next(place for place, other in enumerate(heard) if other is one)
    last = heard[place - 1] if place and found else None
    if last is None or any(last is other for other in asking) or OF_ITS_OWN.search(one.clause.text):
        return []
    told = OF_ITS_OWN.search(last.clause.text) or _TELLS_OF_ONE.match(last.clause.text)
    if not _INTRODUCES.match(last.clause.text) and not (told and _IT.search(one.clause.text)):
        return []
    found[-1].texts.remove(last.clause.text)
    return [last.clause.text]


def sighs(one: Heard, heard: List[Heard], sure: float) -> bool:
    """Whether it is a sigh beside a wish, which is better fulfilled: "what a pity. Then change it to the black one"."""
    if one.intent != UPSET or (one.confidence >= VERY_SURE and len(one.clause.text.split()) >= MORE_THAN_A_SIGH):
        return False
    return any(
        (other.intent not in (UPSET, *NO_REQUEST) and (_begins(other, sure) or other.confidence >= VERY_SURE))
        or (other.intent != UPSET and other.clause.inquires)  # "Oh come on. Why not the Visa?"
        for other in heard
    )


def is_in_case(one: Heard) -> bool:
    """Whether it is wanted only if what was said before cannot be."""
    return _IN_CASE.match(one.clause.text) is not None


def _begins(one: Heard, sure: float) -> bool:
    enough = sure if one.question else MOST_OF_IT * sure
    return one.clause.asks and one.confidence >= enough and one.intent not in NO_REQUEST


def _is_terse(one: Heard, sure: float, terse: Collection[Text]) -> bool:
    if one.intent not in terse or one.clause.inquires or _TELLS_STORY.search(one.clause.text):
        return False
    numbered, named = _NUMBERED.search(one.clause.text), OF_ITS_OWN.search(one.clause.text)
    return bool((numbered and one.confidence >= sure) or (named and one.confidence >= VERY_SURE))


def _only_tells(one: Heard) -> bool:
    """Whether it sounds like a question to the shop and asks nothing: "put it on my card"."""
    return bool(one.question) and not one.clause.inquires
