"""The course of a task where there are two ways: one of two wishes, or another wish where the first cannot be."""

import re
from abc import ABC

from actions.digressions import Said
from actions.in_place import rival, with_things_named
from actions.one_of_both import ONE_OF_BOTH, Both, as_kept, both_wanted, only_one, wanted_besides
from actions.otherwise import intent_of, why_not
from actions.registry import tasks
from actions.relevance import of_another_order
from actions.task_answers import Answers
from actions.task_steps import POLICY
from actions.tasks import Run, Task
from support.errors import SupportError
from support.grounding.keeping import leaves_otherwise

# "Forget the exchange, I'll send both back"
_ALL = re.compile(r"\b(?:both|all (?:of (?:it|them)|two|three)|everything)\b(?! or\b)", re.IGNORECASE)


class Alternatives(Answers, ABC):
    """Answers, and what is done instead."""

    async def ask_which(self, task: Task, run: Run, both: Both) -> None:
        """An exchange and a return were wished for, and only one of them can be: which, unless that was said."""
        run.hear(both.own)
        self.run, run.wish, run.rival, run.values["order"] = run, both.own, as_kept(task, both), both.order
        if not both.preferred:
            return self.ask(run, ONE_OF_BOTH, both.question)
        self.question.say(only_one(both.preferred))
        return await self.take_one(task, run, both.preferred, both.own if both.preferred == task.intent else both.other)

    async def take_one(self, task: Task, run: Run, intent: str, text: str) -> None:
        """The one of both that was chosen, with what the choice says besides: "then the return, to my Visa"."""
        rival, run.rival, run.asked = run.rival or {}, None, None
        if intent == task.intent:
            wish = run.said[-1]
            run.hear(text)
            await self.advance(task, run, wish)
        else:
            first, second = (text, rival["text"]) if _ALL.search(text) else (rival["text"], text)
            await self.begin(tasks()[intent], first, order=run.values["order"], earlier=second)

    async def gives_way(self, task: Task, run: Run, said: Said) -> bool:
        """Whether another task took the place of this one, for the same things unless it names others."""
        first, *rest = said.tasks
        if not said.instead and (both := await wanted_besides(self.question, task, run, first.intent, first.text)):
            self.agenda += [clause.as_request() for clause in rest]
            await self.ask_which(task, run, both)
            return True
        other = await rival(self.question, task, run, first.intent, first.text)
        if other is None:
            return False
        self.agenda += [clause.as_request() for clause in rest]
        if any(one.intent == task.intent and one.sure for one in said.mine):
            wanted = " ".join(one.text for one in said.mine)
            again = Run(task.intent, said=list(run.said), values={"order": run.values["order"]})
            if both := await both_wanted(self.question, task, again, wanted, [first.as_request()]):
                await self.ask_which(task, again, both)
                return True
        text = " ".join([*(one.text for one in said.mine if not leaves_otherwise(one.text)), first.text])
        text = await with_things_named(self.question, run, text)
        await self.begin(other, text, order=run.values["order"])
        return True

    async def refused(self, task: Task, run: Run, error: SupportError) -> None:
        """As for every task; but what is wanted in that case is begun instead."""
        then, run.otherwise = run.otherwise, None
        if then is None or ((refusal := await task.refused(self.question, run, error)) and refusal.turns):
            run.otherwise = then
            return await super().refused(task, run, error)
        self.question.say(await why_not(self.question, run, error))
        intent = intent_of(then)
        if intent is None:
            return self.hand_over(POLICY)
        text = f"{await with_things_named(self.question, run, then['text'])}{then.get('more', '')}"
        if "order" in run.values and not await of_another_order(self.question, run, text):
            text = f"{text} ({run.values['order']})"  # its things may be in another order as well
        return await self.begin(tasks()[intent], text, earlier=run.said[-1] if run.said else "")
