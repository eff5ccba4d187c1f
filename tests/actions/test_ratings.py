"""Stars for the conversation that is going on."""

import pytest
from sqlalchemy import select

from support.models.conversations import Contact, Conversation
from support.models.customers import Interaction
from support.text import new_id
from tests.actions.talking import Talk
from tests.support.shop_rows import NOW, create_customer

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
async def talk(database) -> Talk:
    async with database.write() as session:
        customer = await create_customer(session)
        contact = Contact(id=new_id(), customer_id=customer.id, created_at=NOW)
        session.add(contact)
        await session.flush()
        session.add(Conversation(id="here", contact_id=contact.id, started_at=NOW, active_at=NOW))
        return Talk(customer)


async def rated(database) -> list[tuple[int | None, str]]:
    async with database.read() as session:
        rows = await session.scalars(select(Interaction).order_by(Interaction.reference))
        return [(row.rating, row.summary) for row in rows]


class TestRating:
    async def test_stars_in_one_sentence_are_noted_at_once(self, talk, database):
        said = await talk.say("5 stars from me", "rate_conversation")
        assert said == "Thank you, Aoife: I have noted 5 stars. I'm glad I could help."
        assert await rated(database) == [(5, "")]
        assert not talk.form

    async def test_stars_are_asked_for_and_can_be_pressed(self, talk, database):
        assert "from 1 star (poor) to 5" in await talk.say("I want to rate this chat", "rate_conversation")
        assert talk.buttons == ["5 stars", "4 stars", "3 stars", "2 stars", "1 star"]
        await talk.say("4 stars")
        assert await rated(database) == [(4, "")]

    async def test_what_is_said_besides_is_kept(self, talk, database):
        await talk.say("I give this 3 stars, it took a while to understand me", "rate_conversation")
        assert await rated(database) == [(3, "I give this 3 stars, it took a while to understand me")]

    async def test_a_poor_one_is_offered_a_complaint_and_a_person(self, talk, database):
        assert "I'm sorry that it was no better" in await talk.say("1 star", "rate_conversation")
        assert talk.buttons == ["I want to complain", "Talk to a person"]

    async def test_only_the_latest_stars_count(self, talk, database):
        await talk.say("1 star", "rate_conversation")
        await talk.say("actually make that 5 stars", "rate_conversation")
        assert await rated(database) == [(None, ""), (5, "")]

    async def test_what_is_no_rating_is_asked_again_and_can_be_left(self, talk, database):
        await talk.say("rate", "rate_conversation")
        assert "Sorry, I didn't get that" in await talk.say("so-so")
        await talk.say("never mind")
        assert await rated(database) == []
