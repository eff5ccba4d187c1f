"""Things that stay as they are if what is wished for cannot be had."""

import pytest

from support.grounding.keeping import keeps_otherwise
from tests.support.grounding.wares import line

LAMP, PUZZLE = LINES = [line("Desk lamp", colour="white"), line("Jigsaw Puzzle", pieces="500")]


@pytest.mark.parametrize("text", [
    "the puzzle with 1000 pieces if you have it, otherwise leave the puzzle as it is",
    "I want the puzzle with 1000 pieces. If that's not available, just keep the puzzle",
    "the 1000 piece puzzle, and if it isn't in stock don't change the puzzle",
    "puzzle with 1000 pieces, and leave the puzzle alone if there is none", "puzzle with 1000 pieces, or else leave it", "the puzzle with 1000 pieces, otherwise I keep the puzzle", "if you don't have the 1000 pieces then leave it",
    "It would have to have 1000 pieces. If there isn't one, leave the puzzle as it is",
    "the puzzle with 1000 pieces. Should there be no such puzzle, it may stay as it is",
    "the lamp in brass. The puzzle with 1000 pieces. If you haven't got that one, leave it alone",
    "the lamp in brass and the puzzle with 1000 pieces. If one of them doesn't come like that just leave it as it is",
])
def test_it_is_to_stay(text):
    assert keeps_otherwise(text, PUZZLE, LINES)


@pytest.mark.parametrize("text", [
    "the puzzle with 1000 pieces, otherwise the one with 2000", "the puzzle with 1000 pieces", "leave the lamp, change the puzzle",
    "brass for the lamp, otherwise leave the lamp; the puzzle with 1000 pieces", "",
    "The puzzle with 1000 pieces please. And the lamp: in brass - if you don't have any, just leave it alone.",
])
def test_it_is_not(text):
    assert not keeps_otherwise(text, PUZZLE, LINES)
