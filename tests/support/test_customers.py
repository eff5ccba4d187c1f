import pytest

from support.errors import NotFound
from support.identity import Speaker
from support.models.conversations import Level
from support.people import customers
from support.refusals import IdentityTooLow
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, speaker_of


class TestSpeaking:
    async def test_it_is_the_row_of_who_speaks(self, session):
        customer = await create_customer(session)
        assert (await customers.speaking(session, speaker_of(customer, Level.VERIFIED))).id == customer.id

    async def test_a_visitor_is_no_customer(self, session):
        with pytest.raises(IdentityTooLow):
            await customers.speaking(session, Speaker(Level.VISITOR))

    async def test_one_who_never_was_and_one_who_was_erased_are_not_found(self, session):
        erased = await create_customer(session)
        erased.erased_at = NOW
        await session.flush()
        for customer_id in (new_id(), erased.id):
            with pytest.raises(NotFound):
                await customers.speaking(session, Speaker.signed_in(customer_id))
