"""Ways to pay as people call them."""

import pytest

from support.grounding.ways_to_pay import names_way, ruled_out, wants_no_other, without_ruled_out


@pytest.mark.parametrize(("text", "out"), [
    ("from my gift card, nothing on my Visa", ["my Visa"]), ("I don't want to use my PayPal for it", ["my PayPal"]),
    ("not by credit card, never touch the wallet", ["credit card", "the wallet"]), ("on my Visa, please", []),
])
def test_what_is_not_wanted_is_ruled_out(text, out):
    assert ruled_out(text) == out
    assert not ruled_out(without_ruled_out(text))


@pytest.mark.parametrize(("text", "no_other"), [
    ("the gift card only please", True), ("only my Visa", True), ("nothing on my Visa", True), ("the gift card please", False),
])
def test_no_other_way_may_be_wanted(text, no_other):
    assert names_way(text)
    assert wants_no_other(text) is no_other


@pytest.mark.parametrize("text", ["how much is it?", "a cardigan", "nothing on the lamp"])
def test_what_names_none_rules_out_none(text):
    assert not names_way(text)
    assert ruled_out(text) == []
