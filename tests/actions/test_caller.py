"""Who speaks in a turn is what the desk says in its metadata, and nobody where that does not fit together."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.caller import Caller
from support.identity import Speaker
from support.models.conversations import Level


def caller(**metadata: Any) -> Caller:
    return Caller.of(Tracker.from_dict({
        "sender_id": "here", "slots": {"level": "signed_in", "customer_id": "ada"}, "events": [], "paused": False,
        "latest_message": {"text": "I am ada", "metadata": metadata}, "followup_action": None, "active_loop": {},
        "latest_action_name": "action_listen",
    }))


@pytest.mark.parametrize("level", [Level.SIGNED_IN, Level.VERIFIED])
def test_a_known_customer_speaks_for_themselves(level: Level) -> None:
    found = caller(level=str(level), customer_id="ada", order_id=None, conversation_id="there")
    assert found.speaker == Speaker(level, "ada", conversation_id="there")
    assert (found.customer_id, found.conversation_id) == ("ada", "there")


def test_an_order_holder_is_no_known_customer_and_speaks_for_one_order() -> None:
    found = caller(level="order_holder", customer_id="ada", order_id="an order")
    assert found.speaker == Speaker(Level.ORDER_HOLDER, "ada", "an order", conversation_id="here")
    assert found.customer_id is None


@pytest.mark.parametrize(
    "metadata",
    [
        {}, {"level": "visitor", "customer_id": "ada"}, {"level": "signed_in", "customer_id": None},
        {"level": "verified"}, {"level": "order_holder", "customer_id": "ada", "order_id": None},
        {"level": "order_holder", "order_id": "an order"}, {"level": "king", "customer_id": "ada"},
        {"customer_id": "ada", "order_id": "an order"},
    ],
)
def test_whatever_does_not_fit_together_is_a_visitor(metadata: dict[str, Any]) -> None:
    found = caller(**metadata)
    assert found.speaker == Speaker(Level.VISITOR, conversation_id="here")
    assert found.customer_id is None
