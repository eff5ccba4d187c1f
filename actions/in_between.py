"""Answers to what is asked in the middle of a task, as if it had been the whole message."""

import copy
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import registry
from actions.clauses import Clause
from actions.personal import Question
from actions.tasks import Run

SPOKEN_OF = frozenset({"order_number", "product", "variant"})


async def answer(question: Question, domain: dict[str, Any], clause: Clause) -> dict[str, Any]:
    """Answer a question in between; what was spoken of, as {slot: value}."""
    events = await answer_clause(question.dispatcher, question.tracker, domain, clause)
    spoken_of = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return {name: value for name, value in spoken_of.items() if name in SPOKEN_OF}


async def answer_now(question: Question, domain: dict[str, Any], clause: Clause, run: Run | None) -> None:
    """Answer it as the task stands now, not as it stood before the message; with no task under way if it has ended."""
    now = copy.copy(question.tracker)
    now.slots = {**now.slots, **(run.values if run else {}), "task": run.as_json() if run else None}
    await answer_clause(question.dispatcher, now, domain, clause)


async def answer_clause(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any], clause: Clause
) -> list[EventType]:
    """Answer it as if it had been the whole message."""
    if clause.intent in registry.SAID:
        dispatcher.utter_message(response=registry.SAID[clause.intent])
        return []
    action = registry.look_ups()[clause.intent]
    events: list[EventType] = await action.run(dispatcher, _tracker_for(tracker, clause), domain)
    return events


def _tracker_for(tracker: Tracker, clause: Clause) -> Tracker:
    """The tracker as if the clause had been the whole message."""
    one = copy.copy(tracker)
    message = tracker.latest_message
    entities = [entity for entity in message.get("entities") or [] if str(entity.get("value")) in clause.text]
    one.latest_message = {
        **message, "text": clause.text, "intent": {"name": clause.intent, "confidence": clause.confidence},
        "entities": entities or (message.get("entities") or [] if clause.text.startswith("/") else []),
        "faq": clause.faq or message.get("faq"),
    }
    return one
