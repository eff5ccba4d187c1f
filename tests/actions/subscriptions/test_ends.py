"""Subscriptions: cancelling and extending."""

from datetime import date

import pytest

from support.models.subscriptions import SubscriptionStatus
from tests.actions.subscriptions.subscribed import now, subscribe, tea_of
from tests.support.subscribing.subscribed import state

pytestmark = pytest.mark.usefixtures("shop")
ACTIVE, CANCELLED = SubscriptionStatus.ACTIVE, SubscriptionStatus.CANCELLED


class TestCancelling:
    async def test_says_how_long_it_still_runs_and_that_nothing_comes_back(self, talk, coffee, database):
        said = await talk.say("cancel my coffee subscription", "cancel_subscription")
        assert said == (
            "I would cancel your subscription Coffee: it runs until 14 December and then ends. What has been paid is not "
            "refunded.\nShall I cancel it?"
        )
        # However a lone "cancel it" is understood, here it is the answer
        assert "Done: Coffee is cancelled and ends on 14 December." in await talk.say("Yes, cancel it", "cancel_order")
        assert state(await now(database, coffee))[0::3] == (CANCELLED, date(2026, 12, 14))

    async def test_both_at_once_one_after_the_other(self, talk, aoife, coffee, database):
        tea = await tea_of(database, aoife)
        await talk.say("cancel both subscriptions", "cancel_subscription")
        said = await talk.say("yes")
        assert "Done: Coffee is cancelled" in said
        assert "I would cancel your subscription Green tea box" in said
        await talk.say("no")
        await talk.say("leave it")
        assert [(await now(database, one)).status for one in (coffee, tea)] == [CANCELLED, ACTIVE]

    async def test_another_one_after_all(self, talk, aoife, coffee, database):
        tea = await tea_of(database, aoife)
        await talk.say("cancel the coffee", "cancel_subscription")
        assert "your subscription Green tea box" in await talk.say("no, the tea one")
        await talk.say("yes")
        assert [(await now(database, one)).status for one in (coffee, tea)] == [ACTIVE, CANCELLED]

    async def test_the_cheaper_one(self, talk, aoife, coffee, database):
        await tea_of(database, aoife)
        assert "your subscription Coffee" in await talk.say("cancel the cheaper subscription", "cancel_subscription")

    async def test_one_that_has_ended(self, talk, aoife, coffee, database):
        await subscribe(database, aoife, reference="SUB-4", name="Soap", status=CANCELLED, ends_on=date(2026, 3, 1))
        said = await talk.say("cancel the soap subscription", "cancel_subscription")
        assert "Soap can't be cancelled: it has been cancelled or has ended." in said
        assert "A person can help you" in said

    async def test_none_at_all(self, talk):
        assert "no subscription that can be cancelled" in await talk.say("cancel my subscription", "cancel_subscription")
        assert talk.buttons == ["My subscriptions", "Talk to a person"]

    async def test_stop_is_no_yes(self, talk, coffee, database):
        await talk.say("cancel my coffee subscription", "cancel_subscription")
        assert "Nothing about it has been changed" in await talk.say("stop")
        assert (await now(database, coffee)).status is ACTIVE

    async def test_a_question_in_between_then_stop(self, talk, coffee, database):
        await talk.say("cancel my coffee subscription", "cancel_subscription")
        said = await talk.say("what are my subscriptions?", "show_subscriptions")
        assert "the next renewal is on 15 December" in said
        assert said.endswith("Shall I cancel it?")
        await talk.say("never mind")
        assert (await now(database, coffee)).status is ACTIVE


class TestExtending:
    async def test_says_until_when_and_what_it_costs(self, talk, aoife, database):
        row = await subscribe(database, aoife, ends_on=date(2027, 1, 14))
        said = await talk.say("extend my coffee subscription by 3 months", "extend_subscription")
        assert said == (
            "I would extend Coffee until 14 April 2027. That costs €37.50 in all, charged as it renews; nothing is taken "
            "now.\nShall I extend it?"
        )
        assert "runs until 14 April 2027 now" in await talk.say("yes, extend it", "extend_subscription")
        assert (await now(database, row)).ends_on == date(2027, 4, 14)

    async def test_in_its_own_periods(self, talk, aoife, database):
        row = await tea_of(database, aoife, ends_on=date(2027, 3, 31))
        await talk.say("extend the tea box", "extend_subscription")
        assert "It comes every 3 months. By how much" in await talk.say("4 months")
        assert "€40.00" in await talk.say("two more deliveries")
        await talk.say("yes")
        assert (await now(database, row)).ends_on == date(2027, 9, 30)

    async def test_one_without_an_end_needs_none(self, talk, coffee):
        said = await talk.say("extend my coffee subscription by 3 months", "extend_subscription")
        assert "Coffee needs no extension: it has no end and goes on until you cancel it." in said
