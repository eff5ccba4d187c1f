"""Subscriptions: pausing and resuming."""

from datetime import date

import pytest

from support.models.subscriptions import SubscriptionStatus
from tests.actions.subscriptions.subscribed import now, subscribe, tea_of
from tests.support.subscribing.subscribed import TODAY, state

pytestmark = pytest.mark.usefixtures("shop")
ACTIVE, PAUSED = SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED


class TestPausing:
    async def test_says_until_when_and_does_it_after_a_yes(self, talk, coffee, database):
        said = await talk.say("pause my coffee subscription for two months", "pause_subscription")
        assert said == (
            "I would pause Coffee for 2 months: it renews on 15 February 2027 again, and nothing is charged until then.\n"
            "Shall I pause it?"
        )
        assert (await now(database, coffee)).status is ACTIVE
        assert "Done: Coffee is paused until 15 February 2027." in await talk.say("Yes, pause it", "pause_subscription")
        day = date(2027, 2, 15)
        assert state(await now(database, coffee)) == (PAUSED, day, day, None, None)

    async def test_asks_which_and_for_how_long(self, talk, aoife, coffee, database):
        tea = await tea_of(database, aoife)
        assert "Which subscription do you want to pause?" in await talk.say("pause a subscription", "pause_subscription")
        assert talk.buttons[:2] == ["Coffee", "Green tea box"]
        assert "For how long" in await talk.say("the second one")
        assert talk.buttons == ["1 month", "2 months", "3 months"]
        await talk.say("3 months")
        await talk.say("yes")
        assert state(await now(database, tea))[0] is PAUSED
        assert state(await now(database, coffee))[0] is ACTIVE

    @pytest.mark.parametrize(("said", "until"), [
        ("until february", date(2027, 2, 15)), ("skip the next one", date(2027, 1, 15)), ("until 10 March", date(2027, 3, 15)),
        ("from next month on for 2 months", date(2027, 2, 15)), ("a month", date(2027, 1, 15)), ("a quarter", date(2027, 3, 15)),
    ])
    async def test_as_long_as_it_is_said(self, talk, coffee, database, said, until):
        await talk.say("pause my coffee subscription", "pause_subscription")
        await talk.say(said)
        await talk.say("yes")
        assert (await now(database, coffee)).paused_until == until

    @pytest.mark.parametrize("said", ["half a year", "until next September", "12 months"])
    async def test_no_longer_than_the_shop_allows(self, talk, coffee, said):
        await talk.say("pause my coffee subscription", "pause_subscription")
        assert "A pause can last 3 months at most. For how long" in await talk.say(said)

    async def test_a_correction_is_none_of_another_task_s_though_it_sounds_like_it(self, talk, coffee, database):
        await talk.say("pause my coffee subscription for 3 months", "pause_subscription")
        said = "no, make that one month"
        clauses = [{"text": said, "asks": True, "inquires": False, "intent": "extend_subscription", "confidence": 0.53}]
        assert "pause Coffee for 1 month" in await talk.say(said, "extend_subscription", clauses=clauses)

    async def test_a_renewal_too_near_still_comes(self, talk, aoife, database):
        await subscribe(database, aoife, renews_on=TODAY)
        said = await talk.say("pause coffee for a month", "pause_subscription")
        assert "The renewal on 21 November is too near to be stopped and still comes." in said

    async def test_paused_already(self, talk, aoife, database):
        await subscribe(database, aoife, status=PAUSED, paused_until=date(2027, 1, 15), renews_on=date(2027, 1, 15))
        said = await talk.say("pause coffee for a month", "pause_subscription")
        assert "Coffee can't be paused like that: it is paused already." in said
        assert "Resume Coffee" in talk.buttons


class TestResuming:
    async def test_says_when_and_for_how_much_it_renews(self, talk, aoife, coffee, database):
        await talk.say("pause coffee for 2 months", "pause_subscription")
        await talk.say("yes")
        said = await talk.say("resume it please", "resume_subscription")
        assert "I would end the pause of Coffee: it then renews on 15 December for €12.50." in said
        assert "Done: Coffee goes on and renews on 15 December." in await talk.say("yes")
        assert state(await now(database, coffee)) == (ACTIVE, date(2026, 12, 15), None, None, None)

    async def test_none_is_paused(self, talk, coffee):
        assert "no subscription that can be resumed" in await talk.say("resume my subscription", "resume_subscription")

    async def test_one_that_runs(self, talk, coffee):
        assert "Coffee is not paused." in await talk.say("resume the coffee subscription", "resume_subscription")
