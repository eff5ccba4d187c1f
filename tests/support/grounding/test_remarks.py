"""What is only remarked of things."""

import pytest

from support.grounding.remarks import without_remarks


@pytest.mark.parametrize(("text", "wish"), [
    ("oh, black is dearer then. red in large please", "red in large please"),
    ("The brass one is too expensive. In white, please", "In white, please"),
    ("the large one costs more. The small one then.", "The small one then."),
])
def test_it_wishes_for_nothing(text, wish):
    assert without_remarks(text).strip() == wish


@pytest.mark.parametrize("text", [
    "The lamp is too dear. Leave it out.", "if the black one is dearer. take the red one", "black is dearer then.",
    "In red, please. Not the one that is dearer.",
])
def test_what_goes_on_with_it_keeps_it(text):
    assert without_remarks(text) == text
