"""A yes that says again what it comes to."""

import pytest

from tests.actions.wishes.ordered import options

pytestmark = pytest.mark.usefixtures("shop")
LAMP = "HF-6390527"


class TestSumNamed:
    @pytest.mark.parametrize("yes", [
        "€5.00 on my Visa is fine. Yes, please change it.", "yes 5.00 from my card is ok do it",
        "Very well. €5.00. Agreed, change it.", "Great, 5.00 more is fine. Yes please, that's everything for this order.",
    ])
    async def test_it_is_no_wish(self, talk, database, yes):
        assert "You pay €5.00 more" in await talk.say(f"in {LAMP} the lamp in brass", "change_order_items")
        assert "Done: your order" in await talk.say(yes, "affirm")
        assert await options(database, LAMP) == ["brass", "silicone", "7-inch silver"]
