"""Slips in an address that was told, put right by a word."""

import pytest

from support.grounding.part_corrections import corrected_parts, without_complaint

PARTS = {"line_1": "1528 Cedar Avenue", "line_2": "Apt 6B", "town": "New York", "postcode": "10138"}


@pytest.mark.parametrize(("text", "name", "part"), [
    ("oops typo its 1258 not 1528, rest is right", "line_1", "1258 Cedar Avenue"),
    ("not 6B but 8B", "line_2", "Apt 8B"), ("10139 instead of 10138", "postcode", "10139"),
    ("the house number is 12a", "line_1", "12a Cedar Avenue"), ("not Cedar, it's Elm Avenue", "line_1", "1528 Elm Avenue"),
])
def test_the_part_that_has_the_slip_is_put_right(text, name, part):
    assert corrected_parts(PARTS, text) == {**PARTS, name: part}


@pytest.mark.parametrize("text", [
    "yes, that's right", "not today, tomorrow", "the order number is 70001", "my phone number is 5551234", "send it to 12 Elm Road, not to my office", "it is not for me but for my son",
])
def test_what_names_no_part_puts_nothing_right(text):
    assert corrected_parts(PARTS, text) is None


@pytest.mark.parametrize(("text", "left"), [
    ("no, housenumber is wrong!! 1258 Cedar Avenue", "no, 1258 Cedar Avenue"), ("the zip is wrong", "the zip is wrong"),
    ("That's not right. 12 Elm Road", " 12 Elm Road"),
])
def test_what_is_wrong_is_no_part_of_it(text, left):
    assert without_complaint(text) == left
