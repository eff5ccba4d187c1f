"""The course of a task over its turns: which step a message calls for."""

import re
from collections.abc import Sequence
from typing import Any

from actions import digressions, sums_beside
from actions.after_yes import added, same_for_another
from actions.agreement import agreed_to, agrees_to_nothing, declines
from actions.changed_minds import for_other_orders, meant_instead, says_goodbye
from actions.clauses import Clause, wish_in, with_topics_joined
from actions.course_agenda import of_the_choice, told_by_plan, with_method_beside
from actions.handoff import fetch_person
from actions.left_lines import AllLeft
from actions.named_methods import METHOD
from actions.one_of_both import ONE_OF_BOTH, both_wanted, keeps_own, only_one, picked
from actions.one_of_those import with_product_named
from actions.only_if import supposed
from actions.orders_kept import with_twins
from actions.otherwise import SWAPS, parted, taken_along, without
from actions.person_asked import ASKED_FOR, calls_for_person
from actions.registry import tasks
from actions.relevance import has_order, names_no_order, wants_else
from actions.slot_filling import fill
from actions.task_leaving import Leaving
from actions.task_steps import CHANGE, PERSON, POLICY
from actions.task_words import dropped
from actions.tasks import AGREED, Run, Task
from support.errors import SupportError
from support.grounding.goods_questions import asks_how_much
from support.grounding.sum_questions import each_asked

# "That sounds right, but before that it should go to my work address"
_BEFORE = re.compile(r"\b(?:before (?:that|this|you (?:do|change))|first|hold on|wait)\b", re.IGNORECASE)
COURTESY = ("greet", "thank")


class Course(Leaving):
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
            self.agenda = [
                one for one in self.agenda
                if not (task.tells_money and told_by_plan(one))
                and f"{one['intent']}/{one.get('question')}" not in task.part_of_it
            ]
            if task.intent in SWAPS:
                text, self.agenda = with_method_beside(text, self.agenda)
        if (instead := task.moot(text, others=wants_else(task, clauses))) is not None:
            if instead:
                self.question.say(instead)
            return await self.end(Run(task.intent))
        run = Run(task.intent, wish=parted(task, wish)[0], otherwise=otherwise, only_if=only_if)
        run.hear(earlier)
        coming = tasks()["exchange_items"] if task.intent in SWAPS else task  # of what has come, a swap is an exchange
        if both := await both_wanted(self.question, coming, run, text, self.agenda):
            run.task = coming.intent
            return await self.ask_which(coming, run, both)
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
        clauses = with_topics_joined(clauses)
        if (said := await self.answer_asides(task, run, clauses)) is None:
            return
        if said != list(clauses):
            text, clauses = " ".join(one.text for one in said), said
        person = calls_for_person(task, run, clauses)
        if person is None and await self.leaves(task, run, text, clauses):
            return
        if intent := person:
            if run.asked == PERSON and intent == ASKED_FOR:
                self.hand_over(POLICY)  # "yes, a person please"
            else:
                fetch_person(self.question.dispatcher, intent)
        elif (twin := await same_for_another(self.question, task, run, text)) is not None:
            self.suspended.insert(0, twin)
            if not await self.yields(task, run):
                await self.carry_out(task, run)
        elif (then := await agreed_to(self.question, task, run, clauses, self.agenda)) is not None:
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
            await sums_beside.tell(self.question, self.domain, self.run, self.sums)  # it led to no plan

    async def _take(self, task: Task, run: Run, text: str, clauses: Sequence[Clause]) -> None:
        if run.asked != METHOD:  # "the gift card if it's over $50" is about the money
            text, only_if = supposed(task, text)
            run.only_if = only_if or run.only_if
        if run.asked != ONE_OF_BOTH and (both := await both_wanted(self.question, task, run, text, [])):
            await self.ask_which(task, run, both)
            return
        rest, otherwise = parted(task, text)
        if otherwise is not None:
            text, clauses, run.otherwise = rest, without(clauses, text, rest), otherwise
        said = await digressions.part(self.question, task, run, text, clauses)
        later = [one for one in said.questions if said.own and of_the_choice(run, one)]
        self.sums = sums_beside.of_the_plan(task, run, said)
        await self.answer([one for one in said.questions if one not in (*later, *self.sums)])
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
            await self.answer(later)
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
