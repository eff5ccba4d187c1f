"""What the customer typed; the payload of a button says nothing in words."""

from rasa_sdk import Tracker


def typed(tracker: Tracker) -> str:
    """The message of this turn; "" for a payload."""
    return _words(tracker.latest_message.get("text"))


def said(tracker: Tracker) -> list[str]:
    """All messages of the conversation, oldest first; "" stands for a payload."""
    return [_words(event.get("text")) for event in tracker.events if event.get("event") == "user"]


def _words(text: object) -> str:
    words = str(text or "")
    return "" if words.startswith("/") else words
