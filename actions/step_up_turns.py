"""A turn in which we wait to hear who speaks: an answer, a question in between, another request, or no more of it."""

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop
from rasa_sdk.executor import CollectingDispatcher

from actions import in_between, registry, step_up, step_up_words
from actions.caller import Caller
from actions.clauses import Clause, clauses_of
from actions.handoff import PERSON, fetch_person
from actions.step_up import OVER, Heard, StepUp
from actions.typed import typed
from actions.who_i_am import TellWhoIAm
from support.grounding.stopping import wants_stop
from support.models.conversations import Level


async def go_on(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any], waits: StepUp) -> Heard:
    """What comes of the latest message."""
    if waits.turn and waits.turn == step_up.turn_of(tracker):
        return Heard()  # the question was asked in this very turn, and Rasa calls the form right after it
    speaker, text = Caller.of(tracker).speaker, typed(tracker)
    if speaker.customer_id is not None and speaker.level.reaches(waits.level):
        return Heard(tracker=step_up.as_known(tracker, waits))  # signed in on the shop's page meanwhile
    clauses = clauses_of(tracker)
    said = {clause.intent for clause in clauses if clause.sure}
    if pressing := next((intent for intent in PERSON if intent in said), None):
        fetch_person(dispatcher, pressing)
        return Heard(OVER)
    if wants_stop(text):
        dispatcher.utter_message(text=step_up_words.LEFT, buttons=step_up_words.INSTEAD)
        return Heard(OVER)
    if other := _another_request(clauses, waits):
        return await _instead(dispatcher, tracker, other)
    asked = [clause for clause in clauses if clause.sure and clause.asks and _may_anybody_ask(clause)]
    for clause in asked:
        await in_between.answer_clause(dispatcher, tracker, domain, clause)
    if asked:
        return step_up.ask_again(dispatcher, tracker, waits)
    return await step_up.take(dispatcher, tracker, waits, text)


def _another_request(clauses: Sequence[Clause], waits: StepUp) -> Clause | None:
    """Something else that they want of their own records, which takes the place of what waits."""
    known = (registry.tasks().keys() | registry.look_ups().keys()) - {TellWhoIAm.intent}
    wanted = [
        clause for clause in clauses
        if clause.sure and clause.asks and clause.intent in known and not _may_anybody_ask(clause)
    ]
    return next((clause for clause in wanted if clause.intent != waits.intent), None)


def _may_anybody_ask(clause: Clause) -> bool:
    """Whether it is answered without knowing who asks."""
    action = registry.look_ups().get(clause.intent)
    return clause.intent in registry.SAID or bool(action and getattr(action, "needs", Level.VISITOR) is Level.VISITOR)


async def _instead(dispatcher: CollectingDispatcher, tracker: Tracker, other: Clause) -> Heard:
    task, action = registry.tasks().get(other.intent), registry.look_ups().get(other.intent)
    needs = task.needs if task else getattr(action, "needs", Level.VERIFIED)
    purpose = f"To {task.wanted}" if task else f"To show you {getattr(action, 'wanted', 'that')}"
    heard = await step_up.begin(
        dispatcher, tracker, intent=other.intent, purpose=purpose, needs=needs, text=other.text
    )
    return Heard([ActiveLoop(None), *heard.events], heard.tracker)
