"""Who speaks, by order and postcode."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from support.database import Database
from support.errors import NotFound, TooManyAttempts
from support.identity import Speaker
from support.models.conversations import Level
from support.models.customers import Customer
from support.models.identity import Identification
from support.models.orders import Order
from support.signing_in import visitors
from support.signing_in.visitors import Visitor
from tests.support.shop_rows import NOW, create_address, create_customer, create_order
from tests.support.signing_in.identification.identifying import by_order, failures, known


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
