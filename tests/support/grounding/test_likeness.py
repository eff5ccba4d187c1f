"""Where a text says that something shall be like another thing."""

import pytest

from support.grounding.likeness import read_likeness, without_likeness


@pytest.mark.parametrize(("text", "ref", "but", "elsewhere"), [
    ("it should be exactly like the one in my other order", "the one in my other order", "", True),
    ("make the white mouse the same as the RGB one, only wireless", "the RGB one", "only wireless", False),
    ("identical to the kettle in W9560070 please", "the kettle in W9560070", "", True),
    ("I'd like the skateboard to be exactly like the one in my other order, and the lamp in red", "the one in my other order", "", True),
    ("the same colour as my other lamp", "my other lamp", "", False),
    ("may I exchange it for exactly the same one as in the order with the rug?", "in the order with the rug", "", True),
    ("could I have the same clock as in order #W4055819", "in order #W4055819", "", True),
    ("can I have exactly the same phone in my pending order as the one I've already received?", "the one I've already received", "", True),
])
def test_it_is_heard(text, ref, but, elsewhere):
    [one] = read_likeness(text)
    assert (one.ref, one.but, one.elsewhere) == (ref, but, elsewhere)


@pytest.mark.parametrize("text", [
    "I'd just like the lamp order to go home", "we would like the blue one", "I like that", "the same lamp in blue", "like I said", "", "if it doesn't come like that just leave it as it is", "I want it like that.",
])
def test_there_is_none(text):
    assert read_likeness(text) == []


def test_another_order_tells_not_which_one_is_meant():
    said = "in HF-1 the lamp just like the one in HF-20002, but blue"
    assert without_likeness(said) == "in HF-1 the lamp like that but blue"
