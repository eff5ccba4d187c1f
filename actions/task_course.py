"""The course of a task over its turns: which step a message calls for."""

import re
from collections.abc import Sequence

from actions import buttons, digressions
from actions.clauses import Clause, wish_in
from actions.handoff import fetch_person
from actions.personal import Question
from actions.registry import tasks
from actions.slot_filling import fill
from actions.task_steps import CHANGE, PERSON, POLICY, Steps
from actions.task_words import dropped, first_the_other, left_at_that, shall_a_person, what_else
from actions.tasks import AGREED, Run, Task
from support.errors import SupportError
from support.grounding.answer_reading import AnswerKind, read_answer, wants_stop
from support.grounding.goods_questions import asks_how_much

ASKED_FOR = "request_person"
COURTESY = ("greet", "thank")
_NO = re.compile(r"\W*(?:no|nope|nah)\b", re.IGNORECASE)


class Course(Steps):
    """One turn of tasks: `begin` one or `go_on` with it."""

    async def begin(self, task: Task, text: str, clauses: Sequence[Clause] = (), *, order: str | None = None) -> None:
        """A new run, with all that `text` says already; `clauses` are those of `text`, if it has several.

        `order` is the number of the order that it is about if the text names none.
        """
        task = tasks()[await task.meant(self.question, text)]
        run = Run(task.intent, wish=wish_in(text, clauses))
        run.hear(text)
        if order is not None and await _names_no_order(self.question, task, run, text):
            run.values["order"] = order
        await self.advance(task, run, text)

    async def go_on(self, task: Task, run: Run, text: str, clauses: Sequence[Clause]) -> None:
        """The next message in a run: an answer, a correction, a question in between, something else altogether."""
        self.run = run
        if intent := digressions.calls_for_person(task, run, clauses):
            if run.asked == PERSON and intent == ASKED_FOR:
                self.hand_over(POLICY)  # "yes, a person please"
            else:
                fetch_person(self.question.dispatcher, intent)
        elif text and wants_stop(text, verbs=task.deeds):
            await self.drop(task)
        else:
            await self._take(task, run, text, clauses)

    async def _take(self, task: Task, run: Run, text: str, clauses: Sequence[Clause]) -> None:
        said = await digressions.part(self.question, task, run, text, clauses)
        for clause in said.questions:
            self.spoken_of |= await digressions.answer(self.question, self.domain, clause)
        if run.asked == PERSON and self._about_a_person(run, said):
            return
        declined = bool(said.tasks) and _declines(task, run, said.own)
        if said.own and run.asked != PERSON and not declined:
            run.hear(said.own)
            answered = await self._take_in(task, run, said.own)
        else:
            answered = False
        if self.run is not run:
            self.agenda += [clause.as_request() for clause in said.tasks]  # it came to its end
        elif said.tasks and not answered:
            if declined:
                self.question.say(dropped(task))
            await self._switch(task, run, said.tasks, instead=said.instead or declined)
        else:
            self.agenda += [clause.as_request() for clause in said.tasks]
            if not answered:
                # The open question tells the prices and amounts, and what was said again
                polite = all(clause.sure and clause.intent in COURTESY for clause in clauses)
                off = not said.questions and not polite and not self.repeats and not asks_how_much(said.own)
                await self.ask_again(task, run, counts=off, shortly=polite or bool(said.questions))

    def _about_a_person(self, run: Run, said: digressions.Said) -> bool:
        """Whether the message was about a person coming; if not, another task is wanted and the refused one is over."""
        kind = read_answer(said.own).kind if said.own else AnswerKind.NONE
        if kind is AnswerKind.YES:
            self.hand_over(POLICY)
        elif said.tasks:
            return False
        elif kind is AnswerKind.NO or run.tries or _NO.match(said.own):
            self.question.say(left_at_that(), buttons.HELP)
            self.run = None
        elif said.questions:
            self.run = None
        else:
            run.tries += 1
            self.ask(run, PERSON, shall_a_person("Sorry, I didn't get that.", ()))
        return True

    async def _take_in(self, task: Task, run: Run, text: str) -> bool:
        """Whether the text told anything that the run could use; the run has gone on then."""
        if run.asked in (AGREED, CHANGE):
            return await self._take_answer(task, run, text)
        try:
            filled = await fill(self.question, task, run, text)
        except SupportError as error:
            await self.refused(task, run, error)
            return True
        self.suspended = [*filled.twins, *self.suspended]
        if filled.changed or filled.prompts or filled.answered:
            await self.advance(task, run, text, filled.prompts)
            return True
        return False

    async def _take_answer(self, task: Task, run: Run, text: str) -> bool:
        answer = read_answer(text, verbs=task.deeds)
        if answer.stops or (answer.kind is AnswerKind.NO and run.asked == CHANGE and not answer.rest):
            await self.drop(task)
            return True
        rest = answer.rest if answer.kind in (AnswerKind.YES, AnswerKind.NO) else text
        if rest:
            try:
                filled = await fill(self.question, task, run, rest, correcting=True)
            except SupportError as error:
                await self.refused(task, run, error)
                return True
            self.suspended = [*filled.twins, *self.suspended]
            self.repeats = filled.repeats
            if filled.changed or filled.prompts:
                await self.advance(task, run, rest, filled.prompts)
                return True
        if answer.kind is AnswerKind.YES and run.asked == AGREED and not answer.corrects:
            if not await self._yields(task, run):
                await self.carry_out(task, run)
            return True
        if answer.kind is AnswerKind.NO or answer.corrects:
            self.ask(run, CHANGE, what_else())
            return True
        return False

    async def _yields(self, task: Task, run: Run) -> bool:
        """Whether another task that waits has been begun first, for the same order unless it names its own."""
        waits = next((one for one in self.agenda if one["intent"] in task.yields_to), None)
        if waits is None:
            return False
        self.agenda.remove(waits)
        self.suspended.insert(0, run)
        self.question.say(first_the_other())
        await self.begin(tasks()[waits["intent"]], waits["text"], order=run.values["order"])
        return True

    async def _switch(self, task: Task, run: Run, wanted: Sequence[Clause], *, instead: bool) -> None:
        """To the first of the tasks that were named; this one comes back after it, unless it was to be `instead`."""
        if not instead and run.asked != PERSON:
            self.suspended.insert(0, run)
        first, *rest = wanted
        self.agenda += [clause.as_request() for clause in rest]
        await self.begin(tasks()[first.intent], first.text)


def _declines(task: Task, run: Run, text: str) -> bool:
    """Whether it is a no to what was proposed, and nothing more: then what else the message wants takes its place."""
    said = read_answer(text, verbs=task.deeds)
    return run.asked in (AGREED, CHANGE) and said.kind is AnswerKind.NO and not said.rest


async def _names_no_order(question: Question, task: Task, run: Run, text: str) -> bool:
    slots = [slot for slot in task.slots if slot.name == "order"]
    heard = [await slot.hear(question, run, text, asked=False) for slot in slots]
    return all(one.value is None and one.prompt is None for one in heard)
