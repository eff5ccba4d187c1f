import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.name_reading import read_named

NAMED = [(1, "Coffee"), (2, "Coffee deluxe"), (3, "Green tea box"), (4, "Black tea box")]


def read(text, **kwargs):
    reading = read_named(text, NAMED, besides=frozenset({"subscription"}), **kwargs)
    return list(reading.chosen), list(reading.candidates)


class TestReadNamed:
    @pytest.mark.parametrize(("text", "chosen"), [
        ("my coffee subscription", [1]), ("the deluxe one", [2]), ("Coffee deluxe", [2]), ("green tea", [3]), ("grean tea box", [3]),
        ("the coffee and the black tea", [1, 4]), ("all of them", [1, 2, 3, 4]), ("all tea boxes", [3, 4]),
    ])
    def test_the_things_that_are_named(self, text, chosen):
        assert read(text) == (chosen, [])

    def test_two_of_which_one_was_meant_are_asked_about(self):
        assert read("the tea box") == ([], [3, 4])

    def test_one_by_its_place_in_what_was_listed(self):
        assert read("the second one", shown=[3, 4]) == ([4], [])

    @pytest.mark.parametrize("text", ["my subscription", "", "the blue one", "not all"])
    def test_other_words_name_none(self, text):
        assert read(text) == ([], [])

    @given(st.text(max_size=200))
    def test_no_text_is_wrong(self, text):
        assert set(read(text)[0]) <= {1, 2, 3, 4}
