"""Lines that are wanted as another product, which no variant of theirs is."""

from dataclasses import dataclass

import pytest

from support.grounding.another_product import other_products
from tests.support.grounding.wares import line

LINES = [line("Luggage Set", color="silver"), line("Jigsaw Puzzle", pieces="1000"), line("Backpack", compartment="camera")]
VALUES = {"Luggage Set": ["silver", "black"], "Jigsaw Puzzle": ["1000", "500"], "Backpack": ["camera", "laptop"]}


@dataclass(frozen=True)
class Product:
    name: str


PRODUCTS = [Product(name) for name in (*VALUES, "Laptop", "Skateboard", "Wristwatch", "Smart Watch", "Gift Card")]


def read(text, lines=LINES, current=()):
    found = other_products(text, lines, PRODUCTS, lambda one: VALUES.get(one.product, ["black"]), current=current)
    return [(one.product, *(bought.product for bought in one.lines)) for one in found]


class TestAnotherProduct:
    @pytest.mark.parametrize("text", [
        "I'd like to swap the luggage set for a laptop, the black 17-inch one.",
        "No, not luggage. I want a laptop instead of the luggage set.",
        "So can I get the black 17-inch laptop instead of the luggage set or not?",
        "instead of the luggage set I'd like a laptop",
        "please replace the luggage with a new laptop",
        "change the luggage set in my order with the puzzle into a laptop",
    ])
    def test_is_named_with_the_line_that_it_shall_be_had_for(self, text):
        assert read(text) == [("Laptop", "Luggage Set")]

    def test_that_another_line_is_such_a_thing_does_not_make_it_a_swap(self):
        lines = [line("Jigsaw Puzzle", pieces="1000"), line("Backpack", compartment="camera")]
        assert read("i want the jigsaw puzzle swapped for a black backpack", lines) == [("Backpack", "Jigsaw Puzzle")]

    def test_a_thing_in_another_colour_instead_of_its_own_stays_that_thing(self):
        lines = [line("Smart Watch", color="silver"), line("Backpack", compartment="camera")]
        assert read("I want the smart watch in black instead of silver and the backpack in black too", lines) == []

    def test_with_a_word_that_several_are_called_by_the_word_stands_for_it(self):
        assert read("replace the puzzle with a watch") == [("watch", "Jigsaw Puzzle")]

    def test_it_ends_where_the_next_line_is_named(self):
        text = "swap the luggage set for a laptop and the puzzle for one with 500 pieces"
        [one] = other_products(text, LINES, PRODUCTS, lambda one: VALUES[one.product])
        assert text[one.since:one.until] == "swap the luggage set for a laptop "

    def test_the_line_of_the_open_question_needs_no_name(self):
        assert read("A LAPTOP. Not a luggage set.", current=LINES[:1]) == [("Laptop", "Luggage Set")]
        assert read("a laptop") == []

    @pytest.mark.parametrize("text", [
        "exchange the backpack for the laptop one", "swap the backpack for one with a laptop compartment",
        "exchange the luggage set for a black one and pay with my gift card",
        "change the puzzle in the order with the laptop to 500 pieces", "can I return the laptop instead of the puzzle?",
        "swap the laptop instead of the puzzle", "swap the puzzle and the luggage set",
    ])
    def test_options_payments_and_other_deeds_wish_for_none(self, text):
        assert read(text) == []

    def test_the_other_line_may_be_swapped_too_but_a_new_one_is_another_product(self):
        lines = [*LINES[:2], line("Laptop", color="silver")]
        assert read("change the luggage set to black and the laptop to black", lines) == []
        assert read("swap the luggage set for a laptop", lines) == [("Laptop", "Luggage Set")]
