"""The one rule for what is said in the middle of a task and is not about it: answered at once, and the task goes on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from actions import registry
from actions.clauses import LIKELY, MANNERS, Clause, as_typed, with_things_told
from actions.concerns import PAYS_OTHERWISE, PLACE, SENDS_ELSEWHERE, asks_of_elsewhere, concerns
from actions.meanings import GOODS, asks_to_reckon, read_anew
from actions.named_methods import METHOD
from actions.personal import Question
from actions.relevance import has_order, is_elsewhere, of_elsewhere, tells
from actions.said_along import of_what_is_changed
from actions.tasks import AGREED, Run, Task
from support.errors import SupportError
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.goods_questions import asks_about_goods, asks_of_goods
from support.grounding.sum_questions import sums_up

FAQ = "faq"
VERY_SURE = 0.85
# A suggestion in the form of a question: "how about the black one?"
SUGGESTS = re.compile(r"^\W*(?:and\s+)?(?:how|what)\s+about\b|\binstead\s*\?$", re.IGNORECASE)
# "Please add it: the automatic one with 2L"
ADDS = re.compile(r"^\W*(?:(?:and|also|please|then|ok)\W+)*(?:add|include|throw in)\b", re.IGNORECASE)
CORRECTS = re.compile(r"\bmake (?:it|that|this|them|those)\b", re.IGNORECASE)
# "And the watch in black. That difference on my Visa"
_OF_THE_LAST = re.compile(
    r"\W*(?:and\s+)?(?:that|this|its|the)\s+(?:difference|money|refund|extra|surcharge)\b", re.IGNORECASE
)
_FIRST = re.compile(r"\bfirst\b", re.IGNORECASE)
_OTHER_DEED = {
    "return_items": re.compile(
        r"(?<!n['’]t )(?<!not )\b(?:return|(?:send|give|bring)\b[^.;!?]{0,30}\bback)\b", re.IGNORECASE
    ),
    "cancel_order": re.compile(r"(?<!n['’]t )(?<!not )\bcancel\b", re.IGNORECASE),
}
_GOODS_DEEDS = frozenset({"change_order_items", "exchange_items", "return_items", "cancel_order"})
_ANNOUNCED = re.compile(r"\b(?:then|instead|rather)\b|\b(?:i|we)['’]?ll\b", re.IGNORECASE)
_TAKES = re.compile(
    r"\W*(?:(?:ok(?:ay)?|then|well|so|hm+|oh|yes|and)\b\W*)*(?:(?:i(?:['’]ll| will)|let['’]?s|please)\s+"
    r"(?:take|have|go (?:for|with))\s+)?the\s+(?:cheap\w+|(?:more|less|most|least) expensive|pric\w+|dear\w+|"
    r"first|second|third|last)(?: one)?\b(?![^.;!]*\?)", re.IGNORECASE,
)
INSTEAD = re.compile(r"\b(instead|rather|never\s*mind|forget (?:it|that)|changed my mind)\b", re.IGNORECASE)


@dataclass
class Said:
    """A message taken apart: what is about the task, questions in between, and other tasks that are wanted.

    `mine` are the clauses of `own`. `instead` tells that the other task takes the place of this one.
    """

    own: str = ""
    mine: list[Clause] = field(default_factory=list)
    questions: list[Clause] = field(default_factory=list)
    tasks: list[Clause] = field(default_factory=list)
    instead: bool = False


async def part(question: Question, task: Task, run: Run, text: str, clauses: Sequence[Clause]) -> Said:
    """What of the message is about the task, and what is not."""
    said, own, goes_on = Said(), [], False
    clauses = [read_anew(run, clause) for clause in with_things_told(clauses)]
    for clause in clauses:
        further = _OF_THE_LAST.match(clause.text) or not (
            (clause.sure and clause.asks) or await _tells(question, task, run, clause.text)
        )
        if goes_on and further:
            said.tasks[-1] = replace(said.tasks[-1], text=f"{said.tasks[-1].text} {clause.text}")
            continue
        goes_on = False
        if await _is_own(question, task, run, clause):
            own.append(clause.text)
            said.mine.append(clause)
        elif clause.intent in registry.tasks():
            said.tasks.append(clause)
            goes_on = True
            said.instead = said.instead or bool(INSTEAD.search(text) and not _FIRST.search(text))
        else:
            said.questions.append(clause)
            if run.asked == AGREED and (yes := _yes_before(task, clause)):
                own.append(yes)
    idle = len(own) == len(said.mine) and all([await _says_nothing(question, task, run, one) for one in said.mine])
    if (said.tasks or said.questions) and idle:
        own, said.mine = [], []
    said.own = "" if text == "" else text if len(own) == len(clauses) else as_typed(text, own)
    return said


async def _is_own(question: Question, task: Task, run: Run, clause: Clause) -> bool:
    meaning = f"{clause.intent}/{clause.question}" if clause.question else clause.intent
    others = clause.intent in registry.tasks() or clause.intent in registry.look_ups() or clause.intent in registry.SAID
    if _is_another_deed(task, clause):
        return False
    sends = clause.intent == SENDS_ELSEWHERE and clause.intent in task.yields_to
    if sends and clause.confidence >= VERY_SURE and PLACE.search(clause.text):
        return False  # "before that, this order should be sent to my work address"
    tells_place = clause.intent == SENDS_ELSEWHERE != task.intent and PLACE.search(clause.text)
    if tells_place and clause.confidence >= VERY_SURE and await is_elsewhere(question, run, clause.text):
        return False  # "and the coffee maker order goes to my mother at ...", beside another order's plan
    if clause.intent == PAYS_OTHERWISE and "wishes" in run.values and of_what_is_changed(clause.text):
        return True  # "the first one. Put it on my gift card, else PayPal" is about the difference
    swaps = clause.intent in _GOODS_DEEDS and clause.confidence >= VERY_SURE and run.asked in (AGREED, METHOD)
    if swaps and clause.intent != task.intent and not clause.asks and await is_elsewhere(question, run, clause.text):
        return False  # "... cause I also wanna swap the speaker I got"
    if _TAKES.match(clause.text) and any(slot.name == run.asked for slot in task.slots):
        return True  # "the cheaper one, like I said" takes one of those that were shown
    if run.asked == AGREED and sums_up(clause.text):
        return True  # "so I get 8.85 back for both and pay nothing?"
    if not others or not clause.sure or not clause.asks:
        return True
    if asks_to_reckon(run, clause.text) or (clause.intent in GOODS and asks_about_goods(clause.text)):
        return False
    if clause.intent in GOODS and has_order(task) and not asks_of_goods(clause.text):
        return True  # "and the sunglasses, too" asks nothing of the catalogue
    if clause.intent in task.dropped_by and await tells(question, task, run, clause.text):
        return True  # "take the lamp out of the return"
    own = clause.intent == task.intent or await concerns(question, task, run, clause)
    if await _goes_elsewhere(question, task, run, clause, own=own):
        return False
    if own:
        return True
    if clause.intent in registry.tasks() and await is_elsewhere(question, run, clause.text):
        return False  # "I also received boots, I'd like to exchange those", of an order that is to come
    if {clause.intent, meaning} & task.part_of_it and not asks_of_elsewhere(run, clause):
        # "How long do refunds take?" names none of the methods that were asked for
        plainly = run.asked == METHOD and clause.question and clause.inquires
        return not plainly or await _tells(question, task, run, clause.text)
    if run.asked is not None and all(slot.name != run.asked for slot in task.slots):
        if CORRECTS.search(clause.text) and clause.confidence < VERY_SURE:
            return True
        said = read_answer(clause.text, verbs=task.deeds)
        if said.kind in (AnswerKind.YES, AnswerKind.NO) and not said.rest:
            return True  # "yes, cancel it", whatever it looks like by itself
    if clause.intent in GOODS and not clause.inquires and await tells(question, task, run, clause.text):
        return True  # "the cheapest one with 128GB, please"
    suggests = (SUGGESTS.search(clause.text) or ADDS.search(clause.text)) and _of_no_order(clause)
    if suggests and await tells(question, task, run, clause.text, only_known=True):
        return True  # "what about adding the lamp?" is no idea for the shop
    if clause.question and not clause.inquires:
        return True  # "put it on my card" asks nothing of the shop
    if clause.intent in _OTHER_DEED and _OTHER_DEED[clause.intent].search(clause.text):
        return False  # "I also have a rug I want to send back" chooses nothing of what was asked
    inquires = clause.inquires and not SUGGESTS.search(clause.text)
    if inquires or (clause.confidence >= VERY_SURE and not clause.inquires):
        return False
    return await _tells(question, task, run, clause.text)


async def _goes_elsewhere(question: Question, task: Task, run: Run, clause: Clause, *, own: bool) -> bool:
    """Whether, with the plan told, it is about another order: "which card was the espresso order paid with?"."""
    asks = clause.inquires and clause.intent in registry.look_ups() and clause.intent not in GOODS
    if run.asked not in (AGREED, METHOD) or not (clause.intent in registry.tasks() if own else asks):
        return False
    if own and await is_elsewhere(question, run, clause.text):
        return True
    return await of_elsewhere(question, task, run, clause.text)


async def _says_nothing(question: Question, task: Task, run: Run, clause: Clause) -> bool:
    """Whether it is of no use to the question that is open: "thanks", "ok" or "one moment" before another wish."""
    if read_answer(clause.text).waits:
        return True
    polite = clause.sure and not clause.asks and clause.intent in MANNERS
    asked = any(slot.name == run.asked for slot in task.slots)
    return polite and asked and not await _tells(question, task, run, clause.text)


def _is_another_deed(task: Task, clause: Clause) -> bool:
    """Whether it plainly says, though it asks for nothing, that something else be done: "then I'll send mine back"."""
    # The words themselves say so: "nothing for me. Then I send it back"
    told = clause.confidence >= LIKELY and clause.intent not in {task.intent, *task.dropped_by}
    return told and not clause.asks and clause.intent in _OTHER_DEED and (
        _OTHER_DEED[clause.intent].search(clause.text) is not None and _ANNOUNCED.search(clause.text) is not None
    )


async def _tells(question: Question, task: Task, run: Run, text: str) -> bool:
    """Whether the text says something of what is asked for."""
    for slot in task.slots:
        if slot.name == run.asked:
            try:
                return (await slot.hear(question, run, text, asked=True)).value is not None
            except SupportError:
                return True
    return False


def _yes_before(task: Task, clause: Clause) -> str:
    """The yes that a question comes after: "yes, and how long does it take?"; "" if there is none."""
    answer = read_answer(clause.text, verbs=task.deeds)
    place = clause.text.find(answer.rest) if answer.rest else 0
    return clause.text[:place] if answer.kind is AnswerKind.YES and not answer.corrects and place > 0 else ""


def _of_no_order(clause: Clause) -> bool:
    """Whether it was understood as a task that has nothing to do with orders."""
    task = registry.tasks().get(clause.intent)
    return task is not None and not has_order(task)
