"""Asking an action as Rasa does: a call with a tracker in, texts, buttons and slots out."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from support.models.customers import Customer


@dataclass
class Answer:
    messages: list[dict[str, Any]]
    slots: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None  # the form that it begins
    followup: str | None = None  # the action that comes next, whatever the policies say

    @property
    def text(self) -> str:
        (message,) = self.messages
        return str(message["text"])

    @property
    def buttons(self) -> dict[str, str]:
        return {button["title"]: button["payload"] for message in self.messages for button in message["buttons"]}

    @property
    def handoff(self) -> str | None:
        return next((one["custom"]["handoff"]["reason"] for one in self.messages if one["custom"]), None)


async def ask(
    action: Action, customer: Customer | None = None, *, text: str = "", intent: str = "",
    slots: dict[str, Any] | None = None, faq: dict[str, Any] | None = None, spoken: tuple[str, ...] = (),
    level: str | None = None, order_id: str | None = None, contact: str | None = None, turn: str | None = None,
    left: int = 0, said: tuple[str, ...] = (), **entities: str,
) -> Answer:
    """`said` are the messages before, `spoken` are the intents of the messages so far, this one's last; `left` how many requests of it wait, `entities` its
    own."""
    message: dict[str, Any] = {
        "text": text, "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        "metadata": {
            "conversation_id": "here", "customer_id": customer.id if customer else None,
            "order_id": order_id, "level": level or ("signed_in" if customer else "visitor"), "contact_id": contact,
            "turn_id": turn, "left": left,
        },
    }
    if faq is not None:
        message["faq"] = faq
    events = [{"event": "user", "parse_data": {"intent": {"name": name}}} for name in spoken]
    events += [{"event": "user", "text": one, "parse_data": {"intent": {"name": ""}}} for one in (*said, *([text] if said else []))]
    tracker = Tracker.from_dict({
        "sender_id": "here", "slots": slots or {}, "latest_message": message, "events": events, "paused": False,
        "followup_action": None, "active_loop": {}, "latest_action_name": "action_listen",
    })
    dispatcher = CollectingDispatcher()
    changed = await action.run(dispatcher, tracker, {})
    slots_set = {event["name"]: event["value"] for event in changed if event["event"] == "slot"}
    loop = next((event["name"] for event in changed if event["event"] == "active_loop"), None)
    followup = next((event["name"] for event in changed if event["event"] == "followup"), None)
    return Answer(dispatcher.messages, slots_set, loop, followup)
