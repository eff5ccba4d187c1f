"""Points, when they lapse, and the tier."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.points import ShowPoints
from support.models.payments import MethodKind
from tests.actions.asking import ask
from tests.support.shop_rows import NOW, create_account, create_method, earn

pytestmark = pytest.mark.usefixtures("shop")


class TestShowPoints:
    async def test_none(self, aoife):
        assert (await ask(ShowPoints(), aoife)).text == (
            "You have no points just now, Aoife. Each €1.00 you spend on our goods earns you 1 point.\n"
            "Your tier is Seedling: you earned 0 points in the last twelve months. "
            "1,000 more points and you are in Oak."
        )

    async def test_what_lapses_when_and_what_is_missing(self, aoife, database):
        async with database.write() as session:
            account = await create_account(session, aoife)
            for place, points in enumerate((100, 20, 3, 400, 1), 1):
                lapses = datetime(2026, 12, place, tzinfo=UTC)
                await earn(session, account, points, at=NOW - timedelta(days=300), expires_at=lapses)
        assert (await ask(ShowPoints(), aoife)).text == (
            "You have 524 points, Aoife, worth €26.20.\n"
            "If you don't use them, you lose 100 points on 1 December, 20 points on 2 December and 3 points on "
            "3 December. "
            "The other 401 points last longer, the newest until 5 December.\n"
            "Your tier is Seedling: you earned 524 points in the last twelve months. "
            "476 more points and you are in Oak."
        )

    async def test_the_highest_tier_and_a_single_date(self, aoife, database):
        async with database.write() as session:
            account = await create_account(session, aoife)
            await earn(session, account, 1000, at=NOW, expires_at=datetime(2027, 11, 22, tzinfo=UTC))
        assert (await ask(ShowPoints(), aoife)).text == (
            "You have 1,000 points, Aoife, worth €50.00.\n"
            "They all lapse on 22 November 2027 unless you use them before.\n"
            "Your tier is Oak: you earned 1,000 points in the last twelve months. It is the highest one."
        )

    @pytest.mark.parametrize(("text", "told"), [
        ("can my gift card cover that? what's the balance", "There is €12.00 on your gift card ending in 0815."),
        ("what's the balance", "You have no points just now"), ("can I turn points into a gift card?", "You have no points"),
    ])
    async def test_a_balance_beside_a_gift_card_is_that_of_the_card(self, aoife, database, text, told):
        async with database.write() as session:
            await create_method(session, aoife, MethodKind.GIFT_CARD, balance=1200, last_digits="0815")
        assert (await ask(ShowPoints(), aoife, text=text)).text.startswith(told)
