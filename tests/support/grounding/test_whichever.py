"""A choice that is left to the price."""

import pytest

from support.grounding.variant_reading import read_wish
from support.grounding.whichever import left_to_price
from tests.support.grounding.wares import forms_of

SHELVES = forms_of(material=("wood", "metal", "glass"), color=("white", "black", "brown"))


@pytest.mark.parametrize(("said", "price"), [
    ("black or brown, whichever is cheaper, otherwise the same", "lowest"), ("in black or brown, whatever's cheaper", "lowest"),
    ("black or brown - I'll take the cheaper one", "lowest"), ("black or brown, depending on which costs less", "lowest"),
    ("black or brown, whichever of the two is more expensive", "highest"),
])
def test_both_will_do_and_the_price_decides(said, price):
    wish = read_wish(said, {"material": "wood", "color": "white"}, SHELVES, name="Bookshelf")
    assert (wish.wished, wish.price, wish.otherwise) == ({"color": ("black", "brown")}, price, None)


@pytest.mark.parametrize("text", [
    "black or brown, whichever is in stock", "black or else the cheaper one", "the cheaper one please", "black or brown",
    "black or brown. And the lamp, the cheaper one",
])
def test_what_leaves_nothing_to_the_price_stays(text):
    assert left_to_price(text) == text


def test_the_text_keeps_its_length():
    text = "the shelf in black or brown, whichever is the cheapest, and the lamp in red"
    assert len(left_to_price(text)) == len(text)
