"""The course of a task over its turns: which step a message calls for."""

import re
from collections.abc import Sequence
from typing import Any

from actions import digressions, in_between
from actions.agreement import added, agreed_to, agrees_to_nothing, declines, same_for_another
from actions.asides import DEFAULT_STAYS, keeps_default, without_asides
from actions.changed_minds import called_off, for_other_orders, meant_instead, says_goodbye, says_over, starts_over
from actions.clauses import Clause, wish_in
from actions.course_agenda import of_the_choice, told_by_plan, with_method_beside
from actions.handoff import fetch_person
from actions.left_lines import AllLeft
from actions.named_methods import METHOD
from actions.one_of_both import ONE_OF_BOTH, both_wanted, keeps_own, only_one, picked
from actions.one_of_those import with_product_named
from actions.only_if import supposed
from actions.orders_kept import kept_orders, twins_of, wants_else, with_twins
from actions.otherwise import SWAPS, parted, taken_along, without
from actions.registry import look_ups, tasks
from actions.relevance import has_order, names_no_order
from actions.slot_filling import fill
from actions.task_alternatives import Alternatives
from actions.task_steps import CHANGE, PERSON, POLICY
from actions.task_words import dropped, stays_as_it_is
from actions.tasks import AGREED, Run, Task
from support.errors import SupportError
from support.grounding.goods_questions import asks_how_much
from support.grounding.stopping import not_at_all, wants_stop
from support.grounding.sum_questions import each_asked

# "That sounds right, but before that it should go to my work address"
_BEFORE = re.compile(r"\b(?:before (?:that|this|you (?:do|change))|first|hold on|wait)\b", re.IGNORECASE)
COURTESY = ("greet", "thank")


