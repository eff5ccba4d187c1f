"""What a wish hangs on: what an order, or a thing, came to."""

from decimal import Decimal

import pytest

from support.grounding.amount_conditions import read_amount_condition


@pytest.mark.parametrize(("text", "rest", "about", "of_order"), [
    ("If the total of #W31 is over $100 cancel it", "the total of #W31, cancel it", "the total of #W31", True),
    ("Check #W7416: if its total is over $100, cancel it", "Check #W7416: cancel it", "its", False),
    ("if my order cost me more than 100, cancel it", "my order, cancel it", "my order", True),
    ("if the mugs cost more than $100, return them", "the mugs, return them", "the mugs", False),
    ("Return the mug if it was over 100, otherwise leave it", "Return the mug, otherwise leave it", "it", False),
    ("cancel it, but only if I paid more than a hundred for it", "cancel it", "", False),
])
def test_is_told_apart_and_what_it_is_about_stays(text, rest, about, of_order):
    left, found = read_amount_condition(text)
    assert (left, found.about, found.of_order, found.limit) == (rest, about, of_order, Decimal(100))


@pytest.mark.parametrize(("said", "below", "just", "above"), [
    ("if it's more than $100", False, False, True), ("unless it's more than $100", True, True, False),
    ("if it's less than $100", True, False, False), ("unless it's under $100", False, True, True),
    ("if it is at least $100", False, True, True), ("if it isn't over $100", True, True, False),
    ("if it doesn't exceed $100", True, True, False), ("if it's not under $100", False, True, True),
    ("if it's 100 dollars at most", None, None, None),
])
def test_says_when_it_holds(said, below, just, above):
    found = read_amount_condition(f"cancel it {said}")[1]
    sums = (Decimal("99.99"), Decimal(100), Decimal("100.01"))
    assert tuple(found and found.holds(one) for one in sums) == (below, just, above)


@pytest.mark.parametrize("text", [
    "cancel it if it's more than 2 weeks old", "only if it's within 30 days", "if it has more than 10x zoom",
    "if there are more than 3 cancel it", "if it's $20 more then no", "the lamp, if it costs more than $20 extra leave it",
    "swap it if the difference is under $20", "if it's more than I paid, cancel", "cancel it if it hasn't been sent", "",
    "return the lamp. If that gives me less than $350 back, then the rug as well",
])
def test_other_conditions_are_none(text):
    assert read_amount_condition(text) == (text, None)
