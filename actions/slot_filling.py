"""The slots of a run filled from what the customer says, and has said before."""

import re
from dataclasses import dataclass, field

from actions.beside_answers import beside_answer
from actions.personal import Question
from actions.slots import Heard, Prompt, Slot
from actions.tasks import Run, Task

# "The gift card, and without the lamp": it answers one question and takes something else back
_BESIDES = re.compile(
    r"\b(?:without|actually|after all|leav(?:e|ing)|keep(?:ing)?|drop|skip|forget|only|just|changed my mind|remove|"
    r"except|but not|not the|also|as well|in addition|(?:and|please) add|add .* too|instead|rather|cheapest|"
    r"(?:i['’]?ll|let['’]?s|i will) (?:go (?:for|with)|take|have|do)|"
    r"too (?:much|dear|expensive)|a bit (?:rich|much|steep))\b",
    re.IGNORECASE,
)
# "No, I mean the order with the umbrella": what else is said is of that one
ORDER = "order"
_MEANS_ORDER = re.compile(
    r"\b(?:i (?:mean|meant)|i(?:['’]m| am) talking (?:about|of)|(?:not|no)\b[^.;!?]*[,.;!])[^.;!?]*"
    r"\b(?:order|purchase|the one with)\b|"
    # The answer to another question may stand beside it: "cancel the laptop one then, the red was a mistake"
    r"\bcancel\w* (?:the|my|that) [^.,;!?]{1,40}? (?:order|one|purchase)\b", re.IGNORECASE,
)
_THE_ONE = re.compile(r"\bthe [\w-]+ one\b", re.IGNORECASE)


@dataclass
class Filled:
    """`changed` are the names of slots that have another value now; `prompts` what must be asked about, by slot.

    `assumed` are slots whose value went without saying; `repeats` tells that a value that was known was said again,
    `answered` that the slot that was asked for is known now.
    """

    changed: set[str] = field(default_factory=set)
    prompts: dict[str, Prompt] = field(default_factory=dict)
    twins: list[Run] = field(default_factory=list)
    assumed: list[Slot] = field(default_factory=list)
    repeats: bool = False
    answered: bool = False


async def fill(question: Question, task: Task, run: Run, text: str, *, correcting: bool = False) -> Filled:
    """Every slot that `text` says something of. Raises SupportError where what it says cannot be.

    A slot that is known already changes if the text answers no other one, or if it is `correcting`. One that only now
    comes into play is looked for in all that was said before, too.
    """
    filled, asked = Filled(), run.asked
    besides = _BESIDES.search(text) is not None
    answers_asked, rest = False, ""
    if asked != ORDER and (_MEANS_ORDER.search(text) or (task.closes_order and _THE_ONE.search(text))):
        if await _order_corrected(question, task, run, text, filled):
            asked = None
        elif ORDER in filled.prompts:
            return filled
    for slot in sorted(task.slots, key=lambda slot: slot.name != asked):
        if slot.name == asked:
            answers_asked = await _fill_slot(question, task, run, slot, [text], filled, asked=True)
            filled.answered = answers_asked and run.knows(slot)
            # What was known and still is not all of it answers nothing: "sorry, I mean the other order"
            answers_asked = answers_asked and (filled.answered or slot.name in filled.changed)
            rest = await beside_answer(question, run, slot, text) if answers_asked else ""
    for slot in task.slots:
        if slot.name == asked and (answers_asked or slot.name in filled.prompts):
            continue
        if not in_play(task, run, slot) or not await slot.needed(question, run):
            continue
        if not run.knows(slot):
            earlier = [said for said in reversed(run.said) if said != text]
            if not await _fill_slot(question, task, run, slot, [text, *earlier], filled, asked=False):
                assumed = None if slot.name in filled.prompts else await slot.assume(question, run)
                if assumed is not None:
                    _set(task, run, slot, assumed, filled)
                    filled.assumed.append(slot)
        elif slot.name not in filled.changed and slot.correctable and (
            (besides and slot.after) or (asked not in filled.prompts and (correcting or not answers_asked))
        ):
            told = rest if answers_asked and rest else text
            await _fill_slot(question, task, run, slot, [told], filled, asked=False)
        elif rest and slot.after and slot.name not in filled.changed and asked not in filled.prompts:
            _take(task, run, slot, await slot.hear_beside(question, run, rest), filled)
    again = next((slot for slot in task.slots if slot.name == asked and answers_asked and not run.knows(slot)), None)
    if again is not None and filled.changed.intersection(again.after) and not filled.prompts and in_play(
        task, run, again
    ):
        # What it hung on has become another
        await _fill_slot(question, task, run, again, [text], filled, asked=True)
    return filled


async def _order_corrected(question: Question, task: Task, run: Run, text: str, filled: Filled) -> bool:
    """Whether the order has become another: what was asked about the first one is no question any more."""
    slot = next((slot for slot in task.slots if slot.name == ORDER and run.knows(slot)), None)
    if slot is None:
        return False
    await _fill_slot(question, task, run, slot, [text], filled, asked=False)
    return ORDER in filled.changed


async def next_missing(question: Question, task: Task, run: Run) -> Slot | None:
    """The first slot that has to be asked for."""
    for slot in task.slots:
        if not run.knows(slot) and await slot.needed(question, run):
            return slot
    return None


def in_play(task: Task, run: Run, slot: Slot) -> bool:
    """Whether all is known that the slot hangs on."""
    return all(run.knows(other) for other in task.slots if other.name in slot.after)


async def _fill_slot(
    question: Question, task: Task, run: Run, slot: Slot, texts: list[str], filled: Filled, *, asked: bool
) -> bool:
    for text in texts:
        heard = await slot.hear(question, run, text, asked=asked)
        if heard.value is not None or heard.prompt is not None:
            return _take(task, run, slot, heard, filled, asked=asked)
    return False


def _take(task: Task, run: Run, slot: Slot, heard: Heard, filled: Filled, *, asked: bool = False) -> bool:
    """Whether a value was heard; it is kept, and so is what must be asked about."""
    if heard.anew:
        run.forget([slot.name], task.slots)
    if heard.value is None:
        # A choice that holds what is known already is none: nothing was said against it
        if heard.prompt is not None and (asked or run.values.get(slot.name) not in heard.prompt.shown):
            filled.prompts[slot.name] = heard.prompt
        return False
    if heard.value != run.values.get(slot.name):
        _set(task, run, slot, heard.value, filled)
    else:
        filled.repeats = True
    if heard.prompt is not None and not slot.complete(heard.value):
        filled.prompts[slot.name] = heard.prompt  # it asks about what is left better than the slot's own does
    filled.twins += [
        Run(run.task, said=list(run.said), values={slot.name: value}, twin=True) for value in heard.others
    ]
    return True


def _set(task: Task, run: Run, slot: Slot, value: object, filled: Filled) -> None:
    if slot.name in run.values:
        run.forget([slot.name], task.slots)
        for other in task.slots:
            if slot.name in other.after:
                filled.prompts.pop(other.name, None)
    run.values[slot.name] = value
    filled.changed.add(slot.name)
