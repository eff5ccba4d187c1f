"""Who speaks, by the shop's word; and how it ends."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import SignedInAsAnother, SignInInvalid
from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.identity import Identification
from support.models.orders import Order
from support.signing_in import visitors
from support.signing_in.visitors import Visitor
from tests.support.shop_rows import NOW, create_address, create_customer, create_order
from tests.support.signing_in.identification.identifying import HOUR, by_order, known, verify


@pytest.mark.usefixtures("at_noon")
class TestSignIn:
    async def test_goes_before_all_else_until_it_lapses(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        await by_order(session, visitor, "HF-10432")
        signed_in, _ = await visitors.sign_in(session, visitor, customer.reference, lifetime=HOUR)
        found = await known(session, signed_in)
        assert found.speaker == Speaker.signed_in(customer.id)
        assert (found.name, found.until) == ("Aoife Brennan", signed_in.session.signed_in_until)
        assert await visitors.who(session, signed_in) == found
        # What was shown before has ended with it
        assert (await known(session, signed_in, NOW + 2 * HOUR)).speaker == Speaker(Level.VISITOR)
        assert [row.revoked_at is not None for row in await session.scalars(select(Identification))] == [True]

    async def test_stays_what_it_is_whatever_else_is_shown(
        self, session: AsyncSession, visitor: Visitor, customer: Customer
    ) -> None:
        ben = await create_customer(session, email="ben@example.com")
        await create_order(session, ben, "HF-3", address=await create_address(session, ben))
        signed_in, _ = await visitors.sign_in(session, visitor, customer.reference, lifetime=HOUR)
        assert (await by_order(session, signed_in, "HF-3")).speaker == Speaker.signed_in(customer.id)
        assert await session.scalar(select(func.count()).select_from(Identification)) == 0

    async def test_in_two_browsers_counts_in_each_for_its_own_time(
        self, session: AsyncSession, visitor: Visitor, customer: Customer
    ) -> None:
        _, second = await visitors.begin(session)
        first, _ = await visitors.sign_in(session, visitor, customer.reference, lifetime=HOUR)
        second, _ = await visitors.sign_in(session, second, customer.reference, lifetime=2 * HOUR)
        assert first.contact.id == second.contact.id
        for one in (first, second):
            assert (await visitors.who(session, one)).until == one.session.signed_in_until
        await visitors.sign_out(session, second)
        assert (await known(session, first, NOW + HOUR / 2)).level is Level.SIGNED_IN
        assert (await known(session, first, NOW + 1.5 * HOUR)).level is Level.VISITOR

    async def test_as_another_than_was_verified_is_refused_even_long_after(
        self, session: AsyncSession, visitor: Visitor, customer: Customer
    ) -> None:
        ben = await create_customer(session, email="ben@example.com")
        await verify(session, visitor, ben, NOW - 24 * HOUR)
        with pytest.raises(SignedInAsAnother):
            await visitors.sign_in(session, visitor, customer.reference, lifetime=HOUR)
        assert visitor.contact.customer_id is None
        signed_in, _ = await visitors.sign_in(session, visitor, ben.reference, lifetime=HOUR)
        assert (await known(session, signed_in)).speaker == Speaker.signed_in(ben.id)

    async def test_of_an_erased_customer_is_refused_and_one_before_counts_no_more(
        self, session: AsyncSession, visitor: Visitor, customer: Customer
    ) -> None:
        signed_in, _ = await visitors.sign_in(session, visitor, customer.reference, lifetime=HOUR)
        customer.erased_at = NOW
        assert (await known(session, signed_in)).speaker == Speaker(Level.VISITOR)
        with pytest.raises(SignInInvalid):
            await visitors.sign_in(session, signed_in, customer.reference, lifetime=HOUR)


@pytest.mark.usefixtures("at_noon")
class TestSignOut:
    async def test_ends_what_the_visitor_has_shown(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        await verify(session, visitor, customer)
        await by_order(session, visitor, "HF-10432")
        await visitors.sign_out(session, visitor)
        assert (await known(session, visitor)).speaker == Speaker(Level.VISITOR)

    async def test_ends_it_for_nobody_else(
        self, session: AsyncSession, visitor: Visitor, customer: Customer
    ) -> None:
        _, other = await visitors.begin(session)
        await verify(session, visitor, customer)
        await verify(session, other, customer)
        await visitors.sign_out(session, visitor)
        assert (await known(session, other)).speaker == Speaker(Level.VERIFIED, customer.id)
