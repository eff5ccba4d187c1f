"""Questions about goods, which wish for nothing."""

import pytest

from support.grounding.goods_questions import asks_about_goods, asks_how_much, asks_of_goods


@pytest.mark.parametrize("text", [
    "how much is the coffee maker with a timer?", "hm, how many keyboards do you have altogether?",
    "what colours does it come in?", "And which sizes are there", "what's the price of the red one?",
    "what would the keyboard be like, is it 60%?",
])
def test_a_question_about_goods_is_one(text):
    assert asks_about_goods(text)


@pytest.mark.parametrize("text", [
    "how much do I get back?", "how much more would I pay?", "what about the blue one?", "do you have it in blue?",
    "ok and what would it cost?", "what does that cost me", "the blue one", "how much is the blue one? I'd like that instead", "how many points do I have", "",
])
def test_a_wish_and_a_question_about_money_back_are_none(text):
    assert not asks_about_goods(text)


@pytest.mark.parametrize(("text", "asks"), [
    ("and the sunglasses, too", False), ("So $40.00 for the mug and the lamp?", False), ("is the lamp in stock?", True),
    ("have you got it in blue", True), ("which sizes are there", True), ("", False),
])
def test_a_thing_that_is_only_named_is_no_question_of_goods(text, asks):
    assert asks_of_goods(text) is asks


@pytest.mark.parametrize("text", [
    "what will that cost me in total?", "so how much do I get back?", "what's the difference", "what does that come to?",
    "how much would I be charged", "and the total is?", "please tell me the price difference",
    "What's the extra?", "What are the two differences, each and together?", "what would that be on top?",
])
def test_a_question_about_a_sum_is_one(text):
    assert asks_how_much(text)


@pytest.mark.parametrize("text", ["PayPal", "yes, charge my card", "I'd like the total refunded to my Visa", "the second one"])
def test_an_answer_is_no_question_about_a_sum(text):
    assert not asks_how_much(text)
