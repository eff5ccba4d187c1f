"""Options that are all the same to somebody, said before or behind their names."""

import pytest

from support.grounding.no_matter import freely

NAMES = ("colour", "battery life", "water resistance")


@pytest.mark.parametrize(("text", "meant"), [
    ("a road bike, same frame size, colour doesn't matter", "a road bike, same frame size"),
    ("black ones. Battery life I don't mind", "black ones."), ("I don't mind the colour", ""),
    ("I don't care about the battery life, really", ", really"),
    ("with the longest battery, just as waterproof", "with the longest battery, same water resistance"),
    ("as waterproof as possible", "as waterproof as possible"), ("the delivery doesn't matter", "the delivery doesn't matter"),
])
def test_what_is_all_the_same_is_no_wish(text, meant):
    assert freely(text, NAMES).strip() == meant
