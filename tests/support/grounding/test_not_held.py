"""Products that are named along with things of an order that does not hold them."""

from dataclasses import dataclass

import pytest

from support.grounding.not_held import not_held
from tests.support.grounding.wares import line

LINES = [line("Garden Hose", color="blue"), line("Smart Watch", color="gold"), line("Pet Bed", size="large")]


@dataclass(frozen=True)
class Product:
    name: str


PRODUCTS = [Product(name) for name in (
    "Garden Hose", "Pet Bed", "Smart Watch", "Wristwatch", "Laptop", "Headphones", "Gift Card", "Water Bottle",
)]


class TestNotHeld:
    @pytest.mark.parametrize(("text", "found"), [
        ("return the garden hose, the wristwatch and the pet bed from #W1779202", ("Wristwatch",)),
        ("the hose, the black headphones and the bed please", ("Headphones",)),
        ("exchange the hose for a black one and the laptop for a silver one", ("Laptop",)),
        ("return the wristwach from #W1779202", ("Wristwatch",)),
    ])
    def test_what_is_listed_and_not_there_is_named(self, text, found):
        assert not_held(text, LINES, PRODUCTS) == found

    @pytest.mark.parametrize("text", [
        "return the hose, the watch and the bed", "return the hose and refund it to my gift card",
        "I bought a laptop and a hose, return the hose", "everything except the headphones and the bed",
        "return the bed. And where is my laptop?", "return the hose, and cancel the laptop",
        "send back the bed from the order with the laptop", "return the bed, and send the headphones to my new address",
        "exchange the hose for a black one like my laptop",
    ])
    def test_what_only_stands_beside_is_not(self, text):
        assert not_held(text, LINES, PRODUCTS) == ()
