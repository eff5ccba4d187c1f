"""Things that only tell which order is meant."""

import pytest

from support.grounding.order_described import apart, without_described, without_the_one


@pytest.mark.parametrize(("text", "left"), [
    ("From the order with the lamp, the clock and the mat I'd like to return the lamp and the mat",
     "From the order with I'd like to return the lamp and the mat"),
    ("give back the shoes from the order with the puzzle. And the lamp", "give back the shoes from the order with . And the lamp"),
    ("return the clock of my order that has the lamp, and the mat", "return the clock of my order that has , and the mat"),
    ("swap the clock in the order with the lamp for a red one", "swap the clock in the order with for a red one"),
    ("everything from the lamp order except the mat", "everything from the order except the mat"),
    ("how much was my pet bed order?", "how much was my order?"), ("return the lamp order HF-10", "return the lamp order HF-10"),
    ("return all of the order with the lamp exept the mat", "return all of the order with exept the mat"),
    ("a thing of my order, the one with the lamp. The mat in blue", "a thing of my order, the one with . The mat in blue"),
    ("in my order with the lamp the red clock in white", "in my order with  the red clock in white"),
    ("in the order with the lamp and the mat the clock goes", "in the order with  the clock goes"),
    ("return the clock and the mat", "return the clock and the mat"), ("", ""),
    ("the order that already came, with the lamp. The mat in blue", "the order that already came, with . The mat in blue"),
    ("in the order which has arrived with the lamp: the mat", "in the order which has arrived with : the mat"),
    ("the delivery with my lamp, everything in it but the lamp", "the delivery with , everything in it but the lamp"),
    ("the mat from the order w the lamp. In blue", "the mat from the order w . In blue"),
    ("the order my lamp came in, had a mat, swap that", "the order, had a mat, swap that"),
    ("I got a delivery, there was a lamp in it. The mat goes back", "I got a delivery,  . The mat goes back"),
    ("everything except the hat from my order with the clock and the mat", "everything except the hat from my order with "),
])
def test_what_an_order_holds_is_left_out(text, left):
    assert without_described(text) == left


@pytest.mark.parametrize(("text", "left"), [
    ("all except the hat from my order with the clock", "all except the hat from my .".ljust(38) + "the clock"),
    ("the hat from my order with the clock", "the hat from my order with the clock"),
])
def test_what_tells_the_order_is_not_excepted(text, left):
    assert apart(text) == left


@pytest.mark.parametrize(("text", "left"), [
    ("The headphones one. W1097631.", ". W1097631."), ("the one with the lamp and the hat", ""), ("#2", ""), ("2", ""),
    ("the second one, all of it", ", all of it"), ("the lamp", "the lamp"),
])
def test_an_answer_to_which_order_names_no_thing(text, left):
    assert without_the_one(text) == left
