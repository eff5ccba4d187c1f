"""A conversation with the task form, turn by turn, the slots kept in between as Rasa keeps them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.task_form import NAME, TaskForm
from support.models.customers import Customer


@dataclass
class Talk:
    """What a customer says to the form, and hears; `form` is whether it is still at it."""

    customer: Customer
    level: str = "signed_in"
    contact: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    form: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    meant: dict[str, str] = field(default_factory=dict)

    async def say(
        self, text: str, intent: str = "nlu_fallback", *, confidence: float = 0.9,
        clauses: list[dict[str, Any]] | None = None, turn: str = "", faq: dict[str, Any] | None = None,
    ) -> str:
        """The answer's texts, one a line; `clauses` are as the engine tells them, one of the whole text by default."""
        message = {
            "text": text, "intent": {"name": intent, "confidence": confidence}, "entities": [], "faq": faq or {},
            "metadata": {
                "conversation_id": "here", "customer_id": self.customer.id, "order_id": None, "level": self.level,
                "turn_id": turn or str(uuid4()), "contact_id": self.contact,
            },
            "clauses": clauses or [
                {"text": text, "asks": intent != "nlu_fallback", "inquires": text.endswith("?"), "intent": intent,
                 "confidence": confidence, "faq": faq or {}},
            ],
        }
        tracker = Tracker.from_dict({
            "sender_id": "here", "slots": dict(self.slots), "latest_message": message, "paused": False,
            "events": [
                {"event": "user", "text": said, "parse_data": {"intent": {"name": self.meant.get(said, "")}}}
                for said in [*self.heard, text]
            ],
            "followup_action": None, "active_loop": {"name": NAME} if self.form else {},
            "latest_action_name": "action_listen",
        })
        dispatcher = CollectingDispatcher()
        for event in await TaskForm().run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            else:
                self.form = event["name"] is not None
        self.messages = dispatcher.messages
        self.heard.append(text)
        self.meant[text] = intent
        return "\n".join(one["text"] or "" for one in self.messages)

    @property
    def buttons(self) -> list[str]:
        return [button["title"] for one in self.messages for button in one.get("buttons") or []]

    @property
    def handoff(self) -> str | None:
        return next((one["custom"]["handoff"]["reason"] for one in self.messages if one.get("custom")), None)
