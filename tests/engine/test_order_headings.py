"""What tells how a thing should be under the heading of an order is a wish for it."""

import numpy as np
import pytest
from engine.nlu.clauses import split, whole
from engine.nlu.heard import Heard
from engine.nlu.order_headings import lifted

INTENTS = ["change_order_items", "exchange_items", "show_product", "search_products", "return_items", "deny", "suggest_idea"]


def read(message, *, sure=0.6, **meant):
    """What is lifted of the message; its clauses are as `meant` says by words of them, the others a no."""
    heard = []
    for part in split(message) or [whole(message)]:
        intent = next((intent for words, intent in meant.items() if words in part.text), "deny")
        row = np.array([sure if one == intent else 0.08 for one in INTENTS])
        heard.append(Heard(part, intent, sure, "", row))
    found = lifted(heard, INTENTS, "change_order_items", INTENTS[1:4], ["return_items"])
    return [one for one in found if one.intent == INTENTS[0]]


@pytest.mark.parametrize("message", [
    "Thanks! Now the order with the luggage. I'd rather have softshell than hardshell.",
    "Fine, leave it. My other unsent order: softshell instead, otherwise the same.",
    "The other order that hasn't been sent: it should be softshell. And the mouse wireless.",
    "nxt the order with the lamp: i want a softshell case, cheapest u have",
    "I got two cases. The red one was a mistake. I want a softshell one, still red.",
    "So I've got this order with a case in it. Oh and that case, can I have a softshell one?",
    "Now the delivery I received. The case is too weak. I need a softshell one.",
    "Now the case in my order thats not been sent yet.. id like a softshell one, rest the same",
    "Then change it, please. I want the cheapest softshell case.",
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


def test_what_is_hardly_understood_is_a_wish_there_and_no_other_deed():
    message = "The order with the case in it. It really should be softshell."
    assert read(message, softshell="suggest_idea", sure=0.3)
    assert not read(message, softshell="suggest_idea", sure=0.7)
    assert not read(message, softshell="return_items", sure=0.3)


def test_another_deed_stays_what_it_is():
    assert not read("My order with the luggage: I want the softshell one back at your shop", softshell="return_items")
