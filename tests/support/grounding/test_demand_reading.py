"""A sum that is demanded is told from one that is only spoken of."""

import pytest

from support.grounding.demand_reading import demands_money


@pytest.mark.parametrize("text", [
    "I missed two days of work, so I want $500 in compensation", "I demand 200 dollars for this", "you owe me 80€ for the taxi",
    "300 bucks for my trouble is the least", "compensate me with £50", "I expect the full 1,900 euros back",
])
def test_is_demanded(text):
    assert demands_money(text)


@pytest.mark.parametrize("text", [
    "your courier broke a vase worth $300", "I paid $40 for express and it came a week late", "I want to be compensated",
    "I expect an answer within 2 days", "the $500 sofa is scratched",
])
def test_is_only_spoken_of(text):
    assert not demands_money(text)
