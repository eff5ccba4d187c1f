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
    ("black if you have it, then blue, then red. And a rug", "black if you have it, or else blue, or else red. And a rug"),
    ("in black if you have it, then pay by card", "in black if you have it, then pay by card"),
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


def test_of_several_the_price_may_decide():
    others = [form for form in LAMPS if form.options["color"] != "black"]
    fitting = [one for one in others if (one.options["power"], one.options["brightness"]) == ("battery", "low")]
    wish = read_wish("battery and low. If there's more than one I'll take the cheaper", LAMP, others)
    assert [one.price_minor for one in wish.near] == [min(one.price_minor for one in fitting)]


def test_the_best_there_is_is_the_best_of_those_that_fit():
    forms = forms_of(color=("red", "blue"), size=("S", "M", "XL"), sold_out=[("blue", "XL")])
    wish = read_wish("a blue one in the biggest size you have", {"color": "red", "size": "S"}, forms)
    assert [one.options for one in wish.matches] == [{"color": "blue", "size": "M"}]
