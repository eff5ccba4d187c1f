"""Who speaks in this turn, as the desk says; never as a slot or a text says."""

from dataclasses import dataclass
from typing import Self

from rasa_sdk import Tracker


@dataclass(frozen=True)
class Caller:
    """`customer_id` is None for a visitor."""

    conversation_id: str
    customer_id: str | None

    @classmethod
    def of(cls, tracker: Tracker) -> Self:
        """The caller in the metadata of the latest message; without any, a visitor."""
        said = tracker.latest_message.get("metadata") or {}
        signed_in = said.get("level") == "signed_in"
        return cls(
            conversation_id=said.get("conversation_id") or tracker.sender_id,
            customer_id=said.get("customer_id") if signed_in else None,
        )
