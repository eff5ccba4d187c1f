"""Subscriptions: what there is."""

from datetime import date

import pytest

from actions.subscriptions import ShowSubscriptions
from support.models.subscriptions import SubscriptionStatus
from tests.actions.asking import ask
from tests.actions.subscriptions.subscribed import subscribe, tea_of

pytestmark = pytest.mark.usefixtures("shop")
PAUSED, CANCELLED = SubscriptionStatus.PAUSED, SubscriptionStatus.CANCELLED


class TestShowSubscriptions:
    async def test_none(self, aoife):
        assert (await ask(ShowSubscriptions(), aoife, text="my subscriptions")).text == (
            "You have no subscription with us, Aoife."
        )

    async def test_each_with_its_price_and_next_renewal_and_what_they_cost_together(self, aoife, coffee, database):
        await tea_of(database, aoife)
        await subscribe(database, aoife, reference="SUB-3", name="Candles", ends_on=date(2027, 2, 14))
        await subscribe(database, aoife, reference="SUB-4", name="Soap", status=CANCELLED, ends_on=date(2026, 3, 1))
        answer = await ask(ShowSubscriptions(), aoife, text="which subscriptions do I have")
        assert answer.text == (
            "You have 4 subscriptions, 3 of them running:\n"
            "1. Candles, €12.50 every month: the next renewal is on 15 December. It ends on 14 February 2027.\n"
            "2. Coffee, €12.50 every month: the next renewal is on 15 December.\n"
            "3. Green tea box, €20.00 every 3 months: the next renewal is on 1 January 2027.\n"
            "4. Soap, €12.50 every month: it ended on 1 March.\n"
            "Together the running ones cost €25.00 every month and €20.00 every 3 months."
        )

    async def test_the_one_that_is_named(self, aoife, coffee, database):
        await tea_of(database, aoife, status=PAUSED, paused_until=date(2027, 1, 1))
        answer = await ask(ShowSubscriptions(), aoife, text="when does my tea subscription renew?")
        assert answer.text == (
            "Green tea box, €20.00 every 3 months: it is paused until 1 January 2027; the next renewal is on "
            "1 January 2027."
        )
        assert "Resume Green tea box" in answer.buttons
