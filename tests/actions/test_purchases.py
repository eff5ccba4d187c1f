"""What a customer bought in a time that they name."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.purchases import ShowPurchases
from tests.actions.asking import ask
from tests.support.shop_rows import NOW, create_order

pytestmark = pytest.mark.usefixtures("shop")


class TestShowPurchases:
    async def test_a_month_with_its_total(self, aoife, database):
        may = datetime(2026, 5, 12, 12, tzinfo=UTC)
        async with database.write() as session:
            await create_order(
                session, aoife, "HF-1", lines=(("Mug", 2, 1550), ("Lamp", 1, 8900)), shipping=495, placed_at=may
            )
            await create_order(session, aoife, "HF-2")
        answer = await ask(ShowPurchases(), aoife, period="May")
        assert answer.text == (
            "In May 2026 you bought 3 things in order HF-1, Aoife, for €124.95 with delivery:\n"
            "1. Lamp: €89.00\n2. 2 × Mug: €31.00"
        )

    async def test_without_a_period_the_last_ninety_days_count(self, aoife, database):
        async with database.write() as session:
            await create_order(session, aoife, "HF-1", placed_at=NOW - timedelta(days=91))
        answer = await ask(ShowPurchases(), aoife)
        assert answer.text == "In the last 90 days you bought nothing from us, Aoife."
        assert "Last year" in answer.buttons

    async def test_a_long_list_says_how_much_is_left(self, aoife, database):
        async with database.write() as session:
            lines = tuple((f"Thing {place}", 1, 1000 - place) for place in range(10))
            await create_order(session, aoife, "HF-1", lines=lines)
        answer = await ask(ShowPurchases(), aoife)
        assert answer.text.endswith("8. Thing 7: €9.93\nand 2 more products")

    async def test_an_unreadable_period_is_said_to_be_so(self, aoife):
        answer = await ask(ShowPurchases(), aoife, period="the other day")
        assert answer.text.startswith("I can't tell which time you mean by “the other day”.")
        assert answer.buttons["This year"] == '/show_purchases{"period": "this year"}'
