"""Subscriptions: what there is, pausing, resuming, cancelling, extending."""

from datetime import date

import pytest

from actions.subscriptions import ShowSubscriptions
from support.models.customers import Customer
from support.models.subscriptions import Subscription, SubscriptionStatus
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.shop_rows import create_customer
from tests.support.subscribing.subscribed import TODAY, create_subscription, state

pytestmark = pytest.mark.usefixtures("shop")
ACTIVE, PAUSED, CANCELLED = SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED, SubscriptionStatus.CANCELLED


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        return await create_customer(session)


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife)


@pytest.fixture
async def coffee(database, aoife) -> Subscription:
    """12.50 every month, next on 15 December."""
    return await subscribe(database, aoife)


async def subscribe(database, customer, **columns) -> Subscription:
    async with database.write() as session:
        return await create_subscription(session, customer, **columns)


async def tea_of(database, customer, **columns) -> Subscription:
    """20.00 every three months, next on 1 January."""
    plain = {"reference": "SUB-2", "name": "Green tea box", "price_minor": 2000, "every_months": 3,
             "renews_on": date(2027, 1, 1), "started_on": date(2026, 1, 1)}
    return await subscribe(database, customer, **(plain | columns))


async def now(database, row: Subscription) -> Subscription:
    async with database.read() as session:
        return await session.get_one(Subscription, row.id)


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
        assert "Nothing has been changed" in await talk.say("stop")
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
