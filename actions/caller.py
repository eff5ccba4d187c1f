"""Who speaks in this turn, as the desk says; never as a slot or a text says."""

from dataclasses import dataclass
from typing import Any, Self

from rasa_sdk import Tracker

from support.identity import Speaker
from support.models.conversations import Level


@dataclass(frozen=True)
class Caller:
    """Somebody in a conversation; `speaker` is on whose word the use cases run."""

    conversation_id: str
    speaker: Speaker

    @property
    def customer_id(self) -> str | None:
        """The customer whom we know them to be; None for a visitor, and for one who only holds an order."""
        return self.speaker.customer_id if self.speaker.level.reaches(Level.VERIFIED) else None

    @classmethod
    def of(cls, tracker: Tracker) -> Self:
        """The caller in the metadata of the latest message; without any, a visitor."""
        said = tracker.latest_message.get("metadata") or {}
        conversation_id = said.get("conversation_id") or tracker.sender_id
        return cls(conversation_id, _speaker(said, conversation_id))


def _speaker(said: dict[str, Any], conversation_id: str) -> Speaker:
    level, customer_id, order_id = said.get("level"), said.get("customer_id"), said.get("order_id")
    # An order holder without the order, like a level without a customer, is nobody
    if level in (Level.SIGNED_IN, Level.VERIFIED) and customer_id:
        return Speaker(Level(level), customer_id, conversation_id=conversation_id)
    if level == Level.ORDER_HOLDER and customer_id and order_id:
        return Speaker(Level.ORDER_HOLDER, customer_id, order_id, conversation_id=conversation_id)
    return Speaker(Level.VISITOR, conversation_id=conversation_id)
