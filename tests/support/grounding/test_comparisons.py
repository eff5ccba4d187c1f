"""Wishes that measure a thing by the one that is there."""

import pytest

from support.grounding.variant_reading import read_wish
from tests.support.grounding.wares import forms_of

SHELF = {"material": "wood", "height": "5 ft"}
OFFERED = forms_of(material=("wood", "metal"), height=("2.5 ft", "4 ft", "5 ft", "6 ft"))


@pytest.mark.parametrize(("text", "height"), [
    ("in metal, just as tall", ("5 ft",)), ("as tall as mine", ("5 ft",)), ("half as tall, in metal", ("2.5 ft",)),
    ("as tall as possible", ("6 ft",)), ("as tall as they come", ("6 ft",)), ("as tall as you have", ("6 ft",)),
    ("a less tall one", ("4 ft", "2.5 ft")), ("more tall", ("6 ft",)),
])
def test_it_is_to_be_so_tall(text, height):
    assert read_wish(text, SHELF, OFFERED, name="Bookshelf").wished["height"] == height


@pytest.mark.parametrize("text", ["in metal, as long as it costs no more", "twice as tall", "as tall as the desk"])
def test_what_cannot_be_measured_wishes_no_height(text):
    assert "height" not in read_wish(text, SHELF, OFFERED, name="Bookshelf").wished


@pytest.mark.parametrize("text", [
    "with as many speed settings as possible", "a glass one with as many speed settings as you have", "the most speed settings",
])
def test_as_many_as_there_are(text):
    offered = forms_of(container=("plastic", "glass"), **{"speed settings": ("3", "5", "10")})
    wish = read_wish(text, {"container": "plastic", "speed settings": "3"}, offered, name="Blender")
    assert wish.wished["speed settings"] == ("10",)


@pytest.mark.parametrize(("text", "level"), [
    ("as hard as it gets, same theme", ("expert",)), ("the easiest one", ("beginner",)), ("a harder one", ("expert",)), ("less difficult", ("beginner",)),
])
def test_it_is_to_be_so_hard(text, level):
    puzzle = {"theme": "art", "difficulty level": "intermediate"}
    offered = [one for theme in ("art", "animals") for one in forms_of(theme=(theme,), **{"difficulty level": ("beginner", "intermediate", "expert")})]
    assert read_wish(text, puzzle, offered, name="Puzzle").wished["difficulty level"] == level


@pytest.mark.parametrize("text", [
    "a white one with exactly the same battery life and water resistance", "in white, same water resistance and same battery life",
    "white, the same water resistance and battery life please",
])
def test_the_same_holds_for_all_that_it_is_said_of(text):
    offered = forms_of(color=("white", "blue"), **{"battery life": ("4 hours", "6 hours"), "water resistance": ("IPX4", "IPX7")})
    now = {"color": "blue", "battery life": "4 hours", "water resistance": "IPX4"}
    assert {name: values[0] for name, values in read_wish(text, now, offered).wished.items()} == now | {"color": "white"}


def test_waterproof_beside_the_same_size_is_a_wish():
    offered = forms_of(size=("9", "10"), waterproof=("yes", "no"))
    wish = read_wish("the same size and waterproof", {"size": "9", "waterproof": "no"}, offered)
    assert wish.wished["waterproof"] == ("yes",)


@pytest.mark.parametrize(("text", "sizes"), [
    ("one size larger", ("M",)), ("one size larger, same colour", ("M",)), ("a larger one", ("M", "L")), ("the largest", ("L",)), ("the large one", ("L",)),
])
def test_a_size_that_is_larger_is_not_the_large_one(text, sizes):
    offered = [one for colour in ("blue", "black") for one in forms_of(colour=(colour,), size=("S", "M", "L"))]
    assert read_wish(text, {"colour": "blue", "size": "S"}, offered, name="Helmet").wished["size"] == sizes
