"""What is only said beside a yes: a remark, the sum once more; and a yes at the end of a sentence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from babel.numbers import get_currency_precision

from actions import registry
from actions.clauses import MANNERS, Clause
from actions.personal import Question
from actions.relevance import of_another_order, tells
from actions.tasks import Run, Task
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.sum_questions import sums_up

# "That's under my fifty dollars, isn't it?" asks for nothing but a yes
_TAG = re.compile(
    r",?\s*(?:right|is(?:n['’]t)? (?:it|that)|are(?:n['’]t)? (?:they|those)|does(?:n['’]t)? it)\?\s*$", re.IGNORECASE
)
_TAKES_BACK = re.compile(r"\b(?:but|only|just|not|never|without|except)\b|n['’]t\b", re.IGNORECASE)
# "Oh, that's cheaper even, lovely." asks for nothing cheaper
_FINDS = re.compile(
    r"\W*(?:(?:oh|ah|so|well|wow|and|goodness)\W+)*(?:that|this|it|which)(?:['’]s| is| was| sounds|"
    r" looks)\b(?:\W+[\w'’]+){1,8}\W*$|\W*(?:(?:understood|ok|okay|good|fine|alright|right|"
    r"great)\W+)*(?:[\w'’-]+ ){1,4}it is\W*$|"
    r"\W*(?:(?:oh|ah|wow|nice|great|lovely|cool|super|good)\W+)+(?:[\w'’]+\W+){0,3}(?:even|actually|too)\W*$",
    re.IGNORECASE,
)
# "Oh lovely, so with the watch I even get money back!"
_MARVELS = re.compile(
    r"\W*(?:oh|wow|lovely|great|nice|yay|ah|perfect|wonderful|super|haha|hooray|brilliant)\b[^.;?!]*!\W*$",
    re.IGNORECASE,
)
WISHES = re.compile(
    r"\b(?:leave|keep|change|swap|make|want|need|like|drop|instead|rather|add|take|use|put|no|not|wrong)\b|n['’]t\b",
    re.IGNORECASE,
)
# "Ah, I understand, the Mastercard gets its money back"
_FOLLOWS = re.compile(
    r"\W*(?:(?:oh|ah|ok(?:ay)?|so|right|well|good|i see|i understand|understood|got it)\b\W*)+"
    r"(?:the|my)\s+[\w ]{2,30}?\s+"
    r"(?:gets?|will get|is getting|goes|comes)\b[^?]*\bback\b[^?]*", re.IGNORECASE,
)
_EXCLAIMS = re.compile(r"[\w'’]+(?:,? [\w'’]+){0,3}!+")  # "Wow, clever!"
# "PayPal is fine then, yes please"
_AT_THE_END = re.compile(r"(?P<said>.+?)[,;!–—-]+\s*(?P<yes>[^,;]+)", re.DOTALL)
_FIGURE = re.compile(r"(?<![\w#-])\d[\d,]*(?:\.\d+)?")
_BUT_YES = re.compile(r"^\W*(?:but|so|then)\s+(?=(?:yes|yep|yeah)\b)", re.IGNORECASE)
# "Yes, that's all from that one, return it please"
_THATS_ALL = re.compile(
    r",?\s*\bthat['’]?s (?:all|it|everything)(?: (?:from|of|in|for) (?:that|this|it)(?: (?:one|order))?)?,?",
    re.IGNORECASE,
)
# "So my card gets the money back and the gift card pays the $20.00 instead?"
_INSTEAD = re.compile(r"\binstead(?=\s*\?)", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:how much|what)\b[^.;!]*\bagain\b\W*$", re.IGNORECASE)


def agrees(task: Task, clause: Clause) -> bool:
    answer = read_answer(_THATS_ALL.sub(" ", _BUT_YES.sub("", clause.text)), verbs=task.deeds)
    return answer.kind is AnswerKind.YES and not answer.rest and not answer.corrects


def is_remark(clauses: Sequence[Clause]) -> bool:
    """Whether they are only said beside the yes that follows."""
    text = " ".join(clause.text for clause in clauses)
    said = _TAG.sub("", text)
    short = all(one.intent in MANNERS or _EXCLAIMS.fullmatch(one.text.strip()) or _finds(one) for one in clauses)
    return (said != text or short) and _TAKES_BACK.search(said) is None


def with_yes_apart(task: Task, clause: Clause) -> list[Clause]:
    """The clause; one that ends in a plain yes as two."""
    found = _AT_THE_END.fullmatch(clause.text.strip())
    if found is None or agrees(task, clause):
        return [clause]
    said, yes = (replace(clause, text=found[name].strip()) for name in ("said", "yes"))
    return [replace(said, asks=False), yes] if agrees(task, yes) else [clause]


async def says_nothing_new(question: Question, task: Task, run: Run, clauses: Sequence[Clause]) -> bool:
    """Whether they ask and wish for nothing that is not planned: "that's more than I figured. OK, you convinced me"."""
    for one in clauses:
        if repeats_sum(question, run, one.text):
            continue
        wants = one.sure and one.asks and one.intent in registry.tasks() and one.intent != task.intent
        if one.inquires or wants or WISHES.search(one.text) or _TAKES_BACK.search(one.text):
            return False
        if await of_another_order(question, run, one.text) or await tells(question, task, run, one.text):
            return False
    return True


def repeats_sum(question: Question, run: Run, text: str) -> bool:
    """Whether it asks to be sure of what the plan comes to, and of nothing else: "so it's only $1.10 in the end?"."""
    wishes = WISHES.search(_INSTEAD.sub("", text))
    if not isinstance(run.agreed, int) or not text.rstrip().endswith("?") or wishes:
        return False
    one = 10 ** get_currency_precision(question.business.shop.currency)
    said = [Decimal(figure.replace(",", "")) * one for figure in _FIGURE.findall(text)]
    return bool(said) and all(abs(amount - abs(run.agreed)) < one for amount in said)


def asks_again(text: str) -> bool:
    """Whether it asks for a figure that the plan has told, beside a yes that brings it once more: "how much again?"."""
    return _AGAIN.search(text) is not None and not WISHES.search(text)


def _finds(clause: Clause) -> bool:
    if sums_up(clause.text):
        return not WISHES.search(clause.text)
    if _FOLLOWS.fullmatch(clause.text):
        return not clause.inquires
    said = _FINDS.match(clause.text) or (_MARVELS.match(clause.text) and not WISHES.search(clause.text))
    return not (clause.asks or clause.inquires) and bool(said)
