import pytest
from engine.nlu.order_numbers import STANDING_FOR_ALL, alike


@pytest.mark.parametrize("number", ["#A17-b", "W1234567", "#W1234567", "R-2024-118", "10043", "HF-20398", "#4821"])
def test_numbers_of_orders_are_all_the_same(number):
    assert alike(f"cancel {number}, please") == f"cancel {STANDING_FOR_ALL}, please"


@pytest.mark.parametrize("text", ["the 500ml bottle with 128GB", "2 mugs for 12.50", "a 4K TV, i5, 19 bar", "at 17:30", "T-shirt"])
def test_measures_prices_and_names_stay(text):
    assert alike(text) == text
