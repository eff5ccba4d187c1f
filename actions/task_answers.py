"""The course of a task where a yes or no was asked for, or whether a person shall come: what an answer leads to."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from actions import buttons, digressions
from actions.agreement import hangs_on
from actions.changed_minds import meant_instead
from actions.clauses import Clause, with_what_follows
from actions.concerns import names_method
from actions.corrections import corrected
from actions.orders_kept import with_twins
from actions.registry import tasks
from actions.relevance import of_another_order
from actions.slot_filling import ORDER, fill
from actions.task_steps import CHANGE, PERSON, POLICY, Steps
from actions.task_words import first_the_other, left_at_that, shall_a_person, what_else
from actions.tasks import AGREED, Run, Task
from support.errors import SupportError
from support.grounding.address_sources import without_sources
from support.grounding.answer_reading import Answer, AnswerKind, read_answer
from support.grounding.stopping import refuses_deed
from support.grounding.ways_to_pay import ruled_out

_CONTRAST = re.compile(r"\W*(?:but|and|then|just)\b", re.IGNORECASE)
# "Yes, just the kettle", where that is the plan
_ONLY_THAT = re.compile(r"\W*(?:only|just)\b(?!\s+(?:if|when|after|once|on|by|with|not)\b)", re.IGNORECASE)
# "Yes, cancel it. No longer needed is right"
_IS_RIGHT = re.compile(r"\b(?:is|was|['’]s) (?:right|correct|true)\W*$", re.IGNORECASE)
# "Add to it: change the shelf, too" agrees to nothing, though nothing of it could be told
_MORE = re.compile(r"\b(?:add(?:ing)?|also|as well|too|plus|additionally|in addition|missing)\b", re.IGNORECASE)
# "Austin is the office, that's wrong. Send it to my home"
_WRONG = re.compile(
    r"\b(?:that|this|it)(?:['’]s| is| was)\s+(?:all\s+)?(?:wrong|incorrect|not (?:right|correct|what))\b", re.IGNORECASE
)
# "This order goes to my work. Only this one, not the one with the shoes"
_NOT_THAT = re.compile(r"\bnot (?:the|my|that) [^.,;!?]*", re.IGNORECASE)
_OF_LINES = frozenset({"lines", "wishes"})
_NO = re.compile(r"\W*(?:no|nope|nah)\b", re.IGNORECASE)


class Answers(Steps, ABC):
    """Steps and what answers make of them."""

    @abstractmethod
    async def begin(
        self, task: Task, text: str, clauses: Sequence[Clause] = (), *, order: str | None = None, earlier: str = ""
    ) -> None:
        """A new run, with all that `text` says already; `clauses` are those of `text`, if it has several.

        `order` is the number of the order that it is about if the text names none; `earlier` is a message from which
        it may take what `text` does not say.
        """

    def about_a_person(self, run: Run, said: digressions.Said) -> bool:
        """Whether the message was about a person coming; if not, another task is wanted and the refused one is over."""
        kind = read_answer(said.own).kind if said.own else AnswerKind.NONE
        if kind is AnswerKind.YES:
            self.hand_over(POLICY)
        elif said.tasks:
            return False
        elif again := [one for one in said.mine if _wants(one) and one.intent in tasks()]:
            self.agenda += [one.as_request() for one in with_what_follows(said.mine, again)]
            self.run = None
        elif besides := _wanted_besides(said.mine):
            self.agenda.append(besides)
            self.run = None
        elif kind is AnswerKind.NO or run.tries or _NO.match(said.own):
            self.question.say(left_at_that(), buttons.HELP)
            self.run = None
        elif said.questions:
            self.run = None
        else:
            run.tries += 1
            self.ask(run, PERSON, shall_a_person("Sorry, I didn't get that.", ()))
        return True

    async def take_answer(self, task: Task, run: Run, said: digressions.Said) -> bool:
        text, answer = said.own, read_answer(said.own, verbs=task.deeds)
        another = bool(answer.rest) and await of_another_order(self.question, run, answer.rest)
        no = answer.kind is AnswerKind.NO
        refuses = no and refuses_deed(answer.rest, verbs=task.deeds) and not another
        if (answer.stops and not another) or refuses or (no and run.asked == CHANGE and not answer.rest):
            await self._drop_for(task, await self._wanted_instead(run, said, answer))
            return True
        rest, same = answer.rest if answer.kind in (AnswerKind.YES, AnswerKind.NO) else text, False
        rest = text if len(ruled_out(text)) > len(ruled_out(rest)) else rest  # "no gift card. Visa or PayPal?"
        if rest:
            try:
                filled = await fill(self.question, task, run, rest, correcting=True)
            except SupportError as error:
                await self.refused(task, run, error)
                return True
            self.suspended = with_twins(filled.twins, self.suspended)
            self.repeats = filled.repeats
            if filled.changed or filled.prompts or await corrected(self.question, task, run, text):
                await self.advance(task, run, rest, filled.prompts)
                return True
            same = filled.repeats and (_ONLY_THAT.match(rest) or _IS_RIGHT.search(rest)) is not None
        doubts = any(one.inquires and hangs_on(one.text) for one in said.mine)
        adds = rest and not _OF_LINES.isdisjoint(run.values) and _MORE.search(self.question.text)
        half = answer.kind is AnswerKind.YES and bool(adds or _WRONG.search(self.question.text))
        agrees = answer.kind is AnswerKind.YES and (same or not answer.corrects) and not doubts and not half
        if agrees and run.asked == AGREED:
            if not await self.yields(task, run):
                await self.carry_out(task, run)
            return True
        if run.asked == AGREED and (half or (rest and await names_method(self.question, task, run, rest))):
            await self.propose(task, run)  # the plan tells why it can't go that way
            return True
        if answer.kind is AnswerKind.YES and run.asked == CHANGE and not said.tasks:
            await self.propose(task, run)  # "nothing, yes, change it": as it was planned
            return True
        if answer.kind is AnswerKind.NO or answer.corrects or run.asked == CHANGE:
            instead = await self._wanted_instead(run, said, answer)
            if instead or said.tasks:
                await self._drop_for(task, instead)
                return True
            if answer.kind is AnswerKind.NO and self.repeats:
                return False  # "no, it's 14 Birch Street" where that is what was proposed
            if answer.kind is AnswerKind.NO or answer.corrects:
                self.ask(run, CHANGE, what_else())
                return True
        return False

    async def _wanted_instead(self, run: Run, said: digressions.Said, answer: Answer) -> list[dict[str, Any]]:
        rest = answer.rest if answer.kind is AnswerKind.NO or answer.stops else said.own
        left = [one for one in said.mine if rest and (one.text in rest or rest in one.text)]
        return await meant_instead(self.question, run, left)

    async def _drop_for(self, task: Task, instead: Sequence[dict[str, Any]]) -> None:
        self.agenda = [*instead, *self.agenda]  # "swap it" is said of what was dropped
        await self.drop(task)

    async def end(self, run: Run) -> None:
        """As for every task; but what the one that waited yields to comes first."""
        back = self.suspended[0] if self.suspended else None
        waits = await self._comes_before(tasks()[back.task], back) if back is not None else None
        if back is None or waits is None:
            await super().end(run)
        else:
            await self._begin_for(back, waits)

    async def yields(self, task: Task, run: Run) -> bool:
        """Whether another task that waits has been begun first, for the same order unless it names its own."""
        waits = await self._comes_before(task, run)
        if waits is None:
            return False
        self.suspended.insert(0, run)
        self.question.say(first_the_other())
        await self._begin_for(run, waits)
        return True

    async def comes_first(self, task: Task, run: Run, said: digressions.Said) -> bool:
        """Whether the message wants, for the same order, what the task yields to: that is begun at once."""
        first = [clause for clause in said.tasks if clause.intent in task.yields_to]
        if not first or ORDER not in run.values:
            return False
        # "It should go to where the one with the lamp goes" is about this order
        if await of_another_order(self.question, run, without_sources(_NOT_THAT.sub("", first[0].text))):
            return False
        run.hear(said.own)
        self.agenda += [clause.as_request() for clause in said.tasks]
        return await self.yields(task, run)

    async def _comes_before(self, task: Task, run: Run) -> dict[str, Any] | None:
        waits = next((one for one in self.agenda if one["intent"] in task.yields_to), None)
        if waits is None or "order" not in run.values:
            return None
        if await of_another_order(self.question, run, without_sources(waits["text"])):
            return None
        self.agenda.remove(waits)
        return waits

    async def _begin_for(self, run: Run, waits: dict[str, Any]) -> None:
        await self.begin(tasks()[waits["intent"]], waits["text"], order=run.values["order"])


def _wants(clause: Clause) -> bool:
    """Whether it asks for something, or is surely meant to: "I have an order that should go home"."""
    return clause.sure and (clause.asks or clause.confidence >= digressions.VERY_SURE)


def _wanted_besides(clauses: Sequence[Clause]) -> dict[str, Any] | None:
    """What is wanted after a no, taken together: "no person. But my camera order, can it be the black one?"."""
    begins = next((place for place, one in enumerate(clauses) if place and _CONTRAST.match(one.text)), 0)
    after = clauses[begins:] if begins else ()
    wanted = [one for one in after if one.sure and one.intent in tasks()]
    if not wanted or not any(one.asks for one in after):
        return None
    return wanted[0].as_request() | {"text": " ".join(one.text for one in after)}
