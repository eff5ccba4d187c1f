"""The other one of two things that go by one word."""

import pytest

from support.grounding.the_other import other_named
from tests.support.grounding.wares import line

TWINS = [line("Speaker", color="black", range="1 m"), line("Speaker", color="blue", range="1 m"), line("Lamp", color="red")]
LINES = [line("Action Camera", color="black"), line("Lamp", color="red"), line("Indoor Camera", field="wide")]


@pytest.mark.parametrize(("text", "chosen", "said"), [
    ("yes. the other camera stays with me", [1, 2], "yes. the Action Camera stays with me"),
    ("and my other camera, too", [0], "and the Indoor Camera, too"),
    ("the other camera", [], "the other camera"), ("the other lamp", [1], "the other lamp"), ("the camera", [0], "the camera"),
])
def test_is_the_one_that_was_not_chosen(text, chosen, said):
    assert other_named(text, LINES, chosen) == said


@pytest.mark.parametrize(("text", "chosen", "said"), [
    ("and the other speaker in red, too", [1], "and the black Speaker in red, too"),
    ("No, it's the other one that should be red", [1], "not the blue Speaker. No, it's the black Speaker that should be red"),
    ("the other one", [], "the other one"), ("the other one", [0, 1], "the other one"),
])
def test_of_two_alike_it_is_told_by_what_it_is(text, chosen, said):
    assert other_named(text, TWINS, chosen) == said
