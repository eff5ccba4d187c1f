"""Being written to or not, as people say it; every yes and no is a row."""

import pytest

from actions.preferences import ShowPreferences
from support.models.customers import Customer
from support.people import preferences
from tests.actions.asking import ask
from tests.actions.talking import Talk
from tests.support.shop_rows import NOW, create_customer, speaker_of

pytestmark = pytest.mark.usefixtures("shop")
INTENT = "set_preferences"
BEGUN = {("newsletter", "email"), ("offers", "email"), ("offers", "sms")}


@pytest.fixture
async def aoife(database) -> Customer:
    async with database.write() as session:
        customer = await create_customer(session)
        for purpose, channel in sorted(BEGUN):
            await preferences.set_preference(
                session, speaker_of(customer), purpose, channel, True, key=f"{purpose} {channel}", at=NOW
            )
        return customer


@pytest.fixture
def talk(aoife) -> Talk:
    return Talk(aoife, level="verified")


async def granted(database, customer: Customer) -> set[tuple[str, str]]:
    async with database.read() as session:
        found = await preferences.preferences(session, speaker_of(customer))
        return {(one.purpose.value, one.channel.value) for one in found if one.granted}


class TestSetPreferences:
    @pytest.mark.parametrize(("text", "plan", "left"), [
        ("unsubscribe me from the newsletter", "You would no longer get the newsletter by e-mail.", BEGUN - {("newsletter", "email")}),
        ("stop sending me emails", "You would no longer get the newsletter by e-mail and offers by e-mail.", {("offers", "sms")}),
        ("stop texting me!!", "You would no longer get offers by text message.", BEGUN - {("offers", "sms")}),
        ("no more marketing please", "You would no longer get the newsletter by e-mail and offers by e-mail and by text message.", set()),
        ("only the newsletter please, nothing else", "You would no longer get offers by e-mail and by text message.", {("newsletter", "email")}),
        ("stop the newsletter but send me surveys by post", "You would get surveys by post and you would no longer get the newsletter by e-mail.",
         {("offers", "email"), ("offers", "sms"), ("surveys", "post")}),
    ])
    async def test_what_would_change_is_said_and_done_after_a_yes(self, talk, aoife, database, text, plan, left):
        assert await talk.say(text, INTENT) == f"{plan}\nShall I change that?"
        assert await granted(database, aoife) == BEGUN
        assert (await talk.say("yes")).startswith("Done. You get ")
        assert await granted(database, aoife) == left
        assert not talk.form

    async def test_a_bare_unsubscribe_asks_from_what(self, talk, aoife, database):
        said = await talk.say("unsubscribe", INTENT)
        assert said.endswith("What shall I change?")
        assert talk.buttons == ["The newsletter", "Offers", "Surveys", "Everything"]
        assert "no longer get the newsletter by e-mail" in await talk.say("The newsletter")
        await talk.say("yes")
        assert await granted(database, aoife) == BEGUN - {("newsletter", "email")}

    async def test_who_signs_up_gets_it_by_mail(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
        talk = Talk(customer)
        assert (await talk.say("sign me up for the newsletter", INTENT)).startswith("You would get the newsletter by e-mail.")
        await talk.say("yes")
        assert await granted(database, customer) == {("newsletter", "email")}

    async def test_it_is_corrected_before_the_yes(self, talk, aoife, database):
        await talk.say("unsubscribe me from the newsletter", INTENT)
        assert "no longer get offers by e-mail and by text message" in await talk.say("no, stop the offers instead")
        await talk.say("yes")
        assert await granted(database, aoife) == {("newsletter", "email")}

    async def test_what_is_so_already_is_told(self, talk):
        said = await talk.say("stop the surveys", INTENT)
        assert said.startswith("That is how it is already. You get the newsletter by e-mail and offers by e-mail and by text")
        assert not talk.form

    async def test_never_mind_changes_nothing(self, talk, aoife, database):
        await talk.say("unsubscribe", INTENT)
        await talk.say("never mind")
        assert await granted(database, aoife) == BEGUN


class TestShowPreferences:
    async def test_all_that_was_agreed_to_is_told(self, aoife):
        answer = await ask(ShowPreferences(), aoife, text="what am I subscribed to?")
        assert answer.text == (
            "You get the newsletter by e-mail and offers by e-mail and by text message from us. Messages about your orders "
            "come in any case."
        )

    async def test_nothing_is_told_too(self, database):
        async with database.write() as session:
            customer = await create_customer(session)
        answer = await ask(ShowPreferences(), customer)
        assert answer.text.startswith("You get no newsletter, offers or surveys from us.")