class Course(Alternatives):
    """One turn of tasks: `begin` one or `go_on` with it."""

    async def begin(
        self, task: Task, text: str, clauses: Sequence[Clause] = (), *, order: str | None = None, earlier: str = ""
    ) -> None:
        wish = supposed(task, wish_in(text, clauses))[0]
        text, only_if = supposed(task, text)
        text, otherwise = taken_along(task, text, self.agenda)
        task = tasks()[await task.meant(self.question, text)]
        if has_order(task):
            text = await with_product_named(self.question, text)
            self.agenda = [one for one in self.agenda if not told_by_plan(one)]
            if task.intent in SWAPS:
                text, self.agenda = with_method_beside(text, self.agenda)
        if task.intent == "change_default_address" and keeps_default(text):
            self.question.say(DEFAULT_STAYS)
            return await self.end(Run(task.intent))
        run = Run(task.intent, wish=parted(task, wish)[0], otherwise=otherwise, only_if=only_if)
        run.hear(earlier)
        if both := await both_wanted(self.question, task, run, text, self.agenda):
            return await self.ask_which(task, run, both)
        run.hear(text)
        if order is not None and await names_no_order(self.question, task, run, text):
            run.values["order"] = order
        if any(one["intent"] in task.yields_to for one in self.agenda) and await self._yields_at_once(task, run, text):
            return None
        return await self.advance(task, run, text)

    async def _yields_at_once(self, task: Task, run: Run, text: str) -> bool:
        try:
            await fill(self.question, task, run, text)
        except SupportError:
            return False  # it is refused before anything else could wait for it
        return await self.yields(task, run)

    async def go_on(self, task: Task, run: Run, text: str, clauses: Sequence[Clause]) -> None:
        """The next message in a run: an answer, a correction, a question in between, something else altogether."""
        self.run = run
        said = without_asides(run, clauses, twins=bool(twins_of(run, self.suspended)))
        if said != list(clauses):
            if any(keeps_default(one.text) for one in clauses):
                self.question.say(DEFAULT_STAYS)
            if not said:
                return await self.ask_again(task, run, counts=False, shortly=True)
            text, clauses = " ".join(one.text for one in said), said
        if intent := digressions.calls_for_person(task, run, clauses):
            if run.asked == PERSON and intent == digressions.ASKED_FOR:
                self.hand_over(POLICY)  # "yes, a person please"
            else:
                fetch_person(self.question.dispatcher, intent)
        elif twins_of(run, self.suspended) and not wants_else(run, clauses) and (
            kept := await kept_orders(self.question, run, self.suspended, text)
        ):
            await self._leave_out(task, run, kept, clauses)
        elif text and (
            wants_stop(text, verbs=task.deeds) or (run.asked == AGREED and not_at_all(text))
            or await self._is_over(task, run, text)
        ):
            await self.drop(task)
        elif (left := await called_off(self.question, task, run, clauses)) is not None:
            self.agenda = [*await meant_instead(self.question, run, left), *self.agenda]
            await self.drop(task)
        elif (left := starts_over(task, clauses)) is not None:
            await self._begin_anew(task, left)
        elif (twin := await same_for_another(self.question, task, run, text)) is not None:
            self.suspended.insert(0, twin)
            if not await self.yields(task, run):
                await self.carry_out(task, run)
        elif (then := await agreed_to(self.question, task, run, clauses)) is not None:
            self.agenda = added(self.agenda, then)
            if not await self.yields(task, run):
                await self.carry_out(task, run)
        elif says_goodbye(clauses):
            await self.drop(task)
            self.question.dispatcher.utter_message(response="utter_say_goodbye")
        elif run.asked == ONE_OF_BOTH and run.rival and (intent := picked(run, text)):
            await self.take_one(task, run, intent, text)
        else:
            await self._take(task, run, text, clauses)
        return None

    async def _leave_out(self, task: Task, run: Run, kept: Sequence[str], clauses: Sequence[Clause]) -> None:
        """The orders of the numbers `kept` are left as they are; the others come next."""
        twins = [one for one in twins_of(run, self.suspended) if one.values["order"] in kept]
        self.suspended = [one for one in self.suspended if one not in twins]
        self.question.say(stays_as_it_is(kept, self.question.wording))
        await self._answer([one for one in clauses if one.sure and one.inquires and one.intent in look_ups()])
        if run.values.get("order") in kept:
            await self.end(run)
        else:
            await self.advance(task, run, "")

    async def _is_over(self, task: Task, run: Run, text: str) -> bool:
        return run.asked not in (AGREED, PERSON) and await says_over(self.question, task, run, text)

    async def _begin_anew(self, task: Task, left: Sequence[Clause]) -> None:
        """As if nothing had been said yet but what is `left` of the message."""
        wanted = [clause for clause in left if clause.sure and clause.asks and clause.intent in tasks()]
        if not left or not (wanted or any(clause.asks for clause in left)):
            await self.drop(task)
            return
        first = wanted[0] if wanted else None
        self.agenda += [clause.as_request() for clause in wanted[1:] if clause.intent != wanted[0].intent]
        waits = {one["text"] for one in self.agenda}
        text = " ".join(clause.text for clause in left if clause.text not in waits)
        await self.begin(tasks()[first.intent] if first else task, text)

    async def _take(self, task: Task, run: Run, text: str, clauses: Sequence[Clause]) -> None:
        if run.asked != METHOD:  # "the gift card if it's over $50" is about the money
            text, only_if = supposed(task, text)
            run.only_if = only_if or run.only_if
        rest, otherwise = parted(task, text)
        if otherwise is not None:
            text, clauses, run.otherwise = rest, without(clauses, text, rest), otherwise
        said = await digressions.part(self.question, task, run, text, clauses)
        later = [one for one in said.questions if said.own and of_the_choice(run, one)]
        await self._answer([one for one in said.questions if one not in later])
        if run.asked == PERSON and self.about_a_person(run, said):
            return
        if other := keeps_own(task, text, [clause.intent for clause in said.tasks]):
            self.question.say(only_one(task.intent))
            said.tasks = [clause for clause in said.tasks if clause.intent != other]
        if said.tasks and run.asked != PERSON and await self.gives_way(task, run, said):
            return
        before = run.asked not in (AGREED, PERSON, CHANGE) or _BEFORE.search(text)
        if before and run.asked != PERSON and await self.comes_first(task, run, said):
            return
        declined = bool(said.tasks) and declines(task, run, said.own)
        empty = agrees_to_nothing(task, run, said.own, said.questions, others=bool(said.tasks))
        if said.own and run.asked != PERSON and not declined and not empty:
            run.hear(said.own)
            answered = await self._take_in(task, run, said)
        else:
            answered = False
        if not answered:
            await self._answer(later)
        if self.run is not run:
            self.agenda += [clause.as_request() for clause in said.tasks]  # it came to its end
        elif said.tasks and not answered:
            if declined:
                self.question.say(dropped())
            await self._switch(task, run, said.tasks, instead=said.instead or declined)
        else:
            self.agenda += [clause.as_request() for clause in said.tasks]
            if not answered and (instead := await self._thought_better(task, run, said)):
                self.agenda += instead
                await self.drop(task)
            elif not answered:
                # The open question tells the prices and amounts, and what was said again
                polite = all(clause.sure and clause.intent in COURTESY for clause in clauses)
                off = not said.questions and not polite and not self.repeats and not asks_how_much(said.own)
                money = run.asked == AGREED and any(
                    asks_how_much(clause.text) and not each_asked(clause.text) for clause in said.questions
                )
                await self.ask_again(
                    task, run, counts=off, shortly=polite or (bool(said.questions) and not money)
                )

    async def _answer(self, questions: Sequence[Clause]) -> None:
        for clause in questions:
            self.spoken_of |= await in_between.answer(self.question, self.domain, clause)

    async def _take_in(self, task: Task, run: Run, said: digressions.Said) -> bool:
        """Whether it told anything that the run could use; the run has gone on then."""
        text = said.own
        if run.asked == ONE_OF_BOTH:
            return False
        if run.asked in (AGREED, CHANGE):
            return await self.take_answer(task, run, said)
        try:
            filled = await fill(self.question, task, run, text)
        except SupportError as error:
            if isinstance(error, AllLeft):
                self.agenda = [*await for_other_orders(self.question, run, said.mine), *self.agenda]
            await self.refused(task, run, error)
            return True
        self.suspended = with_twins(filled.twins, self.suspended)
        if filled.changed or filled.prompts or filled.answered:
            await self.advance(task, run, text, filled.prompts)
            return True
        return False

    async def _thought_better(self, task: Task, run: Run, said: digressions.Said) -> list[dict[str, Any]]:
        """What is wanted in place of the task where the words say so, however they were understood."""
        if run.asked == PERSON or not digressions.INSTEAD.search(said.own):
            return []
        own = {task.intent, *task.part_of_it}
        instead = await meant_instead(self.question, run, said.mine)
        return [one for one in instead if one["intent"] not in own]

    async def _switch(self, task: Task, run: Run, wanted: Sequence[Clause], *, instead: bool) -> None:
        """To the first of the tasks that were named; this one comes back after it, unless it was to be `instead`."""
        if not instead and run.asked != PERSON:
            self.suspended.insert(0, run)
        first, *rest = wanted
        self.agenda += [clause.as_request() for clause in rest]
        await self.begin(tasks()[first.intent], first.text)
