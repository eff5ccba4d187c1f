"""What is only remarked of things."""

import pytest

from support.grounding.remarks import not_the_one, past_no, without_remarks


@pytest.mark.parametrize(("text", "wish"), [
    ("oh, black is dearer then. red in large please", "red in large please"),
    ("The brass one is too expensive. In white, please", "In white, please"),
    ("the large one costs more. The small one then.", "The small one then."),
])
def test_it_wishes_for_nothing(text, wish):
    assert without_remarks(text).strip() == wish


@pytest.mark.parametrize(("text", "left"), [
    ("black in 11 only in leather? then forget the shoes", "then forget the shoes"),
    ("No. Only in red? Ok, then leave the lamp", "No. Ok, then leave the lamp"), ("Is there a red one? Then that", "Is there a red one? Then that"),
])
def test_a_choice_that_is_only_echoed_before_it_is_left_is_no_wish(text, left):
    assert " ".join(without_remarks(text).split()) == left


@pytest.mark.parametrize(("text", "wish"), [
    ("the silver one isn't the one, I mean the gold watch", "not the silver one, the gold watch"),
    ("No, my red mug was not what I meant: the blue one", "No, not my red mug, the blue one"), ("that isn't mine", "that isn't mine"),
])
def test_what_is_not_the_one_is_told_before_what_is(text, wish):
    assert not_the_one(text) == wish


@pytest.mark.parametrize("text", [
    "The lamp is too dear. Leave it out.", "if the black one is dearer. take the red one", "black is dearer then.",
    "In red, please. Not the one that is dearer.",
])
def test_what_goes_on_with_it_keeps_it(text):
    assert without_remarks(text) == text


@pytest.mark.parametrize(("text", "bare"), [
    ("Haha I wasn't talking about the lamp yet, I was still on the mug! A black one", "Haha not the lamp , the mug! A black one"),
    ("I didn't mean the lamp. The mug.", "not the lamp, . The mug."), ("I didn't say the lamp was broken", "I didn't say the lamp was broken"),
])
def test_what_was_not_spoken_of_is_not_meant(text, bare):
    assert not_the_one(text) == bare


@pytest.mark.parametrize(("text", "bare"), [
    ("Hmm, that's a different brand. All else as it is.", "All else as it is."), ("oh that's the wrong colour! In red.", "In red."),
    ("I want a different brand.", "I want a different brand."),
])
def test_that_something_is_another_is_no_wish_for_another(text, bare):
    assert without_remarks(text).strip() == bare


@pytest.mark.parametrize(("text", "bare"), [
    ("no, not enough. Black?", "not enough. Black?"), ("It's fine. No. The mug.", "It's fine.     The mug."), ("waterproof: no", "waterproof: no"), ("no", "no"),
])
def test_a_no_to_what_was_said_is_passed_over(text, bare):
    assert past_no(text).strip() == bare.strip()
