"""What goes, where a customer says what is to stay."""

import pytest

from support.grounding.staying import what_goes, without_staying


@pytest.mark.parametrize(("text", "goes"), [
    ("So only the perfume stays. To PayPal.", "So everything except the perfume. To PayPal."),
    ("I'd just keep the rug", "everything except the rug"),
    ("only the lamp, the rug and the mug should stay with me", "everything except the lamp, the rug and the mug"),
    ("Everything but the perfume stays.", "only the perfume."),
    ("keep everything except the mug", "only the mug"),
])
def test_all_else_goes(text, goes):
    assert what_goes(text) == goes


@pytest.mark.parametrize("text", [
    "the lamp stays", "only the lamp, the rug stays", "just keep it", "just keep it as it is", "only the lamp goes back",
    "is that only what stays open?",
])
def test_what_tells_nothing_of_the_rest_is_left_as_it_is(text):
    assert what_goes(text) == text


def test_of_what_is_exchanged_it_is_merely_left():
    assert what_goes("only the lamp stays as it is", all_else=False) == "leave the lamp alone"


@pytest.mark.parametrize(("text", "goes"), [
    ("return the mug. Everything else from that parcel stays with me!", "return the mug."),
    ("return the mug, all the rest in that order I keep", "return the mug,"),
    ("return the mug? the rest of that order is lovely, i keep it", "return the mug?"),
    ("only the mug, I'd like to keep the rest", "only the mug,"),
])
def test_the_rest_that_stays_is_nothing_that_goes(text, goes):
    assert what_goes(text).strip(" !") == goes


@pytest.mark.parametrize(("text", "left"), [
    ("and the rest of the parcel and my other kettle stay with me right", "right"), ("my other kettle stays with me", ""),
    ("swap the kettle, and my other one stays as it is. Thanks", "swap the kettle, . Thanks"),
    ("the kettle in my other order", "the kettle in my other order"),
])
def test_what_stays_elsewhere_names_no_order(text, left):
    assert " ".join(without_staying(text).split()) == left
