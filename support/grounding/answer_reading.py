"""Whether somebody said yes, however they said it; only a clear yes lets anything happen."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from support.grounding import answer_words as said
from support.grounding.deed_words import deed_of, of_something_else
from support.grounding.pauses import Clause, clauses


class AnswerKind(StrEnum):
    """`unsure` is an answer that must be asked again: perhaps, a condition, mockery, yes and no at once."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and the `rest` of the text as typed, "" if there is none: a correction, another request.

    `corrects` tells that the rest takes back a part of the yes ("yes, but use PayPal"); the rest of a plain yes may do
    so too and has to be read. `stops` tells that the whole matter is to be dropped, `waits` that it only is to wait
    ("one moment"), `weak` that a yes is one only if nothing else was said ("right", "great").
    """

    kind: AnswerKind
    rest: str = ""
    corrects: bool = False
    stops: bool = False
    waits: bool = False
    weak: bool = False


_KINDS = {
    "irony": said.compiled(said.IRONY), "no": said.compiled(said.NO),
    "wait": said.compiled(said.WAIT), "dont": said.compiled(said.DONT),
    "stop": said.compiled(said.STOP), "cancel": said.compiled(said.CANCEL), "unsure": said.compiled(said.UNSURE),
    "hedge": said.compiled(said.HEDGE),
    "done": said.compiled(said.DONE), "yes": said.compiled(said.YES), "weak": said.compiled(said.WEAK),
    "filler": said.compiled(said.FILLER),
}
_YES_OR_NO = re.compile(r"\b(?:yes or no|no or yes)\b", re.IGNORECASE)  # asks for an answer and is none
_NO = frozenset({"no", "wait", "dont", "stop", "cancel"})
_BUT = frozenset({"but", "however", "although", "except", "only", "just", "instead", "rather", "unless", "though"})
_LEADS = frozenset({"and", "but", "so", "then", "however", "although", "also", "though"})
_POLITE_IF = re.compile(
    r"\bif (?:you (?:dont mind|please|can|could|would|will)|(?:its |it is |thats |that is )?(?:possible|ok|"
    r"okay))\b",
)
_WAITS = re.compile(
    r"\bhow (?:long|many \w+)(?: (?:will|does|would) (?:it|that) take| is it)? (?:until|till|before|once|after)\b"
)
_CONDITION = re.compile(
    r"\b(?:only if|as long as|so long as|provided|providing|unless|assuming|on condition|depending|in case|if|"
    r"when(?:ever)? (?:you|i|it)|until|till|once (?:you|i|it)|after (?:you|i)|before (?:you|that|i|we|it))\b"
)
_HARD_CONDITION = re.compile(
    r"\b(?:only if|as long as|so long as|provided|providing|unless|assuming|on condition|depending)\b",
)
_RISKY_QUESTION = re.compile(
    r"\b(?:much|cost|costs|price|fee|fees|charge|charged|charges|free|first|before|sure|really|which|wait|exactly|"
    r"total)\b",
)
_NEGATION = re.compile(
    r"(?:^(?:and |but |so |please |also |just |only )*(?:dont|do not|not|never|stop|wait|hold on|no(?! longer))\b)"
    r"|\bi (?:dont|do not) want (?:you )?to\b|\bi (?:said|say|meant?) no\b|\b(?:changed my mind|not sure|wont|"
    r"rather not)\b"
)
_ACTION = re.compile(
    r"^(?:so |then |and |please |kindly |just |you can |you may |can you |could you |yes )*(?:go ahead|proceed|do "
    r"it|i confirm|confirmed|please do)\b",
)
# "Visa is fine then, yes": the yes at the end agrees, and what is before it still has to be read
_SETTLED = re.compile(
    r"(?!(?:what|which|how|who|when|where|why|if|whether|not|no|is|are|does|do|can)\b)(?:[a-z]+ ){1,4}"
    r"(?:is|are|will be|would be|s) (?:fine|ok|okay|good|great|alright|all right|perfect)"
    r"(?: (?:then|too|instead|as well|(?:with|by|for) me))*"
)


def read_answer(text: str, *, verbs: Collection[str] = ()) -> Answer:
    """The answer in `text` to a question whether to go on.

    `verbs` are those of the deed that was asked about, such as "cancel": then "cancel it" is a yes and stops nothing.
    A question, a condition and mockery are no yes.
    """
    seen: list[str] = []
    rest_from: int | None = None
    risk = negated = but = asked = False
    yes_asked = settled = False
    text = _YES_OR_NO.sub(lambda found: " " * len(found[0]), text)
    for clause in clauses(said.EXCLAIMED.sub(lambda found: " " * len(found[0]), text)):
        left = rest_from is not None
        kinds, read = _peel(clause, verbs)
        closes = settled and kinds == ["yes"] and read == len(clause.words) and not clause.asks
        if left and not closes and not _counts(clause, kinds, seen):
            kinds, read = [], 0
        seen += kinds
        tail = " ".join(clause.words[read:])
        if not tail:
            yes_asked = yes_asked or (clause.asks and not _asks_politely(clause))
            continue
        settled = bool(_SETTLED.fullmatch(tail)) and not clause.asks
        if rest_from is None:
            rest_from = clause.starts[read]
        but = but or clause.words[read] in _BUT
        polite = _WAITS.sub("how long", _POLITE_IF.sub(" ", tail))
        negated = negated or bool(_NEGATION.search(polite))
        if _HARD_CONDITION.search(polite) or (_CONDITION.search(polite) and (not clause.opens or read)):
            risk = True
        if clause.asks:
            asked = True
            risk = risk or but or bool(_RISKY_QUESTION.search(tail))
    rest = _tidy(text[rest_from:]) if rest_from is not None else ""
    return _judge(seen, rest, but=but, risk=risk or yes_asked, negated=negated, asked=asked)


def _peel(clause: Clause, verbs: Collection[str]) -> tuple[list[str], int]:
    """The kinds of the phrases that the clause begins with, and how many of its words they take."""
    kinds: list[str] = []
    read = 0
    deed = deed_of(verbs)
    while read < len(clause.words):
        ahead = " ".join(clause.words[read:])
        matches = {kind: end for kind, phrases in _KINDS.items() if (end := said.longest(phrases, ahead))}
        found = deed.match(ahead) if deed else None
        if found and found.end() >= max(matches.values(), default=0) and not of_something_else(found[0], ahead, verbs):
            matches = {"yes": found.end()}
        if not matches:
            break
        kind = max(matches, key=lambda name: matches[name])
        size = len(ahead[: matches[kind]].split())
        goes_on = read + size < len(clause.words)
        if kind in ("filler", "cancel") and goes_on and not _followed(clause, read + size, deed):
            break
        kinds.append(kind)
        read += size
    return kinds, read


def _followed(clause: Clause, read: int, deed: re.Pattern[str] | None) -> bool:
    """Whether a phrase follows that says something; otherwise these words belong to what follows: cancel order 7."""
    ahead = " ".join(clause.words[read:])
    return any(said.longest(phrases, ahead) for phrases in _KINDS.values()) or bool(deed and deed.match(ahead))


def _counts(clause: Clause, kinds: list[str], seen: list[str]) -> bool:
    """Whether phrases after other words are still an answer: a deed named, a no, or a yes that begins a sentence."""
    if _NO & set(kinds) or "irony" in kinds:
        return clause.opens or bool({"yes", "weak"} & set(seen))
    return "yes" in kinds and (clause.opens or bool(_ACTION.match(" ".join(clause.words))))


def _asks_politely(clause: Clause) -> bool:
    return bool(re.match(r"(?:(?:so|then|please) )*(?:can|could|would|will|why) ", " ".join(clause.words) + " "))


def _judge(seen: list[str], rest: str, *, but: bool, risk: bool, negated: bool, asked: bool) -> Answer:
    kinds = [kind for kind in seen if kind != "filler"]
    agreed, refused = "yes" in kinds or "weak" in kinds, bool(_NO & set(kinds))
    unsure = Answer(AnswerKind.UNSURE, rest, but)
    if "irony" in kinds:
        return unsure
    if refused:
        first_no = next(place for place, kind in enumerate(kinds) if kind in _NO)
        if "yes" in kinds[first_no:] or (agreed and not {"no", "wait", "stop"} & set(kinds)):
            return unsure
        waits = set(kinds) <= {"wait", "weak", "no"} and "wait" in kinds and not rest
        return Answer(AnswerKind.NO, rest, stops=bool({"stop", "cancel"} & set(kinds)), waits=waits)
    # "Yes, I think so", and not "I think so, yes"
    if "unsure" in kinds or ("hedge" in kinds and kinds.count("yes") < 2 and kinds[0] != "yes"):
        return unsure
    if agreed:
        if risk or (negated and rest):
            refusal = re.search(r"\bi (?:said|say|meant?) no\b", rest.lower())
            return Answer(AnswerKind.NO, "") if refusal else unsure
        if "yes" not in kinds and rest:
            return unsure if not asked or but else Answer(AnswerKind.NONE, rest)
        return Answer(AnswerKind.YES, rest, but, weak="yes" not in kinds)
    if "done" in kinds and not rest:
        return Answer(AnswerKind.NO)
    return Answer(AnswerKind.NONE, rest)


def _tidy(rest: str) -> str:
    """Without the words that only join it to the answer."""
    words = rest.strip().lstrip(",;:-–—. ").split(" ")
    while len(words) > 1 and words[0].lower().strip(",") in _LEADS - {"also"}:
        words = words[1:]
    return " ".join(words).strip()
