"""Number and postcode as somebody tells them of whom nothing is known yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.held_order_reading import HeldOrder, read_held_order


class TestReadHeldOrder:
    @pytest.mark.parametrize(("text", "number", "postcode"), [
        ("HF-10432, postcode P17 AB12", "HF-10432", "P17 AB12"), ("order #W2378156 and zip 19122", "#W2378156", "19122"),
        ("my order is 10432, D02 X285", "10432", "D02 X285"), ("10432 and 19122", "10432", "19122"),
        ("order 10432 postcode 1234", "10432", "1234"), ("it's HF 10432", "HF 10432", None), ("#W2378156", "#W2378156", None),
        ("My name is Yusuf Rossi, zip 19122", None, "19122"), ("the postcode is SW1A 1AA", None, "SW1A 1AA"),
        ("cancel my order", None, None), ("", None, None),
    ])
    def test_both_are_told_apart(self, text, number, postcode):
        assert read_held_order(text) == HeldOrder(number, postcode)

    @pytest.mark.parametrize(("asked", "text", "expected"), [
        ("postcode", "19122", HeldOrder(postcode="19122")), ("postcode", "it's P17 AB12", HeldOrder(postcode="P17 AB12")),
        ("number", "10432", HeldOrder("10432")), ("postcode", "HF-10432", HeldOrder("HF-10432")),
    ])
    def test_a_bare_answer_is_what_was_asked_for(self, asked, text, expected):
        assert read_held_order(text, asked=asked) == expected

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text):
        read_held_order(text)
        read_held_order(text, asked="postcode")
