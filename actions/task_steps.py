"""The steps of a task: ask, propose, carry out, refuse, drop, hand over, end; each said to the customer."""

from dataclasses import replace
from typing import Any

from actions import buttons, sums_beside
from actions.clauses import Clause
from actions.one_of_both import ONE_OF_BOTH, asked_once_more
from actions.only_if import check_supposed
from actions.orders_kept import twins_of, with_twins
from actions.personal import Question
from actions.plain_refusals import plainly
from actions.registry import tasks
from actions.slot_filling import fill, next_missing
from actions.slots import Prompt
from actions.surroundings import surroundings
from actions.task_endings import still_suspended, still_wanted
from actions.task_words import asked_again, back_to, dropped, shall_a_person, so_far, then_come, what_else
from actions.tasks import AGREED, Plan, Run, Task
from support.errors import SupportError
from support.refusals import AmountChanged

# Asked for: what is to be different; whether a person shall see to what we refused
CHANGE, PERSON = "change", "person"
POLICY = "policy"
TRIES = 3  # answers in a row that did not answer, then a person takes over


class Steps:
    """The state of one turn of tasks. Afterwards `run` is what goes on, None if nothing does.

    `suspended` are runs that wait, `agenda` requests to come, `spoken_of` slots of what was last spoken of.
    """

    def __init__(
        self, question: Question, domain: dict[str, Any], suspended: list[Run], agenda: list[dict[str, Any]]
    ) -> None:
        self.question, self.domain = question, domain
        self.run: Run | None = None
        self.suspended, self.agenda = suspended, agenda
        self.spoken_of: dict[str, Any] = {}
        self.repeats = False  # the message said what was known
        self.sums: list[Clause] = []  # asked of the plan that the message leads to

    async def advance(self, task: Task, run: Run, text: str, prompts: dict[str, Prompt] | None = None) -> None:
        """Ask for what is missing; with nothing missing, for a yes."""
        self.run, run.tries = run, 0
        told = ""
        try:
            if prompts is None:
                filled = await fill(self.question, task, run, text)
                self.suspended = with_twins(filled.twins, self.suspended)
                prompts = filled.prompts
                told = "".join([await slot.assumed(self.question, run) for slot in filled.assumed])
            await check_supposed(self.question, task, run)
            missing = await next_missing(self.question, task, run)
            if missing is None and not prompts:
                return await self.propose(task, run)
            await task.check(self.question, run)
            name = next((slot.name for slot in task.slots if slot.name in prompts or slot is missing), "")
            slot = next(slot for slot in task.slots if slot.name == name)
            prompt = prompts.get(name) or await slot.prompt(self.question, run)
        except SupportError as error:
            return await self.refused(task, run, error)
        self.ask(run, name, Prompt(told + prompt.text, prompt.buttons, prompt.shown))
        return None

    async def propose(self, task: Task, run: Run, before: str = "") -> None:
        plan = await task.plan(self.question, run)
        run.agreed = plan.agreed
        if plan.question is None:
            return await self.carry_out(task, run)
        await sums_beside.tell(self.question, self.domain, run, self.sums)
        self.sums = []
        # Who cancels three orders sees one after the other
        after = [one.values["order"] for one in twins_of(run, self.suspended)]
        self.ask(run, AGREED, _prompt(replace(plan, text=plan.text + then_come(after, self.question.wording)), before))
        return None

    def ask(self, run: Run, name: str, prompt: Prompt) -> None:
        run.asked, run.shown = name, list(prompt.shown)
        self.question.say(prompt.text, *prompt.buttons)

    async def ask_again(self, task: Task, run: Run, *, counts: bool, shortly: bool = False) -> None:
        """The open question once more; the third answer in a row that was none brings a person.

        `shortly` without what it lists, for the customer has just seen that.
        """
        run.tries += counts
        if run.tries >= TRIES:
            return self.hand_over("failed_tries")
        try:
            prompt = await self.open_prompt(task, run, shortly=shortly)
        except SupportError as error:
            return await self.refused(task, run, error)
        self.ask(run, run.asked or "", asked_again(prompt, run.tries if counts else 0, yes_or_no=run.asked == AGREED))
        return None

    async def open_prompt(self, task: Task, run: Run, *, shortly: bool) -> Prompt:
        if run.asked == CHANGE:
            return what_else()
        if run.asked == ONE_OF_BOTH:
            return asked_once_more(run)
        slot = next((slot for slot in task.slots if slot.name == run.asked), None)
        if slot is not None:
            prompt = await slot.prompt(self.question, run)
            return replace(prompt, text=prompt.text.split("\n")[0]) if shortly else prompt
        plan = await task.plan(self.question, run)
        return _prompt(replace(plan, text=so_far(task)) if shortly else plan)

    async def carry_out(self, task: Task, run: Run) -> None:
        said = self.question.tracker.latest_message.get("metadata") or {}
        key = f"{said.get('turn_id') or self.question.caller.conversation_id}:{task.intent}"
        try:
            async with surroundings().database.write() as session:
                outcome = await task.carry_out(self.question, run, session, key)
        except AmountChanged as error:
            return await self.propose(task, run, before=f"{error} ")
        except SupportError as error:
            return await self.refused(task, run, error)
        self.question.records.forget()
        if outcome.order:
            self.spoken_of["order_number"] = outcome.order
        if task.closes_order:
            self.suspended = [one for one in self.suspended if one.values.get("order") != outcome.order]
        self.suspended = still_suspended(task, run, self.suspended)
        self.agenda = await still_wanted(self.question, task, run, self.agenda)
        self.question.say(outcome.text, *outcome.buttons)
        if (then := outcome.then) and all(then.intent != waits["intent"] for waits in self.agenda):
            self.agenda.append({"text": then.text, "intent": then.intent, "confidence": 1.0, "question": ""})
        await self.end(run)
        return None

    async def refused(self, task: Task, run: Run, error: SupportError) -> None:
        refusal = await task.refused(self.question, run, error) or plainly(error)
        if order := run.values.get("order"):
            self.spoken_of["order_number"] = order
        if refusal.turns:
            other = Run(
                refusal.turns, said=run.said, wish=run.wish,
                values={name: value for name, value in run.values.items() if name == "order"},
                otherwise=run.otherwise, only_if=run.only_if,
            )
            return await self.advance(tasks()[other.task], other, run.said[-1] if run.said else "")
        if refusal.handoff:
            if refusal.text:
                self.question.say(refusal.text)
            return self.hand_over(refusal.handoff)
        if refusal.forget:
            run.forget(refusal.forget, task.slots)
            slot = next(slot for slot in task.slots if slot.name == refusal.forget[0])
            prompt = await slot.prompt(self.question, run)
            self.run = run
            return self.ask(run, slot.name, Prompt(f"{refusal.text} {prompt.text}", prompt.buttons, prompt.shown))
        if refusal.stays:
            self.run = run
            return self.ask(run, CHANGE, Prompt(refusal.text, refusal.buttons))
        waits = self.suspended or self.agenda or self.question.left
        if refusal.person and not waits:
            self.run = run
            return self.ask(run, PERSON, shall_a_person(refusal.text, refusal.buttons))
        offers = [*refusal.buttons, buttons.PERSON] if refusal.person else refusal.buttons
        self.question.say(refusal.text, *offers)
        return await self.end(run)

    async def drop(self, task: Task) -> None:
        assert self.run is not None
        self.question.say(dropped())
        if order := self.run.values.get("order"):
            self.spoken_of["order_number"] = order
        self.suspended = [one for one in self.suspended if not one.twin]
        self.agenda = [one for one in self.agenda if one["intent"] not in task.part_of_it - set(tasks())]
        await self.end(self.run)

    async def end(self, run: Run) -> None:
        """The run is over; the one that waited goes on where it stood."""
        self.run = None
        # Corrected to what its twin is about, it has done that too
        self.suspended = [
            one for one in self.suspended
            if not (one.twin and one.task == run.task and one.values.items() <= run.values.items())
        ]
        if not self.suspended:
            return
        back = self.suspended.pop(0)
        task = tasks()[back.task]
        if back.twin and back.task == run.task:
            names = {slot.name for slot in task.slots if not slot.after}
            back.values = {name: run.values[name] for name in names if name in run.values} | back.values
            # What was said is read for what it has not; its own value is settled
            await self.advance(task, back, "")
        else:
            self.question.say(back_to(task))
            await self.advance(task, back, "")

    def hand_over(self, reason: str) -> None:
        """A person takes over; all that is known of the run goes onto the handoff card."""
        self.question.dispatcher.utter_message(json_message={"handoff": {"reason": reason}})


def _prompt(plan: Plan, before: str = "") -> Prompt:
    offers = [buttons.said(plan.yes), buttons.said(plan.no)]
    return Prompt(f"{before}{plan.text}\n{plan.question}", offers)


