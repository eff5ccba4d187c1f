"""Stars for a conversation, from whoever was in it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from support.chat import ratings
from support.errors import IdReused, MessageTooLong, NotFound, TextInvalid
from support.models.conversations import Contact, Conversation, Level
from support.models.customers import Interaction
from support.models.identity import Identification
from support.refusals import IdentityTooLow, RatingInvalid
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, speaker_of
from tests.support.told import requests_made, told


async def create_talk(session, customer=None):
    """A conversation of the customer's, or of somebody who is not signed in."""
    contact = Contact(id=new_id(), customer_id=customer.id if customer else None, created_at=NOW)
    session.add(contact)
    await session.flush()
    talk = Conversation(id=new_id(), contact_id=contact.id, started_at=NOW, active_at=NOW)
    session.add(talk)
    await session.flush()
    return talk


async def identify(session, talk, customer, level=Level.VERIFIED, **columns):
    session.add(Identification(
        contact_id=talk.contact_id, customer_id=customer.id, level=level,
        **({"at": NOW, "ends_at": NOW + timedelta(hours=1)} | columns),
    ))
    await session.flush()


async def kept(session):
    rows = await session.scalars(select(Interaction).order_by(Interaction.reference))
    return [(row.reference[36:], row.channel, row.kind, row.rating, row.summary) for row in rows]


class TestRate:
    async def test_the_stars_are_kept_as_what_happened_in_the_chat(self, session):
        customer = await create_customer(session)
        talk = await create_talk(session, customer)
        done = await ratings.rate(
            session, speaker_of(customer, Level.VERIFIED), talk.id, 4, " Quick. ", key="k", at=NOW
        )
        assert await kept(session) == [(":1", "chat", "rating", 4, "Quick.")]
        assert done.details == {"conversation": talk.id, "stars": 4, "text": "Quick."}
        assert await told(session) == [("conversation.rated", done.details)]
        assert await ratings.rate(session, speaker_of(customer), talk.id, 4, "Quick.", key="k", at=NOW) == done
        with pytest.raises(IdReused):
            await ratings.rate(session, speaker_of(customer), talk.id, 5, "Quick.", key="k", at=NOW)
        assert len(await kept(session)) == 1

    async def test_rated_again_only_the_latest_stars_count(self, session):
        customer = await create_customer(session)
        talk, other = await create_talk(session, customer), await create_talk(session)
        await identify(session, other, customer)
        for key, stars in enumerate([1, 3, 5]):
            await ratings.rate(session, speaker_of(customer), talk.id, stars, key=f"{key}", at=NOW)
        await ratings.rate(session, speaker_of(customer), other.id, 2, " ", key="other", at=NOW)
        rows = await session.execute(
            select(Interaction.reference, Interaction.rating).where(Interaction.reference.startswith(talk.id))
        )
        assert sorted(rows) == [(f"{talk.id}:1", None), (f"{talk.id}:2", None), (f"{talk.id}:3", 5)]
        assert await session.scalar(select(func.avg(Interaction.rating))) == 3.5

    @pytest.mark.parametrize("stars", [0, 6, -1, 4.5, 4.0, True, "5", None, 10**20])
    async def test_what_is_no_rating_changes_nothing(self, session, stars):
        customer = await create_customer(session)
        talk = await create_talk(session, customer)
        with pytest.raises(RatingInvalid):
            await ratings.rate(session, speaker_of(customer), talk.id, stars, key="k", at=NOW)
        assert (await kept(session), await requests_made(session)) == ([], 0)

    async def test_a_text_that_is_none_is_refused(self, session):
        customer = await create_customer(session)
        talk = await create_talk(session, customer)
        for text, refusal in [("x" * 2001, MessageTooLong), ("a\x00", TextInvalid), (5, TextInvalid)]:
            with pytest.raises(refusal):
                await ratings.rate(session, speaker_of(customer), talk.id, 5, text, key="k", at=NOW)

    async def test_only_who_was_in_it_can_rate_it(self, session):
        customer, other = await create_customer(session), await create_customer(session)
        theirs, lapsed, revoked, held, nobodys = [await create_talk(session) for _ in range(5)]
        await identify(session, theirs, other)
        await identify(session, lapsed, customer, ends_at=NOW)
        await identify(session, revoked, customer, revoked_at=NOW)
        await identify(session, held, customer, level=Level.ORDER_HOLDER)
        signed_in = await create_talk(session, other)
        await identify(session, signed_in, customer)
        for talk in (theirs.id, lapsed.id, revoked.id, held.id, nobodys.id, signed_in.id, new_id(), "x", ""):
            with pytest.raises(NotFound):
                await ratings.rate(session, speaker_of(customer), talk, 5, key="k", at=NOW)
        with pytest.raises(IdentityTooLow):
            await ratings.rate(session, speaker_of(customer, Level.ORDER_HOLDER), held.id, 5, key="k", at=NOW)
        assert await kept(session) == []
