"""Questions of an order that are no wishes."""

import pytest

from support.grounding.order_questions import (
    asks_if_it_holds,
    asks_paid_by_what,
    asks_what_was_paid,
    asks_where_it_goes,
)


@pytest.mark.parametrize("text", [
    "To which address is HF-10432 being delivered, please?", "does HF-10432 still go to Cork now?", "Where was that one going?",
    "where will my order be delivered", "my order is still going to Cork, right?", "And is the lamp order really going to my office?",
])
def test_where_it_goes_is_asked(text):
    assert asks_where_it_goes(text)


@pytest.mark.parametrize("text", [
    "Can it go to my home instead?", "is it possible that it goes to Cork?", "send it to Cork", "it should go to my office",
    "where is my money going?", "where is my order, it was shipped last week", "where is the parcel that was sent on Monday?", "could you have it delivered to Cork?", "will you send it to Cork?", "",
])
def test_a_wish_asks_nothing(text):
    assert not asks_where_it_goes(text)


@pytest.mark.parametrize("text", [
    "Is that the one with the sneakers in it? If so, yes please.", "is HF-10432 the order with my sneakers?", "are the sneakers in it?",
])
def test_what_it_holds_is_asked(text):
    assert asks_if_it_holds(text)


@pytest.mark.parametrize(("text", "asks"), [
    ("Which card did I pay that order with?", True), ("what method was used?", True), ("how did I pay it?", True),
    ("what card have I used for that one", True), ("which card shall it go to?", False), ("", False),
])
def test_by_what_it_was_paid_is_asked(text, asks):
    assert asks_paid_by_what(text) is asks


@pytest.mark.parametrize("text", ["the one with the sneakers", "is that cheaper?", "is the lamp in stock?", ""])
def test_what_is_told_or_asked_of_goods_is_not(text):
    assert not asks_if_it_holds(text)


@pytest.mark.parametrize("text", [
    "what did I pay for the clock?", "No, I meant what I paid for the keyboard and what I paid for the clock", "how much did mine cost me?",
    "What did the three items cost originally?", "and how much did the black wristwatch cost me?",
])
def test_what_was_paid_is_asked(text):
    assert asks_what_was_paid(text)


@pytest.mark.parametrize("text", ["what does the clock cost?", "how much do I get back?", "how do I pay for it?", "what would I pay?", "that's not what I paid for", "not really what I paid for, it is scratched"])
def test_other_prices_are_not(text):
    assert not asks_what_was_paid(text)
