"""Numbers that only count what is spoken of."""

import pytest

from support.grounding.counting import just_one, without_counts, without_others_named


class TestWithoutCounts:
    @pytest.mark.parametrize(("text", "left"), [
        ("Yes, exchange those three.", "Yes, exchange those ."),
        ("I have two pending orders", "I have pending orders"),
        ("go ahead with those two changes", "go ahead with those changes"),
        ("All three must be exchanged together", "must be exchanged together"),
        ("two more things", "more things"), ("the two that I bought", "the that I bought"),
        ("the three-piece one in red", "the three-piece one in red"),
        ("these two mugs", "these two mugs"),
        ("the one with 3 compartments", "the one with 3 compartments"),
        ("size 10", "size 10"),
    ])
    def test_they_are_blanked_and_values_are_not(self, text, left):
        found = without_counts(text, 5)
        assert found.split() == left.split()
        assert len(found) == len(text)

    @pytest.mark.parametrize(("text", "left"), [
        ("don't forget the other two! The shoes in white", "don't forget ! The shoes in white"), ("the other two, please", "the other two, please"),
        ("the lamp in blue, all in the same swap", "the lamp in blue, "), ("all in blue", "all in blue"),
    ])
    def test_what_is_named_or_only_tells_how_is_blanked(self, text, left):
        assert without_others_named(text).split() == left.split()

    def test_all_of_as_many_as_there_are_means_all(self):
        assert without_counts("swap all three for blue", 3).split() == ["swap", "all", "for", "blue"]


@pytest.mark.parametrize(("text", "one"), [
    ("I got two espresso machines, one has to go back", True), ("I want to return one of them", True), ("send one back please", True),
    ("the red one should go back", False), ("return the one with the timer", False), ("send both back", False),
])
def test_just_one_of_several(text, one):
    assert just_one(text) is one
