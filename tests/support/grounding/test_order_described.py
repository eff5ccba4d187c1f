"""Things that only tell which order is meant."""

import pytest

from support.grounding.order_described import without_described


@pytest.mark.parametrize(("text", "left"), [
    ("From the order with the lamp, the clock and the mat I'd like to return the lamp and the mat",
     "From the order with I'd like to return the lamp and the mat"),
    ("give back the shoes from the order with the puzzle. And the lamp", "give back the shoes from the order with . And the lamp"),
    ("return the clock of my order that has the lamp, and the mat", "return the clock of my order that has , and the mat"),
    ("swap the clock in the order with the lamp for a red one", "swap the clock in the order with for a red one"),
    ("everything from the lamp order except the mat", "everything from the order except the mat"),
    ("how much was my pet bed order?", "how much was my order?"), ("return the lamp order HF-10", "return the lamp order HF-10"),
    ("return all of the order with the lamp exept the mat", "return all of the order with exept the mat"),
    ("return the clock and the mat", "return the clock and the mat"), ("", ""),
])
def test_what_an_order_holds_is_left_out(text, left):
    assert without_described(text) == left
