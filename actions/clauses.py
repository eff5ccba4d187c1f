"""What a message says, clause by clause, as the engine understood it (engine/nlu/requests.py)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker

FALLBACK = "nlu_fallback"
# From here on, a clause is taken for what it was understood as; config.yml has the same figure for requests
SURE = 0.5
LIKELY = 0.35
MANNERS = frozenset({"thank", "give_praise", "greet", "affirm"})
_TOLD_BEFORE = re.compile(
    r"\W*(?:(?:hi|hello|hey|so|well)\W+)*(?:i|we)(?:['’]ve| have)? (?:just |recently |also )?"
    r"(?:got|bought|ordered|received|have|purchased)\b[^.;!?]*?\b(?:and|but|so|now)\s+(?=(?:i|we)(?:['’]d|\s+would|\s+want|\s+need|\s+wish)\b|"
    r"(?:can|could|may) (?:i|we|you)\b|please\b)", re.IGNORECASE,
)

_LINK = re.compile(r"\W*(?:(?:and|but|or|then)\b\W*)*", re.IGNORECASE)

_TOPIC = re.compile(
    r"(?:^\W*|,\s*(?=and\b|but\b))(?:(?:and|but|also|then|oh|ooh|ah|so|well|now)\b\W*)*(?P<topic>(?:the|my)(?:\s+[\w-]+){1,3}?"
    r"(?:\s+(?:that\s+)?i(?:['’]ve)?\s+(?:already\s+)?(?:received|got|have|ordered|bought))?"
    r"(?:\s+(?:in|of|from|with)\s+(?:the|my)(?:\s+[\w-]+){1,3})?(?:,\s*#?\w*\d+)?)\W*$", re.IGNORECASE,
)
# "What about the camera? | I want to return that one", "And the camera? | ..."
_WHAT_ABOUT = re.compile(
    r"\W*(?:(?:(?:and|but|so|now)\s+)?(?:what|how) about|and) (?P<topic>(?:the|my)(?:\s+[\w-]+){1,3})\s*\?\W*$",
    re.IGNORECASE,
)
_OF_IT = re.compile(
    r"\W*(?:(?:can|could|may|should|is|are|has|have|does|do|will|would|was|were)\s+(?:that|it|they|this|those|these)|"
    r"(?:can|could|will|would)\s+(?:you|i)\s+\w+\s+(?:that|it|this|them|those)|"
    r"(?:please\s+)?(?:cancel|return|exchange|swap|change|send|keep)\s+(?:that|it|this|them|those)(?:\s+one)?)\b",
    re.IGNORECASE,
)

_TOLD = re.compile(
    r"\W*(?:(?:and|also|oh)\b\W*)*(?:i|we)(?:['’]ve)?(?: also| already)?"
    r" (?:have|got|received|bought|ordered)\b", re.IGNORECASE,
)
_THOSE = re.compile(r"\b(?:it|that|this|those|these|them)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """A stretch of a message; `asks` tells that it has the form of a request or question, `inquires` of a question.

    `faq` is the question of `data/faq` that it is understood as, with its answer (engine/nlu/questions.py); `sighs`
    tells that it is no more than a sigh beside a wish (engine/nlu/requests.py).
    """

    text: str
    intent: str
    confidence: float
    asks: bool
    inquires: bool
    faq: dict[str, Any] = field(default_factory=dict)
    sighs: bool = False

    @property
    def question(self) -> str:
        """The name of that question, or ""."""
        return str(self.faq.get("question", ""))

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE and self.intent != FALLBACK

    @property
    def likely(self) -> bool:
        """Whether it may be meant where something else is wanted and only that is to be told."""
        return self.asks and self.confidence >= LIKELY and self.intent != FALLBACK

    def as_request(self) -> dict[str, Any]:
        """As the slot `agenda` keeps what is to be done later."""
        return {
            "text": self.text, "intent": self.intent, "confidence": self.confidence, "question": self.question,
        }


def with_what_follows(clauses: Sequence[Clause], wanted: Sequence[Clause]) -> list[Clause]:
    """Those of the clauses that are `wanted`, each with the text of what follows up to the next of them."""
    found: list[Clause] = []
    for clause in clauses:
        if clause in wanted:
            found.append(clause)
        elif found:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {clause.text}")
    return found


def as_typed(text: str, parts: Sequence[str]) -> str:
    """Those parts of `text` together, with what stood between two of them; sentences apart where something is left out.

    "The bottle in red, and the watch with a metal band. What does that save me?" keeps its "and".
    """
    joined, place = "", 0
    for part in parts:
        begins = text.find(part, place)
        between = text[place:begins] if begins >= 0 else ""
        if joined:
            joined += between if between and _LINK.fullmatch(between) else " " if joined[-1] in ".!?,;:" else ". "
        joined, place = joined + part, begins + len(part) if begins >= 0 else place
    return joined


def with_topics_joined(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, each thing that is only named with the next one, which speaks of it.

    "Yes, and the tablet one, | can that go to Dallas?" asks it of the tablet one.
    """
    joined: list[Clause] = []
    for one in clauses:
        before = joined[-1] if joined else None
        topic = _TOPIC.search(before.text) if before is not None and _OF_IT.match(one.text) else None
        asked = _WHAT_ABOUT.match(before.text) if before is not None and one.asks and _THOSE.search(one.text) else None
        topic = topic or asked
        if before is None or topic is None:
            joined.append(one)
            continue
        left = before.text[:topic.start()].strip()
        joined[-1:] = [replace(before, text=left)] if left else []
        surer = one if left or asked or one.confidence >= before.confidence else before
        meant = replace(surer, asks=surer.asks or one.asks, inquires=one.inquires)
        joined.append(replace(meant, text=f"{topic['topic']}, {one.text}"))
    return joined


def with_things_told(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, each one that only tells of a thing with the wish behind it: "I got boots, | I'd exchange those"."""
    told: list[Clause] = []
    for one in clauses:
        before = told[-1] if told else None
        if before is None or before.asks or not (one.asks and _TOLD.match(before.text) and _THOSE.search(one.text)):
            told.append(one)
        else:
            told[-1] = replace(one, text=f"{before.text} {one.text}")
    return told


def wish_in(text: str, clauses: Sequence[Clause]) -> str:
    """The end of `text` from the first clause on that asks for something; "" where that is all of it or none."""
    asking = next((clause for clause in clauses if clause.asks), None)
    begins = text.find(asking.text) if asking is not None else 0
    # "I got a lamp and a rug from you and I'd like to send the rug back"
    if (told := _TOLD_BEFORE.match(text, max(begins, 0))) and told.end() < len(text):
        begins = told.end()
    return text[begins:] if begins > 0 else ""


def clauses_of(tracker: Tracker) -> list[Clause]:
    """The clauses of the latest message; the whole of it is one where the engine told of none."""
    message = tracker.latest_message
    told = message.get("clauses") or []
    if told:
        return [
            Clause(
                one["text"], one["intent"], one["confidence"], one["asks"], one["inquires"], one.get("faq") or {},
                bool(one.get("sighs")),
            )
            for one in told
        ]
    intent = message.get("intent") or {}
    text = str(message.get("text") or "")
    pressed = text.startswith("/")
    confidence = float(intent.get("confidence") or 0.0)
    return [Clause(text, intent.get("name") or FALLBACK, confidence, pressed, pressed, message.get("faq") or {})]
