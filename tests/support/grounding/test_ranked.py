"""What is preferred to what."""

import pytest

from support.grounding.ranked import ranked, tie_broken_by
from support.grounding.variant_reading import read_wish
from tests.support.grounding.wares import forms_of

LAMPS = forms_of(color=("black", "white", "silver"), brightness=("low", "medium", "high"), power=("USB", "battery", "AC adapter"))
LAMP = {"color": "black", "brightness": "high", "power": "USB"}


@pytest.mark.parametrize(("text", "said"), [
    ("a less bright one (prefer battery > USB > AC)", "a less bright one, battery, or else USB, or else AC"),
    ("a less bright one. I prefer battery, then USB, then AC adapter", "a less bright one, battery, or else USB, or else AC adapter"),
    ("I prefer the red one", "I prefer the red one"), ("in red, preferably leather", "in red, preferably leather"), ("", ""),
])
def test_a_ranking_is_a_list_of_what_to_try(text, said):
    assert ranked(text) == said


@pytest.mark.parametrize(("text", "tie"), [
    ("one that's less bright. If there are several of those I'd take white", "white"), ("a battery lamp. White if there are several. On my Visa", "White"),
    ("if there's more than one, the silver one please", "the silver"), ("a white one if you have it", ""),
])
def test_what_decides_among_several_is_told_apart(text, tie):
    assert tie_broken_by(ranked(text))[1] == tie


def test_among_those_that_fit_the_preferred_one_is_wished():
    wish = read_wish("less bright, preferably battery, if not USB. If there are several of those I'd take white", LAMP, LAMPS)
    assert {one.options["color"] for one in wish.near} == {"white"}
    assert [dict(one.wished)["power"] for one in wish.in_order] == [("battery",), ("USB",)]
