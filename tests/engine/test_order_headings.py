"""What tells how a thing should be under the heading of an order is a wish for it."""

import numpy as np
import pytest
from engine.nlu.clauses import split, whole
from engine.nlu.heard import Heard
from engine.nlu.order_headings import lifted

INTENTS = ["change_order_items", "exchange_items", "show_product", "search_products", "return_items", "deny"]


def read(message, **meant):
    """The clauses of the message as those intents that `meant` names by words of them, the others as a no."""
    heard = []
    for part in split(message) or [whole(message)]:
        intent = next((intent for words, intent in meant.items() if words in part.text), "deny")
        row = np.array([0.6 if one == intent else 0.08 for one in INTENTS])
        heard.append(Heard(part, intent, 0.6, "", row))
    return [one for one in lifted(heard, INTENTS, "change_order_items", INTENTS[1:4]) if one.intent == INTENTS[0]]


@pytest.mark.parametrize("message", [
    "Thanks! Now the order with the luggage. I'd rather have softshell than hardshell.",
    "Fine, leave it. My other unsent order: softshell instead, otherwise the same.",
    "The other order that hasn't been sent: it should be softshell. And the mouse wireless.",
    "nxt the order with the lamp: i want a softshell case, cheapest u have",
    "I got two cases. The red one was a mistake. I want a softshell one, still red.",
])
def test_what_should_be_otherwise_there_is_wished(message):
    [one] = read(message, softshell="show_product")
    assert one.clause.asks
    assert int(np.argmax(one.confidences)) == 0


@pytest.mark.parametrize("message", [
    "The order with the luggage: how much is a softshell one?",
    "Do you have softshell cases? I want one.",
    "My order with the luggage. Another one, #W12345, should be softshell.",
    "I got two cases. I want a softshell one, too.",
])
def test_what_is_asked_or_stands_elsewhere_is_not(message):
    assert not read(message, softshell="show_product")


def test_another_deed_stays_what_it_is():
    assert not read("My order with the luggage: I want the softshell one back at your shop", softshell="return_items")
