"""Who speaks: by order and postcode, by what was shown before, by the shop's word; and how each ends."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support import clock
from support.chat import conversations
from support.database import Database
from support.errors import NotFound, SignedInAsAnother, SignInInvalid, TooManyAttempts
from support.identity import Speaker
from support.models.conversations import Contact, Event, Level
from support.models.customers import Customer
from support.models.identity import FailedIdentification, Identification
from support.models.orders import Order
from support.signing_in import identification, visitors
from support.signing_in.identification import Identity
from support.signing_in.visitors import Visitor
from support.text import new_id
from tests.support.shop_rows import NOW, create_address, create_customer, create_order

HOUR = timedelta(hours=1)


async def by_order(
    session: AsyncSession, visitor: Visitor, number: str, postcode: str = "P17 AB12", *, after: int = 0
) -> Identity:
    at = NOW + timedelta(seconds=after)
    return await identification.by_order(session, visitor.contact, number, postcode, at=at)


async def known(session: AsyncSession, visitor: Visitor, at: datetime = NOW) -> Identity:
    return await identification.of_contact(session, visitor.contact, at=at)


async def failures(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(FailedIdentification)) or 0


async def verify(session: AsyncSession, visitor: Visitor, customer: Customer, at: datetime = NOW) -> Identity:
    speaker = Speaker(Level.VERIFIED, customer.id)
    return await identification.enter(session, visitor.contact, speaker, at=at, lasts=HOUR)


@pytest.fixture
async def visitor(session: AsyncSession) -> Visitor:
    return (await visitors.begin(session))[1]


@pytest.fixture
async def customer(session: AsyncSession) -> Customer:
    return await create_customer(session)


@pytest.fixture
async def order(session: AsyncSession, customer: Customer) -> Order:
    return await create_order(session, customer, "HF-10432", address=await create_address(session, customer))


@pytest.fixture
async def at_noon() -> None:
    """The clock stands near NOW, for what reads it itself."""
    clock.shift(NOW - datetime.now(NOW.tzinfo))


class TestByOrder:
    async def test_lets_the_visitor_see_that_one_order_for_half_an_hour(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        found = await by_order(session, visitor, "HF-10432")
        assert found.speaker == Speaker(Level.ORDER_HOLDER, customer.id, order.id)
        # Whoever got the parcel need not be the customer
        assert (found.name, found.until) == (None, NOW + timedelta(minutes=30))
        assert await known(session, visitor, NOW + timedelta(seconds=1799)) == found
        assert (await known(session, visitor, NOW + timedelta(seconds=1800))).speaker == Speaker(Level.VISITOR)
        (row,) = await session.scalars(select(Identification))
        assert (row.contact_id, row.customer_id, row.order_id) == (visitor.contact.id, customer.id, order.id)
        assert (row.level, row.at, row.revoked_at) == ("order_holder", NOW, None)
        assert await failures(session) == 0

    @pytest.mark.parametrize("number", ["hf-10432", "#HF 10432", " 10432 ", "HF10432", "hf_10432", "1 0432"])
    @pytest.mark.parametrize("postcode", ["P17 AB12", "p17ab12", " P17-Ab12 "])
    async def test_forgives_case_spaces_signs_and_the_prefix(
        self, session: AsyncSession, visitor: Visitor, order: Order, number: str, postcode: str
    ) -> None:
        assert (await by_order(session, visitor, number, postcode)).speaker.order_id == order.id

    @pytest.mark.parametrize(("written", "typed"), [("#A17-b", "a17b"), ("302-88-1", "302 881"), ("ABC", "abc")])
    async def test_takes_numbers_of_any_form(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, written: str, typed: str
    ) -> None:
        order = await create_order(session, customer, written, address=await create_address(session, customer))
        assert (await by_order(session, visitor, typed)).speaker.order_id == order.id

    async def test_prefers_the_number_as_it_is(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        bare = await create_order(session, customer, "10432", address=await create_address(session, customer))
        assert (await by_order(session, visitor, "10432")).speaker.order_id == bare.id
        assert (await by_order(session, visitor, "HF-10432")).speaker.order_id == order.id

    async def test_gives_a_wrong_number_and_a_wrong_postcode_the_same_answer_and_counts_both(
        self, session: AsyncSession, visitor: Visitor, order: Order
    ) -> None:
        said = set()
        for number, postcode in (("HF-10433", "P17 AB12"), ("HF-10432", "P17 AB13")):
            with pytest.raises(NotFound) as refused:
                await by_order(session, visitor, number, postcode)
            said.add((refused.value.code, str(refused.value)))
        assert said == {("not_found", "There is nothing here.")}
        assert await failures(session) == 2
        assert (await known(session, visitor)).level is Level.VISITOR
        assert await session.scalar(select(func.count()).select_from(Identification)) == 0

    @pytest.mark.parametrize(
        ("number", "postcode"),
        [("", "P17 AB12"), ("#", "P17 AB12"), ("HF", "P17 AB12"), ("32", "P17 AB12"), ("10432", ""), ("10432", " - "),
         ("%", "%"), ("1_432", "P17 AB12"), ("HF-1043", "P17 AB12"), ("HF-104321", "P17 AB12"), ("9" * 5000, "P17 AB12"),
         ("XX-10432", "P17 AB12")],
    )
    async def test_takes_nothing_but_the_whole_number_and_postcode(
        self, session: AsyncSession, visitor: Visitor, order: Order, number: str, postcode: str
    ) -> None:
        with pytest.raises(NotFound):
            await by_order(session, visitor, number, postcode)

    async def test_of_an_order_without_an_address_or_of_an_erased_customer_is_not_found(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        await create_order(session, customer, "HF-2")
        with pytest.raises(NotFound):
            await by_order(session, visitor, "HF-2", "")
        held = await by_order(session, visitor, "HF-10432")
        assert held.level is Level.ORDER_HOLDER
        customer.erased_at = NOW
        with pytest.raises(NotFound):
            await by_order(session, visitor, "HF-10432")
        assert (await known(session, visitor)).level is Level.VISITOR

    async def test_of_a_contact_is_refused_after_five_wrong_ones_in_ten_minutes(
        self, session: AsyncSession, visitor: Visitor, order: Order
    ) -> None:
        for after in range(5):
            with pytest.raises(NotFound):
                await by_order(session, visitor, f"HF-{after}", after=after)
        with pytest.raises(TooManyAttempts) as refused:
            await by_order(session, visitor, "HF-10432", after=60)
        assert refused.value.retry_after == 540
        assert await failures(session) == 5
        assert (await by_order(session, visitor, "HF-10432", after=600)).level is Level.ORDER_HOLDER

    async def test_of_an_order_is_refused_after_five_wrong_ones_by_whomever(
        self, session: AsyncSession, order: Order
    ) -> None:
        for number in ("HF-10432", "10432", "#10432", "hf10432", "HF 10432"):
            _, somebody = await visitors.begin(session)
            with pytest.raises(NotFound):
                await by_order(session, somebody, number, "P17 XXXX")
        _, owner = await visitors.begin(session)
        with pytest.raises(TooManyAttempts):
            await by_order(session, owner, "HF-10432")
        assert (await by_order(session, owner, "HF-10432", after=600)).level is Level.ORDER_HOLDER

    async def test_wrong_ones_at_once_are_each_counted_and_no_more_than_five_are_tried(
        self, database: Database
    ) -> None:
        async with database.write() as session:
            customer = await create_customer(session)
            await create_order(session, customer, "HF-10432", address=await create_address(session, customer))
            _, visitor = await visitors.begin(session)

        async def attempt(number: int) -> type[Exception]:
            try:
                async with database.write() as session:
                    await by_order(session, visitor, "HF-10432", f"P17 {number}")
            except (NotFound, TooManyAttempts) as refused:
                return TooManyAttempts if isinstance(refused, TooManyAttempts) else NotFound
            raise AssertionError

        answers = await asyncio.gather(*map(attempt, range(12)))
        assert (answers.count(NotFound), answers.count(TooManyAttempts)) == (5, 7)
        async with database.read() as session:
            assert await failures(session) == 5

    async def test_of_another_order_takes_the_place_of_the_first(
        self, session: AsyncSession, visitor: Visitor, customer: Customer, order: Order
    ) -> None:
        other = await create_order(session, customer, "HF-7", address=await create_address(session, customer))
        await by_order(session, visitor, "HF-10432")
        assert (await by_order(session, visitor, "HF-7", after=1)).speaker.order_id == other.id
        assert (await known(session, visitor, NOW + timedelta(seconds=1))).speaker.order_id == other.id


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


async def test_a_contact_that_nobody_uses_is_a_visitor(session: AsyncSession) -> None:
    contact = Contact(id=new_id(), created_at=NOW)
    session.add(contact)
    await session.flush()
    assert await identification.of_contact(session, contact, at=NOW) == Identity(Speaker(Level.VISITOR))
