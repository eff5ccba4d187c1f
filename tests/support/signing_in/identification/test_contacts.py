"""Who speaks, by what was shown before."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.chat import conversations
from support.identity import Speaker
from support.models.conversations import Contact, Event, Level
from support.models.customers import Customer
from support.models.orders import Order
from support.signing_in import identification
from support.signing_in.identification import Identity
from support.signing_in.visitors import Visitor
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer
from tests.support.signing_in.identification.identifying import by_order, known, verify


class TestOfContact:
    async def test_verified_goes_before_an_order_held_and_that_counts_again_when_it_is_over(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        other = await create_customer(session, email="ben@example.com")
        await verify(session, visitor, other, NOW - timedelta(minutes=40))
        assert (await by_order(session, visitor, "HF-10432")).speaker == Speaker(Level.VERIFIED, other.id)
        later = await known(session, visitor, NOW + timedelta(minutes=20))
        assert later.speaker == Speaker(Level.ORDER_HOLDER, customer.id, order.id)

    async def test_names_the_conversation(self, session: AsyncSession, visitor: Visitor, customer: Customer) -> None:
        await verify(session, visitor, customer)
        found = await identification.of_contact(session, visitor.contact, at=NOW, conversation_id="here")
        assert found.speaker == Speaker(Level.VERIFIED, customer.id, conversation_id="here")

    async def test_the_conversation_hears_once_that_somebody_is_known(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        await conversations.start(session, visitor.contact, new_id())
        await by_order(session, visitor, "HF-10432")
        await by_order(session, visitor, "HF-10432", after=1)
        await verify(session, visitor, customer)
        told = await session.scalars(select(Event).where(Event.type == "identity").order_by(Event.seq))
        assert [event.body for event in told] == [
            {"level": "order_holder", "name": None}, {"level": "verified", "name": "Aoife Brennan"},
        ]


async def test_a_contact_that_nobody_uses_is_a_visitor(session: AsyncSession) -> None:
    contact = Contact(id=new_id(), created_at=NOW)
    session.add(contact)
    await session.flush()
    assert await identification.of_contact(session, contact, at=NOW) == Identity(Speaker(Level.VISITOR))
