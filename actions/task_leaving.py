"""What ends a task before it is done, leaves one of several orders out, or begins anew."""

from abc import ABC
from collections.abc import Sequence

from actions import in_between
from actions.asides import DEFAULT_STAYS, keeps_default, without_asides
from actions.changed_minds import called_off, meant_instead, says_over, starts_over
from actions.clauses import Clause, as_typed
from actions.named_methods import METHOD
from actions.orders_kept import kept_orders, of_what_is_kept, twins_of
from actions.registry import look_ups, tasks
from actions.relevance import wants_else
from actions.task_alternatives import Alternatives
from actions.task_steps import PERSON
from actions.task_words import stays_as_it_is
from actions.tasks import AGREED, Run, Task
from support.grounding.keeping import kept_else
from support.grounding.method_reading import read_method
from support.grounding.stopping import not_at_all, wants_stop


class Leaving(Alternatives, ABC):
    """What a turn says against going on."""

    async def answer_asides(self, task: Task, run: Run, clauses: Sequence[Clause]) -> list[Clause] | None:
        """The clauses without what is only said beside an answer; None if that was all, and the plan is asked again."""
        said = await without_asides(self.question, run, clauses, self.suspended)
        if said != list(clauses) and any(keeps_default(one.text) for one in clauses):
            self.question.say(DEFAULT_STAYS)
        if clauses and not said:
            await self.ask_again(task, run, counts=False, shortly=True)
            return None
        return said

    async def leaves(self, task: Task, run: Run, text: str, clauses: Sequence[Clause]) -> bool:
        """Whether the message drops the task or an order of several, or begins anew; that has been done then."""
        others = [one for one in clauses if wants_else(task, [one])]
        own = as_typed(text, [one.text for one in clauses if one not in others]) if others else text
        several = own and twins_of(run, self.suspended)
        if several and (kept := await kept_orders(self.question, run, self.suspended, own)):
            await self._leave_out(task, run, kept, [one for one in clauses if one not in others])
            self.agenda += await of_what_is_kept(self.question, kept, others)
        elif text and (
            wants_stop(text, verbs=task.deeds) or (run.asked == AGREED and not_at_all(text))
            or await self._is_over(task, run, text) or await self._kept_for_its_way(run, text)
        ):
            await self.drop(task)
        elif (left := await called_off(self.question, task, run, clauses)) is not None:
            self.agenda = [*await meant_instead(self.question, run, left), *self.agenda]
            await self.drop(task)
        elif (left := starts_over(task, clauses)) is not None:
            await self._begin_anew(task, left)
        else:
            return False
        return True

    async def answer(self, questions: Sequence[Clause]) -> None:
        """Answer the questions, and remember what they speak of."""
        for clause in questions:
            self.spoken_of |= await in_between.answer(self.question, self.domain, clause)

    async def _leave_out(self, task: Task, run: Run, kept: Sequence[str], clauses: Sequence[Clause]) -> None:
        """The orders of the numbers `kept` are left as they are; the others come next."""
        twins = [one for one in twins_of(run, self.suspended) if one.values["order"] in kept]
        self.suspended = [one for one in self.suspended if one not in twins]
        self.question.say(stays_as_it_is(kept, self.question.wording))
        await self.answer([one for one in clauses if one.sure and one.inquires and one.intent in look_ups()])
        if run.values.get("order") in kept:
            await self.end(run)
        else:
            await self.advance(task, run, "")

    async def _is_over(self, task: Task, run: Run, text: str) -> bool:
        return run.asked not in (AGREED, PERSON) and await says_over(self.question, task, run, text)

    async def _kept_for_its_way(self, run: Run, text: str) -> bool:
        """Whether the money goes where it is not to: "no, if it can only go to PayPal I keep the phone"."""
        if run.asked != AGREED or METHOD not in run.values or not (condition := kept_else(text)):
            return False
        named = read_method(condition, await self.question.records.methods())
        return any(one.id == run.values[METHOD] for one in named.chosen)

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
