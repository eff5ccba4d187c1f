"""Words that are slips for others."""

import pytest

from support.grounding.words import fitting, forms


@pytest.mark.parametrize(("typed", "meant"), [("grafic", "graphic"), ("headfone", "headphone"), ("dumbel", "dumbbell"), ("phish", "fish")])
def test_sound_the_same(typed, meant):
    assert (fitting(typed, {meant}) == {meant}) is (typed != "phish")


@pytest.mark.parametrize(("typed", "form"), [
    ("everythng", "everything"), ("evrything", "everything"), ("insted", "instead"), ("othrwise", "otherwise"), ("within", "within"),
    ("everyone", "everyone"),
])
def test_a_word_that_turns_the_meaning_is_known_mistyped(typed, form):
    assert forms(typed) == (form,)
