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


@pytest.mark.parametrize(("text", "level"), [
    ("as hard as it gets, same theme", ("expert",)), ("the easiest one", ("beginner",)), ("a harder one", ("expert",)), ("less difficult", ("beginner",)),
])
def test_it_is_to_be_so_hard(text, level):
    puzzle = {"theme": "art", "difficulty level": "intermediate"}
    offered = [one for theme in ("art", "animals") for one in forms_of(theme=(theme,), **{"difficulty level": ("beginner", "intermediate", "expert")})]
    assert read_wish(text, puzzle, offered, name="Puzzle").wished["difficulty level"] == level
