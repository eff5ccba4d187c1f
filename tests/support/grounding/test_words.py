"""Words that are slips for others."""

import pytest

from support.grounding.words import fitting


@pytest.mark.parametrize(("typed", "meant"), [("grafic", "graphic"), ("headfone", "headphone"), ("dumbel", "dumbbell"), ("phish", "fish")])
def test_sound_the_same(typed, meant):
    assert (fitting(typed, {meant}) == {meant}) is (typed != "phish")
