"""Said in the course of a task: that it is over, that it is not wanted after all, that it shall begin anew."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions import registry
from actions.clauses import Clause
from actions.left_lines import AllLeft
from actions.line_slots import lines_of
from actions.meanings import GOODS
from actions.orders_kept import kept_orders
from actions.personal import Question
from actions.relevance import is_elsewhere, of_another_order, order_heard, tells
from actions.tasks import AGREED, Run, Task
from support.errors import SupportError
from support.grounding.answer_reading import AnswerKind, read_answer
from support.grounding.known_lines import KnownLines
from support.grounding.leaving import left_alone
from support.grounding.stopping import keeps_all, refuses_deed
from support.grounding.words import split

SHORT = 12  # words: who says more wants more
_AFRESH = re.compile(
    r"\b(?:(?:start|begin)(?:ing)? (?:all )?(?:over|again|afresh|anew|from (?:scratch|the (?:beginning|start|top)))|"
    r"back to (?:the start|square one))\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:that['’]?s (?:all|it|everything)|that (?:is|was|will be) (?:all|it|everything)|"
    r"(?:i['’]?m|i am|we['’]?re|we are) (?:all )?(?:done|set|finished)|nothing (?:more|else)|no more changes|"
    r"(?:keep|keeping|leave|leaving) (?:(?:it|them|everything|things|all|that|this|(?:the|that|my|this) order) )?"
    r"(?:(?:as|like|the way) (?:it|they|that|things)|as is)|(?:dont|don['’]t|do not) (?:change|do) an\w+|"
    r"stop (?:this|it|that|here|now))\b",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(r"\w\W+that(?:['’]?s| is| was) (?:it|all|everything)\W*$", re.IGNORECASE)


def starts_over(task: Task, clauses: Sequence[Clause]) -> list[Clause] | None:
    """What is left of the message where it says that all shall begin anew; None if it does not."""
    left = [clause for clause in clauses if not _AFRESH.search(clause.text)]
    return [clause for clause in left if clause.intent not in task.dropped_by] if len(left) < len(clauses) else None


def says_goodbye(clauses: Sequence[Clause]) -> bool:
    """Whether the message ends with a goodbye, and asks and wants nothing before it."""
    return bool(clauses) and clauses[-1].intent == "say_goodbye" and clauses[-1].sure and not any(
        clause.inquires or (clause.asks and clause.intent in registry.tasks()) for clause in clauses
    )


async def says_over(question: Question, task: Task, run: Run, text: str) -> bool:
    """Whether somebody says that there is nothing more to it: "that's all, thanks", "keep it as it is".

    "The red one, that's it" answers what was asked.
    """
    if not _OVER.search(text) or text.rstrip().endswith("?") or len(text.split()) > SHORT:
        return False
    rest, asked = _OVER.sub(" ", text), next((slot for slot in task.slots if slot.name == run.asked), None)
    if _AT_THE_END.search(text) and await tells(question, task, run, rest, anew=False):
        return False
    if asked is None:
        return True
    try:
        return (await asked.hear(question, run, rest, asked=True)).value in (None, run.values.get(asked.name))
    except SupportError:
        return True


async def called_off(question: Question, task: Task, run: Run, clauses: Sequence[Clause]) -> list[Clause] | None:
    """What is left of the message without the clause that drops the task; None if none does.

    Before a return is asked for, "forget about that return" calls off nothing but the talk of it.
    """
    refused = [one for one in clauses if run.asked != AGREED and refuses_deed(one.text, verbs=task.deeds)]
    if task.denied_by is not None:
        # "No problem with the lamp, but the mug is broken" reports one
        none = [one for one in clauses if task.denied_by.search(one.text)]
        refused += [one for one in none if not await tells(question, task, run, task.denied_by.sub(" ", one.text))]
    refused = refused or _kept(task, run, clauses)
    if refused:
        return _asking([one for one in clauses if one not in refused])
    for place, clause in enumerate(clauses):
        if task.closes_order and await kept_orders(question, run, [], clause.text):
            if any([await of_another_order(question, run, one.text) for one in clauses[place + 1:]]):
                return None  # "no, keep that one! I meant HF-10432"
            return _asking(clauses[place + 1:])
        if clause.intent not in task.dropped_by or not clause.sure or clause.intent in task.part_of_it:
            continue
        if read_answer(clause.text, verbs=task.deeds).kind is AnswerKind.YES:
            continue  # "yes, go ahead with that return"
        if await of_another_order(question, run, clause.text) or await tells(question, task, run, clause.text):
            continue
        if await _leaves_another(question, run, clause.text):
            continue
        return _asking(clauses[place + 1:])
    return None


def _asking(clauses: Sequence[Clause]) -> list[Clause]:
    """Those that ask, each with what is said behind it: "just the shoes in red. I'd pay that with my gift card"."""
    found: list[Clause] = []
    for clause in clauses:
        if clause.asks:
            found.append(clause)
        elif found:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {clause.text}")
    return found


def _kept(task: Task, run: Run, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses that keep all that the task is about, unless a yes stands before them."""
    things = len(run.values.get("lines") or run.values.get("wishes") or ())
    if any(read_answer(one.text, verbs=task.deeds).kind is AnswerKind.YES for one in clauses):
        return []
    return [one for one in clauses if keeps_all(one.text, things=things)]


