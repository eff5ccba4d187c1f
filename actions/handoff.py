"""When the bot steps back: a person was asked for, or it has not understood too often in a row."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import buttons
from actions.buttons import Button
from actions.caller import Caller
from actions.own_sums import told_of_own
from actions.surroundings import surroundings
from actions.wished_unawares import swap_begun
from support import clock
from support.points import loyalty

# intent → why a person comes, and the response that is said before; the most pressing first, as in config.yml
PERSON = {
    "speak_of_self_harm": ("self_harm", "utter_not_alone"),
    "report_danger": ("safety", "utter_safety_first"),
    "report_fraud": ("fraud", "utter_stop_fraud"),
    "threaten_legal_action": ("legal", "utter_legal_matter"),
    "contact_as_press": ("press", "utter_press"),
    "express_frustration": ("upset", "utter_sorry"),
    "request_person": ("asked", None),
}
NOT_UNDERSTOOD = "nlu_fallback"
NEAR = 0.10  # confidence from which an article is worth offering
ARTICLES = 3


class RequestPerson(Action):  # type: ignore[misc]  # rasa_sdk is untyped
    """Asks the desk for a person; what the customer hears then is the desk's to say."""

    def name(self) -> str:
        return "action_request_person"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        intent = (tracker.latest_message.get("intent") or {}).get("name") or "request_person"
        reason, _ = PERSON.get(intent, PERSON["request_person"])
        _hand_over(dispatcher, reason)
        return []


class NotUnderstood(Action):  # type: ignore[misc]  # rasa_sdk is untyped
    """Says so and offers what may have been meant; the last time that the shop's rules allow, a person."""

    def name(self) -> str:
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if (own := await told_of_own(dispatcher, tracker)) is not None:
            return own  # "and both together?"
        if begun := await swap_begun(dispatcher, tracker):
            return begun
        events = await not_understood(dispatcher, tracker)
        intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
        # Where no story goes on with what was understood, Rasa would come here again and again
        return events if intent == NOT_UNDERSTOOD else [*events, FollowupAction("action_listen")]


def fetch_person(dispatcher: CollectingDispatcher, intent: str) -> None:
    """What the rules of data/handoff do for an intent of PERSON, where no rule applies: in the middle of a task."""
    reason, words = PERSON[intent]
    if words:
        dispatcher.utter_message(response=words)
    _hand_over(dispatcher, reason)


async def not_understood(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Own up, or ask for a person; the count of misunderstandings in a row to remember."""
    times, rules = _times_in_a_row(tracker), surroundings().business.escalation
    if times >= rules.misunderstandings:
        _hand_over(dispatcher, "not_understood")
        return [SlotSet("misunderstandings", 0.0)]
    if times >= rules.misunderstandings_with_priority and await _has_priority(tracker):
        _hand_over(dispatcher, "priority")
        return [SlotSet("misunderstandings", 0.0)]
    if near := _near(tracker):
        text = "Sorry, I'm not sure what you mean. Is it one of these?"
    else:
        text = "Sorry, I didn't understand that. Could you put it another way? Here is some of what I can do:"
    dispatcher.utter_message(text=text, buttons=[*(near or _examples()), buttons.PERSON])
    return [SlotSet("misunderstandings", float(times))]


def _hand_over(dispatcher: CollectingDispatcher, reason: str) -> None:
    dispatcher.utter_message(json_message={"handoff": {"reason": reason}})


async def _has_priority(tracker: Tracker) -> bool:
    """Whether the tier of who speaks is one that need not try twice."""
    customer_id, stands_on = Caller.of(tracker).customer_id, surroundings()
    if customer_id is None:
        return False
    async with stands_on.database.read() as session:
        found = await loyalty.standing(session, customer_id, clock.now(), business=stands_on.business)
    return found.tier.priority


def _examples() -> list[Button]:
    return [buttons.ORDERS, buttons.POINTS, buttons.HELP]


def _near(tracker: Tracker) -> list[Button]:
    """The articles that come closest. A title is a payload without a slash: the bot reads it as typed."""
    closest = (tracker.latest_message.get("faq") or {}).get("closest", [])
    titles = [article["title"] for article in closest if article["confidence"] >= NEAR]
    return [{"title": title, "payload": title} for title in titles[:ARTICLES]]


def _times_in_a_row(tracker: Tracker) -> int:
    """This one and those right before it; anything understood in between starts the count again."""
    spoken = (event for event in reversed(tracker.events) if event.get("event") == "user")
    next(spoken, None)
    previous = next(spoken, None)
    intent = ((previous or {}).get("parse_data") or {}).get("intent") or {}
    if intent.get("name") != NOT_UNDERSTOOD:
        return 1
    return int(tracker.slots.get("misunderstandings") or 0) + 1
