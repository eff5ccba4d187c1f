import pytest
from engine.nlu.spelling import Spelling

EXAMPLES = [
    "I want to return the lamp", "please return my order", "cancel my order", "I'd like to cancel it", "don't cancel",
    "my order with it", "your order", "pay with Zapcash", "Zapcash please", "put it on Zapcash", "don't return it", "where's the parcel", "my parcel",
]


@pytest.fixture(scope="module")
def spelling():
    return Spelling.of(EXAMPLES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("retrun my ordr", "return my order"),
        ("Cancle it, plase!", "cancel it, please!"),
        ("wheres my paarcel", "wheres my parcel"),
        ("dont return it", "don't return it"),
        ("zapcsh", "zapcash"),
    ],
)
def test_a_mistyped_word_becomes_the_nearest_of_the_examples(spelling, typed, meant):
    assert spelling.corrected(typed) == meant


def test_of_two_that_are_as_near_the_one_with_the_same_letters_is_meant():
    spelling = Spelling.of(["what is it", "what now", "what for", "I want it", "I want to", "they want it"])
    assert spelling.corrected("i wnat it") == "i want it"


def test_a_not_is_written_out_for_all(spelling):
    assert spelling.with_deeds_right("if you dont have it, I wont pay") == "if you don't have it, I won't pay"


@pytest.mark.parametrize(
    "text",
    [
        "the skates and the espresso machine",  # English, though no example has them
        "the tin on it",  # too short to tell
        "HF-10432, #W1234567, 14 Quay Lane",
        "Qwertzuiop",  # near to nothing
    ],
)
def test_what_is_no_mistake_or_like_nothing_stays(spelling, text):
    assert spelling.corrected(text) == text


def test_a_word_that_only_one_example_has_is_put_in_the_place_of_none(spelling):
    assert spelling.corrected("the lapm") == "the lapm"


def test_only_the_words_that_say_what_is_wanted_are_put_right_for_all(spelling):
    assert spelling.with_deeds_right("cancle it, retrun the lapm, Zapcsh") == "cancel it, return the lapm, Zapcsh"


def test_the_order_is_read_however_it_is_spelt(spelling):
    assert spelling.with_deeds_right("retrun all of the oder to you") == "return all of the order to you"


def test_examples_that_are_mistyped_alike_make_no_word_of_it():
    learnt = Spelling.of([*EXAMPLES * 10, "retrun it", "can I retrun it", "retrun this", "Zapcsh", "a Klarpay", "by Klarpay", "Klarpay"])
    assert learnt.with_deeds_right("retrun it by Klarpay") == "return it by Klarpay"
    assert learnt.corrected("retrun it by Klarpay") == "return it by Klarpay"
