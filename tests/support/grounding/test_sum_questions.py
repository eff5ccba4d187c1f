"""What a text asks to have added up."""

import pytest

from support.grounding.price_comparing import compares_prices, supposes_return
from support.grounding.sum_questions import SumAsked, done_asked, each_asked, sum_asked


@pytest.mark.parametrize(("text", "asked"), [
    ("How much do I get back altogether from both orders?", SumAsked.BACK),
    ("What do the two refunds come to in total?", SumAsked.BACK),
    ("what was the total of everything I'm returning?", SumAsked.BACK),
    ("so how much have I saved in all", SumAsked.BACK),
    ("how much money is coming back to me overall?", SumAsked.BACK),
    ("And the total of both?", SumAsked.ANY), ("And both together, in one figure?", SumAsked.ANY),
    ("ok, and altogether?", SumAsked.ANY), ("how much is that altogether for both changes", SumAsked.ANY),
    ("What does it all come to, for or against me?", SumAsked.ANY),
    ("And what does all of that come to together?", SumAsked.ANY),
    ("How much will the whole order cost after this change?", SumAsked.NEW_TOTAL),
    ("I only wanted to know the new total of that order.", SumAsked.NEW_TOTAL),
    ("what will my order come to then?", SumAsked.NEW_TOTAL),
    ("What do the two cost extra together?", SumAsked.CHANGE),
    ("what was the difference on the exchange all in all?", SumAsked.CHANGE),
    ("So what did I pay extra in the end, all changes together?", SumAsked.CHANGE),
    ("how much extra did I end up paying for the lamp and the rug?", SumAsked.CHANGE),
    ("what remains in my favour when you set all three against each other?", SumAsked.ANY),
    ("what comes back for the kit once the extra for the boots is taken off?", SumAsked.ANY),
    ("And if you take the 13.47 for the boots off that, how much is left?", SumAsked.ANY),
    ("what do they all come to together?", SumAsked.ANY), ("whats the total diference for both", SumAsked.ANY),
    ("Thanks, and how much did the whole thing cost me more than before?", SumAsked.CHANGE),
])
def test_a_question_for_a_sum_is_read(text, asked):
    assert sum_asked(text) is asked


@pytest.mark.parametrize("text", [
    "where is my refund?", "how long does a refund take in total?", "I'd like to return both lamps", "return everything",
    "what is the total of my order?", "how much are both lamps?", "how much have I spent in all?",
    "Please return the lamp and tell me when the refund is there", "how many orders did I return in total?",
])
def test_what_asks_for_no_such_sum_is_none(text):
    assert sum_asked(text) is None


@pytest.mark.parametrize("text", [
    "what is the difference in price?", "How much more is it?", "is the one with the timer cheaper than mine?",
    "what would I save compared with the one in my order?", "What's the extra cost?", "how much more would it cost in total?",
])
def test_a_question_for_a_difference_in_price_compares(text):
    assert compares_prices(text)


@pytest.mark.parametrize("text", ["what does the lamp cost?", "is it cheap?", "the cheapest lamp please", "more lamps?"])
def test_a_question_for_a_price_compares_nothing(text):
    assert not compares_prices(text)


@pytest.mark.parametrize(("text", "supposes"), [
    ("if I sent back the mug and the vase, how much money would I get?", True),
    ("what would you refund if I returned those three things?", True),
    ("I haven't returned anything yet, how much would it be?", True),
    ("where is the money for my return?", False),
    ("I want to send back the mug", False),
])
def test_a_return_that_is_only_supposed_is_told_from_one(text, supposes):
    assert supposes_return(text) is supposes


@pytest.mark.parametrize(("text", "asked"), [
    ("And the camera, what was the extra for that one?", True), ("what did I pay extra for the camera?", True),
    ("so what do I get back for that one?", True), ("what was the difference for that order again?", True),
    ("how much went off my card for it?", True), ("So $469.41, right?", True), ("how much more was it than the old one?", True),
    ("what would I pay extra?", False), ("what do I get back if I return it?", False), ("how much more is the brass one?", False),
    ("how much is the lamp?", False), ("", False),
])
def test_what_something_done_has_brought_is_asked(text, asked):
    assert done_asked(text) is asked


@pytest.mark.parametrize(("text", "each"), [
    ("And what's the difference for each of the three?", True), ("How much does each of them cost extra?", True),
    ("how much of that is for the umbrella alone?", True), ("what do I pay per item then?", True), ("tell me the price of every one separately", True),
    ("I want each of them in blue", False), ("how much is it altogether?", False), ("one for each of my sons", False),
])
def test_what_each_comes_to_is_asked(text, each):
    assert each_asked(text) is each
