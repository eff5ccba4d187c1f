"""The one form for all tasks: a turn of it, from the slots that Rasa keeps to the slots that it shall keep."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import step_up, step_up_turns
from actions.clauses import clauses_of
from actions.handoff import not_understood
from actions.meant_before import MEANS_ANOTHER, wanted_before
from actions.personal import knows_enough, question_of
from actions.registry import kept_run, look_ups, tasks
from actions.step_up import StepUp
from actions.sums import sum_told
from actions.supposed_cancellations import asks_if_cancelled, told_if_cancelled
from actions.task_course import Course
from actions.tasks import Run
from actions.typed import typed
from actions.wished_unawares import SWAP, UNAWARES
from support.grounding.goods_questions import asks_how_much
from support.grounding.order_questions import asks_where_it_goes

NAME = "task_form"
ASKED_OF = ("change_order_address", "change_default_address")  # "does it still go to Cork?" is taken for them
TASK, SUSPENDED, AGENDA = "task", "suspended", "agenda"


class TaskForm(Action):  # type: ignore[misc]  # rasa_sdk is untyped
    """Overrides Rasa's own form of this name (docs/decisions/0013): one call a turn, whatever the task."""

    def name(self) -> str:
        return NAME

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        kept, waits = tracker.slots.get(TASK), StepUp.of(tracker)
        active = (tracker.active_loop or {}).get("name") == NAME
        if active and kept is None and waits is not None:
            return await self._known(dispatcher, await step_up_turns.go_on(dispatcher, tracker, domain, waits), domain)
        run = kept_run(kept, tracker.slots) if active and kept is not None else None
        intent, earlier = str((tracker.latest_message.get("intent") or {}).get("name", "")), ""
        if run is None and active and intent in UNAWARES:
            intent = SWAP  # the action that begins it has seen to that it is one
        if run is None and intent == MEANS_ANOTHER:
            intent, earlier = wanted_before(tracker)
            if not intent:
                return [*_ended(tracker), *await not_understood(dispatcher, tracker)]
            if action := look_ups().get(intent):
                return [*_ended(tracker), *await action.run(dispatcher, tracker, domain)]
        task = tasks().get(run.task if run else intent)
        if task is None:
            return _ended(tracker)
        if not knows_enough(tracker, task.needs):
            said = " ".join([*run.said, typed(tracker)]) if run else ""
            heard = await step_up.begin(
                dispatcher, tracker, intent=task.intent, purpose=f"To {task.wanted}", needs=task.needs, text=said
            )
            return [*_ended(tracker), *await self._known(dispatcher, heard, domain)]
        if run is None and task.intent in ASKED_OF and asks_where_it_goes(typed(tracker)) and _only_asks(tracker):
            return [*_ended(tracker), *await look_ups()["show_order"].run(dispatcher, tracker, domain)]
        async with question_of(dispatcher, tracker) as question:
            behind = list(tracker.slots.get(AGENDA) or [])
            whole = " ".join([typed(tracker), *(str(one["text"]) for one in behind)])
            if run is None and asks_if_cancelled(whole) and (told := await told_if_cancelled(question, whole)):
                question.say(told)
                left = [one for one in behind if not asks_how_much(str(one["text"]))]
                return [*_ended(tracker), *_changed(tracker, {AGENDA: left or None})]
            if run is None and _only_asks(tracker) and (told := await sum_told(question, typed(tracker))):
                question.say(told)
                return _ended(tracker)
            course = Course(
                question, domain, suspended=[Run.from_json(one) for one in tracker.slots.get(SUSPENDED) or []],
                agenda=list(tracker.slots.get(AGENDA) or []),
            )
            if run is None:
                await course.begin(task, typed(tracker), clauses_of(tracker), earlier=earlier)
            else:
                await course.go_on(task, run, typed(tracker), clauses_of(tracker))
        return _kept(tracker, course)

    async def _known(
        self, dispatcher: CollectingDispatcher, heard: step_up.Heard, domain: dict[str, Any]
    ) -> list[EventType]:
        """What waited until we knew who speaks goes on, if we do now."""
        if heard.tracker is None:
            return heard.events
        intent = heard.tracker.latest_message["intent"]["name"]
        action = self if intent in tasks() else look_ups()[intent]
        return [*step_up.OVER, *await action.run(dispatcher, heard.tracker, domain)]


def _only_asks(tracker: Tracker) -> bool:
    """Whether it asks and wishes nothing: "what was the difference on the exchange all in all?"."""
    wishes = any(clause.asks and not clause.inquires for clause in clauses_of(tracker))
    return typed(tracker).rstrip().endswith("?") and not wishes


def _kept(tracker: Tracker, course: Course) -> list[EventType]:
    """The events that make Rasa remember the course."""
    if course.run is None:
        return [*_ended(tracker), *_changed(tracker, {AGENDA: course.agenda or None} | course.spoken_of)]
    run = course.run
    wanted: dict[str, Any] = dict.fromkeys(_value_slots(), None) | run.values
    wanted |= {
        TASK: run.as_json(), "requested_slot": run.asked, AGENDA: course.agenda or None,
        SUSPENDED: [one.as_json(whole=True) for one in course.suspended] or None,
    } | course.spoken_of
    return [ActiveLoop(NAME), *_changed(tracker, wanted)]


def _ended(tracker: Tracker) -> list[EventType]:
    nothing: dict[str, Any] = dict.fromkeys([*_value_slots(), TASK, SUSPENDED, "requested_slot"], None)
    return [ActiveLoop(None), *_changed(tracker, nothing)]


def _value_slots() -> list[str]:
    return sorted({slot.name for task in tasks().values() for slot in task.slots})


def _changed(tracker: Tracker, wanted: dict[str, Any]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in wanted.items() if tracker.slots.get(name) != value]

