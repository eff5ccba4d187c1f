"""Ways to pay as people call them."""

import pytest

from support.grounding.ways_to_pay import names_way, ruled_out, rules_out_all, wants_no_other, without_ruled_out


@pytest.mark.parametrize(("text", "out"), [
    ("from my gift card, nothing on my Visa", ["my Visa"]), ("I don't want to use my PayPal for it", ["my PayPal"]),
    ("not by credit card, never touch the wallet", ["credit card", "the wallet"]), ("on my Visa, please", []),
    ("NOT the Visa 1475", ["the Visa 1475"]), ("no gift card. Visa or PayPal?", ["gift card"]), ("that Visa is about to be closed", ["that Visa"]),
    ("I lost that Visa 2131. It goes to Visa 1284", ["Visa 2131"]),
    ("I don't have the Mastercard any more", ["Mastercard"]), ("I'm closing the account behind my Mastercard", ["my Mastercard"]), ("no, PayPal please", []), ("the Visa is fine", []),
])
def test_what_is_not_wanted_is_ruled_out(text, out):
    assert ruled_out(text) == out
    assert not ruled_out(without_ruled_out(text))


@pytest.mark.parametrize(("text", "no_other"), [
    ("the gift card only please", True), ("only my Visa", True), ("nothing on my Visa", True), ("the gift card please", False),
    ("I'd only do it with my gift card", True), ("I only pay by PayPal", True), ("only the lamp, with my gift card", False),
])
def test_no_other_way_may_be_wanted(text, no_other):
    assert names_way(text)
    assert wants_no_other(text) is no_other


@pytest.mark.parametrize(("text", "none"), [
    ("Neither works for me.", True), ("no, none of them", True), ("neither of them is mine", True), ("the Visa, none of the others", False),
])
def test_none_of_those_that_were_offered(text, none):
    assert rules_out_all(text) is none


@pytest.mark.parametrize("text", ["how much is it?", "a cardigan", "nothing on the lamp"])
def test_what_names_none_rules_out_none(text):
    assert not names_way(text)
    assert ruled_out(text) == []
