import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.own_words import reworded, tells

COMPLAINING = frozenset({"complain", "complaint", "formal"})


class TestTells:
    @pytest.mark.parametrize("text", [
        "I want to complain that the driver threw my parcel over the fence", "complaint: nobody answers the phone",
        "the courier was rude",
    ])
    def test_what_happened_tells(self, text):
        assert tells(text, COMPLAINING)

    @pytest.mark.parametrize("text", [
        "I want to complain", "can I make a formal complaint please", "I'd like to complain about my order HF-10432", "", "?!",
        "I want to complain about the delivery",
    ])
    def test_asking_to_be_heard_tells_nothing(self, text):
        assert not tells(text, COMPLAINING)

    def test_a_single_word_names_what_it_is_about(self):
        assert tells("I want to complain about the delivery", COMPLAINING, fewest=1)


class TestReworded:
    @pytest.mark.parametrize(("text", "expected"), [
        ("write that he was rude", "he was rude"), ("no, please say: “he was rude”", "he was rude"),
        ("also mention that it rained", "before\nit rained"), ("and add the box was wet", "before\nthe box was wet"),
        ("leave the boy out, just say he was rude", "he was rude"), ("yes", None), ("no, put it on my card", None), ("he was rude", None), ("write", None),
    ])
    def test_only_a_wish_to_word_it_anew_changes_it(self, text, expected):
        assert reworded(text, "before") == expected

    @given(st.text(max_size=200))
    def test_no_text_is_wrong(self, text):
        assert reworded(text, "before") != ""
