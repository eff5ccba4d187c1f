"""Single things that are to be taken out of an order."""

from dataclasses import dataclass, field

import pytest

from support.grounding.taking_out import changes_instead, sends_back, taken_out, takes_some_out


@dataclass(frozen=True, eq=False)
class Line:
    product: str
    options: dict = field(default_factory=dict)
    quantity: int = 1


LINES = [Line("Floor Lamp", {"power": "USB"}), Line("Bike Lock", {"color": "black"}), Line("Wool Blanket", {"size": "large"})]


class TestTakenOut:
    @pytest.mark.parametrize("text", [
        "can you remove the lock from my order?", "take the lock out please", "please cancel only the bike lock in #HF-1",
        "I don't want to cancel the whole order, only to take out the lock", "cancel the lock from my order",
        "take the lock out. The lamp stays.", "I only want the lock removed, the lamp should still come", "remove the lock and my lamp is to stay",
        "remove just the lock from my order please. I don't want the rest of it touched", "take the lock out and leave everything else as it is",
    ])
    def test_one_of_several_is(self, text):
        assert [line.product for line in taken_out(text, LINES)] == ["Bike Lock"]

    def test_only_what_shall_go_is_named(self):
        mice = [Line("Gaming Mouse", {"connectivity": "wired"}), Line("Gaming Mouse", {"connectivity": "wireless"})]
        out = taken_out("I ended up with two gaming mice in one order. Can you take the wired one out please?", mice)
        assert [line.options["connectivity"] for line in out] == ["wired"]

    def test_it_is_what_was_named_before(self):
        out = taken_out("I don't want the lock any more, could you take it off?", LINES)
        assert [line.product for line in out] == ["Bike Lock"]

    @pytest.mark.parametrize("text", [
        "cancel the order with the lock", "please cancel my order, the lock was a mistake", "cancel everything",
        "take out just the lock? Otherwise cancel it all",
        "remove the lamp, the lock and the blanket", "I'd like to cancel it",
    ])
    def test_the_whole_order_is_not(self, text):
        assert taken_out(text, LINES) == ()

    def test_what_shall_become_another_thing_cancels_nothing(self):
        assert changes_instead("if you can't take the lock out, swap it for the cheapest one")
        assert not changes_instead("remove the lock please")


@pytest.mark.parametrize("text", [
    "take one thing off my order", "remove an item from order HF-10432 please", "cancel a few items in my order",
    "I want to cancel one of the things in my order", "delete part of my order", "take half of it out",
])
def test_a_part_that_is_not_named_is_a_part(text):
    assert takes_some_out(text)


@pytest.mark.parametrize("text", [
    "cancel one of my orders", "cancel an order of mine", "cancel the order with a lamp in it", "take a look at my order",
])
def test_one_order_of_several_is_a_whole(text):
    assert not takes_some_out(text)


class TestSendsBack:
    @pytest.mark.parametrize("text", [
        "I would like to send both back, the backpack and the running shoes", "the longer hose and the bag go back",
        "I want to return the longer garden hose", "send back everything but the bicycle",
    ])
    def test_nothing_comes_in_their_place(self, text):
        assert sends_back(text)

    @pytest.mark.parametrize("text", [
        "send the lamp back and get me a new one", "return it for a black one", "I don't want to return it, swap it",
        "swap the shoes, the bag goes back", "the lamp in brass", "what is your return policy",
    ])
    def test_something_does_or_nothing_goes_back(self, text):
        assert not sends_back(text)