async def _leaves_another(question: Question, run: Run, text: str) -> bool:
    """Whether it is only said of another thing than those that were chosen: "don't return the hose"."""
    chosen = {one["line"] for one in run.values.get("lines") or []}
    left = {line.id for line in left_alone(text, await lines_of(question, run))} if chosen else set()
    return bool(left) and left.isdisjoint(chosen)


async def meant_instead(question: Question, run: Run, clauses: Sequence[Clause]) -> list[dict[str, Any]]:
    """Requests in place of what was dropped, as the slot `agenda` keeps them.

    What was not understood by its words may be told by the order: "can I just have the blue ones in it?" names one of
    its things and something that this comes in.
    """
    wanted = []
    for clause in clauses:
        if clause.likely and (clause.intent in registry.tasks() or clause.intent in registry.look_ups()):
            again = clause.intent == run.task and "order" not in run.values  # "no, it's not an idea"
            if not again and not await _is_of(question, run, clause):
                wanted.append(clause.as_request())
        elif "wishes" not in run.values and await _wishes(question, run, clause.text):
            wanted.append({**clause.as_request(), "intent": "change_order_items", "confidence": 1.0})
    return wanted


async def for_other_orders(question: Question, run: Run, clauses: Sequence[Clause]) -> list[dict[str, Any]]:
    """The requests among the clauses that name another order than the run's, or other things than it was about.

    "Leave #1 alone. In #2 the lamp ...", "keep the laptop. And the chair, can that be a red one?"
    """
    wanted = [one for one in clauses if one.sure and one.asks and one.intent in registry.tasks()]
    return [
        one.as_request() for one in wanted
        if await is_elsewhere(question, run, one.text) or await _names_others(question, run, one.text)
    ]


async def _names_others(question: Question, run: Run, text: str) -> bool:
    """Whether it names the kind of a thing in the order, and of none that was chosen."""
    lines = await lines_of(question, run) if "order" in run.values else ()
    chosen = {one["line"] for one in run.values.get("lines") or ()} | set(run.values.get("wishes") or ())
    known = KnownLines(lines)
    named = {place for word in split(text) if known.is_head(word.key) for place in known.owners(word.key)}
    return bool(named) and not any(lines[place].id in chosen for place in named)


async def _is_of(question: Question, run: Run, clause: Clause) -> bool:
    """Whether by its words it is what the run does, whatever it was taken for."""
    task = registry.tasks().get(clause.intent)
    return task is not None and clause.intent != run.task and await task.meant(question, clause.text) == run.task


async def as_wish(question: Question, clause: Clause) -> Clause:
    """The clause; where it sounds like a look at goods, asks nothing and wishes for other things, as that wish."""
    if clause.intent not in GOODS or clause.inquires:
        return clause
    run, task = Run("change_order_items"), registry.tasks()["change_order_items"]
    try:
        run.values["order"] = (await order_heard(question, task, run, clause.text)).value
    except SupportError:
        return clause
    wished = run.values["order"] is not None and await _wishes(question, run, clause.text)
    return replace(clause, intent=task.intent, confidence=1.0, asks=True) if wished else clause


async def _wishes(question: Question, run: Run, text: str) -> bool:
    if "order" not in run.values:
        return False
    instead = registry.tasks()["change_order_items"]
    slot = next(slot for slot in instead.slots if slot.name == "wishes")
    try:
        heard = await slot.hear(question, Run(instead.intent, values={"order": run.values["order"]}), text, asked=False)
    except AllLeft:
        return False
    except SupportError:
        return True  # it knows what is wished, and that it cannot be had
    return heard.value is not None and slot.complete(heard.value)
